"""Tagged PDF -> Reading, from the structure tree alone: what no structure element holds is not read to anyone."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from atlas_print.prove.readers.builder import Builder, UnreadableError
from atlas_print.prove.readers.pdf_content import Contents
from atlas_print.prove.readers.pdf_destinations import Destinations
from atlas_print.prove.readers.pdf_drawn import Lines, all_shown, labels, loose_images, replaced
from atlas_print.prove.readers.pdf_layers import Layers
from atlas_print.prove.readers.pdf_objects import as_list, entry, follow, reference_number
from atlas_print.prove.readers.pdf_runs import Key, Run, gap_between
from atlas_print.prove.reading import RUNNING, Element, Reading, Replaced, Role

# What pypdf mends on its way is no news to whoever proves a file; what it can't mend is an error.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_DEEPEST = 250
"""Levels of structure elements within each other that are followed."""

_ROLES = {
    Role.PARAGRAPH: "P",
    Role.LIST: "L TOC",
    Role.ITEM: "LI TOCI",
    Role.LABEL: "Lbl",
    Role.QUOTE: "BlockQuote",
    Role.TABLE: "Table",
    Role.ROW: "TR",
    Role.HEADER_CELL: "TH",
    Role.CELL: "TD",
    Role.FIGURE: "Figure Formula",
    Role.CAPTION: "Caption",
    Role.LINK: "Link",
    Role.HEADING: "H H1 H2 H3 H4 H5 H6 Title",
    Role.INLINE: "Span NonStruct Private Quote Reference Code Em Strong Sub Annot Ruby RB RT RP Warichu WT WP FENote",
}
_ROLE_OF = {f"/{name}": role for role, names in _ROLES.items() for name in names.split()}


def read_pdf(data: bytes) -> Reading:
    """What a tagged PDF says in the order of its structure tree.

    Artifacts and marked content that no structure element holds are left out, as is the text inside a figure that
    has a text alternative. Raises UnreadableError for a file that is no PDF, is encrypted or has no structure tree;
    what pypdf raises for damage deep inside comes through.
    """
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("the PDF is encrypted")
        catalog = reader.root_object
        pages = list(reader.pages)
    except PyPdfError as error:
        raise UnreadableError(f"not a PDF that can be read: {error}") from error
    root = entry(catalog, "/StructTreeRoot")
    if not isinstance(root, Mapping):
        raise UnreadableError("the PDF is not tagged: it has no structure tree")
    contents = Contents(Layers(catalog))
    for index, page in enumerate(pages):
        stream = page.get_contents()
        contents.read_page(index, page, b"" if stream is None else stream.get_data())
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(pages) if page.indirect_reference}
    sheets = [(view.width, view.height) for view in contents.views]
    walk = _Walk(root, contents, Destinations(catalog, numbers, contents.views), numbers)
    reading = walk.reading()
    holders = walk.holders
    return replace(
        reading,
        shown=all_shown(contents.shown, sheets, holders),
        lines=walk.lines.result(),
        labels=labels(contents.shown, contents.inked, holders),
        replaced=(*walk.replaced, *replaced(contents.told, holders)),
        language=str(entry(catalog, "/Lang") or ""),
        languages=tuple(walk.languages),
        names=tuple(walk.names),
        misprints=tuple(contents.misprints),
        loose_images=tuple(loose_images(contents.images, holders)),
        pages=len(pages),
        page_starts=walk.page_starts(len(pages)),
    )


class _Walk:
    """A walk through the structure tree."""

    def __init__(
        self, root: Mapping[str, Any], contents: Contents, destinations: Destinations, pages: Mapping[int, int]
    ) -> None:
        self._root = root
        self._roles = entry(root, "/RoleMap") or {}
        self._contents = contents
        self._destinations = destinations
        self._pages = pages
        self._builder = Builder()
        self.lines = Lines()
        self.holders: dict[Key, Element] = {}
        self.replaced: list[Replaced] = []
        self.languages: list[tuple[Element, str]] = []
        self.names: list[tuple[Element, str]] = []
        self._seen: set[int] = set()
        self._last: Run | None = None
        self._silent = 0
        self._instead: list[str] = []
        self._links: list[tuple[Element, Any]] = []
        self._shown_on: dict[Element, int] = {}
        self._page_starts: dict[int, int] = {}

    def reading(self) -> Reading:
        self._kids(self._root, None, 0)
        for element, destination in self._links:
            element.target = self._destinations.resolve(destination)
        return self._builder.result()

    def page_starts(self, pages: int) -> tuple[int, ...]:
        """Where in the text each page begins; one that tells nothing begins with the next that does."""
        starts: list[int] = []
        at = self._builder.length
        for index in reversed(range(pages)):
            at = self._page_starts.get(index, at)
            starts.append(at)
        return tuple(reversed(starts))

    def _kids(self, node: Mapping[str, Any], page: int | None, depth: int) -> None:
        kids = entry(node, "/K")
        only = None if isinstance(kids, list) else reference_number(node, "/K")
        for item in as_list(kids):
            number = getattr(item, "idnum", only)
            kid = follow(item)
            if isinstance(kid, int | float):
                self._marked(("page", -1 if page is None else page, int(kid)))
            elif isinstance(kid, Mapping):
                kind = entry(kid, "/Type")
                if kind == "/MCR":
                    self._marked_elsewhere(kid, page)
                elif kind == "/OBJR":
                    self._annotation(entry(kid, "/Obj"))
                elif number is None or number not in self._seen:
                    self._seen.update([number] if number is not None else [])
                    self._element(kid, number, page, depth)

    def _element(self, node: Mapping[str, Any], number: int | None, page: int | None, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableError("structure elements stand too deep within each other")
        page = self._page_of(node, page)
        kind = self._standard(str(node.get("/S")))
        role = _ROLE_OF.get(kind, Role.GROUP)
        element = self._builder.open(role, kind[1:])
        if number is not None:
            self._destinations.add_element(number, element)
        if role is Role.HEADING:
            element.level = _level(kind, element)
        element.alt = str(entry(node, "/Alt") or "")
        language = entry(node, "/Lang")
        if language is not None:
            self.languages.append((element, str(language)))
        actual = entry(node, "/ActualText")
        if actual is not None and not self._silent:
            self._builder.add(str(actual))
        is_replaced = actual is not None or (role is Role.FIGURE and bool(element.alt))
        self._silent += is_replaced
        outside, self._instead = self._instead, [] if actual is not None else self._instead
        self._kids(node, page, depth + 1)
        told, self._instead = self._instead, outside
        self._silent -= is_replaced
        self._builder.close()
        page = self._shown_on.get(element, page)
        if page is not None:
            element.page = page + 1
            element.place = f"page {element.page}, {kind[1:]}"
        if actual is not None:
            self.replaced.append(Replaced(element.place, str(actual), "".join(told)))

    def _marked_elsewhere(self, node: Mapping[str, Any], page: int | None) -> None:
        """A marked-content reference: to another page than its element's, or into a form."""
        mcid, number = int(entry(node, "/MCID") or 0), reference_number(node, "/Stm")
        page = self._page_of(node, page)
        self._marked(("form", number, mcid) if number is not None else ("page", -1 if page is None else page, mcid))

    def _marked(self, key: tuple[str, int, int]) -> None:
        self.holders.setdefault(key, self._builder.open_elements[-1])
        for run in self._contents.runs.get(key, ()):
            self._instead.append(run.text)
            for element in self._builder.open_elements:
                self._shown_on.setdefault(element, run.page)
            self._destinations.add_run(run, self._builder.open_elements[-1])
            if run.text.strip():
                # What an element tells instead of its text has been told when its text comes.
                at = self._builder.open_elements[-1].start if self._silent else self._builder.length
                self._page_starts.setdefault(run.page, at)
            if self._silent:
                continue
            if self._last is not None:
                match gap_between(self._last, run):
                    case True:
                        self._builder.space()
                    case False:
                        self._builder.new_line()
            self._builder.add(run.text)
            around = self._builder.open_elements
            self.lines.add(run, next((it for it in reversed(around) if it.role not in RUNNING), around[0]))
            self._last = run

    def _annotation(self, annotation: Any) -> None:
        element = self._builder.open_elements[-1]
        if isinstance(annotation, Mapping) and annotation.get("/Subtype") == "/Link":
            element.address, destination = self._destinations.lead(annotation)
            name = entry(annotation, "/Contents")
            # Some give a link the name of the place that it leads to, which is none for a voice.
            if name is not None and str(name) not in (str(destination), element.address.removeprefix("#")):
                self.names.append((element, str(name)))
            if destination is not None:
                self._links.append((element, destination))

    def _page_of(self, node: Mapping[str, Any], page: int | None) -> int | None:
        number = reference_number(node, "/Pg")
        return page if number is None else self._pages.get(number)

    def _standard(self, kind: str) -> str:
        """A structure type by the role map, if it is not a standard one itself."""
        for _ in range(len(self._roles)):
            if kind not in self._roles or kind in _ROLE_OF:
                break
            kind = str(entry(self._roles, kind))
        return kind


def _level(kind: str, element: Element) -> int:
    if kind[2:].isdigit():
        return int(kind[2:])
    # /H is as deep as the sections around it, /Title is above all.
    return 1 if kind == "/Title" else sum(above.role is Role.GROUP for above in element.ancestors())

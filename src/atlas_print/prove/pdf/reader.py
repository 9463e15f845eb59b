"""Tagged PDF -> Reading, from the structure tree alone: what no structure element holds is not read to anyone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pypdf import PdfReader

from atlas_print.prove.pdf.document import read_paper, unknowns
from atlas_print.prove.pdf.drawn import Lines, all_shown, differing, labels, loose_images, replaced
from atlas_print.prove.pdf.engine import Sheet, read_sheets
from atlas_print.prove.pdf.file import as_list, entry, follow, object_number, opened
from atlas_print.prove.pdf.links import Destinations, Link, LinkAreas
from atlas_print.prove.pdf.runs import Key, Run, gap_between, text_of, view_of
from atlas_print.prove.reading.builder import Builder
from atlas_print.prove.reading.drawn import Replaced
from atlas_print.prove.reading.elements import RUNNING, Element, Role
from atlas_print.prove.reading.limits import NotTold, Part, UnreadableError, bounded, spend
from atlas_print.prove.reading.normal import is_spelled
from atlas_print.prove.reading.reading import Reading

_DEEPEST = 250
"""Levels of structure elements within each other that are followed."""
_LONGEST_CHAIN = 20
"""Role names that stand for each other: one by the rules of PDF/UA."""
_LONGEST_NAME = 60
"""Characters of a structure type that a finding names."""
_HELP_TAGS = "build the file again, or export it as a tagged PDF (PDF/UA)"

_ARTIFACT = "/Artifact"
"""A structure type of PDF 2.0 for what is not read out."""
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


@bounded
def read_pdf(data: bytes) -> Reading:
    """What a tagged PDF says in the order of its structure tree.

    Artifacts and marked content that no structure element holds are left out, as is the text inside a figure that
    has a text alternative, and letters that nobody sees. Raises UnreadableError for a file that is no PDF, is
    encrypted, is damaged, has no structure tree or is beyond the limits.
    """
    with opened(data) as (reader, mended):
        reading = _reading(reader, data)
        if not mended:
            return reading
        damage = NotTold("the whole file", f"damage that viewers mend in ways of their own: {mended[0]}")
        return replace(reading, not_told=(*reading.not_told, damage))


def _reading(reader: PdfReader, data: bytes) -> Reading:
    catalog, pages = reader.root_object, list(reader.pages)
    root = entry(catalog, "/StructTreeRoot")
    if not isinstance(root, Mapping):
        raise UnreadableError("the PDF is not tagged: it has no structure tree", _HELP_TAGS)
    views = [view_of(page) for page in pages]
    sheets = read_sheets(data, views)
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(pages) if page.indirect_reference}
    destinations = Destinations(catalog, numbers, views)
    tree = _StructureTree(root, sheets, destinations, LinkAreas(pages, views), numbers)
    reading = tree.reading()
    holders = tree.holders
    return replace(
        reading,
        shown=tuple(all_shown(sheets, views, holders)),
        lines=tree.lines.result(),
        labels=labels(sheets, holders),
        replaced=(*tree.replaced, *replaced(sheets, holders)),
        language=str(entry(catalog, "/Lang") or ""),
        languages=tuple(tree.languages),
        names=tuple(tree.names),
        missing_fonts=tuple((page, name) for page, sheet in enumerate(sheets, 1) for name in sorted(sheet.missing)),
        loose_images=tuple(loose_images(sheets, holders)),
        not_told=tuple(dict.fromkeys((*unknowns(catalog, pages, frozenset(tree.tagged)), *tree.not_told(sheets)))),
        paper=read_paper(reader, catalog, destinations),
        pages=len(pages),
        page_starts=tree.page_starts(len(pages)),
    )


class _StructureTree:
    """Walks through the tree and builds what it holds."""

    def __init__(
        self,
        root: Mapping[str, Any],
        sheets: Sequence[Sheet],
        destinations: Destinations,
        areas: LinkAreas,
        pages: Mapping[int, int],
    ) -> None:
        self._root = root
        self._roles = entry(root, "/RoleMap") or {}
        self._marked_runs: dict[Key, list[Run]] = {}
        for run in (run for sheet in sheets for run in sheet.runs):
            if run.key is not None:
                self._marked_runs.setdefault(run.key, []).append(run)
        self._destinations = destinations
        self._areas = areas
        self._links: list[tuple[Element, Any]] = []
        self._runs: dict[Element, list[Run]] = {}
        self._pages = pages
        self._builder = Builder()
        self.lines = Lines()
        self.holders: dict[Key, Element] = {}
        self.replaced: list[Replaced] = []
        self.languages: list[tuple[Element, str]] = []
        self.names: list[tuple[Element, str]] = []
        self.tagged: set[int] = set()
        self._seen: set[int] = set()
        self._last: Run | None = None
        self._silent = 0
        self._instead: list[Run] = []
        self._large_links: dict[int, None] = {}
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

    def not_told(self, sheets: Iterable[Sheet]) -> Iterator[NotTold]:
        """What can't be told of links, and of forms whose marked content has the same numbers."""
        for page in self._large_links:
            yield NotTold(f"page {page}", "a link that lies over more than its words", "P8")
        for number, sheet in enumerate(sheets, start=1):
            if sheet.doubtful:
                yield NotTold(f"page {number}", "two forms whose marked content has the same numbers")
            artifacts = (run for run in sheet.runs if run.key not in self.holders and not run.has_actual_text)
            if not all(is_spelled(run.text) for run in artifacts):
                yield NotTold(f"page {number}", "words that no voice reads out, in glyphs that don't spell them")

    def _kids(self, node: Mapping[str, Any], page: int | None, depth: int) -> None:
        links: list[Link] = []
        kids = entry(node, "/K")
        only = None if isinstance(kids, list) else object_number(node, "/K")
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
                    note = entry(kid, "/Obj")
                    if isinstance(note, Mapping) and note.get("/Subtype") == "/Link":
                        links.append((note, object_number(kid, "/Obj")))
                        self.tagged.update(number for _, number in links if number is not None)
                elif number is None or number not in self._seen:
                    self._seen.update([number] if number is not None else [])
                    self._element(kid, number, page, depth)
        if links:
            self._links_of(links)

    def _element(self, node: Mapping[str, Any], number: int | None, page: int | None, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableError("structure elements stand too deep within each other")
        page = self._page_of(node, page)
        kind = self._standard(str(node.get("/S")))
        if kind == _ARTIFACT:
            return
        role = _ROLE_OF.get(kind, Role.GROUP)
        name = kind[1:_LONGEST_NAME]
        element = self._builder.open(role, name)
        if number is not None:
            self._destinations.add_element(number, element)
        if role is Role.HEADING:
            element.level = _level(kind, element)
        element.alt = self._counted(str(entry(node, "/Alt") or ""))
        for key, kept in (("/E", self.names), ("/Lang", self.languages)):
            given = entry(node, key)
            if given is not None:
                kept.append((element, self._counted(str(given))))
        actual = entry(node, "/ActualText")
        if actual is not None and not self._silent:
            self._builder.add(str(actual))
        is_replaced = actual is not None or (role is Role.FIGURE and bool(element.alt))
        self._silent += is_replaced
        outside, self._instead = self._instead, [] if actual is not None else self._instead
        self._kids(node, page, depth + 1)
        glyphs, self._instead = self._instead, outside
        self._silent -= is_replaced
        self._builder.close()
        page = self._shown_on.get(element, page)
        if page is not None:
            element.page = page + 1
            element.place = f"page {element.page}, {name}"
        if actual is not None:
            self.replaced += differing(element.place, str(actual), text_of(glyphs, "\n"))

    def _marked_elsewhere(self, node: Mapping[str, Any], page: int | None) -> None:
        """A marked-content reference: to another page than its element's, or into a form."""
        mcid, number = int(entry(node, "/MCID") or 0), object_number(node, "/Stm")
        page = self._page_of(node, page)
        self._marked(("page" if number is None else "form", -1 if page is None else page, mcid))

    def _marked(self, key: tuple[str, int, int]) -> None:
        self.holders.setdefault(key, self._builder.open_elements[-1])
        for run in self._marked_runs.get(key, ()):
            self._instead.append(run)
            for element in reversed(self._builder.open_elements):
                if element in self._shown_on:
                    break
                self._shown_on[element] = run.page
            self._destinations.add_run(run, self._builder.open_elements[-1])
            for element in reversed(self._builder.open_elements):
                if element.role is Role.LINK:
                    self._runs.setdefault(element, []).append(run)
                    break
            if run.told.strip():
                # What an element tells instead of its text has been told when its text comes.
                at = self._builder.open_elements[-1].start if self._silent else self._builder.length
                self._page_starts.setdefault(run.page, at)
            if self._silent:
                continue
            # The rest of what an ActualText stands for: all of that has been told.
            is_rest = run.has_actual_text and not run.told and self._last is not None and self._last.key == run.key
            if self._last is not None and not is_rest:
                match gap_between(self._last, run):
                    case True:
                        self._builder.space()
                    case False:
                        self._builder.new_line()
            self._builder.add(run.told)
            around = self._builder.open_elements
            self.lines.add(run, next((it for it in reversed(around) if it.role not in RUNNING), around[0]))
            self._last = run

    def _links_of(self, links: Sequence[Link]) -> None:
        """The link annotations of an element, if a hand can find them: on their pages, where its words are."""
        element = self._builder.open_elements[-1]
        runs = self._runs.get(element, ())
        if not self._areas.lie_over(links, runs):
            return
        for page in self._areas.larger(links, runs):
            self._large_links[page + 1] = None
        leads: list[tuple[str, Any]] = []
        for annotation, _ in links:
            lead = self._destinations.lead(annotation)
            leads += [lead] if lead not in leads else []
            name = entry(annotation, "/Contents")
            # Some give a link the name of the place that it leads to, which is none for a voice.
            if name is not None and str(name) not in (str(lead[1]), lead[0].removeprefix("#")):
                self.names.append((element, self._counted(str(name))))
        # A link has an annotation for each of its lines, and leads somewhere if all of them lead there.
        address, destination = leads[0]
        if len(leads) > 1:
            address, destination = " and ".join(address or "nowhere" for address, _ in leads), None
        element.address = self._counted(address)
        if destination is not None:
            self._links.append((element, destination))

    def _counted(self, text: str) -> str:
        """Text beside the text, of which a file may give the same to each of its elements."""
        spend(Part.CHARACTERS, len(text))
        return text

    def _page_of(self, node: Mapping[str, Any], page: int | None) -> int | None:
        number = object_number(node, "/Pg")
        return page if number is None else self._pages.get(number)

    def _standard(self, kind: str) -> str:
        """A structure type by the role map, if it is not a standard one itself."""
        for _ in range(_LONGEST_CHAIN):
            if kind not in self._roles or kind in _ROLE_OF:
                break
            kind = str(entry(self._roles, kind))
        return kind


def _level(kind: str, element: Element) -> int:
    if kind[2:].isdigit():
        return int(kind[2:])
    # /H is as deep as the sections around it, /Title is above all.
    return 1 if kind == "/Title" else sum(above.role is Role.GROUP for above in element.ancestors())

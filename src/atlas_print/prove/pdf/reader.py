"""Tagged PDF -> Reading, from the structure tree alone: what no structure element holds is not read to anyone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary

from atlas_print.prove.pdf.document import Destinations, LinkAreas, get, items, lead, number, read_paper, unknowns
from atlas_print.prove.pdf.engine import read_sheets
from atlas_print.prove.pdf.runs import Content, Key, Lines, Run, Sheet, gap_between, text_of
from atlas_print.prove.pdf.told import differing
from atlas_print.prove.reading.elements import RUNNING, Element, Replaced, Role
from atlas_print.prove.reading.limits import NotTold, Part, UnreadableError, bounded, spend
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import Builder, is_spelled

_DEEPEST = 250
"""Levels of structure elements within each other that are followed."""
_LONGEST_CHAIN, _LONGEST_NAME = 20, 60
"""Role names that stand for each other; characters of a structure type that a finding names."""
_LONGEST_ERROR = 200
"""Characters of what qpdf says: it may quote the file."""
_HELP_TAGS = "build the file again, or export it as a tagged PDF (PDF/UA)"
_HELP_LOCKED = "save it without a password or restrictions: locked files shut out screen readers, and this proof"

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

    Left out are what no structure element holds, the text in a figure with an alternative, and letters that nobody
    sees. Raises UnreadableError for a file that is no PDF, encrypted, damaged, untagged or beyond the limits.
    """
    try:
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnreadableError("it is encrypted", _HELP_LOCKED) from error
    except pikepdf.PdfError as error:
        is_locked = "encrypt" in str(error).lower()
        why = "it is encrypted" if is_locked else f"not a PDF that can be read: {_told(error)}"
        raise UnreadableError(why, _HELP_LOCKED if is_locked else "") from error
    with pdf:
        if pdf.is_encrypted:
            raise UnreadableError("it is encrypted", _HELP_LOCKED)
        reading, mended = _reading(pdf, data), pdf.get_warnings()
    if not mended:
        return reading
    damage = NotTold("the whole file", f"damage that viewers mend in ways of their own: {_told(mended[0])}")
    return replace(reading, not_told=(*reading.not_told, damage))


def _told(problem: object) -> str:
    """What qpdf says of a file, without the name that pikepdf gives it, and not at length."""
    return re.sub(r"stream <[^>]*>[,: ]*", "", str(problem))[:_LONGEST_ERROR]


def _reading(pdf: pikepdf.Pdf, data: bytes) -> Reading:
    catalog, pages = pdf.Root, list(pdf.pages)
    spend(Part.PAGES, len(pages))
    root = get(catalog, "/StructTreeRoot")
    if root is None:
        raise UnreadableError("the PDF is not tagged: it has no structure tree", _HELP_TAGS)
    sheets = read_sheets(data, [float(page.obj.get("/UserUnit", 1)) for page in pages])
    destinations = Destinations(catalog, pages, sheets)
    tree = _StructureTree(root, sheets, destinations, LinkAreas(pages, sheets))
    reading = tree.reading()
    content = Content(sheets, tree.holders)
    return replace(
        reading,
        shown=tuple(content.shown()),
        lines=tree.lines.result(),
        labels=content.labels(),
        replaced=(*tree.replaced, *content.replaced()),
        spoken=(("the whole file", str(get(catalog, "/Lang") or "")),),
        languages=tuple(tree.languages),
        names=tuple(tree.names),
        struck=tuple(tree.struck),
        loose_images=tuple(content.loose_images()),
        not_told=tuple(dict.fromkeys((*unknowns(catalog, pages), *tree.not_told(sheets)))),
        paper=read_paper(pdf, destinations),
        pages=len(pages),
        page_starts=tree.page_starts(len(pages)),
    )


class _StructureTree:
    """Walks through the tree and builds what it holds."""

    def __init__(self, root: Any, sheets: Sequence[Sheet], destinations: Destinations, areas: LinkAreas) -> None:
        self._root, self._sheets = root, sheets
        self._roles = {key: str(value) for key, value in (get(root, "/RoleMap") or {}).items()}
        self._marked_runs: dict[Key, list[Run]] = {}
        for run in (run for sheet in sheets for run in sheet.runs if run.key is not None):
            self._marked_runs.setdefault(run.key, []).append(run)  # type: ignore[arg-type]
        self._destinations, self._areas = destinations, areas
        self._builder = Builder()
        self._links: list[tuple[Element, Any]] = []
        self._runs: dict[Element, list[Run]] = {}
        self._seen: set[int] = set()
        self._last: Run | None = None
        self._silent = 0
        self._instead: list[Run] = []
        self._page_starts: dict[int, int] = {}
        self.lines = Lines()
        self.holders: dict[Key, Element] = {}
        self.replaced: list[Replaced] = []
        self.languages: list[tuple[Element, str]] = []
        self.names: list[tuple[Element, str]] = []
        self.struck: list[Element] = []

    def reading(self) -> Reading:
        self._kids(self._root, None, 0)
        for element, destination in self._links:
            element.target = self._destinations.resolve(destination)
        return self._builder.result()

    def page_starts(self, pages: int) -> tuple[int, ...]:
        """Where in the text each page begins; one that tells nothing begins with the next that does."""
        starts = [self._builder.length]
        for index in reversed(range(pages)):
            starts.append(self._page_starts.get(index, starts[-1]))
        return tuple(reversed(starts[1:]))

    def not_told(self, sheets: Sequence[Sheet]) -> Iterator[NotTold]:
        """What can't be told of what no voice reads out."""
        for page, sheet in enumerate(sheets, start=1):
            artifacts = (run for run in sheet.runs if run.key not in self.holders and not run.has_actual_text)
            if not all(is_spelled(run.text) for run in artifacts):
                yield NotTold(f"page {page}", "words that no voice reads out, in glyphs that don't spell them")

    def _kids(self, node: Any, page: int | None, depth: int) -> None:
        links = []
        for kid in items(get(node, "/K")):
            if not isinstance(kid, Dictionary):
                self._marked(("page", -1 if page is None else page, int(kid)))
                continue
            kind, held = get(kid, "/Type"), number(kid)
            if kind == "/MCR":
                where, there = "page" if get(kid, "/Stm") is None else "form", self._page_of(kid, page)
                self._marked((where, -1 if there is None else there, int(kid.MCID)))
            elif kind == "/OBJR":
                note = get(kid, "/Obj")
                if get(note, "/Subtype") == "/Link":
                    links.append(note)
            elif held not in self._seen:
                self._seen.update([held] if held else [])
                self._element(kid, page, depth)
        if links:
            self._links_of(links)

    def _element(self, node: Any, page: int | None, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableError("structure elements stand too deep within each other")
        entries = dict(node.items())
        page, kind = self._page_of(node, page), self._standard(str(entries.get("/S")))
        if kind == _ARTIFACT:
            return
        role, name = _ROLE_OF.get(kind, Role.GROUP), kind[1:_LONGEST_NAME]
        element = self._builder.open(role, name)
        held = number(node)
        self._destinations.elements |= {} if held is None else {held: element}
        if role is Role.HEADING:
            element.level = _level(kind, element)
        if any(get(it, "/TextDecorationType") == "/LineThrough" for it in items(entries.get("/A"))):
            self.struck.append(element)
        element.alt = _counted(entries.get("/Alt", ""))
        for key, kept in (("/E", self.names), ("/Lang", self.languages)):
            if key in entries:
                kept.append((element, _counted(entries[key])))
        actual = entries.get("/ActualText")
        if actual is not None and role is Role.INLINE and self._tells_instead(node, page, str(actual)):
            actual = None
        if actual is not None and not self._silent:
            self._builder.add(str(actual))
        self._silent += (is_replaced := actual is not None or (role is Role.FIGURE and bool(element.alt)))
        outside, self._instead = self._instead, [] if actual is not None else self._instead
        self._kids(node, page, depth + 1)
        glyphs, self._instead = self._instead, outside
        self._silent -= is_replaced
        self._builder.close()
        element.page = element.page or (None if page is None else page + 1)
        element.place = element.place if element.page is None else f"page {element.page}, {name}"
        if actual is not None:
            self.replaced += differing(element.place, str(actual), text_of(glyphs, "\n"))

    def _tells_instead(self, node: Any, page: int | None, actual: str) -> bool:
        """Whether an element shows text on its page and nothing else, which then tells its ActualText for itself."""
        kids = items(get(node, "/K"))
        keys = [("page", -1 if page is None else page, int(kid)) for kid in kids if not isinstance(kid, Dictionary)]
        runs = [run for key in keys for run in self._marked_runs.get(key, ())]
        is_text = bool(runs) and len(keys) == len(kids) and not any(run.has_actual_text for run in runs)
        for run in runs if is_text else ():
            run.told, run.has_actual_text = actual if run is runs[0] else "", True
        self._sheets[page or 0].told += [(keys[0], actual, runs)] if is_text else []
        return is_text

    def _marked(self, key: Key) -> None:
        around = self._builder.open_elements
        self.holders.setdefault(key, around[-1])
        link = next((it for it in reversed(around) if it.role is Role.LINK), None)
        block = next((it for it in reversed(around) if it.role not in RUNNING), around[0])
        for run in self._marked_runs.get(key, ()):
            self._instead.append(run)
            for element in around:
                element.page = element.page or run.page + 1
            if run.text.strip():
                self._destinations.shown.setdefault(run.page, []).append((run, around[-1]))
            if link is not None:
                self._runs.setdefault(link, []).append(run)
            if run.told.strip():
                # What an element tells instead of its text has been told when its text comes.
                self._page_starts.setdefault(run.page, around[-1].start if self._silent else self._builder.length)
            if self._silent:
                continue
            # The rest of what an ActualText stands for: all of that has been told.
            is_rest = run.has_actual_text and not run.told and self._last is not None and self._last.key == run.key
            gap = gap_between(self._last, run) if self._last is not None and not is_rest else None
            if gap is not None:
                (self._builder.space if gap else self._builder.new_line)()
            self._builder.add(run.told)
            self.lines.add(run, block)
            self._last = run

    def _links_of(self, links: Sequence[Any]) -> None:
        """The link annotations of an element, if a hand can find them: on their pages, where its words are."""
        element = self._builder.open_elements[-1]
        runs = self._runs.get(element, ())
        if not self._areas.lie_over(links, runs):
            return
        leads: list[tuple[str, Any]] = []
        for annotation in links:
            address, destination = lead(annotation)
            leads += [(address, destination)] if (address, destination) not in leads else []
            name = get(annotation, "/Contents")
            # Some give a link the name of the place that it leads to, which is none for a voice.
            if name is not None and str(name) not in (str(destination), address.removeprefix("#")):
                self.names.append((element, _counted(name)))
        # A link has an annotation for each of its lines, and leads somewhere if all of them lead there.
        address, destination = leads[0]
        if len(leads) > 1:
            address, destination = " and ".join(address or "nowhere" for address, _ in leads), None
        element.address = _counted(address)
        if destination is not None:
            self._links.append((element, destination))

    def _page_of(self, node: Any, page: int | None) -> int | None:
        given = get(node, "/Pg")
        return page if given is None else self._destinations.pages.get(number(given))

    def _standard(self, kind: str) -> str:
        """A structure type by the role map, if it is not a standard one itself."""
        for _ in range(_LONGEST_CHAIN):
            if kind not in self._roles or kind in _ROLE_OF:
                break
            kind = self._roles[kind]
        return kind


def _counted(text: Any) -> str:
    """Text beside the text, of which a file may give the same to each of its elements."""
    spend(Part.CHARACTERS, len(str(text)))
    return str(text)


def _level(kind: str, element: Element) -> int:
    if kind[2:].isdigit():
        return int(kind[2:])
    # /H is as deep as the sections around it, /Title is above all.
    return 1 if kind == "/Title" else sum(above.role is Role.GROUP for above in element.ancestors())

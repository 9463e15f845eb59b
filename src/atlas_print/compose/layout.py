"""Templates: found in the project's layouts first, then in those that ship with the tool."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Block, Image, ListBlock, Table, block_lines, walk_blocks
from atlas_print.compose.balance import balanced_width, text_width
from atlas_print.compose.bibliography import full_entries, short_entries
from atlas_print.compose.compiled import Compiled
from atlas_print.compose.figures import data_url, natural_width, qr_code, width_in_book
from atlas_print.compose.glossary import Explanation, Glossary
from atlas_print.compose.identifiers import identifiers
from atlas_print.compose.leads import Lead, leads
from atlas_print.compose.lists import HANDOUT, LARGE_PRINT, book_style, page_style
from atlas_print.compose.numbers import addressed, joined, runs_from_right
from atlas_print.compose.sheet import Sheet
from atlas_print.compose.tables import Columns, Room, are_rows_named, columns, nesting
from atlas_print.compose.words import Words, direction_of
from atlas_print.counting import counted
from atlas_print.drawings.colours import adaptive
from atlas_print.inlines import Inlines, NoteCall, Subscript, Superscript, plain_text, walk_inlines
from atlas_print.profiles import Theme
from atlas_print.sections import Note, Section, Subsection
from atlas_print.shipped import folder
from atlas_print.typefaces import Family

_LONGEST_PIECE = 30
"""Characters of a piece of an address that fit into a column of unknown width."""
_ADDRESS = re.compile(r"(\bhttps?://\S+)")
_NUMBER_WIDTH = 3
"""em that the number of a reference takes from its column, at most."""
_REPEATED = 1000
"""From this number on the drawings of repeats are counted, so that their ids are their own."""


class LayoutError(Exception):
    """A template that can't be used, with what Jinja says about it."""


@dataclass(frozen=True)
class Composer:
    """Fills templates for one atlas; `project` may hold layouts of its own, `made_on` is the build's date."""

    atlas: Atlas
    project: Path
    made_on: date

    def __post_init__(self) -> None:
        layouts = [self.project / "layouts", folder("layouts")]
        words = Words(self.atlas.language, layouts)
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(layouts),
            autoescape=select_autoescape(("html", "xhtml", "ncx", "svg")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Compiled(),
        )
        environment.filters.update(kind=lambda node: type(node).__name__, plain=plain_text, direction=direction_of)
        environment.filters.update(joined=partial(joined, locale=words.locale), letters=partial(counted, first="a"))
        environment.filters["date"] = words.date
        environment.globals |= {"_": words.markup, "word": words.text, "atlas": self.atlas}
        environment.globals |= {"direction": words.direction, "made_on": self.made_on}
        object.__setattr__(self, "_environment", environment)
        object.__setattr__(self, "words", words)

    words: Words = field(init=False)
    _environment: ImmutableSandboxedEnvironment = field(init=False, repr=False)

    def fill(self, template: str, **values: Any) -> str:
        """The template's text; LayoutError if it is missing or broken."""
        try:
            return self._environment.get_template(template).render(**values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f"layouts/{getattr(error, 'name', None) or template}" + (f":{line}" if line else "")
            raise LayoutError(f"{where}: {error.message or type(error).__name__}") from error

    def page(
        self,
        topic: Topic,
        room: Room,
        images: Mapping[str, str] | None = None,
        theme: Theme | None = None,
        pages: Mapping[str, int] | None = None,
        columns: Mapping[int, float] | None = None,
        stack: Sequence[Family] = (),
        chapters: Mapping[str, str] | None = None,
        sheet: Sheet | None = None,
    ) -> "Page":
        """A fresh page for the topic, with that room for its tables.

        `images` maps image paths to addresses; without it images are data URLs, drawings in the colours of `theme`.
        `pages` has the page of each anchor, once an earlier pass has found it; `columns` the width of the column in em
        of each level of heading, and of the text as level 0, where the layout has a width, with the fonts that it is
        set in. `chapters` has the files of all topics of a book by their slugs; `sheet` is that of a large print.
        """
        known = pages or {}, columns or {}, stack, sheet, chapters or {}, self.words.locale
        return Page(self.atlas, topic, room, images, theme, *known)


@dataclass
class Page:
    """One topic on its way through a template: counts citations, explains each term once, names anchors."""

    atlas: Atlas
    topic: Topic
    room: Room
    images: Mapping[str, str] | None = None
    theme: Theme | None = None
    pages: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[int, float] = field(default_factory=dict)
    stack: Sequence[Family] = ()
    sheet: Sheet | None = None
    chapters: Mapping[str, str] = field(default_factory=dict)
    locale: Locale | None = None
    uses: dict[str, list[str]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    drawings: int = 0
    is_repeat: bool = False

    def __post_init__(self) -> None:
        self.glossary = Glossary(self.atlas.glossary, self.atlas.spellings)
        self._nesting = nesting(block for section in self.topic.sections for block in section.all_blocks())
        # By identity, as two sections may say the same.
        self._anchors = {
            id(part): f"section-{number}" + (f"-{index}" if index else "")
            for number, section in enumerate(self.topic.sections, 1)
            for index, part in enumerate((section, *(part for _, part in section.parts())))
        }
        # A handout holds parts of the topic alone.
        is_whole = self.theme is not None or self.images is not None
        self._targets: dict[str, str] = {}
        for section in self.topic.sections if is_whole else ():
            self._targets[section.identifier] = self.anchor(section)
            self._targets |= {part.identifier: self.anchor(part) for _, part in section.parts()}

    def cite(self, id_: str) -> Mapping[str, object]:
        """The number of a reference and the anchor of this use of it; counts one more use."""
        number = self.topic.numbers[id_]
        if self.is_repeat:
            return {"number": number, "anchor": "", "target": self.reference_anchor(id_)}
        uses = self.uses.setdefault(id_, [])
        uses.append(f"citation-{number}-{len(uses) + 1}")
        return {"number": number, "anchor": uses[-1], "target": self.reference_anchor(id_)}

    def reference_anchor(self, id_: str) -> str:
        """The anchor of a reference's entry."""
        return f"reference-{self.topic.numbers[id_]}"

    def call(self, call: NoteCall) -> Mapping[str, object]:
        """The mark of a footnote, which is called from now on, and whether it was before."""
        is_again = self.is_repeat or call.identifier in self.called
        if not self.is_repeat:
            self.called.add(call.identifier)
        return {"mark": call.identifier, "is_again": is_again}

    def repeating(self) -> "Page":
        """The page as a repeat of what stands elsewhere sees it: no use is counted, nothing gets an anchor."""
        return replace(self, is_repeat=True, drawings=_REPEATED)

    def notes(self) -> list[Note]:
        """The footnotes called so far, in the order of their marks."""
        return [note for note in self.topic.notes if note.identifier in self.called]

    def source(self, image: Image) -> str:
        """The address of an image."""
        if self.images is not None:
            return self.images[image.path]
        return data_url(image, self.theme)

    width = staticmethod(natural_width)
    are_rows_named = staticmethod(are_rows_named)

    def described(self) -> str:
        """The id of the words that describe the next image of a book."""
        self.drawings += 1
        return f"described-{self.drawings}"

    def drawing(self, image: Image, name: str, described: str) -> Markup:
        """A drawing as part of a book, in the colours of its text, with its name and the id of what describes it."""
        root = adaptive(image.data, f"{described}-")
        root.set("role", "img")
        root.set("aria-label", name)
        root.set("aria-details", described)
        drawn = Markup(etree.tostring(root, encoding="unicode"))
        style = width_in_book(image)
        # An em is one of the text around a drawing; inside of it, one of its own labels.
        return drawn if style is None else Markup('<div style="{}">{}</div>').format(style, drawn)

    def balanced(self, text: str, level: int) -> Markup:
        """The attribute that breaks a heading of that level into lines of about one length; level 0 is a subtitle."""
        column = self.columns.get(level)
        width = None if column is None else balanced_width(text, column, self.stack, bold=level > 0)
        return Markup("") if width is None else Markup(' style="max-width: {:.3f}em"').format(width)

    def table_columns(self, table: Table) -> Columns | None:
        """The table in columns; None where each of its rows is set as pairs of a header and a value."""
        return columns(table, self.room, self._nesting.get(id(table), 1), self.stack)

    def list_style(self, items: ListBlock) -> str:
        """The style of an ordered list."""
        if self.images is not None:
            return book_style(items, self.stack)
        return page_style(items, self.stack, widest=LARGE_PRINT if self.columns else HANDOUT)

    def named(self, heading: Inlines) -> Markup:
        """The attribute that names a heading where it is listed in plain text: 10³, not 103."""
        if self.images is not None or not any(isinstance(it, Subscript | Superscript) for it in walk_inlines(heading)):
            return Markup("")
        return Markup(' data-name="{}"').format(plain_text(heading))

    def address(self, text: str) -> Markup:
        """An address as HTML that breaks behind its slashes, so that nobody takes the break for its end.

        On paper a piece is a unit on a line if a line holds it; one that is longer breaks where the line ends.
        """
        return addressed(text, self.locale, self._fits if self.images is None else None)

    def text(self, text: str) -> Markup:
        """Running text as HTML; in a book its addresses break behind slashes, as they do on paper anyway."""
        found = [text] if self.images is None else _ADDRESS.split(text)
        parts = enumerate(found)
        return Markup("").join(self.address(it) if index % 2 else joined(it, self.locale) for index, it in parts)

    def _fits(self, piece: str) -> bool:
        if (column := self.columns.get(0)) is None:
            return len(piece) <= _LONGEST_PIECE
        return text_width(piece, self.stack, bold=False) <= column - _NUMBER_WIDTH

    def anchor(self, section: Section | Subsection) -> str:
        """The anchor of a section's heading, or of a subsection's."""
        return self._anchors[id(section)]

    def target(self, identifier: str) -> str:
        """The anchor that a link to that heading leads to; none where the heading isn't there."""
        return self._targets.get(identifier, "")

    def topic_address(self, slug: str) -> str:
        """Where a link to another topic leads: its chapter, or where it lives online; "" if readers don't find it."""
        online = {topic.slug: self.atlas.address(topic) for topic in self.atlas.published}
        return self.chapters.get(slug) or online.get(slug, "")

    def leads(self, lines: Iterable[Inlines]) -> list[Lead]:
        """What is said of where the links in these lines lead."""
        return leads(lines, self.atlas, self._targets, self.stack, on_paper=self.images is None)

    def block_leads(self, block: Block, heading: Inlines = ()) -> list[Lead]:
        """What is said behind a block of where its links lead, and those of the heading above it."""
        return self.leads([heading, *(line for inner in walk_blocks([block]) for line in block_lines(inner))])

    def explain(self, *texts: str) -> list[Explanation]:
        """The glossary terms whose first use in the topic stands in these texts."""
        return self.glossary.explain(" ".join(texts))

    def explain_blocks(self, blocks: Sequence[Block]) -> list[Explanation]:
        """The glossary terms whose first use in the topic stands in these blocks."""
        return self.explain(*(plain_text(line) for inner in walk_blocks(blocks) for line in block_lines(inner)))

    def entries(self, form: str = "full") -> list[Mapping[str, object]]:
        """Every reference in its order: number, anchor, text in that form, identifiers, the anchors of its uses."""
        write = {"full": full_entries, "short": short_entries}[form]
        texts = write(self.topic.references, self.atlas.language)
        return [
            {
                "number": self.topic.numbers[reference.id],
                "anchor": self.reference_anchor(reference.id),
                "text": Markup("").join(it if isinstance(it, Markup) else joined(it) for it in entry.pieces),
                "is_isolated": entry.is_left_to_right and runs_from_right(self.locale),
                "identifiers": identifiers(reference),
                "uses": self.uses.get(reference.id, []),
            }
            for reference, entry in zip(self.topic.references, texts, strict=True)
        ]

    def cited_on(self, uses: Sequence[str]) -> Mapping[int, str]:
        """The pages that uses of a reference stand on, each with the anchor of the first use there."""
        found: dict[int, str] = {}
        for use in uses:
            found.setdefault(self.pages.get(use, 0), use)
        return found

    def qr_code(self) -> str:
        """The topic's address as a QR code in a data URL."""
        return qr_code(self.atlas.address(self.topic))

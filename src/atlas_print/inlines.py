"""What authors write within a line: inline content, frozen and typed, and how it is walked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the author wrote them, with white space folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress within a sentence."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strikeout:
    """Words that no longer hold, shown struck out."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Subscript:
    """What is set lower than its line: the 2 of CO2."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Superscript:
    """What is set higher than its line: the -3 of 10 to the minus 3."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Code:
    """What a computer is told, letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line that the author asks for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an absolute address."""

    url: str
    children: "Inlines"


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A link to a heading of the same topic, by its identifier."""

    identifier: str
    children: "Inlines"


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A link to another topic, by its slug."""

    slug: str
    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked passage: in another language (BCP 47), a section's key sentence, what tells when to get help at once."""

    children: "Inlines"
    language: str | None = None
    key: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One reference that a citation names, with the words before its number and those behind it, such as ", p. 12"."""

    id: str
    prefix: "Inlines" = ()
    suffix: "Inlines" = ()

    @property
    def is_worded(self) -> bool:
        """Whether more than the number stands there."""
        return bool(self.prefix or self.suffix)


@dataclass(frozen=True, slots=True)
class Citation:
    """One pair of brackets that cites references; `name` is what the sentence calls the first: "Mora et al."."""

    items: tuple[CitationItem, ...]
    name: str = ""

    @classmethod
    def of(cls, *ids: str) -> "Citation":
        """Nothing but numbers."""
        return cls(tuple(map(CitationItem, ids)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The references in the order of the brackets."""
        return tuple(item.id for item in self.items)

    @property
    def is_worded(self) -> bool:
        """Whether more than numbers stands in the brackets."""
        return any(item.is_worded for item in self.items)


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Where a footnote is called; `identifier` is the mark that stands there: "a"."""

    identifier: str


Leaf: TypeAlias = Text | Code | LineBreak | Citation | NoteCall
"""What holds no other inline content."""
Inline: TypeAlias = (
    Leaf | Emphasis | Strong | Strikeout | Subscript | Superscript | Link | SectionLink | TopicLink | Span
)
Inlines: TypeAlias = tuple[Inline, ...]

# --- walking it -------------------------------------------------------------------------------------------

_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def spelled(child: Subscript | Superscript, before: str) -> Inlines:
    """What a sub- or superscript holds, as it reads in a line of plain text behind the character `before`.

    Digits behind another digit are signs of their own, since 10 to the third is not 103; the 2 of CO2 is a 2.
    """
    if not before.isdigit():
        return child.children
    digits = lowered if isinstance(child, Subscript) else raised
    return tuple(Text(digits(it.text)) if isinstance(it, Text) else it for it in child.children)


def raised(text: str) -> str:
    """The text with its digits and their signs as those that stand above the line: ⁻³."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """The text with its digits and their signs as those that stand below the line: ₂."""
    return text.translate(_LOWERED)


def plain_text(children: Sequence[Inline], before: str = "", *, is_spelled: bool = True) -> str:
    """The words of inline content behind that character, without the brackets of citations and the marks of notes.

    With `is_spelled`, digits that are raised or lowered behind others are signs of their own.
    """
    text = ""
    for child in children:
        match child:
            case Text() | Code():
                text += child.text
            case LineBreak():
                text += " "
            case Citation():
                text += child.name
            case NoteCall():
                continue
            case Subscript() | Superscript():
                last = text[-1:] or before
                inner = spelled(child, last) if is_spelled else child.children
                text += plain_text(inner, last, is_spelled=is_spelled)
            case _:
                text += plain_text(child.children, text[-1:] or before, is_spelled=is_spelled)
    return text


def walk_inlines(children: Sequence[Inline]) -> Iterator[Inline]:
    """Every inline element in reading order, parents before their children."""
    for child in children:
        yield child
        if isinstance(child, Citation):
            for item in child.items:
                yield from walk_inlines((*item.prefix, *item.suffix))
        elif not isinstance(child, Leaf):
            yield from walk_inlines(child.children)


def cited_ids(children: Sequence[Inline]) -> Iterator[str]:
    """The ids of every citation in reading order, repeats included."""
    for child in walk_inlines(children):
        if isinstance(child, Citation):
            yield from child.ids


def key_passages(children: Inlines) -> Iterator[Inlines]:
    """Each key span with the citations and notes that follow it without a word between."""
    return _passages(children, lambda span: span.key)


def urgent_passages(children: Inlines) -> Iterator[Inlines]:
    """Each urgent span with the citations and notes that follow it without a word between."""
    return _passages(children, lambda span: span.urgent)


def _passages(
    children: Inlines, is_marked: Callable[[Span], bool], behind: tuple[Inline, ...] = ()
) -> Iterator[Inlines]:
    """`behind` are the citations and notes right behind what holds these children."""
    for index, child in enumerate(children):
        rest = children[index + 1 :]
        follows = tuple(takewhile(lambda after: isinstance(after, Citation | NoteCall), rest))
        if len(follows) == len(rest):
            follows += behind
        if isinstance(child, Span) and is_marked(child):
            yield (child, *follows)
        elif not isinstance(child, Leaf):
            yield from _passages(child.children, is_marked, follows)

"""Attributes in braces, {.key lang=fr alt="..."}: parsed once for headings, spans, links and figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from markdown_it.common.utils import unescapeAll

from atlas_print.read.source import shown_text
from atlas_print.read.values.fields import fold, nearest

# A bare value holds no quotes, the typographic ones of word processors included: those are meant as quotes.
_ATTRIBUTE = re.compile(
    r"""\s*(?:(?P<mark>\.[^\s{}.#="]+|\#[^\s{}\#="]+|-(?=[\s}]))|(?P<name>[A-Za-z][\w:.-]*)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s{}="'“”„‘’«»\\]+)))(?=[\s}])""",
    re.DOTALL,
)
_WORDS = frozenset(("title", "caption", "fig-cap", "subtitle"))
"""Attributes whose words Pandoc, Quarto or a browser show somewhere."""
_END = re.compile(r"\s*\}")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: a class as ".key", an id as "#id", else its name; `offset` is where it starts in its line."""

    name: str
    value: str
    offset: int

    @property
    def is_plain_class(self) -> bool:
        """Whether it is a class; - is short for one, .unnumbered."""
        return self.name[0] in ".-"


def parse_attributes(text: str, start: int) -> tuple[tuple[Attribute, ...], int] | None:
    """The attributes in the braces that open at `start`, and the offset behind them; None if they can't be read."""
    found = []
    position = start + 1
    while match := _ATTRIBUTE.match(text, position):
        name = match["mark"] or match["name"]
        value = fold(unescapeAll(match["quoted"])) if match["quoted"] is not None else match["bare"] or ""
        found.append(Attribute(name, shown_text(value), match.start("mark" if match["mark"] else "name")))
        position = match.end()
    end = _END.match(text, position)
    return (tuple(found), end.end()) if found and end else None


class Attributes:
    """The attributes of one element; `left` is what nobody took yet."""

    def __init__(self, attributes: Iterable[Attribute]) -> None:
        self.left = list(attributes)
        self._taken: set[str] = set()

    def take(self, name: str) -> Attribute | None:
        """The first attribute of that name."""
        found = next((attribute for attribute in self.left if attribute.name == name), None)
        if found is not None:
            self.left.remove(found)
            self._taken.add(name)
        return found

    def take_identifier(self) -> str | None:
        """The first identifier, without its #."""
        found = next((attribute for attribute in self.left if attribute.name[0] == "#"), None)
        self.left = [attribute for attribute in self.left if attribute.name[0] != "#"]
        return None if found is None else found.name[1:]

    def refused(self, what: str, help_: str, known: Iterable[str] = ()) -> Iterator[tuple[Attribute, str, str]]:
        """What nobody took, each with the reason and what to write.

        `what` names the element ("a span"), `known` the names that may have been meant.
        """
        for attribute in self.left:
            if attribute.name in self._taken:
                yield attribute, f"{attribute.name} stands twice", "keep one of the two"
                continue
            near = nearest(attribute.name, known)
            yield attribute, f"{what} takes no {attribute.name}", f"did you mean {near!r}?" if near else help_

    def mistaken(self, what: str, known: Iterable[str] = ()) -> Iterator[tuple[Attribute, str, str]]:
        """As `refused`, of what nobody took that would be missed: what looks like a known name, and words.

        Anything else is for other tools, and changes no word.
        """
        names = list(known)
        for attribute in self.left:
            name = attribute.name.casefold()
            near = [it for it in get_close_matches(name, names, 1, 0.75) if abs(len(it) - len(name)) < 2]
            if attribute.name in self._taken:
                yield attribute, f"{attribute.name} stands twice", "keep one of the two"
            elif near:
                yield attribute, f"{what} takes no {attribute.name}", f"did you mean {near[0]!r}?"
            elif name in _WORDS:
                help_ = "write them into the text, and delete it"
                yield attribute, f"{what} hides words in its {attribute.name}", help_

"""What a style sheet shows beside an element's words: texts and counters (CSS 2.2, 12; CSS Lists 3, 4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import tinycss2
from lxml import etree

_QUOTES = {"open-quote": "“", "close-quote": "”"}
_NUMBER = re.compile(r"[(\[]?(\d{1,6})[.)\]]?")


@dataclass(frozen=True, slots=True)
class Generated:
    """What is shown before and behind the words of an element, and as the marker of a list item.

    `words` has all of these but what is counted, which no author wrote.
    """

    before: str = ""
    after: str = ""
    marker: str = ""
    words: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The number that it shows before the words; "" if it shows none, or more than that."""
        found = _NUMBER.fullmatch("".join((self.marker or self.before).split()))
        return found[1] if found else ""

    def with_part(self, name: str, text: str, words: str) -> "Generated":
        """The same with a text at one of its places, and what of it is not counted."""
        named = {"before": self.before, "after": self.after, "marker": self.marker, name: text}
        return Generated(**named, words=self.words).with_words((words,))

    def with_words(self, words: tuple[str, ...]) -> "Generated":
        """The same with more words."""
        return replace(self, words=tuple(dict.fromkeys((*self.words, *filter(str.strip, words)))))


class Counters:
    """The counters of a document, in a walk through its elements: what counts, from where on, and how far it is."""

    def __init__(self) -> None:
        self._values: dict[str, list[int]] = {}
        self._made: list[list[str]] = [[]]

    def enter(self) -> None:
        """Before the children of an element."""
        self._made.append([])

    def leave(self) -> None:
        """Behind them: what they began to count ends with them."""
        for name in self._made.pop():
            self._values[name].pop()

    def count(self, values: Mapping[str, str]) -> None:
        """What an element with these values does to the counters."""
        for name, number in _counts(values.get("counter-reset", ""), 0):
            self._begin(name, number)
        for name, number in _counts(values.get("counter-increment", ""), 1):
            if not self._values.get(name):
                self._begin(name, 0)
            self._values[name][-1] += number
        for name, number in _counts(values.get("counter-set", ""), 0):
            if not self._values.get(name):
                self._begin(name, 0)
            self._values[name][-1] = number

    def content(self, value: str, node: etree._Element) -> tuple[str, str]:
        """The text that a value of `content` shows, and what of it is not counted; a picture shows none."""
        shown, words = [], []
        for token in tinycss2.parse_component_value_list(value, skip_comments=True):
            said = ""
            if token.type == "string":
                said = token.value
            elif token.type == "ident":
                said = _QUOTES.get(token.lower_value, "")
            elif token.type == "function" and token.lower_name == "attr":
                said = node.get(_first(token), "")
            elif token.type == "function":
                shown.append(self._counted(token))
            shown.append(said)
            words.append(said)
        return "".join(shown), "".join(words)

    def _counted(self, token: Any) -> str:
        values = self._values.get(_first(token), [0])
        match token.lower_name:
            case "counter":
                return str(values[-1])
            case "counters":
                joint = next((it.value for it in token.arguments if it.type == "string"), ".")
                return joint.join(map(str, values))
        return ""

    def _begin(self, name: str, number: int) -> None:
        if name in self._made[-1]:
            self._values[name][-1] = number
        else:
            self._values.setdefault(name, []).append(number)
            self._made[-1].append(name)


def _first(function: Any) -> str:
    """The first name that a function is given."""
    return next((str(it.value) for it in function.arguments if it.type == "ident"), "")


def _counts(value: str, otherwise: int) -> list[tuple[str, int]]:
    """Of "chapter 2 page" the names with their numbers."""
    found: list[tuple[str, int]] = []
    for part in value.removesuffix("!important").split():
        if re.fullmatch(r"[+-]?\d{1,9}", part):
            if found:
                found[-1] = (found[-1][0], int(part))
        elif part.lower() != "none":
            found.append((part, otherwise))
    return found

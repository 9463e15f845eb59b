"""A broken file in the making: what was changed in which good file, and which promise should notice."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TypeVar

from tests.making import LABELS, ROOT

T = TypeVar("T")

WORDS = frozenset({"P5"})
NUMBERS = frozenset({"P6"})
ACCESS = frozenset({"P8"})


@dataclass(frozen=True, slots=True)
class Good:
    """A file as it should be; `path` in output/, `slug` None for the book of all topics."""

    path: str
    kind: str
    slug: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one change; `promises` should be broken, any of them; a harmless change has none.

    `make` makes the bytes, when they are wanted. What tells only beside the paged edition is proven with it.
    """

    operator: str
    place: str
    says: str
    promises: frozenset[str]
    make: Callable[[], bytes]
    needs_editions: bool = False

    def __str__(self) -> str:
        return f"{self.operator} at {self.place}: {self.says}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in a file that stands in one piece; `write` makes the file with another in its place, None if it can't.

    `region` says what part of a topic the text is: see `region_promises`.
    """

    place: str
    region: str
    text: str
    write: Callable[[str], Callable[[], bytes] | None]


def chance(good: Good, operator: str) -> Random:
    """The same choices every time, other ones for each file and operator."""
    return Random(f"{good.path} {operator}")


def some(random: Random, things: Iterable[T], count: int) -> list[T]:
    """As many of the things, or all of them, in no order."""
    pool = list(things)
    random.shuffle(pool)
    return pool[:count]


def first(makers: Iterator[Mutant | None], count: int) -> Iterator[Mutant]:
    """The first mutants that could be made."""
    for mutant in makers:
        if count == 0:
            return
        if mutant is not None:
            count -= 1
            yield mutant


def folded(text: str) -> str:
    """A text without what no reader would miss: the kind and number of spaces, and soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\xad", "").split())


def bare(text: str) -> str:
    """Letters and digits alone."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@cache
def corpus() -> str:
    """All that the authors wrote, bare: what of a file is in here has to be in the file."""
    texts = [re.sub(r"^\s*#.*$", "", (ROOT / "content/atlas.yaml").read_text("utf-8"), flags=re.MULTILINE)]
    for file in sorted((ROOT / "content/topics").glob("*.md")):
        text = file.read_text("utf-8")
        text = re.sub(r"\[@[^\]]*\]", "", text)
        text = re.sub(r'\{[^}"]*(?:"([^"]*)"[^}"]*)?\}', r" \1 ", text)
        texts.append(re.sub(r"\]\([^)]*\)", "", text))
    texts += [str(work.get("title", "")) for work in json.loads((ROOT / "content/references.json").read_text("utf-8"))]
    return "|".join(map(bare, texts))


@cache
def headings() -> tuple[str, ...]:
    """The headings that authors wrote, bare."""
    texts = [file.read_text("utf-8") for file in (ROOT / "content/topics").glob("*.md")]
    found = [line for text in texts for line in re.findall(r"^(?:##+ |title: )(.*)", text, re.MULTILINE)]
    return tuple(bare(re.sub(r"\{.*\}|\[@[^\]]*\]", "", line)) for line in found)


@cache
def _labels() -> frozenset[str]:
    return frozenset(map(bare, LABELS))


def is_authors(text: str) -> bool:
    """Whether the authors wrote it, and not the layout."""
    return len(bare(text)) > 1 and bare(text) not in _labels() and bare(text) in corpus()


_REGIONS = {
    "disclaimer": "P1",
    "disclaimer again": "P1 P5",
    "grade": "P2 P5",
    "scale": "P2 P5",
    "reference": "P3",
    "citation": "P4",
    "date": "P5 P7",
    "heading": "P5 P8",
    "drawing": "P5 P8",
    "alternative": "P5 P6 P8",
    "navigation": "P8",
    "marker": "P8",
    "told reference": "P3 P5 P6 P8",
    "told citation": "P4 P5 P6 P8",
    "label": "P2 P3 P4 P5 P7 P8",
}
"""What has to notice a change in a part of a topic that is more than its words."""


def promises(ids: str) -> frozenset[str]:
    """Of "P1 P2"."""
    return frozenset(ids.split())


def region_promises(region: str, *, is_number: bool = False) -> frozenset[str]:
    """What notices a change of words, or of a number, in a part of a topic."""
    if region == "heading" and is_number:
        return NUMBERS
    if region in _REGIONS:
        return promises(_REGIONS[region])
    return NUMBERS if is_number else WORDS


def spread(passages: Sequence[Passage], random: Random) -> list[Passage]:
    """The passages in an order that takes one of each region in turn."""
    groups: dict[str, list[Passage]] = {}
    for passage in some(random, passages, len(passages)):
        groups.setdefault(passage.region, []).append(passage)
    rounds = max(map(len, groups.values()), default=0)
    return [group[index] for index in range(rounds) for group in groups.values() if index < len(group)]

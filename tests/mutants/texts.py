"""Mutants of what a file says, alike for PDF and EPUB."""

from collections.abc import Container, Iterator, Sequence
from random import Random

from tests.mutants.alterations import OF_NUMBERS, OF_WORDS, Alteration
from tests.mutants.mutant import (
    Good,
    Mutant,
    Passage,
    chance,
    first,
    folded,
    is_authors,
    promises,
    region_promises,
    spread,
)

_DATES = frozenset({"change digit", "drop digit", "change letter", "swap digits", "drop number"})
"""What changes the day itself: the words around it are the layout's."""
_IN_WORKS = frozenset({"change digit", "swap digits", "drop digit", "change letter", "drop letter", "drop word"})
_IN_LABELS = frozenset({"change letter", "add word", "change digit"})
_SIGNS = frozenset({"drop stop", "drop hyphen", "drop sign", "turn sign"})
"""What a layout may have of its own."""
_OWN = frozenset("date reference citation drawing navigation marker label".split())
"""Parts that say more than the authors wrote."""


def mutants_of_texts(
    good: Good,
    passages: Sequence[Passage],
    layer: str,
    counts: tuple[int, int],
    only: Container[str] | None = None,
) -> Iterator[Mutant]:
    """Each alteration of words in some passages, and each of numbers: `counts` of both; `only` some alterations."""
    for alterations, count, is_number in ((OF_WORDS, counts[0], False), (OF_NUMBERS, counts[1], True)):
        for name, alter in alterations.items():
            if only is not None and name not in only:
                continue
            operator = f"{name}{layer}"
            random = chance(good, operator)
            able = (_altered(operator, name, alter, it, random, is_number) for it in spread(passages, random))
            yield from first(able, count)


def _is_meant(name: str, passage: Passage) -> bool:
    """Whether an alteration makes a text of that part say something else."""
    match passage.region:
        case "date":
            return name in _DATES
        case "reference":
            return name in _IN_WORKS
        case "told reference":
            # A name may leave out what kind of number it says.
            return name in _IN_WORKS - {"drop word"}
        case "marker":
            # Each tool has words of its own for a page.
            return name == "change digit"
        case "label" | "navigation" | "told citation":
            return name in _IN_LABELS
        case "disclaimer" | "disclaimer again" | "scale":
            return name not in _SIGNS
    return True


def _altered(
    operator: str, name: str, alter: Alteration, passage: Passage, random: Random, is_number: bool
) -> Mutant | None:
    region = passage.region
    if not _is_meant(name, passage) or not (region.split()[0] in {*_OWN, "told"} or is_authors(passage.text)):
        return None
    text = alter(passage.text, random)
    if text is None or folded(text) == folded(passage.text) or not folded(text):
        return None
    make = passage.write(text)
    if make is None:
        return None
    before, behind = _difference(passage.text, text)
    says = f"“{before}” became “{behind}” ({region})"
    wanted = region_promises(region, is_number=is_number)
    # What stands beside a number may be taken for its unit or its sign; an ending may have a citation.
    if name == "join unit" or not is_number:
        wanted |= region_promises(region) | region_promises(region, is_number=True)
    if operator.endswith("seen only") or region == "disclaimer again":
        # That eyes and voice differ is told as such.
        wanted |= promises("P5 P6")
    if name == "drop ending":
        wanted |= promises("P4")
    return Mutant(operator, passage.place, says, wanted, make)


def _difference(one: str, other: str) -> tuple[str, str]:
    """Where two texts differ, with some words around it."""
    start = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    low = max(start - 16, 0)
    return one[low : start + 24], other[low : start + 24]

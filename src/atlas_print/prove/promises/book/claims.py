"""P8 on a book: what it says of its own accessibility is there, in the words of the vocabulary, and true."""

from collections.abc import Iterator

from atlas_print.prove.promises.book.features import FEATURES, is_told, pictures
from atlas_print.prove.promises.book.resources import moving
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.verdicts import Finding

_PROPERTIES = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
_SUMMARY = "accessibilitySummary"
_HAZARDS = (
    frozenset(("flashing", "noFlashingHazard", "unknownFlashingHazard")),
    # The vocabulary itself spells the last one so.
    frozenset(("motionSimulation", "noMotionSimulationHazard", "unknownMotionSimultationHazard")),
    frozenset(("sound", "noSoundHazard", "unknownSoundHazard")),
)
"""One of each, unless it is "none" or "unknown" that is said."""
_LARGE = "largePrint"

_HELP_CLAIM = "claim in the package document what the book has, and nothing else; a layout may have lost what it claims"
_HELP_PICTURE = "give each picture words that stand for it: `alt` on an image, `aria-label` on a drawing"


def judge_claims(reading: Reading, book: Book) -> Iterator[Finding]:
    """Claims that are missing, misspelt or not true, and pictures without words."""
    for picture in reading.of(Role.FIGURE):
        if not picture.alt.strip():
            yield Finding(picture.place, "words that stand for the picture", "none", _HELP_PICTURE)
    for name in (*_PROPERTIES, _SUMMARY):
        if not any(book.meta(f"schema:{name}")):
            yield Finding(_where(book, name), f"schema:{name}", "none", _HELP_CLAIM)
    yield from _modes(reading, book)
    yield from _hazards(book)
    for feature in book.meta("schema:accessibilityFeature"):
        yield from _feature(reading, book, feature)


def _where(book: Book, name: str) -> str:
    return f"{book.package.path}, {name}"


def _modes(reading: Reading, book: Book) -> Iterator[Finding]:
    modes = book.meta("schema:accessMode")
    needed = {"textual", *(["visual"] if pictures(reading) else [])}
    possible = {"textual", *(["visual"] if reading.of(Role.FIGURE) else [])}
    if modes and not needed <= set(modes) <= possible:
        yield Finding(_where(book, "accessMode"), " and ".join(sorted(needed)), ", ".join(modes), _HELP_CLAIM)
    is_all_told = all(is_told(reading, picture) for picture in pictures(reading))
    for sufficient in filter(None, book.meta("schema:accessModeSufficient")):
        parts = {part.strip() for part in sufficient.split(",")}
        where = _where(book, "accessModeSufficient")
        if not parts <= set(modes) or "textual" not in parts:
            yield Finding(where, f"“textual”, alone or with other modes of {', '.join(modes)}", sufficient, _HELP_CLAIM)
        elif parts == {"textual"} and not is_all_told:
            expected = "each picture described in the text, if that alone is enough"
            yield Finding(where, expected, "a picture that is not", _HELP_CLAIM)


def _hazards(book: Book) -> Iterator[Finding]:
    said, where = book.meta("schema:accessibilityHazard"), _where(book, "accessibilityHazard")
    one_each = len(said) == len(_HAZARDS) and all(len(kind.intersection(said)) == 1 for kind in _HAZARDS)
    if said and said not in (["none"], ["unknown"]) and not one_each:
        expected = "“none” or “unknown” alone, or a word each on flashing, motion and sound"
        yield Finding(where, expected, ", ".join(said), _HELP_CLAIM)
    plays = next(moving(book), None)
    if plays is not None and any(hazard == "none" or hazard.startswith("no") for hazard in said):
        yield Finding(where, "“unknown”, since something may move or sound", f"{', '.join(said)}; {plays}", _HELP_CLAIM)


def _feature(reading: Reading, book: Book, feature: str) -> Iterator[Finding]:
    where = _where(book, "accessibilityFeature")
    if feature == _LARGE:
        expected = f"no “{_LARGE}”, which is for pages whose type no reader can enlarge"
        yield Finding(where, expected, f"“{feature}”", _HELP_CLAIM)
    elif feature not in FEATURES:
        expected = f"features that can be seen in the book: {', '.join(FEATURES)}"
        yield Finding(where, expected, f"“{feature}”", _HELP_CLAIM)
    elif missing := FEATURES[feature](reading, book):
        yield Finding(where, f"“{feature}” to be true", missing, _HELP_CLAIM)

"""What the style sheets of a book make of its elements: whose words a reader sees, and what is shown beside them.

Whatever some reader does not see, by any condition of a style sheet, is not seen.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from tinycss2.color4 import Color

from atlas_print.prove.epub.cascade import Cascade, Specified
from atlas_print.prove.epub.computed import OWN_LOOKS, Computed, computed
from atlas_print.prove.epub.generated import Counters, Generated
from atlas_print.prove.epub.properties import pixels, share
from atlas_print.prove.reading.book import XHTML, Book, Document, place
from atlas_print.prove.reading.limits import NotTold

_FAR = 800.0
"""px beyond which nothing is on the screen of a reader: a hanging indent or a negative margin is less."""
_SMALLEST = 3.0
"""px of type that nobody reads."""
_THINNEST = 2.0
"""px of a box that shows nothing of what it cuts off."""
_FAINTEST = 0.1
_LEAST_CONTRAST = 1.5
"""Ratio of luminances (WCAG 2.2) below which words can't be told from their ground, whatever the eyes."""
_WHITE, _BLACK = Color("srgb", (1.0, 1.0, 1.0), 1.0), Color("srgb", (0.0, 0.0, 0.0), 1.0)
_PICTURES = frozenset((f"{XHTML}img", "{http://www.w3.org/2000/svg}svg"))
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = frozenset(("R", "AL")), frozenset(("L", "EN", "AN"))
"""Kinds of characters; numbers run from left to right in every script."""
_NO_NUMBERS = re.compile(r"none|disc|circle|square|(?:lower|upper)-.*|[\"'].*")
"""Styles of lists that count with bullets, letters or Roman numbers."""
_BESIDE = ("before", "after", "marker")
_WITHIN = ("first-letter", "first-line")

_NOTHING = re.compile("none|normal|auto|initial|unset|inherit|visible|revert|revert-layer|0")
_TELLS = re.compile(r".*\b(?:var|attr|env)\(.*")
_NEVER_TOLD = ("animation-name", "mask-image", "mix-blend-mode", "line-clamp", "all", "offset-path")
"""Properties of which nobody can tell what they do, unless it is nothing."""
_NONE = re.compile("none")
_GONE = {
    "content-visibility": re.compile("hidden"),
    "clip-path": re.compile(r"inset\(\s*(?:[5-9]\d(?:\.\d+)?|100)%.*|(?:circle|ellipse)\(\s*0(?![.\d]).*"),
    "filter": re.compile(r".*\bopacity\(\s*0*\.?0*%?\s*\).*"),
    "zoom": re.compile(r"0?\.0?\d*%?|\d%"),
}
_HARMLESS = {
    "filter": re.compile(r"(?:(?:grayscale|sepia|saturate|hue-rotate|drop-shadow)\([^()]*\)\s*)+"),
    "content-visibility": re.compile("auto|visible"),
    "clip-path": _NONE,
    "transform": re.compile(r"(?:(?:(?:scale|translate)(?:[xyz]|3d)?|rotatez?)\([^()]*\)\s*)*"),
    "rotate": re.compile(r"[-+\d.]+(?:deg|turn|rad|grad)"),
    "zoom": re.compile(r"\d+(?:\.\d+)?%?|0\.[3-9]\d*"),
}
"""Values that leave words to be read; others of the same properties are not known."""
_TURNS = re.compile(r"(scale|translate)(?:3d|[xyz])?\(([^()]*)\)")
_NO_CLIP = re.compile(r"rect\(\s*(?:0|1px)[\s,].*\)")


@dataclass(frozen=True, slots=True)
class Styled:
    """What style sheets do to the elements of a book.

    `gone` are those of which nothing is read, `unseen` those whose own words are not, though some of an element in them
    may be; `generated` is what is shown beside others. `numbers` counts the items of lists whose own numbers a style
    sheet takes away, "" for nothing.
    """

    gone: set[etree._Element] = field(default_factory=set)
    unseen: set[etree._Element] = field(default_factory=set)
    generated: dict[etree._Element, Generated] = field(default_factory=dict)
    numbers: dict[etree._Element, str] = field(default_factory=dict)
    not_told: list[NotTold] = field(default_factory=list)


def styled(book: Book) -> Styled:
    """What all sheets and attributes do to the elements of a book."""
    found = Styled()
    cascade = Cascade(book)
    for document in book.texts:
        for specified in cascade.specified(document):
            _Look(document, specified, found).walk()
    found.not_told.extend(cascade.not_told)
    return found


class _Look:
    """A document as it is shown under one condition."""

    def __init__(self, document: Document, specified: Specified, found: Styled) -> None:
        self._document, self._values, self._found = document, specified.values, found
        self._is_base = not specified.condition
        # A reader that asks for dark pages shows white on black.
        self._ink, self._paper = (_WHITE, _BLACK) if "dark" in specified.condition else (_BLACK, _WHITE)
        self._counters = Counters()

    def walk(self) -> None:
        # Without calls within calls: a file may nest its elements as deep as it likes.
        waiting: list[tuple[etree._Element | None, Computed]] = [(self._document.root, Computed())]
        while waiting:
            node, around = waiting.pop()
            if node is None:
                self._counters.leave()
                continue
            inner = self._element(node, around)
            self._counters.enter()
            waiting.append((None, around))
            waiting += [(child, inner) for child in reversed(node) if isinstance(child.tag, str)]

    def _element(self, node: etree._Element, around: Computed) -> Computed:
        given = self._values.get(node, {})
        values = given.get("", {})
        tag = etree.QName(node).localname
        if not given and tag not in OWN_LOOKS and tag != "li" and node.get("dir") is None:
            # Most elements look like what is around them.
            if node.getparent() in self._found.unseen:
                self._found.unseen.add(node)
            return around
        inner = computed(values, around, tag, node.get("dir", "").strip().lower())
        within = [computed(given[name], inner, "") for name in _WITHIN if name in given]
        if (
            _is_gone(values, inner, around)
            or (node.tag in _PICTURES and has_no_size(values))
            or _is_turned(node, inner)
        ):
            self._found.gone.add(node)
        if any(map(self._is_unseen, (inner, *within))):
            self._found.unseen.add(node)
        self._counters.count(values)
        if any(name in given for name in _BESIDE) or node.tag == f"{XHTML}li":
            self._beside(node, given, inner)
        unknown = list(_unknown(values, inner, around))
        if unknown and (node.tag in _PICTURES or any(map(str.isalnum, "".join(map(str, node.itertext()))))):
            where = place(self._document.path, node)
            self._found.not_told.extend(NotTold(where, what) for what in unknown)
        return inner

    def _is_unseen(self, it: Computed) -> bool:
        """Whether the words of an element itself can't be seen or heard."""
        ink, ground = it.ink, it.ground
        return (
            it.visibility in ("hidden", "collapse")
            or it.font_size < _SMALLEST
            or abs(it.text_indent) >= _FAR
            or it.letter_spacing <= -it.font_size / 2
            or it.security != "none"
            or it.speak in ("none", "never")
            or (ink is not None and ink.alpha <= _FAINTEST)
            or ((ink or ground) is not None and not it.is_on_picture and self._is_blank(ink, ground))
        )

    def _is_blank(self, ink: Color | None, ground: Color | None) -> bool:
        """Whether words in that colour can't be told from their ground."""
        one, other = sorted((_luminance(ink or self._ink), _luminance(ground or self._paper)))
        return (other + 0.05) / (one + 0.05) < _LEAST_CONTRAST

    def _beside(self, node: etree._Element, given: Mapping[str, Mapping[str, str]], inner: Computed) -> None:
        """What is shown before and behind the words of an element."""
        shown = Generated()
        for name in _BESIDE:
            values = given.get(name, {})
            self._counters.count(values)
            own = computed(values, inner, "")
            if values.get("content") and not _is_gone(values, own, inner) and not self._is_unseen(own):
                shown = shown.with_part(name, *self._counters.content(values["content"], node))
        before = self._found.generated.get(node, Generated())
        # What only some readers are shown is said, too.
        shown = shown.with_words(before.words) if self._is_base else before.with_words(shown.words)
        if shown != Generated():
            self._found.generated[node] = shown
        is_item = given.get("", {}).get("display", "list-item") in ("list-item", "flow-root list-item")
        is_other = _NO_NUMBERS.fullmatch(inner.list_style) is not None
        if self._is_base and node.tag == f"{XHTML}li" and (shown.marker or not is_item or is_other):
            self._found.numbers[node] = shown.number


def has_no_size(values: Mapping[str, str]) -> bool:
    """Whether a picture with these values has no width or no height."""
    return any(_is_thin(values.get(name, "")) for name in ("width", "height", "max-width", "max-height"))


def _is_gone(values: Mapping[str, str], it: Computed, around: Computed) -> bool:
    """Whether nothing is read of an element with these values, or of what is in it."""
    cuts = values.get("overflow", "visible") not in ("visible", "initial")
    return (
        it.display == "none"
        or it.opacity <= _FAINTEST < around.opacity
        or (it.line_through and not around.line_through)
        or any(name in values and pattern.fullmatch(values[name]) for name, pattern in _GONE.items())
        or ("clip" in values and _NO_CLIP.fullmatch(values["clip"]) is not None)
        or (cuts and has_no_size(values))
        or _is_far(values, it.font_size)
        or any(_turns_away(value) for value in _transforms(values))
    )


def _is_far(values: Mapping[str, str], em: float) -> bool:
    """Whether a place is beyond an edge of the screen; from the top, pages go on."""
    placed = values.get("position", "static") != "static"
    for name in ("left", "right", "top", "bottom") if placed else ():
        found = pixels(values.get(name, ""), em) or 0.0
        if found <= -_FAR or (name != "top" and found >= _FAR * 5):
            return True
    return any((pixels(values.get(f"margin-{side}", ""), em) or 0.0) <= -_FAR for side in ("left", "right", "top"))


def _transforms(values: Mapping[str, str]) -> Iterator[str]:
    yield values.get("transform", "")
    for name in ("scale", "translate"):
        if name in values:
            yield f"{name}({','.join(values[name].split())})"


def _turns_away(value: str) -> bool:
    """Whether a transformation leaves nothing to see, or moves it off the screen."""
    for name, inner in _TURNS.findall(value):
        parts = [part.strip() for part in inner.split(",")]
        if name == "scale" and any(found <= _FAINTEST for part in parts[:2] if (found := share(part)) is not None):
            return True
        if name == "translate" and any(abs(pixels(part) or 0.0) >= _FAR * 2 for part in parts):
            return True
    return False


def _is_thin(value: str) -> bool:
    found = pixels(value)
    return found is not None and found < _THINNEST


def _is_turned(node: etree._Element, it: Computed) -> bool:
    """Whether the letters of an element run against their direction."""
    if not it.bidi.endswith("override"):
        return False
    against = _LEFT_TO_RIGHT if it.direction == "rtl" else _RIGHT_TO_LEFT
    return any(unicodedata.bidirectional(sign) in against for sign in "".join(map(str, node.itertext())))


def _unknown(values: Mapping[str, str], it: Computed, around: Computed) -> Iterator[str]:
    """What is declared for an element of which can't be told what a reader sees of it."""
    for name, value in values.items():
        is_plain = _NOTHING.fullmatch(value) is not None
        if name in _NEVER_TOLD:
            is_odd = not is_plain
        elif name in _HARMLESS:
            is_gone = name in _GONE and _GONE[name].fullmatch(value)
            is_odd = not (is_plain or is_gone or _HARMLESS[name].fullmatch(value))
        elif name == "position":
            is_odd = value in ("absolute", "fixed") and not _is_far(values, it.font_size)
        elif name in ("height", "max-height"):
            cuts = values.get("overflow") in ("hidden", "clip") or values.get("text-overflow") == "ellipsis"
            is_odd = cuts and pixels(value) is not None and not _is_thin(value)
        else:
            is_odd = _TELLS.fullmatch(value) is not None and name not in ("width", "max-width", "font-size")
        if is_odd:
            yield f"{name}: {value[:80]}"
    if it.is_on_picture and it.ink is not None and (not around.is_on_picture or it.ink != around.ink):
        yield "words in a colour of their own on a picture"


def _luminance(of: Color) -> float:
    shares = []
    for part in of.coordinates:
        held = min(max(part or 0.0, 0.0), 1.0)
        shares.append(held / 12.92 if held <= 0.04045 else ((held + 0.055) / 1.055) ** 2.4)
    red, green, blue = shares
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

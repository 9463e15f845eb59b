"""SVG drawings rebuilt from an allow-list: what is drawn stays, what could act or fetch is refused."""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from atlas_print.problems import Place, Problem
from atlas_print.read.figures.svg_parts import check_parts
from atlas_print.read.source import Source, shown_text

SVG = "http://www.w3.org/2000/svg"
LIMIT_DRAWING = 2_000_000
"""Bytes in a drawing; more is a photograph in disguise, or a map that no one could describe."""

_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PLAIN = "export the drawing as plain SVG"

# lxml's stubs know no default namespace, whose prefix is None.
_DEFAULT_NAMESPACE: Any = {None: SVG}

_ELEMENTS = frozenset(
    """
    svg g defs title desc path line polyline polygon rect circle ellipse text tspan marker use clipPath
    linearGradient radialGradient stop
    """.split()
)
_PROPERTIES = frozenset(
    """
    fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset stroke-opacity opacity color display visibility font-family font-size
    font-weight font-style letter-spacing word-spacing text-anchor dominant-baseline alignment-baseline
    text-decoration marker-start marker-mid marker-end clip-path clip-rule stop-color stop-opacity
    """.split()
)
_GEOMETRY = frozenset(
    """
    d points x y x1 y1 x2 y2 cx cy r rx ry dx dy rotate width height viewBox preserveAspectRatio transform
    pathLength textLength lengthAdjust refX refY markerWidth markerHeight markerUnits orient gradientUnits
    gradientTransform spreadMethod fx fy offset clipPathUnits
    """.split()
)
_NAMES = frozenset(("id", "version"))
# Read by nobody who sees the drawing: dropped in silence.
_IGNORED = re.compile(r"class|role|data-.*|aria-.*|tabindex|focusable|enable-background|baseProfile|xml:.*")
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
# What a property may call: colours. A backslash could spell url( in letters that nobody recognises.
_FETCHES = re.compile(r"\\|(?<![\w-])(?!(?:rgba?|hsla?)\()[\w-]*\(", re.IGNORECASE)
_NO_NUMBER = re.compile(r"[^\s,()]*(?:nan|inf|[0-9]{7}|e\+?[0-9]{2})[^\s,()]*", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|mm|cm|in)?\s*")
_PX = {"px": 1.0, None: 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_START_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>]*>|<([^\s/>!?]+)", re.DOTALL)


def rebuild_svg(source: Source, problems: list[Problem]) -> tuple[bytes, float, float] | None:
    """The drawing as clean SVG with its width and height in user units, or None after telling why not.

    Problems: a DOCTYPE with entities, XML errors, elements or attributes off the allow-list (scripts, event
    handlers, style sheets, links, embedded images, animation), references out of the file, no size.
    """
    entity = re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", source.text)
    if entity is not None:
        problems.append(Problem(source.place_of(entity.start()), "svg-entity", "the SVG declares XML entities", _PLAIN))
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.text.encode(), parser)
    except etree.XMLSyntaxError as error:
        # A comment that is not closed is quoted whole, over lines, and told at the end of the file.
        message = (error.msg or "bad XML").splitlines()[0].split(", line")[0].strip()
        what = f"the SVG can't be read: {message}"
        place = source.place(max(error.lineno or 1, 1), max(error.offset or 1, 1))
        if message.startswith("Comment"):
            place = source.place_of(source.text.rfind("<!--"))
        problems.append(Problem(place, "bad-svg", what, _PLAIN))
        return None
    if root.tag != f"{{{SVG}}}svg":
        what, help_ = "the file is not an SVG drawing", 'its first element is <svg xmlns="http://www.w3.org/2000/svg">'
        problems.append(Problem(source.place(1, 1), "bad-svg", what, help_))
        return None
    rebuilder = _Rebuilder(source, _starts(source, root))
    clean = rebuilder.element(root)
    size = rebuilder.size(root)
    if clean is not None and not rebuilder.problems:
        for element, what, help_ in check_parts(clean):
            original = next(found for found, copy in rebuilder.copies if copy is element)
            rebuilder.refuse(original, "svg-parts", what, help_)
    problems.extend(rebuilder.problems)
    if rebuilder.problems or clean is None or size is None:
        return None
    view_box, width, height = size
    for name in {"width", "height", "x", "y"}.intersection(map(str, clean.attrib)):
        del clean.attrib[name]
    clean.set("viewBox", view_box)
    etree.cleanup_namespaces(clean)
    return etree.tostring(clean), width, height


def _starts(source: Source, root: etree._Element) -> dict[etree._Element, int]:
    """The offset at which each element's start tag begins, which lxml knows only to the line of its end."""
    tags = (match.start() for match in _START_TAG.finditer(source.text) if match.group(1))
    return dict(zip(root.iter("*"), tags, strict=False))


@dataclass
class _Rebuilder:
    source: Source
    starts: dict[etree._Element, int]
    problems: list[Problem] = field(default_factory=list)
    copies: list[tuple[etree._Element, etree._Element]] = field(default_factory=list)

    def place(self, element: etree._Element, attribute: str | None = None) -> Place:
        start = self.starts[element]
        if attribute is not None:
            local = re.escape(etree.QName(attribute).localname)
            end = self.source.text.find(">", start)
            found = re.compile(rf"[\s:]({local})\s*=").search(self.source.text, start, end)
            start = found.start(1) if found else start
        return self.source.place_of(start)

    def refuse(
        self, element: etree._Element, rule: str, what: str, help_: str = _PLAIN, attribute: str | None = None
    ) -> None:
        self.problems.append(Problem(self.place(element, attribute), rule, what, help_))

    def element(self, element: etree._Element) -> etree._Element | None:
        """A clean copy of the element and what it holds; None for what is dropped or refused."""
        name = etree.QName(element)
        if name.namespace != SVG or name.localname == "metadata":
            return None
        if name.localname not in _ELEMENTS:
            rule = "svg-script" if name.localname == "script" else "svg-element"
            help_ = "export it as plain shapes and text with presentation attributes"
            self.refuse(element, rule, f"the SVG element <{name.localname}> is not accepted", help_)
            return None
        clean = etree.Element(f"{{{SVG}}}{name.localname}", nsmap=_DEFAULT_NAMESPACE)
        self.copies.append((element, clean))
        clean.text, clean.tail = shown_text(element.text or ""), shown_text(element.tail or "")
        for key, value in element.attrib.items():
            self.attribute(element, clean, str(key), str(value))
        for child in element:
            # An entity that no one declared is a child without a name.
            kept = self.element(child) if isinstance(child.tag, str) else None
            if kept is not None:
                clean.append(kept)
        return clean

    def attribute(self, element: etree._Element, clean: etree._Element, key: str, value: str) -> None:
        """Copies one attribute if it is on the list; a style attribute becomes presentation attributes."""
        name = etree.QName(key)
        if name.namespace == _XML:
            if name.localname in ("lang", "space"):
                clean.set(key, value)
        elif name.localname == "href" and name.namespace in (None, _XLINK):
            if value.startswith("#"):
                clean.set("href", value)
            else:
                help_ = "a drawing may only refer to its own parts"
                self.refuse(element, "svg-link", f"the SVG refers to {value[:60]!r}", help_, key)
        elif name.namespace is not None or _IGNORED.fullmatch(key):
            return
        elif key.lower().startswith("on"):
            what, help_ = f"the SVG has the event handler {key!r}", "delete it; drawings are still"
            self.refuse(element, "svg-script", what, help_, key)
        elif key == "style":
            for declaration in value.split(";"):
                property_, colon, setting = declaration.partition(":")
                # Editors write dozens of properties at their initial value; those off the list draw nothing.
                if colon and property_.strip() in _PROPERTIES:
                    self.set(element, clean, property_.strip(), setting.strip(), key)
                elif _FETCHES.search(setting):
                    self.refuse_url(element, setting, key)
        elif key in _PROPERTIES or key in _GEOMETRY or key in _NAMES:
            self.set(element, clean, key, value, key)
        else:
            self.refuse(element, "svg-attribute", f"the SVG attribute {key!r} is not accepted", _PLAIN, key)

    def set(self, element: etree._Element, clean: etree._Element, key: str, value: str, given: str) -> None:
        """Copies a property, a measure or a name; `given` is the attribute that holds it."""
        if key in _PROPERTIES and _FETCHES.search(value) and not _LOCAL_URL.fullmatch(value.strip()):
            self.refuse_url(element, value, given)
        elif key in _GEOMETRY and (found := _NO_NUMBER.search(value)):
            what = f"the SVG has the number {found.group()[:30]!r} in {key!r}"
            self.refuse(element, "svg-number", what, "draw it within a million units", given)
        else:
            clean.set(key, value)

    def refuse_url(self, element: etree._Element, value: str, given: str) -> None:
        help_ = "a drawing may only refer to its own parts, as url(#id)"
        self.refuse(element, "svg-link", f"the SVG refers to {value.strip()[:60]!r}", help_, given)

    def size(self, root: etree._Element) -> tuple[str, float, float] | None:
        """The viewBox, and its width and height in user units."""
        text = root.get("viewBox")
        if text is None:
            sides = [_LENGTH.fullmatch(root.get(side) or "") for side in ("width", "height")]
            lengths = [float(side[1]) * _PX[side[2]] for side in sides if side]
            text = f"0 0 {lengths[0]:g} {lengths[1]:g}" if len(lengths) == 2 else ""
        try:
            numbers = [float(part) for part in re.split(r"[\s,]+", text.strip())]
        except ValueError:
            numbers = []
        if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
            help_ = 'write viewBox="0 0 WIDTH HEIGHT" on the <svg> element'
            self.refuse(root, "svg-size", "the SVG has no size", help_)
            return None
        return " ".join(f"{number:g}" for number in numbers), numbers[2], numbers[3]

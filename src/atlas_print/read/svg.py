"""SVG drawings rebuilt from an allow-list: what is drawn stays, what could act or fetch is refused."""

import math
import re
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from atlas_print.problems import Problem
from atlas_print.read.source import Source

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

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
    gradientTransform spreadMethod fx fy offset clipPathUnits id version
    """.split()
)
# Read by nobody who sees the drawing: dropped in silence.
_IGNORED = re.compile(r"class|role|data-.*|aria-.*|tabindex|focusable|enable-background|baseProfile|xml:.*")
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)\s*(px|pt|mm|cm|in)?\s*")
_PX = {"px": 1.0, None: 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def rebuild_svg(source: Source, problems: list[Problem]) -> tuple[bytes, float, float] | None:
    """The drawing as clean SVG with its width and height in user units, or None after telling why not.

    Problems: a DOCTYPE with entities, XML errors, elements or attributes off the allow-list (scripts, event
    handlers, style sheets, links, embedded images, animation), references out of the file, no size.
    """
    if "<!ENTITY" in source.text or re.search(r"<!DOCTYPE[^>]*\[", source.text):
        place = source.place_of(source.text.index("<!"))
        what, help_ = "the SVG declares XML entities", "export the drawing as plain SVG"
        problems.append(Problem(place, "svg-entity", what, help_))
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        help_ = "export the drawing as plain SVG"
        what = f"the SVG can't be read: {(error.msg or 'bad XML').split(', line')[0]}"
        problems.append(Problem(source.place(line, max(column, 1)), "bad-svg", what, help_))
        return None
    if root.tag != f"{{{SVG}}}svg":
        what, help_ = (
            "the file is not an SVG drawing",
            'its first element is <svg xmlns="http://www.w3.org/2000/svg">',
        )
        problems.append(Problem(source.place(1, 1), "bad-svg", what, help_))
        return None
    rebuilder = _Rebuilder(source)
    clean = rebuilder.element(root)
    size = rebuilder.size(root)
    rebuilder.check_uses(root)
    problems.extend(rebuilder.problems)
    if rebuilder.problems or clean is None or size is None:
        return None
    view_box, width, height = size
    for name in {"width", "height", "x", "y"}.intersection(map(str, clean.attrib)):
        del clean.attrib[name]
    clean.set("viewBox", view_box)
    etree.cleanup_namespaces(clean)
    return etree.tostring(clean), width, height


@dataclass
class _Rebuilder:
    source: Source
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, element: etree._Element, rule: str, what: str, help_: str) -> None:
        place = self.source.place(cast(int, element.sourceline or 1), 1)
        self.problems.append(Problem(place, rule, what, help_))

    def element(self, element: etree._Element) -> etree._Element | None:
        """A clean copy of the element and what it holds; None for what is dropped or refused."""
        name = etree.QName(element)
        if name.namespace != SVG:
            return None
        if name.localname == "metadata":
            return None
        if name.localname not in _ELEMENTS:
            rule = "svg-script" if name.localname == "script" else "svg-element"
            help_ = "export it as plain shapes and text with presentation attributes"
            self.refuse(element, rule, f"the SVG element <{name.localname}> is not accepted", help_)
            return None
        clean = etree.Element(f"{{{SVG}}}{name.localname}", nsmap=_DEFAULT_NAMESPACE)
        clean.text, clean.tail = element.text, element.tail
        for key, value in element.attrib.items():
            self.attribute(element, clean, str(key), str(value))
        for child in element:
            if not isinstance(child.tag, str):
                continue
            kept = self.element(child)
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
            if not value.startswith("#"):
                help_ = "a drawing may only refer to its own parts"
                self.refuse(element, "svg-link", f"the SVG refers to {value[:60]!r}", help_)
            else:
                clean.set("href", value)
        elif name.namespace is not None or _IGNORED.fullmatch(key):
            return
        elif key.startswith("on"):
            help_ = "delete it; drawings are still"
            self.refuse(element, "svg-script", f"the SVG has the event handler {key!r}", help_)
        elif key == "style":
            for declaration in value.split(";"):
                property_, colon, setting = declaration.partition(":")
                # Editors write dozens of properties at their initial value; those off the list draw nothing.
                if colon and property_.strip() in _PROPERTIES:
                    self.attribute(element, clean, property_.strip(), setting.strip())
                elif "url(" in setting.lower():
                    self._refuse_url(element, setting)
        elif key in _PROPERTIES or key in _GEOMETRY:
            if "url(" in value.lower() and not _LOCAL_URL.fullmatch(value.strip()):
                self._refuse_url(element, value)
            else:
                clean.set(key, value)
        else:
            help_ = "export the drawing as plain SVG"
            self.refuse(element, "svg-attribute", f"the SVG attribute {key!r} is not accepted", help_)

    def _refuse_url(self, element: etree._Element, value: str) -> None:
        help_ = "a drawing may only refer to its own parts, as url(#id)"
        self.refuse(element, "svg-link", f"the SVG refers to {value.strip()[:60]!r}", help_)

    def check_uses(self, root: etree._Element) -> None:
        """A <use> may not lead to another <use>: a few lines of those can draw billions of shapes."""
        by_id = {element.get("id"): element for element in root.iter(f"{{{SVG}}}*")}
        for use in root.iter(f"{{{SVG}}}use"):
            target = by_id.get((use.get("href") or use.get(f"{{{_XLINK}}}href") or "")[1:])
            if target is None or next(target.iter(f"{{{SVG}}}use"), None) is not None:
                help_ = "let it refer to a shape with that id that holds no <use> itself"
                self.refuse(use, "svg-use", "the SVG has a <use> that leads nowhere or to another <use>", help_)

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

"""A drawing built anew: each element with what it looks like in the end, `use` and `switch` resolved."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from atlas_print.read.figures.svg.cascade import Cascade
from atlas_print.read.figures.svg.computed import PROPERTIES, Look, attributes, look
from atlas_print.read.figures.svg.geometry import LEVEL, MEASURES, SHAPES, Box, measured
from atlas_print.read.figures.svg.parts import Parts
from atlas_print.read.figures.svg.pictures import picture
from atlas_print.read.figures.svg.report import SVG, Report, local
from atlas_print.read.figures.svg.texts import text
from atlas_print.read.figures.svg.uses import nested, use
from atlas_print.read.figures.svg.values import colour, written

_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# lxml's stubs know no default namespace, whose prefix is None.
_NAMESPACES: Any = {None: SVG}

_GROUPS = frozenset(("g", "a"))
_MOVING = frozenset("animate animateTransform animateMotion animateColor set".split())
_DEEPEST = 150
"""Groups and uses within each other."""
_MOST = 50_000
"""Elements that a drawing may come to once its parts are drawn wherever they are used."""
_HTML = "; ".join(
    (
        "save it with its words as SVG text",
        "Mermaid: `htmlLabels: false`",
        "draw.io: untick Formatted Text",
        "Inkscape: Text > Convert to Text",
    )
)
_WORDS_OF_OTHERS = frozenset(("foreignObject", "flowRoot"))
"""Elements whose words are drawn in some programs alone."""
_STILL = "draw it as it has to be seen"
_UNGROUP = "ungroup some of them"


class TooLargeError(Exception):
    """A drawing of more elements than are drawn; told already."""


class Builder:
    """Builds one drawing; its user units are those of `view`."""

    def __init__(self, root: etree._Element, view: Box, report: Report) -> None:
        self._root, self._view = root, view
        self.report = report
        self._cascade = Cascade(root, report)
        self._by_id: dict[str, etree._Element] = {}
        for element in root.iter("*"):
            if element.get("id") is not None:
                self._by_id.setdefault(str(element.get("id")), element)
        self._depth = self._drawn = 0
        self._made = etree.Element(f"{{{SVG}}}svg", nsmap=_NAMESPACES)
        self._defs = etree.SubElement(self._made, f"{{{SVG}}}defs")
        self.parts = Parts(self)

    def drawing(self) -> etree._Element:
        """The drawing, without a size; raises TooLargeError."""
        self._tell_what_acts()
        base = Look(viewport=(self._view.width, self._view.height))
        root = self.looked(self._root, base)
        declared = self.declared(self._root)
        for ground in (declared.get("background-color"), declared.get("background")):
            self._ground(ground)
        self.dress(self._made, root, base, self._root)
        # Renderers differ in the size that text has by itself, and a book would lend it its own.
        self._made.set("font-size", root.values["font-size"])
        self.children(self._root, self._made, root)
        if not len(self._defs):
            self._made.remove(self._defs)
        return self._made

    def _tell_what_acts(self) -> None:
        """What is taken out and may have changed the picture, each kind once; and values that hide what they say."""
        told: set[str] = set()
        for element in self._root.iter("*"):
            name = local(element)
            kind = "moves" if name in _MOVING else name
            if kind == "moves" and kind not in told:
                what, help_ = f"the SVG moves by <{name}>; it is published as it stands at first", _STILL
                self.report.advise(element, "svg-moves", what, help_)
            elif kind == "script" and kind not in told:
                what = "the SVG holds a script, which is taken out"
                self.report.advise(element, "svg-script", what, "save the drawing as it looks once its script has run")
            told.add(kind)
            for key, value in element.attrib.items():
                if "\\" in str(value) and (key in PROPERTIES or key == "style"):
                    help_ = "a drawing may only refer to its own parts, as url(#id)"
                    what = f"the SVG refers to {str(value).strip()[:60]!r}"
                    self.report.refuse(element, "svg-link", what, help_, str(key))

    # --- what others need ----------------------------------------------------------------------------------

    @property
    def defs(self) -> etree._Element:
        """Where parts go that others refer to."""
        return self._defs

    def found(self, identifier: str) -> etree._Element | None:
        """The element with that id, the first of several."""
        return self._by_id.get(identifier)

    def declared(self, element: etree._Element) -> Mapping[str, str]:
        """What is declared for an element."""
        return self._cascade.declared(element)

    def look_of(self, element: etree._Element) -> Look:
        """How an element looks where it stands in its file."""
        around = [above for above in reversed(list(element.iterancestors())) if isinstance(above.tag, str)]
        found = Look(viewport=(self._view.width, self._view.height))
        for above in (*around, element):
            found = self.looked(above, found)
        return replace(found, scale=1.0)

    @property
    def drawn(self) -> int:
        """How many elements have been made, each as often as it is drawn."""
        return self._drawn

    def make(self, into: etree._Element, name: str) -> etree._Element:
        """A new element at the end of another."""
        self.count(1)
        return etree.SubElement(into, f"{{{SVG}}}{name}")

    def count(self, drawn: int) -> None:
        """Counts what will be drawn; raises TooLargeError."""
        self._drawn += drawn
        if self._drawn > _MOST:
            what = f"the SVG draws more than {_MOST} shapes once its parts are put in place"
            self.report.refuse(self._root, "svg-parts", what, "draw fewer of them")
            raise TooLargeError

    # --- elements -----------------------------------------------------------------------------------------

    @property
    def is_deep(self) -> bool:
        """Whether elements stand deeper within each other than any program writes them."""
        return self._depth > _DEEPEST

    def children(self, element: etree._Element, into: etree._Element, around: Look) -> None:
        """Builds what an element holds."""
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, into, around)

    def element(self, element: etree._Element, into: etree._Element, around: Look) -> None:
        """Builds an element, if it is drawn where it stands."""
        name = local(element)
        if self.is_deep:
            self.report.refuse(element, "svg-parts", "the SVG has too many groups within each other", _UNGROUP)
            return
        self._depth += 1
        if name in _WORDS_OF_OTHERS:
            if "".join(map(str, element.itertext())).strip():
                what = f"the SVG holds words in <{name}>, which many programs don't draw"
                self.report.refuse(element, "svg-element", what, _HTML)
        elif name in _GROUPS or name in SHAPES or name in ("text", "use", "image", "switch", "svg"):
            it = self.looked(element, around)
            declared = self.declared(element)
            if declared.get("display") != "none" and it.own.get("opacity") != "0":
                self._drawn_element(name, element, into, it, around)
        self._depth -= 1

    def _drawn_element(self, name: str, element: etree._Element, into: etree._Element, it: Look, around: Look) -> None:
        if name in _GROUPS:
            self.children(element, self.new("g", element, into, it, around), it)
        elif name in SHAPES:
            self._shape(name, element, into, it, around)
        elif name == "text":
            text(self, element, into, it, around)
        elif name == "use":
            use(self, element, into, it, around)
        elif name == "image":
            if it.is_visible:
                picture(self, element, into, it, around)
        elif name == "switch":
            self._switch(element, self.new("g", element, into, it, around), it)
        else:
            nested(self, element, element, into, it, around)

    def new(self, name: str, element: etree._Element, into: etree._Element, it: Look, around: Look) -> etree._Element:
        """A new element with its measures, which looks so."""
        new = self.make(into, name)
        declared = self.declared(element)
        for key in MEASURES.get(name, ()):
            if key in declared:
                self._measure(new, element, key, declared[key], it)
        self.dress(new, it, around, element)
        return new

    def looked(self, element: etree._Element, around: Look) -> Look:
        """How an element looks within what is around it."""
        it = look(self.declared(element), around)
        space = element.get(_SPACE)
        return it if space is None else replace(it, is_preserved=space == "preserve")

    def dress(self, new: etree._Element, it: Look, around: Look, element: etree._Element) -> None:
        """Gives a new element the attributes of how it looks."""

        def reference(identifier: str, user: str) -> str | None:
            return self.parts.reference(identifier, user, element)

        for name, value in attributes(it, around.shown(reference), reference):
            new.set(name, value)

    def _shape(self, name: str, element: etree._Element, into: etree._Element, it: Look, around: Look) -> None:
        if not it.is_visible:
            return
        new = self.new(name, element, into, it, around)
        declared = self.declared(element)
        if declared.get("vector-effect") == "non-scaling-stroke" and it.scale:
            new.set("stroke-width", written(float(it.values["stroke-width"]) / it.scale))
        vertices = len(re.findall(r"[0-9]+", f"{new.get('d', '')}{new.get('points', '')}")) // 2
        for key, value in it.values.items():
            if key.startswith("marker-") and value != "none":
                self.count(vertices * self.parts.cost(value))

    def _measure(self, new: etree._Element, element: etree._Element, key: str, value: str, it: Look) -> None:
        found = measured(key, value, it, of_letters=local(new) not in SHAPES)
        if found is None:
            what = f"the SVG has the number {value.strip()[:30]!r} in {key!r}"
            self.report.refuse(element, "svg-number", what, f"draw it within {LEVEL}", key)
        elif found:
            new.set(key, found)

    def _switch(self, element: etree._Element, into: etree._Element, it: Look) -> None:
        """The first child that a program without extensions draws."""
        for child in element:
            name = local(child) if isinstance(child.tag, str) else ""
            language = (child.get("systemLanguage") or "en").lower()
            if name and name not in _WORDS_OF_OTHERS and not child.get("requiredExtensions") and "en" in language:
                self.element(child, into, it)
                return
        for child in element:
            self.element(child, into, it)

    def target(self, element: etree._Element) -> str:
        """The id that an element refers to; "" for none, and after telling that it lies outside of the file."""
        given = (element.get("href") or element.get(_XLINK) or "").strip()
        if given and not given.startswith("#"):
            help_ = "a drawing may only refer to its own parts"
            self.report.refuse(element, "svg-link", f"the SVG refers to {given[:60]!r}", help_, "href")
        return given.removeprefix("#") if given.startswith("#") else ""

    def _ground(self, given: str | None) -> None:
        """The ground that a page of the web would show behind the drawing, unless it is white or none."""
        found = colour(given or "none")
        if found is not None and found.alpha > 0 and found.code != "#ffffff":
            sides = self._view
            new = self.make(self._made, "rect")
            for key, value in zip(("x", "y", "width", "height"), sides, strict=True):
                new.set(key, written(value))
            new.set("fill", found.code)

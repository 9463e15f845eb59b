"""The letters of a drawing, in the pieces that it has them in."""

from typing import TYPE_CHECKING

from lxml import etree

from atlas_print.read.figures.svg.computed import Look
from atlas_print.read.figures.svg.report import local
from atlas_print.read.source import shown_text

if TYPE_CHECKING:
    from atlas_print.read.figures.svg.builder import Builder

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXTS = frozenset(("text", "tspan", "textPath", "a"))


def text(builder: "Builder", element: etree._Element, into: etree._Element, it: Look, around: Look) -> None:
    """Builds a text, if any of it is seen."""
    new = builder.new("text", element, into, it, around)
    _letters(builder, element, new, it)
    if not "".join(map(str, new.itertext())).strip():
        into.remove(new)


def _letters(builder: "Builder", element: etree._Element, new: etree._Element, it: Look) -> None:
    """The letters of a text and of all that it holds; those without ink are left out."""
    if element.get(_LANG):
        new.set(_LANG, element.get(_LANG, ""))
    if it.is_preserved and not any(above.get(_SPACE) for above in new.iterancestors()):
        new.set(_SPACE, "preserve")
    _append(new, element.text, it)
    for child in element:
        name = local(child) if isinstance(child.tag, str) else ""
        inner = builder.looked(child, it) if name else it
        if name in (*_TEXTS, "a") and builder.declared(child).get("display") != "none":
            _piece(builder, "tspan" if name == "a" else name, child, new, inner, it)
        _append(new, child.tail, it)


def _piece(
    builder: "Builder", name: str, element: etree._Element, into: etree._Element, it: Look, around: Look
) -> None:
    path = ""
    if name == "textPath":
        path = builder.parts.reference(builder.target(element), "textPath", element) or ""
    new = builder.new(name if path or name != "textPath" else "tspan", element, into, it, around)
    if path:
        new.set("href", f"#{path}")
    _letters(builder, element, new, it)


def _append(new: etree._Element, text: str | None, it: Look) -> None:
    """Puts letters behind what an element holds."""
    letters = shown_text(text or "")
    if not letters or not (it.is_painted or letters.isspace()):
        return
    change = it.values["text-transform"]
    if change in ("uppercase", "lowercase", "capitalize"):
        letters = {"uppercase": letters.upper(), "lowercase": letters.lower(), "capitalize": letters.title()}[change]
    if len(new):
        new[-1].tail = (new[-1].tail or "") + letters
    else:
        new.text = (new.text or "") + letters

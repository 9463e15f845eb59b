"""Pictures of pixels in a drawing, rebuilt like any photograph."""

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from atlas_print.read.figures.photographs import NotAPictureError, TooLargeError, photograph
from atlas_print.read.figures.svg.computed import Look
from atlas_print.read.figures.svg.values import length, written

if TYPE_CHECKING:
    from atlas_print.read.figures.svg.builder import Builder

_XLINK = "{http://www.w3.org/1999/xlink}href"
_DATA = re.compile(r"data:image/(?:png|jpe?g)\s*;(?:[^,]*;)?\s*base64\s*,(.*)", re.DOTALL | re.IGNORECASE)
_ASPECT = re.compile(r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?:\s+(?:meet|slice))?")
_HELP = "embed it in the drawing as a PNG or JPEG, or make it a figure of its own"


def picture(builder: "Builder", element: etree._Element, into: etree._Element, it: Look, around: Look) -> None:
    """Builds an image; tells of one that lies outside of the file, or is no PNG or JPEG."""
    given = (element.get("href") or element.get(_XLINK) or "").strip()
    found = _DATA.fullmatch(given)
    if found is None:
        if given:
            builder.report.refuse(element, "svg-link", f"the SVG refers to {given[:60]!r}", _HELP, "href")
        return
    try:
        image = photograph(base64.b64decode("".join(found[1].split()) + "=="))
    except (ValueError, NotAPictureError, TooLargeError):
        what = "the picture in the SVG is not a whole PNG or JPEG image"
        builder.report.refuse(element, "svg-image", what, _HELP, "href")
        return
    new = builder.make(into, "image")
    builder.dress(new, replace(it), around, element)
    declared = builder.declared(element)
    sizes = {key: length(declared.get(key, "auto"), it.whole(key), it.font_size) for key in ("width", "height")}
    width, height = sizes["width"], sizes["height"]
    if width is None:
        width = image.width if height is None else height * image.width / image.height
    if height is None:
        height = width * image.height / image.width
    places = {key: length(declared.get(key, "0"), it.whole(key), it.font_size) or 0.0 for key in ("x", "y")}
    for key, value in {**places, "width": width, "height": height}.items():
        new.set(key, written(value))
    if _ASPECT.fullmatch(declared.get("preserveAspectRatio", "")):
        new.set("preserveAspectRatio", declared["preserveAspectRatio"])
    data = base64.b64encode(image.data).decode("ascii")
    new.set("href", f"data:{image.media_type};base64,{data}")

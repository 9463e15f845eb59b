"""P8 on a book: its drawings spell the names of SVG as SVG does; a reader skips a name in other letters."""

import re
from collections.abc import Iterator

from lxml import etree

from atlas_print.prove.reading.book import SVG, Book, place
from atlas_print.prove.verdicts import Finding

_NAMES = {
    name.lower(): name
    for name in """
    animateMotion animateTransform clipPath feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
    feTile feTurbulence foreignObject linearGradient radialGradient textPath
    attributeName baseFrequency calcMode clipPathUnits diffuseConstant edgeMode filterUnits gradientTransform
    gradientUnits kernelMatrix keyPoints keySplines keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits
    markerWidth maskContentUnits maskUnits numOctaves pathLength patternContentUnits patternTransform patternUnits
    pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX refY repeatCount repeatDur
    requiredExtensions specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles
    surfaceScale systemLanguage tableValues targetX targetY textLength viewBox xChannelSelector yChannelSelector
    """.split()
}
"""Names of SVG with capitals in them, elements and attributes, by what is left of them without."""

_HELP_BOX = "a drawing needs a viewBox to be shown whole in every width"
_HELP = "write the drawing into the book as it is, as XML; what takes it for HTML spells its names in small letters"


def judge_drawings(book: Book) -> Iterator[Finding]:
    """Drawings that a reader would see in part or not at all, in files of their own or within the text."""
    for path, root in book.drawings.items():
        if root is None:
            yield Finding(path, "an SVG drawing", "a file that is not well-formed", _HELP)
        else:
            yield from _drawing(path, root)
    for document in book.texts:
        for node in document.root.iter("{*}svg"):
            if not any(above.tag == node.tag for above in node.iterancestors()):
                yield from _drawing(document.path, node)


def _drawing(path: str, drawing: etree._Element) -> Iterator[Finding]:
    where = place(path, drawing)
    if drawing.tag != f"{SVG}svg":
        yield Finding(where, "an element svg in the namespace of SVG", drawing.tag, _HELP)
    for node in drawing.iter("{*}*"):
        for name in (etree.QName(node).localname, *map(str, node.attrib)):
            right = _NAMES.get(name.lower(), name)
            if name != right:
                yield Finding(place(path, node), right, name, _HELP)
    found = drawing.get("viewBox")
    if found is None or not _has_room(found):
        yield Finding(where, 'viewBox="0 0 WIDTH HEIGHT"', "none" if found is None else f"“{found}”", _HELP_BOX)


def _has_room(view_box: str) -> bool:
    """Whether a viewBox is four numbers that leave room to draw in."""
    try:
        numbers = [float(number) for number in re.split(r"[\s,]+", view_box.strip())]
    except ValueError:
        return False
    return len(numbers) == 4 and min(numbers[2:]) > 0

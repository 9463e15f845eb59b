"""The letters of a drawing in the families of the house: each character in the first that has it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import groupby

from lxml import etree

from atlas_print.typefaces import Family, families_of

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = (f"{SVG}text", f"{SVG}tspan", f"{SVG}textPath")
"""What holds letters."""
_BOLD = frozenset(("bold", "bolder", "600", "700", "800", "900"))


def words_of(root: etree._Element) -> str:
    """All that the labels of a drawing say."""
    return " ".join("".join(map(str, text.itertext())) for text in root.iter(f"{SVG}text"))


def in_families(root: etree._Element, stack: Sequence[Family], names: Mapping[str, str]) -> etree._Element:
    """A copy of a drawing whose letters name their families, for renderers that take one for a whole text.

    `names` has the family that each font file says it is of, by the name in the stack. Weights are 400 or 700.
    """
    root = deepcopy(root)
    for text in root.iter(*TEXTS):
        weight = text.get("font-weight")
        if weight is not None:
            text.set("font-weight", "700" if weight in _BOLD else "400")
        if text.tag == TEXTS[0]:
            text.set("font-family", _quoted(names[stack[0].name]))
        elif text.get("font-family") is not None:
            del text.attrib["font-family"]
    for text in list(root.iter(*TEXTS)):
        _divide(text, stack, names)
    return root


def _divide(text: etree._Element, stack: Sequence[Family], names: Mapping[str, str]) -> None:
    """Puts each run of an element's own letters that is of another family than the first into a tspan."""
    children = list(text)
    own = [text.text or "", *(child.tail or "" for child in children)]
    if not any("".join(own).strip()):
        return
    text.text = None
    for child in children:
        text.remove(child)
        child.tail = None
    last: etree._Element | None = None
    for index, piece in enumerate(own):
        if index:
            last = children[index - 1]
            text.append(last)
        runs = groupby(zip(families_of(piece, stack), piece, strict=True), key=lambda pair: pair[0])
        for family, pairs in runs:
            letters = "".join(letter for _, letter in pairs)
            if family is not stack[0]:
                last = etree.SubElement(text, f"{SVG}tspan", {"font-family": _quoted(names[family.name])})
                last.text = letters
            elif last is None:
                text.text = (text.text or "") + letters
            else:
                last.tail = (last.tail or "") + letters


def _quoted(name: str) -> str:
    return f"'{name}'"

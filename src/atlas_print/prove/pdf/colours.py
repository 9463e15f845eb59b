"""Colours of a PDF as #rrggbb, where they can be told without its functions and profiles (ISO 32000-1, 8.6)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from atlas_print.profiles import contrast
from atlas_print.prove.pdf.objects import as_list, entry, follow

BLACK = "#000000"
WHITE = "#ffffff"

_PLAIN = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased"))
"""Families whose numbers are taken for grey, for red, green and blue, or for the four inks."""
_D50 = (0.9642, 1.0, 0.8251)
_TO_SRGB = ((3.1339, -1.6169, -0.4906), (-0.9785, 1.9160, 0.0333), (0.0720, -0.2290, 1.4057))
"""From XYZ under D50, which is near enough to the other white points for black to be told from white."""


def space_family(resources: Any, name: Any) -> str:
    """The family of a colour space that a page names."""
    found = entry(entry(resources, "/ColorSpace"), str(name)) if str(name) not in _PLAIN else name
    first = follow(next(iter(as_list(found)), None))
    return str(first if first is not None else name)


def first_colour(family: str) -> str | None:
    """What a colour space starts with; None where that can't be told."""
    return BLACK if family in _PLAIN or family == "/Lab" else None


def colour_in(family: str, numbers: Sequence[float]) -> str | None:
    """The colour that numbers mean in a colour space; None where that can't be told."""
    if family == "/Lab":
        return _of_lab(*numbers) if len(numbers) == 3 else None
    return colour(numbers) if family in _PLAIN else None


def colour(numbers: Sequence[float]) -> str | None:
    """The colour of a grey, of red, green and blue, or of the four inks, each from 0 to 1; None for other numbers."""
    match [min(max(number, 0.0), 1.0) for number in numbers]:
        case [grey]:
            return _hex((grey, grey, grey))
        case [red, green, blue]:
            return _hex((red, green, blue))
        case [cyan, magenta, yellow, black]:
            return _hex(((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)))
        case _:
            return None


@cache
def apart(one: str, other: str) -> float:
    """The contrast ratio of two colours, of which a file has a handful."""
    return contrast(one, other)


def _of_lab(lightness: float, a: float, b: float) -> str:
    middle = (lightness + 16) / 116
    xyz = [white * _cubed(part) for white, part in zip(_D50, (middle + a / 500, middle, middle - b / 200), strict=True)]
    linear = (sum(factor * part for factor, part in zip(row, xyz, strict=True)) for row in _TO_SRGB)
    return _hex(tuple(min(max(_bent(part), 0.0), 1.0) for part in linear))


def _cubed(part: float) -> float:
    return part**3 if part > 6 / 29 else 3 * (6 / 29) ** 2 * (part - 4 / 29)


def _bent(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)

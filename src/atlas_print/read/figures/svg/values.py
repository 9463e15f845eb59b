"""Values of SVG and CSS as plain numbers and colours: lengths in user units, angles in degrees, paints as #rrggbb."""

import math
import re
from dataclasses import dataclass

import tinycss2.color4

FONT_SIZE = 16.0
"""px of text without a size."""
_PX = {"px": 1.0, "": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_DEGREES = {"": 1.0, "px": 1.0, "deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}
_SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": FONT_SIZE,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_STEP = 1.2
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_LENGTH = re.compile(rf"({_NUMBER})\s*([a-z%]*)", re.IGNORECASE)
_FUNCTION = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")
_ICC = re.compile(r"\s+icc-color\(.*", re.IGNORECASE | re.DOTALL)
_TO_RGB = ((3.2404542, -1.5371385, -0.4985314), (-0.969266, 1.8760108, 0.041556), (0.0556434, -0.2040259, 1.0572252))
"""From XYZ under D65 to linear sRGB."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as #rrggbb, and how opaque it is, from 0 to 1."""

    code: str
    alpha: float = 1.0


def written(number: float) -> str:
    """A number as short as its eight digits allow."""
    return f"{round(number, 8) + 0.0:.8g}"


def length(text: str, whole: float, font_size: float = FONT_SIZE) -> float | None:
    """A length in user units, of which `whole` are 100 %; None for what is none."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return None
    number, unit = float(found[1]), found[2].lower()
    if unit == "%":
        return number / 100 * whole
    if unit in ("em", "ex", "rem", "ch"):
        return number * {"em": font_size, "rem": FONT_SIZE}.get(unit, font_size / 2)
    return number * _PX[unit] if unit in _PX else None


def font_size(text: str, around: float) -> float | None:
    """A font size in user units, in text of the size `around`."""
    word = text.strip().lower()
    if word in ("larger", "smaller"):
        return around * _STEP if word == "larger" else around / _STEP
    return _SIZES[word] if word in _SIZES else length(word, around, around)


def fraction(text: str) -> float | None:
    """A number or a percentage, from 0 to 1."""
    found = length(text, 1.0)
    return None if found is None else min(max(found, 0.0), 1.0)


def colour(text: str) -> Colour | None:
    """A colour in any way that CSS writes one; None for what is none, or depends on others."""
    try:
        found = tinycss2.color4.parse_color(_ICC.sub("", text.strip()))
    except ValueError:
        return None
    if found is None or found == "currentcolor":
        return None
    try:
        red, green, blue = found.to("srgb").coordinates
    except NotImplementedError:
        red, green, blue = _from_xyz(*found.to("xyz-d65").coordinates)
    parts = (min(max(round((it or 0.0) * 255), 0), 255) for it in (red, green, blue))
    return Colour("#" + "".join(f"{part:02x}" for part in parts), float(found.alpha))


def _from_xyz(x: float, y: float, z: float) -> tuple[float, ...]:
    linear = (a * x + b * y + c * z for a, b, c in _TO_RGB)
    return tuple(12.92 * it if it <= 0.0031308 else 1.055 * it ** (1 / 2.4) - 0.055 for it in linear)


def transform(text: str, origin: str = "") -> tuple[str, float] | None:
    """Transforms in numbers alone, and by how much they enlarge; None for what no renderer would follow."""
    rest = _FUNCTION.sub("", text).replace(",", " ").strip()
    if rest or not text.strip() or text.strip() == "none":
        return None
    parts, scale = [], 1.0
    for name, inner in _FUNCTION.findall(text):
        values = [it for it in re.split(r"[\s,]+", inner.strip()) if it]
        one = _function(name, values)
        if one is None:
            return None
        part, factor = one
        parts.append(part)
        scale *= factor
    moved = [length(it, 0.0) for it in origin.split()[:2]]
    if len(moved) == 2 and None not in moved and any(moved):
        x, y = (it or 0.0 for it in moved)
        parts = [f"translate({written(x)} {written(y)})", *parts, f"translate({written(-x)} {written(-y)})"]
    return " ".join(parts), math.sqrt(scale)


def _function(name: str, values: list[str]) -> tuple[str, float] | None:
    """One transform, and by how much it enlarges areas."""
    found = [
        _angle(it) if name.lower().startswith(("rotate", "skew")) and at == 0 else length(it, 0.0)
        for at, it in enumerate(values)
    ]
    numbers = [it for it in found if it is not None]
    if len(numbers) != len(values) or not numbers or not all(map(math.isfinite, numbers)):
        return None
    axis = {"X": 0, "Y": 1}.get(name[-1])
    kind = name if name.startswith("skew") else name.rstrip("XY") if axis is not None else name
    if axis is not None and kind in ("translate", "scale"):
        numbers = [numbers[0] if at == axis else float(kind == "scale") for at in (0, 1)]
    sizes = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}
    if len(numbers) not in sizes.get(kind, ()):
        return None
    factor = 1.0
    if kind == "matrix":
        factor = abs(numbers[0] * numbers[3] - numbers[1] * numbers[2])
    elif kind == "scale":
        factor = abs(numbers[0] * numbers[-1])
    return f"{kind}({' '.join(map(written, numbers))})", factor


def _angle(text: str) -> float | None:
    found = _LENGTH.fullmatch(text)
    return None if found is None or found[2].lower() not in _DEGREES else float(found[1]) * _DEGREES[found[2].lower()]

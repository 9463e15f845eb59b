"""Transforms of a drawing as the atlas holds it: functions of numbers alone."""

import math
import re
from functools import reduce
from typing import TypeAlias

from lxml import etree

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a to f, as SVG and PDF have them."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FUNCTION = re.compile(r"(\w+)\(([^)]*)\)")


def times(one: Matrix, other: Matrix) -> Matrix:
    """What does `other`, then `one`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def around(element: etree._Element) -> Matrix:
    """What takes an element's own units to those of the drawing."""
    given = [it.get("transform", "") for it in (*reversed(list(element.iterancestors())), element)]
    return reduce(times, (_one(*found) for text in given for found in _FUNCTION.findall(text)), IDENTITY)


def scale_of(matrix: Matrix) -> float:
    """By how much it enlarges."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def _one(name: str, inner: str) -> Matrix:
    values = [float(it) for it in inner.split()]
    if name == "matrix":
        a, b, c, d, e, f = values
        return a, b, c, d, e, f
    if name == "translate":
        return 1.0, 0.0, 0.0, 1.0, values[0], values[1] if len(values) > 1 else 0.0
    if name == "scale":
        return values[0], 0.0, 0.0, values[-1], 0.0, 0.0
    angle = math.radians(values[0])
    if name == "skewX":
        return 1.0, 0.0, math.tan(angle), 1.0, 0.0, 0.0
    if name == "skewY":
        return 1.0, math.tan(angle), 0.0, 1.0, 0.0, 0.0
    turn = math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0.0, 0.0
    if len(values) < 3:
        return turn
    x, y = values[1:3]
    return times(times((1.0, 0.0, 0.0, 1.0, x, y), turn), (1.0, 0.0, 0.0, 1.0, -x, -y))

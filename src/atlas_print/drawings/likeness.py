"""Whether two pictures of a drawing show the same, to the eye."""

from PIL import Image, ImageChops, ImageFilter

WIDTH = 1200
"""px at which pictures are compared."""
_AROUND = 5
"""px in which a line may be moved by the ways of two renderers."""
_LEAST = 32
"""Steps of grey, of 255, by which a px has to differ from all around its place."""
_TILE = 24
"""px of the parts that are looked at one by one: a digit is lost in the share of a whole picture."""
_MOST = 0.03
"""The share of a part that may differ: edges of gradients come to 0.02, a changed digit to 0.17."""


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share that differs of the part that differs most, 0 to 1; both pictures are in grey, so many px wide."""
    other = other if other.size == one.size else other.resize(one.size)
    off = ImageChops.lighter(_off(one, other), _off(other, one))
    parts = max(one.width // _TILE, 1), max(one.height // _TILE, 1)
    return max(off.resize(parts, Image.Resampling.BOX).tobytes()) / 255


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether nobody would tell them apart."""
    return difference(one, other) < _MOST


def _off(one: Image.Image, other: Image.Image) -> Image.Image:
    """Where one picture is darker or lighter than all of the other around that place."""
    darkest, lightest = other.filter(ImageFilter.MinFilter(_AROUND)), other.filter(ImageFilter.MaxFilter(_AROUND))
    beyond = ImageChops.lighter(ImageChops.subtract(one, lightest), ImageChops.subtract(darkest, one))
    return beyond.point([0] * (_LEAST + 1) + [255] * (255 - _LEAST))

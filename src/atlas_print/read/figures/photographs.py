"""Photographs and other pictures of pixels, as they are published: upright, in plain colours, and nothing beside them.

What a camera or a phone writes beside a picture (place, device, person, a second picture) stays with the author.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from lxml import etree
from PIL import Image as Raster
from PIL import ImageCms, ImageFile, ImageOps, IptcImagePlugin

MOST_PIXELS = 50_000_000
"""Of a picture that is read: what phones take; more only costs memory."""
MOST_ACROSS = 2000
"""Pixels of the longer side that are published: 300 dpi over a column of large print, 200 over a page on its side."""
_QUALITY = 88
_EXIF_ARTIST, _EXIF_COPYRIGHT, _EXIF_ORIENTATION = 0x013B, 0x8298, 0x0112
_IPTC = ((2, 80), (2, 110), (2, 116))
"""By-line, credit and copyright notice."""
_PNG_TEXTS = ("Author", "Copyright")
_XMP = re.compile(
    r"\{(?:http://purl\.org/dc/elements/1\.1/\}(?:creator|rights)|http://ns\.adobe\.com/photoshop/1\.0/\}Credit)"
)
_RDF_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_KEPT_SEGMENTS = frozenset((0xE0, 0xEE))
"""JFIF's own, and Adobe's, which says how colours are coded."""
_APPLICATION, _COMMENT, _SCAN, _END = range(0xE0, 0xF0), 0xFE, 0xDA, 0xD9
_BEHIND_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The marker that ends what is coded: no stuffed byte, no restart, no filling."""
_KEPT_CHUNKS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND"))


class NotAPictureError(Exception):
    """A file that holds no whole PNG or JPEG."""


class TooLargeError(Exception):
    """A picture of more pixels than are read."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture to publish, its size in pixels, whom its metadata credited, and whether others moved behind it."""

    media_type: Literal["image/png", "image/jpeg"]
    data: bytes
    width: int
    height: int
    credits: tuple[str, ...]
    moves: bool


def photograph(data: bytes) -> Photograph:
    """The first picture of a PNG or JPEG (one of a phone, with others behind it, too), as it is published.

    It is turned as its EXIF says, on white where it lets the ground through, in sRGB or grey of eight bits, with no
    more pixels than print needs. Raises NotAPictureError and TooLargeError.
    """
    try:
        with _whole_images(), _opened(data) as raster:
            if raster.width * raster.height > MOST_PIXELS:
                raise TooLargeError
            return _published(raster, data)
    except (TooLargeError, Raster.DecompressionBombError) as error:
        raise TooLargeError from error
    except Exception as error:  # Pillow raises whatever its decoders stumble over
        raise NotAPictureError from error


@contextmanager
def _whole_images() -> Iterator[None]:
    """Half an image is no image here, even where WeasyPrint has told Pillow to make do with it."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Raster.DecompressionBombWarning)
        return Raster.open(BytesIO(data), formats=("PNG", "JPEG", "MPO"))


def _published(raster: Any, data: bytes) -> Photograph:
    is_png = raster.format == "PNG"
    moves = is_png and getattr(raster, "n_frames", 1) > 1
    credited = tuple(dict.fromkeys(filter(None, (" ".join(text.split()) for text in _credits(raster)))))
    is_as_it_stands = (
        raster.mode in ("1", "L", "RGB", *(("P",) if is_png else ()))
        and max(raster.size) <= MOST_ACROSS
        and raster.getexif().get(_EXIF_ORIENTATION, 1) == 1
        and not raster.has_transparency_data
        and not raster.info.get("interlace")
        and _profile(raster) is None
    )
    width, height = raster.size
    scale = MOST_ACROSS / max(width, height)
    # A JPEG is decoded at a half or a quarter of its size, which is quick, as long as that is enough.
    raster.draft(None, (int(width * scale), int(height * scale)))
    raster.load()
    kept = (_png_alone(data) if is_png else _jpeg_alone(data)) if is_as_it_stands else None
    if kept is not None:
        return Photograph("image/png" if is_png else "image/jpeg", kept, width, height, credited, moves)
    picture = _plain(ImageOps.exif_transpose(raster))
    picture.thumbnail((MOST_ACROSS, MOST_ACROSS), Raster.Resampling.LANCZOS)
    stream = BytesIO()
    if is_png:
        picture.save(stream, "PNG")
    else:
        picture.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    width, height = picture.size
    return Photograph("image/png" if is_png else "image/jpeg", stream.getvalue(), width, height, credited, moves)


def _profile(raster: Any) -> Any:
    """The colours that the picture is coded in; None for sRGB, and where nothing says so that can be read."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(raster.info["icc_profile"]))
        return None if "sRGB" in ImageCms.getProfileDescription(profile) else profile
    except (KeyError, TypeError, OSError, ImageCms.PyCMSError):
        return None


def _plain(raster: Any) -> Any:
    """The picture in sRGB or grey of eight bits, on white, without what says more than its pixels."""
    profile = _profile(raster)
    if raster.mode.startswith("I"):
        # Pillow cuts off what is brighter than 255 where it narrows sixteen bits to eight.
        raster = raster.convert("I").point(lambda value: value / 256).convert("L")
    if raster.has_transparency_data:
        # What lets the ground through would be unseen on a dark one.
        raster = raster.convert("RGBA")
        raster = Raster.alpha_composite(Raster.new("RGBA", raster.size, "white"), raster).convert("RGB")
    elif raster.mode not in ("L", "CMYK"):
        raster = raster.convert("L" if raster.mode == "1" else "RGB")
    if profile is not None:
        # A profile for other colours than those of the picture says nothing of them.
        with suppress(ImageCms.PyCMSError):
            raster = ImageCms.profileToProfile(raster, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    raster = raster.convert("RGB") if raster.mode != "L" else raster
    raster.info = {}
    return raster


def _jpeg_alone(data: bytes) -> bytes | None:
    """A JPEG's first picture as it is coded, without comments and all that applications have added; None if torn."""
    parts, at = [data[:2]], 2
    while len(data) > at + 1 and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _END:
            return b"".join([*parts, data[at : at + 2]])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            found = _BEHIND_SCAN.search(data, end)
            end = len(data) if found is None else found.start()
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _KEPT_SEGMENTS):
            parts.append(data[at:end])
        at = end
    return None


def _png_alone(data: bytes) -> bytes:
    """A PNG's picture as it is coded, without texts, times, places, and pictures behind it."""
    parts, at = [data[:8]], 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] in _KEPT_CHUNKS:
            parts.append(data[at:end])
        at = end
    return b"".join(parts)


def _credits(raster: Any) -> Iterator[str]:
    """Whom the metadata names as author or owner of rights."""
    exif = raster.getexif()
    yield from (str(exif[tag]).replace("\0", " ") for tag in (_EXIF_ARTIST, _EXIF_COPYRIGHT) if tag in exif)
    yield from (str(raster.info[key]) for key in _PNG_TEXTS if key in raster.info)
    iptc = IptcImagePlugin.getiptcinfo(raster) or {}
    for key in _IPTC:
        found = iptc.get(key, [])
        yield from (value.decode("utf-8", "replace") for value in ([found] if isinstance(found, bytes) else found))
    packet = raster.info.get("xmp") or raster.info.get("XML:com.adobe.xmp")
    if packet:
        yield from _of_xmp(packet if isinstance(packet, bytes) else packet.encode())


def _of_xmp(packet: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(packet.strip(b"\0 "), parser)
    for element in () if root is None else root.iter("*"):
        if _XMP.match(str(element.tag)):
            yield from (item.text or "" for item in (*element.iter(_RDF_ITEM), element))
        yield from (str(value) for name, value in element.items() if _XMP.match(str(name)))

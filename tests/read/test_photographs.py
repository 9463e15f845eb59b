"""Pictures of cameras, phones and programs: what is published of them, and what stays with the author."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from atlas_print.problems import Problem
from atlas_print.read.figures.photographs import NotAPictureError, Photograph, photograph
from atlas_print.read.project import load
from tests.making import TODAY, make_all
from tests.read.laying import lay

RED, GREEN, BLUE, WHITE = (200, 0, 0), (0, 160, 0), (0, 0, 200), (255, 255, 255)
SECRETS = (b"Nokia 3310", b"GPS", b"Exif", b"Sam Secret", b"xpacket", b"iCCP")


def scene(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture whose corners tell how it is turned: red, green; blue, white."""
    picture = Image.new("RGB", size, WHITE)
    draw, (width, height) = ImageDraw.Draw(picture), size
    for x, y, colour in ((0, 0, RED), (width // 2, 0, GREEN), (0, height // 2, BLUE)):
        draw.rectangle((x, y, x + width // 2, y + height // 2), colour)
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: how it was held, its make, whose it is, and where it was."""
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x013B] = orientation, "Nokia 3310", "Sam Secret"
    told.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return told


def shown(found: Photograph) -> Image.Image:
    return Image.open(BytesIO(found.data))


def corners(picture: Image.Image) -> list[str]:
    """The colours of the corners, from left to right and down, as they are nearest to."""
    plain, (width, height) = picture.convert("RGB"), picture.size
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}

    def name(x: int, y: int) -> str:
        seen = plain.getpixel((x, y))
        assert isinstance(seen, tuple)
        return min(names, key=lambda it: sum(abs(a - b) for a, b in zip(names[it], seen, strict=True)))

    return [name(x, y) for y in (height // 6, height - 1 - height // 6) for x in (width // 6, width - 1 - width // 6)]


UPRIGHT = ["red", "green", "blue", "white"]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_stands_as_its_exif_says(kind: str, orientation: int) -> None:
    # As the camera stored it: what has to be done to see it, undone.
    undo = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}.get(orientation, [])
    stored = scene()
    for step in undo:
        stored = stored.transpose(Image.Transpose(step))
    found = photograph(saved(stored, kind, exif=exif(orientation)))
    assert (found.width, found.height) == shown(found).size == (64, 48)
    assert corners(shown(found)) == UPRIGHT
    assert 0x0112 not in shown(found).getexif()


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "MPO"])
def test_nothing_of_the_person_the_device_or_the_place_is_published(kind: str, orientation: int) -> None:
    more = {"append_images": [scene()], "save_all": True} if kind == "MPO" else {}
    data = saved(scene(), kind, exif=exif(orientation), **more)
    assert b"Nokia 3310" in data
    found = photograph(data)
    assert not [secret for secret in SECRETS if secret in found.data]
    assert found.media_type == ("image/png" if kind == "PNG" else "image/jpeg")
    assert shown(found).format == ("PNG" if kind == "PNG" else "JPEG")
    assert found.credits == ("Sam Secret",)


def test_a_photograph_that_needs_no_change_keeps_its_very_pixels() -> None:
    for how in ({}, {"progressive": True}, {"subsampling": 0}, {"comment": "Sam Secret"}):
        data = saved(scene(), "JPEG", quality=60, exif=exif(), **how)
        found = photograph(data)
        assert shown(found).tobytes() == Image.open(BytesIO(data)).tobytes()
        assert len(found.data) < len(data)


def test_no_more_pixels_than_print_needs() -> None:
    for kind, size in (("JPEG", (6000, 4500)), ("PNG", (3000, 5000)), ("JPEG", (2100, 300))):
        found = photograph(saved(scene(size=size), kind))
        assert max(found.width, found.height) == 2000
        assert abs(found.width / found.height - size[0] / size[1]) < 0.02
        assert corners(shown(found)) == UPRIGHT


def sixteen_bits() -> bytes:
    """Grey of sixteen bits, from black to white."""
    picture = Image.new("I;16", (256, 4))
    for x in range(256):
        for y in range(4):
            picture.putpixel((x, y), x * 257)
    return saved(picture, "PNG")


def interlaced() -> bytes:
    """Two pixels by two, in Adam7: red, green; blue, white."""
    passes = b"\0" + bytes(RED) + b"\0" + bytes(GREEN) + b"\0" + bytes(BLUE) + bytes(WHITE)
    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 1)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(passes)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def see_through(mode: str) -> bytes:
    picture = scene("RGBA")
    picture.putalpha(Image.new("L", picture.size, 255))
    picture.paste((0, 0, 0, 0), (40, 30, 64, 48))
    return saved(picture.convert(mode), "PNG")


def cut_out() -> bytes:
    """One colour of a palette lets the ground through."""
    picture = scene().quantize(4)
    corner = picture.getpixel((63, 47))
    return saved(picture, "PNG", transparency=corner)


FORMS = {
    "palette": saved(scene().quantize(8), "PNG"),
    "two inks": saved(scene("1"), "PNG"),
    "interlaced": interlaced(),
    "alpha": see_through("RGBA"),
    "alpha of a palette": see_through("P"),
    "cut out": cut_out(),
    "progressive": saved(scene(), "JPEG", progressive=True),
    "CMYK": saved(scene("CMYK"), "JPEG"),
    "grey": saved(scene("L"), "JPEG"),
    "restarts": saved(scene(), "JPEG", restart_marker_rows=1),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_png_and_jpeg_is_a_picture(form: str) -> None:
    found = shown(photograph(FORMS[form]))
    assert found.mode in ("L", "RGB", "P", "1")
    assert not found.has_transparency_data
    assert not found.info.get("interlace")
    if form not in ("two inks", "grey"):
        assert corners(found) == UPRIGHT


def test_sixteen_bits_are_narrowed_and_not_cut_off() -> None:
    found = shown(photograph(sixteen_bits()))
    assert found.mode == "L"
    assert [found.getpixel((x, 0)) for x in (0, 100, 255)] == [0, 100, 255]


def test_colours_of_a_profile_become_those_of_screens() -> None:
    # Colours as in Lab, whose profile is the one at hand that isn't sRGB.
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (wide, plain, b"no profile at all"):
        found = photograph(saved(scene(), "JPEG", icc_profile=profile))
        assert "icc_profile" not in shown(found).info
        assert b"ICC_PROFILE" not in found.data
    data = saved(scene(), "JPEG", icc_profile=plain)
    assert shown(photograph(data)).tobytes() == Image.open(BytesIO(data)).tobytes()


def test_a_png_that_moves_shows_its_first_picture() -> None:
    moving = saved(scene(), "PNG", save_all=True, append_images=[Image.new("RGB", (64, 48), BLUE)] * 3, duration=90)
    assert b"acTL" in moving
    found = photograph(moving)
    assert found.moves
    assert b"acTL" not in found.data
    assert b"fdAT" not in found.data
    assert corners(shown(found)) == UPRIGHT
    assert not photograph(saved(scene(), "PNG")).moves


XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:Credit="Clinic of Light"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">CC BY Ada Mora</rdf:li></rdf:Alt>
</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def test_credits_of_each_kind_of_metadata_are_found() -> None:
    for kind in ("JPEG", "PNG"):
        more: dict[str, Any] = {"xmp": XMP}
        if kind == "PNG":
            info = PngInfo()
            info.add_itxt("XML:com.adobe.xmp", XMP.decode())
            info.add_text("Author", "Olaf Berg")
            more = {"pnginfo": info}
        found = photograph(saved(scene(), kind, **more))
        assert {"Clinic of Light", "CC BY Ada Mora"} <= set(found.credits)
        assert b"xpacket" not in found.data
    assert "Olaf Berg" in found.credits
    assert photograph(saved(scene(), "JPEG", xmp=b"<not <xml")).credits == ()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "BMP"])
def test_other_kinds_are_no_pictures(kind: str) -> None:
    with pytest.raises(NotAPictureError):
        photograph(saved(scene(), kind))


def test_half_a_picture_is_none() -> None:
    data = saved(scene(size=(400, 400)), "JPEG")
    with pytest.raises(NotAPictureError):
        photograph(data[: len(data) // 2])


def advice(project: Path) -> list[Problem]:
    atlas, problems = load(project, TODAY, advised=True)
    assert atlas is not None, problems
    return [problem for problem in problems if problem.place.file.startswith("content/figures")]


def test_advice_on_credits_on_pictures_that_move_and_on_files_that_nothing_shows(tmp_path: Path) -> None:
    project = lay(tmp_path)
    figures = project / "content" / "figures"
    assert advice(project) == []
    (figures / "dot.png").write_bytes(saved(scene(), "PNG", save_all=True, append_images=[scene()], exif=exif()))
    (figures / "Spare.JPG").write_bytes(saved(scene(), "JPEG", exif=exif()))
    found = {(problem.place.file, problem.rule) for problem in advice(project)}
    assert found == {
        ("content/figures/dot.png", "uncredited-figure"),
        ("content/figures/dot.png", "moving-figure"),
        ("content/figures/Spare.JPG", "unused-figure"),
    }
    topic = project / "content" / "topics" / "slow-mornings.md"
    topic.write_text(topic.read_text("utf-8").replace("![A dot.]", "![A dot, by sam secret.]"), "utf-8")
    assert "uncredited-figure" not in {problem.rule for problem in advice(project)}


def test_names_of_any_form_and_suffix(tmp_path: Path) -> None:
    project = lay(tmp_path)
    content = project / "content"
    topic = content / "topics" / "slow-mornings.md"
    text = topic.read_text("utf-8")
    # As a Mac writes it on the disk and a keyboard into the topic, and the other way round.
    for stored, written in (("cafe\u0301.JPG", "caf\u00e9.JPG"), ("caf\u00e8.jpeg", "cafe\u0300.jpeg")):
        (content / "figures" / stored).write_bytes(saved(scene(), "JPEG"))
        topic.write_text(text.replace("dot.png", written), "utf-8")
        atlas, problems = load(project, TODAY)
        assert atlas is not None, problems
    # What it is counts, not what it is called.
    (content / "figures" / "dot.png").write_bytes(saved(scene(), "JPEG"))
    topic.write_text(text, "utf-8")
    assert load(project, TODAY)[0] is not None


def test_no_export_holds_what_the_phone_wrote(tmp_path: Path) -> None:
    project = lay(tmp_path)
    (project / "content" / "figures" / "dot.png").write_bytes(saved(scene(), "PNG", exif=exif()))
    (project / "content" / "figures" / "dot.jpg").write_bytes(saved(scene(), "JPEG", exif=exif(), xmp=XMP))
    files = make_all(project, tmp_path / "output")
    held = 0
    for path, file in files.items():
        if path.endswith(".epub"):
            with ZipFile(file) as book:
                parts = [book.read(name) for name in book.namelist() if name.startswith("EPUB/images/")]
        else:
            with pikepdf.open(file) as pdf:
                streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
                parts = [found.read_raw_bytes() for found in streams if found.get("/Subtype") == "/Image"]
        held += len(parts)
        assert not [(path, secret) for part in parts for secret in SECRETS if secret in part]
    assert held >= 4

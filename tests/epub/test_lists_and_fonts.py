"""A book's contents name all that it tells, and it brings the fonts of its drawings' labels, of nothing else."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from fontTools.ttLib import TTFont
from lxml import etree

from atlas_print.pipeline.plan import Task
from tests.honest import projects
from tests.making import ROOT, atlas_of, make

STARTER = ROOT / "src" / "atlas_print" / "starter"
XHTML = "{http://www.w3.org/1999/xhtml}"


def words(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def starter_book() -> ZipFile:
    atlas = atlas_of(STARTER)
    export = next(export for export in atlas.exports if export.kind == "epub")
    return ZipFile(BytesIO(make(atlas, STARTER, Task("", export, atlas.topics[0].slug)).data))


def test_contents_name_every_part() -> None:
    with starter_book() as book:
        text = next(name for name in book.namelist() if name.endswith("what-long-covid-is.xhtml"))
        headings = [words(node) for node in etree.fromstring(book.read(text)).iter(f"{XHTML}h2")]
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        lines = [words(node) for node in next(nav.iter(f"{XHTML}nav")).iter(f"{XHTML}a")]
    assert headings[-1] == "About this topic"
    assert "Words explained" in headings
    assert lines[1:] == headings


def test_fonts_have_the_letters_of_drawings() -> None:
    with starter_book() as book:
        fonts = [TTFont(BytesIO(book.read(name))) for name in book.namelist() if "/fonts/" in name]
        text = next(name for name in book.namelist() if name.endswith("what-long-covid-is.xhtml"))
        root = etree.fromstring(book.read(text))
        style = book.read("EPUB/style.css").decode()
    needed = set("".join(map(words, root.iter("{http://www.w3.org/2000/svg}text"))))
    assert {font["OS/2"].usWeightClass for font in fonts} == {400, 700}
    assert all(set(map(ord, needed)) <= set(font.getBestCmap()) for font in fonts)
    users = [rule.partition("{")[0].strip() for rule in style.split("}") if "font-family: " in rule]
    assert users[-1] == "svg"
    assert all("@font-face" in user for user in users[:-1])


def test_a_book_without_drawings_brings_no_fonts(tmp_path: Path) -> None:
    projects.write("tables", tmp_path)
    atlas = atlas_of(tmp_path)
    export = next(export for export in atlas.exports if export.kind == "epub")
    made = make(atlas, tmp_path, Task("", export, "tables"))
    with ZipFile(BytesIO(made.data)) as book:
        assert not [name for name in book.namelist() if "/fonts/" in name]
        assert "font-family" not in book.read("EPUB/style.css").decode()

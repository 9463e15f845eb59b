"""Each judge passes a good file and finds the fault of a broken one: one that can't fail proves nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outloud.registry import all_rules
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, StreamObject

from atlas_print.pdf.engine import typeset
from atlas_print.typefaces import families, family_list
from tests.validators import ace, axe, chromium, epubcheck, outloud, page, verapdf

STACK = families(None, "en", [])
PAGE = '<html lang="en"><title>Sleep</title><h1>Sleep</h1>{}</html>'


def pdf_of(path: Path, body: str, variant: str = "pdf/ua-1") -> Path:
    # In the project's own faces: the engine shuts out the machine's, and Pango dies without any font.
    css = f"html {{ font-family: {family_list(STACK)} }}"
    typeset(PAGE.format(body), css, STACK).write_pdf(path, pdf_variant=variant)
    return path


@pytest.fixture(scope="module")
def good_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pdf_of(tmp_path_factory.mktemp("pdf") / "good-ខ្មែរ.pdf", "<p>Rest well.</p>")


def no_language(pdf: PdfWriter) -> None:
    del pdf.root_object["/Lang"]


def no_conformance_claim(pdf: PdfWriter) -> None:
    metadata = DecodedStreamObject()
    old = pdf.root_object["/Metadata"]
    assert isinstance(old, StreamObject)
    metadata.set_data(old.get_data().replace(b"/pdfua/ns/id/", b"/none/"))
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    pdf.root_object[NameObject("/Metadata")] = pdf._add_object(metadata)


def broken(good: Path, fault: Callable[[PdfWriter], None]) -> Path:
    pdf = PdfWriter(clone_from=PdfReader(good))
    fault(pdf)
    path = good.with_name(f"{fault.__name__}.pdf")
    pdf.write(path)
    return path


def test_verapdf_passes_a_good_pdf_and_names_the_rule_that_a_broken_one_fails(good_pdf: Path) -> None:
    mute, unclaimed = broken(good_pdf, no_language), broken(good_pdf, no_conformance_claim)

    found = verapdf.validate([good_pdf, mute, unclaimed], "ua1")

    assert found[good_pdf] == []
    assert any(finding.startswith("7.2-34: ") and finding.endswith(")") for finding in found[mute])
    assert any(finding.startswith("5-1: ") for finding in found[unclaimed])


@pytest.mark.parametrize("flavour", ["2a", "ua2", "wt1a"])
def test_verapdf_judges_by_the_flavour_it_is_given(good_pdf: Path, flavour: str) -> None:
    assert verapdf.validate([good_pdf], flavour)[good_pdf] != []


def test_verapdf_passes_neither_a_file_that_is_no_pdf_nor_a_flavour_that_it_does_not_know(
    good_pdf: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")

    assert verapdf.validate([junk], "ua1")[junk] != []
    with pytest.raises(ValueError, match="ua9"):
        verapdf.validate([good_pdf], "ua9")


def test_page_passes_a_good_pdf_and_names_the_rule_that_a_broken_one_fails(good_pdf: Path) -> None:
    mute, unclaimed = broken(good_pdf, no_language), broken(good_pdf, no_conformance_claim)

    found = page.validate([good_pdf, mute, unclaimed], "ua1")

    assert found[good_pdf] == []
    assert any("TEXT-LANGUAGE" in finding for finding in found[mute])
    assert any("ID-SCHEMA" in finding for finding in found[unclaimed])
    assert page.validate([good_pdf], "2a")[good_pdf] != []


def test_page_passes_neither_a_file_that_is_no_pdf_nor_a_flavour_that_it_does_not_know(
    good_pdf: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")

    assert page.validate([junk], "ua1")[junk] != []
    with pytest.raises(ValueError, match="ua2"):
        page.validate([good_pdf], "ua2")


def test_outloud_passes_a_good_pdf_and_names_the_rule_that_a_broken_one_fails(good_pdf: Path, tmp_path: Path) -> None:
    mute = broken(good_pdf, no_language)
    bare = pdf_of(tmp_path / "bare.pdf", "<p>Write to rest@sleep.example.</p>")
    newer = pdf_of(tmp_path / "newer.pdf", "<p>Rest well.</p>", "pdf/ua-2")
    junk = tmp_path / "junk.pdf"
    junk.write_text("no PDF")

    found = outloud.check([good_pdf, mute, bare, newer, junk])

    assert found[good_pdf] == []
    assert [finding.split(":")[0] for finding in found[mute]] == ["error DOC-013 file"]
    assert [finding.split(":")[0] for finding in found[bare]] == ["warning LNK-010 page 1"]
    assert found[bare][0].endswith("(rest@sleep.example)")
    assert [finding.split(":")[0] for finding in found[newer]] == ["info DOC-012 file"]
    assert [finding.split(":")[0] for finding in found[junk]] == ["not readable"]
    with pytest.raises(FileNotFoundError):
        outloud.check([tmp_path / "absent.pdf"])


def sentence_backwards(pdf: PdfWriter) -> None:
    tree: Any = pdf.root_object["/StructTreeRoot"]
    _heading, paragraph = (kid.get_object() for kid in tree["/K"][0].get_object()["/K"])
    paragraph[NameObject("/K")] = ArrayObject(reversed(paragraph["/K"]))


def test_outloud_takes_a_sentence_with_links_as_read_in_turn(tmp_path: Path) -> None:
    links = " ".join(f'Rest <a href="https://sleep.example/{number}">well</a>.' for number in range(4))
    good = pdf_of(tmp_path / "links.pdf", f"<p>{links}</p>")
    moved = broken(good, sentence_backwards)

    found = outloud.check([good, moved])

    assert found[good] == []
    assert [finding.split(":")[0] for finding in found[moved]] == ["warning ORD-001 page 1"]


def test_outloud_passes_no_file_that_one_of_its_rules_stumbles_over(
    good_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(document: object) -> None:
        raise KeyError("Pg")

    rule = next(rule for rule in all_rules() if rule.id == "LNK-010")
    monkeypatch.setattr(rule, "fn", stumble)

    assert outloud.check([good_pdf])[good_pdf] == ["LNK-010 did not run: KeyError: 'Pg'"]


CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
  <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:8ad6b1a7-5ad6-4c19-a8ea-5b0f7e6c6b0a</dc:identifier>
    <dc:title>Sleep</dc:title>
    <dc:language>en</dc:language>
    <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessMode">visual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">One page of text with one picture.</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="sleep" href="sleep.xhtml" media-type="application/xhtml+xml"/>
    <item id="moon" href="moon.svg" media-type="image/svg+xml"/>
  </manifest>
  <spine><itemref idref="nav"/><itemref idref="sleep"/></spine>
</package>"""

XHTML = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>{title}</title></head><body>{body}</body></html>"""

GOOD_BOOK = {
    "META-INF/container.xml": CONTAINER,
    "EPUB/package.opf": PACKAGE,
    "EPUB/nav.xhtml": XHTML.format(
        title="Contents",
        body='<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1>'
        '<ol><li><a href="sleep.xhtml">Sleep</a></li></ol></nav>',
    ),
    "EPUB/sleep.xhtml": XHTML.format(
        title="Sleep", body='<h1>Sleep</h1><p>Rest well. <img src="moon.svg" alt="The moon"/></p>'
    ),
    "EPUB/moon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="8"/></svg>',
}


def book(path: Path, name: str = "", old: str = "", new: str = "") -> Path:
    """Write the good book, with a text of one of its files replaced."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for member, text in GOOD_BOOK.items():
            archive.writestr(member, text.replace(old, new) if member == name else text)
    return path


def test_epubcheck_passes_a_good_book_and_has_a_message_for_each_fault(tmp_path: Path) -> None:
    good = book(tmp_path / "good-ខ្មែរ.epub")
    lost = book(tmp_path / "no-nav.epub", "EPUB/package.opf", ' properties="nav"', "")
    odd = book(tmp_path / "usage.epub", "EPUB/sleep.xhtml", "<p>", '<p epub:type="x-odd">')
    junk = tmp_path / "junk.epub"
    junk.write_text("no book")

    found = epubcheck.check([good, lost, odd, junk])

    assert found[good] == []
    assert any(m.startswith("ERROR RSC-005 EPUB/package.opf:") and "nav" in m for m in found[lost])
    assert [m.split()[0] for m in found[odd]] == ["USAGE"]
    assert any(m.startswith("FATAL PKG-008 ") for m in found[junk])
    with pytest.raises(FileNotFoundError):
        epubcheck.check([tmp_path / "absent.epub"])


def test_ace_passes_a_good_book_and_has_a_violation_for_each_fault(tmp_path: Path) -> None:
    good = book(tmp_path / "good-ខ្មែរ.epub")
    blind = book(tmp_path / "no-alt.epub", "EPUB/sleep.xhtml", ' alt="The moon"', "")
    silent = book(tmp_path / "no-hazard.epub", "EPUB/package.opf", ":accessibilityHazard", ":about")
    junk = tmp_path / "junk.epub"
    junk.write_text("no book")

    found = ace.check([good, blind, silent, junk])

    assert found[good] == []
    assert [m.split()[:3] for m in found[blind]] == [["critical", "image-alt", "sleep.xhtml"]]
    assert any("metadata-accessibilityhazard" in m for m in found[silent])
    assert found[junk] != []


def test_axe_passes_a_good_page_and_has_a_violation_for_each_fault(tmp_path: Path) -> None:
    pages = {
        "good-ខ្មែរ": "<p>Rest well.</p>",
        "no-alt": '<p><img src="moon.png"></p>',
        "grey": '<p style="color: #999">Rest well.</p>',
        "grey-at-night": "<style>@media (prefers-color-scheme: dark) { p { color: #999 } }</style><p>Rest well.</p>",
        "wide": '<p style="width: 400px">Rest well.</p>',
    }
    frame = '<!doctype html><html lang="en"><title>Sleep</title><main><h1>Sleep</h1>{}</main></html>'
    files = {name: tmp_path / f"{name}.html" for name in pages}
    for name, file in files.items():
        file.write_text(frame.format(pages[name]), "utf-8")

    found = axe.check(list(files.values()))

    told = {name: sorted({message.split(":")[0] for message in found[file]}) for name, file in files.items()}
    shown = [f"{width} px, {colours}" for width in (1280, 320) for colours in ("dark", "light")]
    assert told == {
        "good-ខ្មែរ": [],
        "no-alt": sorted(f"image-alt ({how})" for how in shown),
        "grey": sorted(f"color-contrast ({how})" for how in shown),
        "grey-at-night": ["color-contrast (1280 px, dark)", "color-contrast (320 px, dark)"],
        "wide": ["reflow (320 px, dark)", "reflow (320 px, light)"],
    }


def test_chromium_takes_a_picture_in_the_colours_asked_for(tmp_path: Path) -> None:
    html = tmp_path / "page.html"
    html.write_text(
        "<!doctype html><style>:root{background:#fff}@media (prefers-color-scheme:dark){:root{background:#000}}</style>"
    )

    light = Image.open(chromium.screenshot(html, tmp_path / "light.png", 360, 640))
    dark = Image.open(chromium.screenshot(html.as_uri(), tmp_path / "dark.png", 360, 640, dark=True))

    assert light.size == dark.size == (360, 640)
    assert light.convert("RGB").getpixel((300, 600)) == (255, 255, 255)
    assert dark.convert("RGB").getpixel((300, 600)) == (0, 0, 0)

"""What engines that the proof doesn't use read from a file: MuPDF its pages, poppler its tree, lxml a book."""

import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pymupdf
import pypdfium2
from lxml import etree

from atlas_print.prove.reading.book import XHTML

WORD = re.compile(r"\w+")
_TEXT = re.compile(r' *"(.*)"')


def page_texts(data: bytes) -> list[str]:
    """The text of each page of a PDF as MuPDF tells it."""
    with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        return [page.get_text() for page in document]


def page_texts_by_pdfium(data: bytes) -> list[str]:
    """The same as PDFium tells it by itself: with a sign of its own for a hyphen at the end of a line."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = (document[index].get_textpage().get_text_bounded() for index in range(len(document)))
        return [page.replace("\x02", "-") for page in pages]
    finally:
        document.close()


def tree_text(file: Path) -> str:
    """The text of a PDF's structure tree as poppler tells it, without that of figures, whose alternative is told."""
    told = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    lines = []
    figure: int | None = None
    for line in told.splitlines():
        depth = len(line) - len(line.lstrip())
        if figure is None or depth <= figure:
            figure = depth if line.strip().startswith("Figure") else None
            found = _TEXT.fullmatch(line)
            lines += [found[1]] if found else []
    return "".join(lines)


def normal(text: str) -> str:
    """Text without what two readers may tell differently: forms of letters, and soft hyphens."""
    return unicodedata.normalize("NFKC", text).replace("\u00ad", "")


def squeezed(text: str) -> str:
    """Letters, digits and signs in their order: what is a space and what the end of a line, engines guess."""
    return "".join(normal(text).split())


def words_by_another(data: bytes, kind: str) -> Counter[str]:
    """The words of a file, each as often as it stands there."""
    text = " ".join(_documents(data) if kind == "epub" else page_texts(data))
    return Counter(WORD.findall(normal(text)))


def _documents(data: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml") and "nav" not in name]
        bodies = (etree.fromstring(archive.read(name), parser).find(f"{XHTML}body") for name in names)
        return [" ".join(map(str, body.itertext())) for body in bodies if body is not None]

"""A page of a PDF as three viewers show it: PDFium, Poppler and MuPDF."""

import subprocess
from io import BytesIO
from typing import Any

import pymupdf
import pypdfium2
from PIL import Image


def by_pdfium(page: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(page)
    try:
        seen: Image.Image = document[0].render(scale=width / document[0].get_width()).to_pil()
        return seen.convert("L")
    finally:
        document.close()


def by_poppler(page: bytes, width: int) -> Image.Image:
    command = ["pdftoppm", "-scale-to-x", str(width), "-scale-to-y", "-1", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=page, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def by_mupdf(page: bytes, width: int) -> Image.Image:
    opened: Any = pymupdf.open
    with opened(stream=page) as document:
        dots = round(72 * width / document[0].rect.width)
        return Image.open(BytesIO(document[0].get_pixmap(dpi=dots).tobytes())).convert("L")

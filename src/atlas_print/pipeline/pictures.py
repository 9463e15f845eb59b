"""A small picture of a finished file, for the report: an editor sees what was proven. Nothing is proven by it."""

import base64
import posixpath
import zipfile
from io import BytesIO
from urllib.parse import unquote

import pypdfium2
from lxml import etree
from PIL import Image

WIDTH = 240
"""px"""
_COLOURS = 32
_OPF = "{http://www.idpf.org/2007/opf}"
_ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfiles/*"


def picture(data: bytes, kind: str) -> str:
    """The first page of a PDF or the cover of a book as the data URL of a PNG; "" if there is none to be drawn."""
    try:
        image = _cover(data) if kind == "epub" else _first_page(data)
        if image is None:
            return ""
        height = max(round(image.height * WIDTH / image.width), 1)
        # Most of it by whole numbers of pixels first, which takes a fraction of the time.
        small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        small = small.quantize(_COLOURS)
    except Exception:  # noqa: BLE001  # a file may be damaged in any way, and its proof has said so
        return ""
    png = BytesIO()
    small.save(png, "PNG")
    return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode('ascii')}"


def _first_page(data: bytes) -> Image.Image:
    pdf = pypdfium2.PdfDocument(data)
    try:
        page = pdf[0]
        # Twice as wide as shown: small letters keep more of their shape when they are made smaller once.
        drawn: Image.Image = page.render(scale=2 * WIDTH / page.get_width()).to_pil()
        return drawn
    finally:
        pdf.close()


def _cover(data: bytes) -> Image.Image | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(BytesIO(data)) as book:
        root = etree.fromstring(book.read("META-INF/container.xml"), parser).find(_ROOT_FILE)
        if root is None:
            return None
        package = root.get("full-path", "")
        items = etree.fromstring(book.read(package), parser).iterfind(f"{_OPF}manifest/{_OPF}item")
        address = next((it.get("href", "") for it in items if "cover-image" in it.get("properties", "").split()), "")
        if not address:
            return None
        return Image.open(BytesIO(book.read(posixpath.join(posixpath.dirname(package), unquote(address)))))

"""Makes the README's pictures from a build: `python -m docs.pictures.make`, after ./run build and ./run test."""

import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from tests.validators import chromium

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SLUG = "impaired-gas-transfer"
TOPIC = ROOT / "output" / SLUG


def page(pdf: Path, target: Path) -> None:
    """The first page of a PDF as PNG, 420 px wide, with a hairline for the sheet's edge."""
    command = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-l", "1", "-scale-to-x", "416", "-scale-to-y", "-1"]
    subprocess.run([*command, pdf, target.with_suffix("")], check=True)
    frame(target)


def frame(target: Path) -> None:
    """Puts a grey hairline around a picture."""
    with Image.open(target) as picture:
        framed = Image.new("RGB", (picture.width + 4, picture.height + 4), "#8a8a8a")
        framed.paste(picture.convert("RGB"), (2, 2))
    framed.quantize(64).save(target, optimize=True)


page(TOPIC / f"{SLUG}-large-print.pdf", HERE / "large-print.png")
page(TOPIC / f"{SLUG}-handout.pdf", HERE / "handout.png")
with tempfile.TemporaryDirectory() as folder:
    with zipfile.ZipFile(TOPIC / f"{SLUG}.epub") as book:
        book.extractall(folder)
    chromium.screenshot(Path(folder) / "EPUB" / f"{SLUG}.xhtml", HERE / "epub.png", 416, 588)
frame(HERE / "epub.png")

"""What others are given to set: our HTML and style sheets, as they are set last, and our chapters."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from atlas_print.exports import handout, large_print
from atlas_print.pdf.engine import typeset
from atlas_print.typefaces import Family
from tests.making import atlas_of, make_each

PAGES = "pages"
BOOKS = "books"
_WRITTEN = (".opf", ".ncx", "nav.xhtml")


def record(project: Path, folder: Path) -> None:
    """Writes below `folder`: pages/NAME.html with NAME.css for each PDF, books/NAME/ with what each topic's book holds.

    A book's folder has its files; its package document and navigation are for those to write who pack it.
    """
    last: dict[str, Any] = {}

    def remembered(html: str, css: str, stack: tuple[Family, ...]) -> Any:
        last.update(html=html, css=f"{faces(stack)}\n{css}")
        return typeset(html, css, stack)

    (folder / PAGES).mkdir(parents=True)
    with _instead(remembered):
        for task, made, _ in make_each(atlas_of(project), project):
            name = Path(task.path).stem
            if task.export.kind != "epub":
                (folder / PAGES / f"{name}.html").write_text(last["html"], "utf-8")
                (folder / PAGES / f"{name}.css").write_text(last["css"], "utf-8")
            elif task.slug is not None:
                _unpack(made.data, folder / BOOKS / name)


@contextmanager
def _instead(function: Any) -> Iterator[None]:
    with patch.object(large_print, "typeset", function), patch.object(handout, "typeset", function):
        yield


def faces(stack: tuple[Family, ...]) -> str:
    """The first family as a style sheet names it, whole: whoever calls WeasyPrint by hand cuts no fonts."""
    family = stack[0]
    return "\n".join(
        f'@font-face {{ font-family: "{family.name}"; font-weight: {weight}; src: url("{file.as_uri()}") }}'
        for weight, file in zip((400, 700), family.files, strict=True)
    )


def _unpack(data: bytes, folder: Path) -> None:
    with zipfile.ZipFile(BytesIO(data)) as book:
        for name in (it for it in book.namelist() if it.startswith("EPUB/") and not it.endswith(_WRITTEN)):
            file = folder / name.removeprefix("EPUB/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(book.read(name))

"""The same documents for Typst: `python -m tests.benchmark.by_typst FOLDER OUT` sets each .typ file of a folder once.

`write` makes them of our HTML: the same words, headings, lists, tables and drawings at the same size.
"""

import base64
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import typst
from lxml import etree, html

_PAGES = {
    "large-print": '#set page(paper: "a4", margin: 25mm)\n#set text(size: 18pt)\n#set par(leading: 0.9em)\n',
    "handout": '#set page(paper: "a4", margin: 12mm)\n#set text(size: 9pt)\n',
}
_SPECIAL = re.compile(r"([\\#$*_`<>@~=\-+/\[\]\"'])")
_HEADINGS = {f"h{level}": "=" * level for level in range(1, 7)}
_WHOLE = ("p", "li", "dt", "dd", "figcaption", "td", "th", *_HEADINGS)


def write(pages: Path, folder: Path) -> None:
    """Writes a .typ file for each HTML file, and its images beside it."""
    folder.mkdir(parents=True)
    for file in sorted(pages.glob("*.html")):
        kind = next(name for name in _PAGES if file.stem.endswith(name))
        body = next(html.fromstring(file.read_text("utf-8")).iter("body"))
        parts = [_PAGES[kind], '#set text(font: "Atkinson Hyperlegible")\n', f'#set document(title: "{file.stem}")\n']
        (folder / f"{file.stem}.typ").write_text("\n".join([*parts, *_blocks(body, folder, file.stem)]), "utf-8")


def _blocks(element: etree._Element, folder: Path, name: str) -> Iterator[str]:
    for child in element.iterchildren(etree.Element):
        tag = str(child.tag)
        if tag == "img":
            yield _image(child, folder, name)
        elif tag == "table":
            cells = [[f"[{_text(cell)}]" for cell in row.iterchildren("td", "th")] for row in child.iter("tr")]
            width = max(map(len, cells), default=1)
            yield f"#table(columns: {width}, {', '.join(cell for row in cells for cell in row)})\n"
        elif tag in _WHOLE and next(child.iterdescendants("p", "li", "table", "img"), None) is None:
            start = f"{_HEADINGS[tag]} " if tag in _HEADINGS else "- " if tag == "li" else ""
            yield f"{start}{_text(child)}\n"
        else:
            yield from _blocks(child, folder, name)


def _text(element: etree._Element) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join("".join(map(str, element.itertext())).split()))


def _image(element: etree._Element, folder: Path, name: str) -> str:
    media, _, data = str(element.get("src")).partition(",")
    kind = "svg" if "svg" in media else "png" if "png" in media else "jpg"
    file = f"{name}-{len(list(folder.glob(f'{name}-*')))}.{kind}"
    (folder / file).write_bytes(base64.b64decode(data) if "base64" in media else unquote_to_bytes(data))
    alt = re.sub(r'[\\"]', "", str(element.get("alt") or ""))
    return f'#image("{file}", width: 60%, alt: "{alt}")\n'


def main(folder: Path, out: Path, fonts: str) -> None:
    """Writes a PDF for each."""
    for file in sorted(folder.glob("*.typ")):
        typst.compile(
            str(file),
            output=str(out / f"{file.stem}.pdf"),
            root=str(folder),
            font_paths=typst.Fonts(False, True, [fonts]),
            ignore_system_fonts=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])

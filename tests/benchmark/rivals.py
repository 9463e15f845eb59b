"""What others take for the same topics: each a list of commands, run one after the other."""

import sys
from collections.abc import Sequence
from pathlib import Path

from atlas_print.typefaces import families
from tests.benchmark import by_typst
from tests.benchmark.bare import VARIANT
from tests.benchmark.recording import BOOKS, PAGES
from tests.benchmark.taken import Taken, size_of, taken
from tests.making import ROOT

_LARGE = "@page { size: A4; margin: 25mm } html { font: 18pt/1.5 sans-serif }"
_HANDOUT = "@page { size: A4; margin: 12mm } html { font: 9pt/1.25 sans-serif; columns: 2 }"
_PYTHON = (sys.executable, "-m")


def loop(recorded: Path, out: Path) -> Taken:
    """(a): the `weasyprint` command for each page, and EbookLib for each book, on our HTML."""
    commands: list[Sequence[str | Path]] = []
    for file in sorted((recorded / PAGES).glob("*.html")):
        style = file.with_suffix(".css")
        options = ("--stylesheet", style, "--pdf-variant", VARIANT, "--quiet")
        commands.append((*_PYTHON, "weasyprint", *options, file, out / f"{file.stem}.pdf"))
    for folder in sorted((recorded / BOOKS).iterdir()):
        commands.append((*_PYTHON, "tests.benchmark.ebook", folder, out / f"{folder.name}.epub"))
    return _all(commands, out)


def pandoc(project: Path, out: Path) -> Taken:
    """(b): pandoc to EPUB and to HTML, and WeasyPrint on that to two PDFs, on our Markdown.

    By its own --pdf-engine, pandoc 2.17 loses the drawings.
    """
    content = project / "content"
    styles = {"large-print": _LARGE, "handout": _HANDOUT}
    for name, css in styles.items():
        (out / f"{name}.css").write_text(css, "utf-8")
    commands: list[Sequence[str | Path]] = []
    for file in sorted((content / "topics").glob("*.md")):
        cited = ("--citeproc", "--bibliography", content / "references.json", "--resource-path", file.parent)
        page = out / f"{file.stem}.html"
        commands.append(("pandoc", file, *cited, "--quiet", "-o", out / f"{file.stem}.epub"))
        commands.append(("pandoc", file, *cited, "--quiet", "--self-contained", "-t", "html5", "-o", page))
        for name in styles:
            options = ("--stylesheet", out / f"{name}.css", "--pdf-variant", VARIANT, "--quiet")
            commands.append((*_PYTHON, "weasyprint", *options, page, out / f"{file.stem}-{name}.pdf"))
    return _all(commands, out)


def typst(recorded: Path, out: Path) -> Taken:
    """(c): Typst in one process, on documents of the same words; PDFs alone."""
    folder = recorded / "typst"
    if not folder.exists():
        by_typst.write(recorded / PAGES, folder)
    fonts = families(None, "en", [])[0].files[0].parent
    return _all([(*_PYTHON, "tests.benchmark.by_typst", folder, out, fonts)], out)


def bare(pages: Path, out: Path) -> Taken:
    """(d): WeasyPrint in one process, on our HTML, each once; PDFs alone."""
    return _all([(*_PYTHON, "tests.benchmark.bare", pages, out)], out)


def _all(commands: Sequence[Sequence[str | Path]], out: Path) -> Taken:
    whole = Taken(0, 0, 0)
    for command in commands:
        whole += taken(command, ROOT)
    return whole + Taken(0, 0, 0, size_of(out, ".pdf", ".epub"))

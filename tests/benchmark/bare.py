"""WeasyPrint and nothing else, in one process: `python -m tests.benchmark.bare PAGES OUT` sets each HTML file once."""

import sys
from pathlib import Path

from weasyprint import HTML

VARIANT = "pdf/ua-1"
"""A tagged file, as ours are."""


def main(pages: Path, out: Path) -> None:
    """Writes a PDF for each."""
    for file in sorted(pages.glob("*.html")):
        HTML(file).write_pdf(out / f"{file.stem}.pdf", stylesheets=[file.with_suffix(".css")], pdf_variant=VARIANT)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""A document of another format -> a project of one topic, by way of pandoc."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import yaml

from tests.honest.projects import ATLAS

HERE = Path(__file__).parent
FORMATS = {
    ".htm": "html",
    ".html": "html",
    ".md": "markdown",
    ".mediawiki": "mediawiki",
    ".org": "org",
    ".qmd": "markdown",
    ".rst": "rst",
    ".tex": "latex",
    ".xml": "jats",
}
"""By what a file's name ends with: the name that pandoc has for its format."""
_MARKDOWN = "markdown-raw_html-raw_attribute-raw_tex-tex_math_dollars-smart"
_CHOICES = {"kind": "overview", "system": "whole-body", "reviewed": "2026-09-01", "short": "Rest, and ask early."}
"""What no document says, and a person fills in."""


def convert(document: Path, project: Path) -> None:
    """Writes the project that the document becomes, with the figures and references beside it."""
    given = FORMATS[document.suffix]
    shutil.copytree(HERE / "figures", project / "content" / "figures")
    body = _pandoc("-f", given, "-t", _MARKDOWN, "--lua-filter", HERE / "converting.lua", "--wrap=none", document)
    front = _pandoc("-f", given, "-t", "plain", "--template", HERE / "front.plain", "--wrap=none", document)
    title, _, abstract = front.partition("\n")
    told = {
        "title": title or document.stem.replace("-", " ").capitalize(),
        "lede": abstract.strip() or _first_paragraph(body),
        **_CHOICES,
    }
    _write(project / "content" / "atlas.yaml", yaml.safe_dump(ATLAS, allow_unicode=True))
    _write(
        project / "content" / "topics" / f"{document.stem}.md",
        f"---\n{yaml.safe_dump(told, allow_unicode=True)}---\n\n{body}",
    )
    _write(project / "content" / "references.json", _references(document, given))


def _first_paragraph(body: str) -> str:
    """As plain text, without citations and footnotes."""
    first = next(text for text in body.split("\n\n") if len(text) > 40 and (text[0].isalnum() or text[0] in "*["))
    uncited = re.sub(r"\s?\[[@^][^\]]*\]", "", first)
    return _pandoc("-f", "markdown", "-t", "plain", "--wrap=none", text=uncited).strip()


def _references(document: Path, given: str) -> str:
    """CSL-JSON: the bibliography of that name beside the document, else what it holds itself."""
    if (csl := document.with_suffix(".json")).exists():
        return csl.read_text("utf-8")
    if (bibtex := document.with_suffix(".bib")).exists():
        return _pandoc("-f", "biblatex", "-t", "csljson", bibtex)
    return _pandoc("-f", given, "-t", "csljson", document) if given == "jats" else json.dumps([])


def _pandoc(*arguments: str | Path, text: str | None = None) -> str:
    command = ["pandoc", *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8").stdout


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")

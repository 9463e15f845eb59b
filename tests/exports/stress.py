"""A project of topics that strain a layout: each in one way, all of them allowed by the content format."""

import json
from pathlib import Path

WORDS = "the vessel widens when blood flows faster and the lining answers with a signal that relaxes the wall ".split()
LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosisandmorelettersxx"

ATLAS = """
title: Stress Atlas
language: en
url: https://atlas.example/
publisher: Stress Press
contact: hello@atlas.example
disclaimer: This is education, not medical advice. Tests are for a talk with your own clinician.
kinds: {mechanism: Mechanism}
systems: {vascular: Vascular}
grades:
  strength: {label: Strength of evidence, levels: {high: It will hold., low: It may change.}}
  audit: {label: Audit, levels: {well-founded: Others checked it., emerging: Few checked it.}}
  basis: {label: Based on}
glossary:
  CT: {full: computed tomography, plain: a detailed X-ray scan}
exports:
  large-print: {kind: large-print}
  epub: {kind: epub}
"""
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 160">
<rect x="10" y="10" width="400" height="140" fill="none" stroke="#1a1a1a" stroke-width="3"/>
<text x="210" y="88" font-family="Atkinson Hyperlegible" font-size="26" text-anchor="middle">Drawing</text>
</svg>"""


def words(count: int) -> str:
    return " ".join(WORDS[index % len(WORDS)] for index in range(count)).capitalize() + "."


def reference(number: int) -> dict[str, object]:
    return {
        "id": f"ref-{number}",
        "type": "article-journal",
        "title": f"Study number {number} of vessels, with a title of an ordinary length",
        "author": [{"family": f"Name{letter}", "given": "A. B."} for letter in "ABCDEFG"[: number % 7 + 1]],
        "container-title": "Journal of Vessels",
        "issued": {"date-parts": [[2020 + number % 6, number % 12 + 1]]},
        "volume": str(number),
        "page": f"{number}-{number + 9}",
        "DOI": f"10.1234/vessels.{number:04d}",
        "PMID": str(30000000 + number),
    }


def topic(title: str, body: str) -> str:
    front = f"title: {title}\nkind: mechanism\nsystem: vascular\nreviewed: 2026-10-01\n"
    return f"---\n{front}lede: {words(30)}\nshort: {words(40)}\n---\n\n{body}\n"


def bodies() -> dict[str, str]:
    cites = "\n\n".join(f"{words(12)}[@ref-{number}]" for number in range(1, 81))
    rows = "\n".join(f"| {words(9)} | {number}.5 ± 0.1 | [@ref-{number % 9 + 1}] |" for number in range(1, 61))
    nested = "- one\n  - two\n    - three\n      - four has [@ref-1]\n      - four again\n    - three\n  - two\n- one"
    numbered = "1. first\n2. second\n\n   more of the second\n\nOn.\n\n7. seventh\n8. eighth"
    whole = "[Avoir le souffle court.]{lang=fr}"
    heading = "[Une section]{lang=fr} in French"
    figure = '![A caption.](../figures/box.svg){alt="A box with the word Drawing in it."}'
    called = " ".join(f"{words(3)[:-1]}^[{words(number)} [@ref-{number}, p. {number}]]." for number in range(1, 31))
    noted = (
        "[^x]: First.\n\n    - an item\n    - another\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |\n\n[^y]: - A list."
    )
    cell = "| What[^x] | Value |\n|---|---|\n| One^[In a cell.] | [^x] |"
    return {
        "notes": f"## Noted[^y] by @ref-2\n\n{called} As @ref-5 [see p. 3; @ref-6] say.[^x]\n\n{cell}\n\n{noted}",
        "eighty-references": f"## All of them\n\n{cites}",
        "long-table": f"## A table\n\n| What | Value[@ref-3] | Source |\n|---|---:|---|\n{rows}",
        "deep-list": f"## A list\n\n{nested}\n\n{numbered}",
        "empty-cells": "## A table\n\n| What | Value |\n|---|---|\n| One | |\n| | 2 |",
        "long-word": f"## A word\n\nThe word {LONG_WORD} is long. {words(20)}",
        "long-paragraph": f"## A paragraph\n\n{words(420)}[@ref-2]",
        "one-line": "## A line {strength=low audit=emerging basis=trials}\n\nOne line.\n\n## Another\n\nOne line.",
        "french": f"## {heading}\n\nThey say [à bout de souffle]{{lang=fr}} and CT. {whole}",
        "ten-figures": "## Figures\n\n" + "\n\n".join([figure, words(15)] * 10),
        "quote-and-parts": f"## Parts\n\n> {words(30)}\n\n### First\n\n{words(30)}\n\n### Second\n\nX.[@ref-3; @ref-1]",
    }


def write(project: Path) -> None:
    """Writes the project."""
    content = project / "content"
    for name in ("topics", "figures"):
        (content / name).mkdir(parents=True)
    (content / "atlas.yaml").write_text(ATLAS, "utf-8")
    (content / "references.json").write_text(json.dumps([reference(number) for number in range(1, 81)]), "utf-8")
    (content / "figures" / "box.svg").write_text(FIGURE, "utf-8")
    for slug, body in bodies().items():
        (content / "topics" / f"{slug}.md").write_text(topic(slug.replace("-", " ").capitalize(), body), "utf-8")

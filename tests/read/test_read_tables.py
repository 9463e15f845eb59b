"""Tables in each form, held against what Pandoc makes of the same lines."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode

from atlas_print.blocks import Table
from atlas_print.read.markdown import parser
from tests.making import atlas_of
from tests.read.describe import inline_text
from tests.read.laying import lay, problems_of

_FRONT = """---
title: Slow mornings
kind: symptom
system: whole-body
reviewed: 2025-11-23
lede: Some mornings start at noon.
short: You wake, and you are still tired.
---

## Is it real?
"""
_FIRST = _FRONT.count("\n") + 2
_FORMS = {
    "pipe": """
| Dose | Who |
|:-----|---:|
| 5 mg | adults |
| 2 mg<br>at night | children |
""",
    "pipe without outer pipes": """
Dose | Who
---- | :-:
5 mg | adults

Behind it.
""",
    "pipe with signs of its own": r"""
| A | B |
|---|---|
| 1 \| 2 | **x** |
| a line that is short |
""",
    "pipe of one column, orgtbl": """
| A |
|---|
| 1 |

| A | B |
|---+---|
| 1 | 2 |
""",
    "empty corner": """
|  | Before | After |
|---|---|---|
| Pulse | 70 | 80 |
""",
    "no header": """
|  |  |
|---|---|
| Pulse | 70 |
""",
    "text right behind": """
| A | B |
|---|---|
| 1 | 2 |
No cell of it.
""",
    "caption behind": """
| A | B |
|---|---|
| 1 | 2 |

: What A does to B
over two lines

Text.
""",
    "caption right behind": """
| A | B |
|---|---|
| 1 | 2 |
Table: What A does to B
""",
    "caption before": """
A paragraph.

: What A does to B

| A | B |
|---|---|
| 1 | 2 |
""",
    "caption of each": """
Table: One

| A | B |
|---|---|
| 1 | 2 |

Table: Two

| A | B |
|---|---|
| 1 | 2 |
""",
    "simple": """
  Right     Left     Center     Default
-------     ------ ----------   -------
     12     12        12            12
    123     123       123          123

Table:  Of a page
""",
    "simple, far from the margin": """
        Dose   Who
------------   --------
   1,000 mg    adults
      5 mg
""",
    "simple without header": """
-------     ------ ----------
     12     12        12
    123     123       123
-------     ------ ----------
""",
    "multiline": """
-------------------------------------------------------------
 Centered   Default           Right Left
  Header    Aligned         Aligned Aligned
----------- ------- --------------- -------------------------
   First    row                12.0 A text of
                                    two lines.

  Second    row                 5.0 Another.
-------------------------------------------------------------

: Caption
""",
    "multiline without header": """
----------- ------- ---------------
   First    row                12.0

  Second    row                 5.0
            goes on
----------- ------- ---------------
""",
    "grid": r"""
+-------------+-------+
| Medicine    | Dose  |
+=============+======:+
| Paracetamol | 5 mg  |
| for\        |       |
| pain        |       |
+-------------+-------+
| Nothing     |       |
+-------------+-------+

: Of doses
""",
    "grid without header": """
+:----+----:+
| a   | b   |
+-----+-----+
""",
}


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="Debian's package pandoc is not installed")
@pytest.mark.parametrize("form", _FORMS)
def test_as_pandoc_takes_it(tmp_path: Path, form: str) -> None:
    assert list(_tables(tmp_path, _FORMS[form])) == list(_of_pandoc(_FORMS[form]))


def test_more_than_pandoc_takes(tmp_path: Path) -> None:
    """What another Markdown knows, or a later Pandoc: a table right below text, attributes behind a caption."""
    body = """
Text right above.
| A | B |
|---|---|
| 1 | 2 |

table: Caption {#tbl:one .striped tbl-colwidths="[30,70]"}

| A | B |
|---|---|
| 1 | 2 |

: Caption
{#tbl:two}
"""

    assert list(_tables(tmp_path, body)) == 2 * [("Caption", [None, None], ["A", "B"], [["1", "2"]])]


def test_paragraphs_and_items_in_a_grid_are_lines(tmp_path: Path) -> None:
    body = """
+-----------+------+
| A         | B    |
|           |      |
| of two    |      |
+===========+======+
| - one     | - 1  |
| - two     |      |
|   lines   |      |
+-----------+------+
"""

    assert list(_tables(tmp_path, body)) == [("", [None, None], ["A / of two", "B"], [["• one / • two lines", "• 1"]])]


@pytest.mark.parametrize("around", ["", "> ", "- ", "  > - "])
def test_places_within_lists_and_quotations(tmp_path: Path, around: str) -> None:
    first, *others = ["| A | B |", "|---|---|", "| `|` | 2 [@nobody] | 3 |"]
    indent = around.replace("-", " ")
    project = _write(tmp_path, "\n".join([around + first, *(indent + line for line in others)]))
    row = indent + others[-1]

    found = {problem.rule: problem.place for problem in problems_of(project)}

    assert found["unknown-citation"].column == row.index("@nobody") + 1
    assert found["table-row"].column == row.index("3") + 1


def test_places_of_lines_in_a_grid(tmp_path: Path) -> None:
    lines = ["+---+-------------+", "| a | two lines   |", "|   | and [@nope] |", "+---+-------------+"]
    place = next(it.place for it in problems_of(_write(tmp_path, "\n".join(lines))) if it.rule == "unknown-citation")

    assert (place.line, place.column) == (_FIRST + 2, lines[2].index("@") + 1)


def _write(folder: Path, body: str) -> Path:
    """The base project with a topic of that body, whose first line is `_FIRST`."""
    project = lay(folder)
    (project / "content/topics/slow-mornings.md").write_text(f"{_FRONT}\n{body.strip(chr(10))}\n", "utf-8")
    return project


def _tables(folder: Path, body: str) -> Iterator[tuple[str, list[str | None], list[str], list[list[str]]]]:
    """Caption, alignments, header and rows of each table."""
    topic = atlas_of(_write(folder, body)).topic("slow-mornings")
    for table in (block for section in topic.sections for block in section.all_blocks() if isinstance(block, Table)):
        rows = [[inline_text(cell) for cell in row] for row in table.rows]
        yield inline_text(table.caption), list(table.alignments), list(map(inline_text, table.header)), rows


def _of_pandoc(body: str) -> Iterator[tuple[str, list[str | None], list[str], list[list[str]]]]:
    command = ["pandoc", "-f", "markdown-smart", "-t", "json"]
    done = subprocess.run(command, input=body, capture_output=True, text=True, check=True)
    for block in json.loads(done.stdout)["blocks"]:
        if block["t"] == "Table":
            _, (_, caption), columns, (_, head), bodies, _ = block["c"]
            sides = [column[0]["t"].removeprefix("Align").lower() for column in columns]
            rows = [_pandoc_row(row) for _, _, _, lines in bodies for row in lines]
            alignments = [None if side == "default" else side for side in sides]
            yield _pandoc_text(caption), alignments, [cell for row in head for cell in _pandoc_row(row)], rows


def _pandoc_row(row: Any) -> list[str]:
    return [_pandoc_text(cell[-1]) for cell in row[1]]


def _pandoc_text(blocks: list[Any]) -> str:
    return "".join(_pandoc_inline(it) for block in blocks for it in block["c"])


def _pandoc_inline(it: Any) -> str:
    match it["t"]:
        case "Str":
            return str(it["c"])
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak" | "RawInline":
            return " / "
        case "Strong":
            return f"**{''.join(map(_pandoc_inline, it['c']))}**"
        case kind:
            raise AssertionError(kind)


_SIGNS = ["|", "| a | b |", "|---|---|", "---", "-----  ---", "+---+", "+---+---+", "+===+===+", "", " ", "    ", "\t"]
_SIGNS += ["Table: x", ": cap", "> ", "- ", "1. ", "a  b", "`|", "\\|", "é漢", "[^a]: ", "{#a}", ":::", "# h"]


@given(st.lists(st.lists(st.sampled_from(_SIGNS), max_size=3), max_size=12))
def test_any_lines_are_read_and_keep_their_places(lines: list[list[str]]) -> None:
    text = "\n".join(map("".join, lines))
    for node in SyntaxTreeNode(parser().parse(text, {})).walk():
        places = node.meta.get("places", ()) if node.type == "inline" else ()
        for (line, column), row in zip(places, node.content.split("\n") if places else (), strict=True):
            start = text.split("\n")[line][column:]
            # Tabs move what stands behind them, and a line's end, or the sign of an item, is another in a cell.
            assert "\t" in text or start.startswith(row.rstrip("\\")) or row.startswith("•")

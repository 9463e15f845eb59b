"""A large print of which an earlier one is known: one layout where nothing moved, and the same file in any case."""

from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import pytest

from atlas_print.compose.layout import Composer
from atlas_print.compose.passages import pages_of
from atlas_print.exports import large_print
from atlas_print.exports.large_print import render_large_print
from atlas_print.exports.values import Job, Made
from atlas_print.pdf.engine import typeset
from atlas_print.typefaces import families
from tests.making import TODAY
from tests.prove.press import SAMPLE, atlas, topic


def made(pages: Mapping[str, int]) -> tuple[Made, int]:
    """The large print, and how many layouts it took."""
    export = next(it for it in atlas().exports if it.kind == "large-print")
    stack = families(SAMPLE, "en", [])
    job = Job(atlas(), Composer(atlas(), SAMPLE, TODAY), export, stack, pages=pages)
    layouts: list[Any] = []

    def counted(*given: Any) -> Any:
        layouts.append(typeset(*given))
        return layouts[-1]

    with patch.object(large_print, "typeset", counted):
        return render_large_print(job, topic()), len(layouts)


def test_where_nothing_moved_one_layout_is_enough() -> None:
    first, often = made({})
    again, once = made(pages_of(first.passages))
    assert often > once == 1
    assert again.data == first.data


@pytest.mark.parametrize(
    "wrong",
    [
        lambda pages: dict.fromkeys(pages, 1),
        lambda pages: {anchor: page + 1 for anchor, page in pages.items()},
        lambda pages: {anchor: page for anchor, page in pages.items() if not anchor.startswith("citation-")},
        lambda pages: {**pages, "gone": 1},
    ],
    ids=["one page", "a page on", "fewer", "more"],
)
def test_what_is_no_longer_so_is_not_believed(wrong: Any) -> None:
    first, _ = made({})
    again, often = made(wrong(pages_of(first.passages)))
    assert often > 1
    assert again.data == first.data

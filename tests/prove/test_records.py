"""P3 on records of other kinds than articles: what stands for a work is proven, whatever tells of it."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from atlas_print.atlas import Atlas, Reference
from tests.prove.press import assert_says, atlas, broken, changed, printed, repacked, told, topic


def _reference(item: dict[str, Any], **identifiers: Any) -> Reference:
    plain = item["title"].replace("<i>", "").replace("</i>", "")
    return Reference("it", plain, {"id": "it", "type": "book", **item}, **identifiers)


_RECORDS = {
    "isbn": _reference(
        {
            "title": "Rest in <i>Plasmodium</i>",
            "author": [{"literal": "Oak Society"}, {"literal": "et al"}],
            "publisher": "Oak",
        },
        isbn="978-0-306-40615-7",
    ),
    "circa": _reference({"title": "Old rest", "issued": {"literal": "ca 1890"}}),
    "brackets": _reference({"type": "webpage", "title": "Signs"}, url="https://a.example/b?x=[1]&y=100%"),
}


@cache
def _source(name: str) -> Atlas:
    """The sample with a record in the place of its last one."""
    last = topic().references[-1]
    references = (*topic().references[:-1], replace(_RECORDS[name], id=last.id))
    return changed(atlas(), replace(topic(), references=references))


@pytest.mark.parametrize("name", _RECORDS)
@pytest.mark.parametrize("kind", ["large-print", "handout", "epub"])
def test_what_is_set_is_kept(kind: str, name: str) -> None:
    found = broken(printed(kind, _source(name)), kind, source=_source(name))
    assert not found, told(found)


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("isbn", ("ISBN 978-0-306-40615-7", ""), "ISBN “978-0-306-40615-7”"),
        ("isbn", ("40615-7", "40615-8"), "ISBN “978-0-306-40615-7”"),
        ("isbn", ("Oak Society", "Elm Society"), "Oak Society"),
        ("circa", ("ca 1890", "1980"), "1890"),
        ("circa", ("ca 1890", ""), "1890"),
        ("brackets", ('href="https://a.example/b?x=%5B1%5D', 'href="https://a.example/b?x=%5B2%5D'), "x=%5B2%5D"),
    ],
)
def test_what_is_lost_is_broken(name: str, edit: tuple[str, str], said: str) -> None:
    book = repacked(printed("epub", _source(name)), edit)
    assert_says(broken(book, "epub", source=_source(name)), "P3", said)

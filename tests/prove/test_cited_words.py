"""P4 to P6 on citations with words: what stands beside a number, and what a sentence calls a work, is proven."""

from dataclasses import replace
from functools import cache

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Paragraph
from atlas_print.inlines import Citation, CitationItem, Text
from tests.prove.press import assert_says, atlas, broken, changed, printed, repacked, told, topic

_WORDED = Citation(
    (
        CitationItem("ames-2021", (Text("see"),), (Text(", p. 12"),)),
        CitationItem("chen-2020", (), (Text(", with 4 of 9 people"),)),
    )
)
_NAMED = Citation((CitationItem("bell-2022", (), (Text(", fig. 2"),)),), "Bell et al.")


@cache
def _source(worded: Citation = _WORDED, named: Citation = _NAMED) -> Atlas:
    """The sample with a paragraph that cites in words."""
    section = topic().sections[4]
    said = Paragraph((Text("Rest was tried "), worded, Text(", and "), named, Text(" agree.")))
    new = replace(section, blocks=(said, *section.blocks))
    sections = (*topic().sections[:4], new, *topic().sections[5:])
    return changed(atlas(), replace(topic(), sections=sections))


@pytest.mark.parametrize("kind", ["large-print", "epub"])
def test_what_is_set_is_kept(kind: str) -> None:
    found = broken(printed(kind, _source()), kind, source=_source())
    assert not found, told(found)


@pytest.mark.parametrize(
    ("edit", "promises", "said"),
    [
        (("[see&#160;", "["), "P4 P5", ("[see 1, p. 12; 3, with 4 of 9 people]",)),
        (("p. 12", "p. 13"), "P4 P6", ("p. 12", "p. 13")),
        ((", with 4 of 9 people]", "]"), "P4 P6", ("with 4 of 9 people",)),
        (("Bell et al.", "Ames et al."), "P5", ("Bell et al.", "Ames et al.")),
        ((">2</a>, ", ">7</a>, "), "P4", ("[2, ", "[7")),
    ],
    ids=["a prefix gone", "a locator changed", "words gone", "another name", "another number"],
)
def test_what_is_changed_is_broken(edit: tuple[str, str], promises: str, said: tuple[str, ...]) -> None:
    plain = printed("epub", _source())
    found = broken(repacked(plain, edit), "epub", source=_source())
    assert set(found) >= set(promises.split()), told(found)
    assert_says(found, promises.split()[0], *said)


def test_a_pdf_of_other_words() -> None:
    other = replace(_WORDED, items=(replace(_WORDED.items[0], suffix=(Text(", p. 21"),)), _WORDED.items[1]))
    found = broken(printed("large-print", _source(other)), "large-print", source=_source())
    assert_says(found, "P4", "p. 12", "p. 21")

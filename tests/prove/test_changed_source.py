"""Exports of a changed source, held against the unchanged one: each change is caught by the promise it is about.

A PDF takes long to make, so each is made with many faults at once.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

import pytest

from tests.prove import faults
from tests.prove.faults import Fault
from tests.prove.press import PDFS, assert_broken, assert_says, atlas, broken, changed, printed, topic

FAMILIES = (faults.DISCLAIMER, faults.GRADES, faults.REFERENCES, faults.CITATIONS, faults.DATES)
IN_FULL = (faults.REFERENCES_IN_FULL, faults.CITATIONS_IN_FULL)

EVERY = {f"{fault.breaks[:2]} {name}": fault for family in (*FAMILIES, *IN_FULL) for name, fault in family.items()}

# What changes the order of sections or references changes citations too, so each of those has a file of its own.
ALONE = {name: fault for name, fault in EVERY.items() if " " in fault.breaks}
BATCHES = 4
GROUPS = 7
"""Faults of one family that are this far apart go together."""


def batch(number: int, kind: str) -> Iterator[Fault]:
    """The faults that one PDF is made with: some of every family that it can show."""
    for family in (*FAMILIES, *IN_FULL):
        if family is not faults.CITATIONS_IN_FULL or kind != "handout":
            of_family = [fault for fault in family.values() if " " not in fault.breaks]
            yield from of_family[number::GROUPS]


@pytest.mark.parametrize("name", EVERY)
def test_an_epub(name: str) -> None:
    fault = EVERY[name]
    assert_broken(broken(printed("epub", fault.change(atlas())), "epub"), fault.breaks, *fault.said)


@pytest.mark.parametrize("name", [name for index, name in enumerate(EVERY) if index % 7 == 0])
def test_a_book_of_all_topics(name: str) -> None:
    fault = EVERY[name]
    assert_broken(broken(printed("epub", fault.change(atlas()), None), "epub", None), fault.breaks, *fault.said)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("large-print", name) for name in ALONE]
    + [("handout", "P3 reference 7 gone"), ("handout", "P2 sections swapped")],
)
def test_a_pdf(kind: str, name: str) -> None:
    fault = ALONE[name]
    assert_broken(broken(printed(kind, fault.change(atlas())), kind), fault.breaks, *fault.said)


@pytest.mark.parametrize("kind", PDFS)
@pytest.mark.parametrize("number", range(BATCHES))
def test_a_pdf_with_many_faults(kind: str, number: int) -> None:
    many = list(batch(number, kind))
    source = reduce(lambda changed, fault: fault.change(changed), many, atlas())
    found = broken(printed(kind, source), kind)
    assert {"P1", "P2", "P3", "P4", "P5", "P7"} <= set(found)
    for fault in many:
        assert_says(found, fault.breaks, *fault.said)


@pytest.mark.parametrize("kind", ["epub", "large-print"])
@pytest.mark.parametrize("notes", [None, "Two large studies agree, and nobody has checked them."])
def test_grade_notes(kind: str, notes: str | None) -> None:
    source = changed(atlas(), replace(topic(), grade_notes=notes))
    found = broken(printed(kind, source), kind)
    assert_says(found, "P5", "Two small studies agree", "grade_notes")

"""Exports of a changed source, held against the unchanged one: each change is caught by the promise it is about.

A PDF takes long to make, so each is made with many faults at once.
"""

from functools import reduce

import pytest

from tests.prove import faults
from tests.prove.faults import Fault
from tests.prove.press import assert_broken, assert_says, atlas, broken, printed

FAMILIES = (faults.DISCLAIMER, faults.GRADES, faults.REFERENCES, faults.CITATIONS, faults.DATES)
IN_FULL = (faults.REFERENCES_IN_FULL, faults.CITATIONS_IN_FULL)

EVERY = {f"{fault.breaks[:2]} {name}": fault for family in (*FAMILIES, *IN_FULL) for name, fault in family.items()}

# What changes the order of sections or references changes citations too, so each of those has a file of its own.
ALONE = {name: fault for name, fault in EVERY.items() if " " in fault.breaks}
BATCHES = 7


def batch(number: int) -> dict[str, Fault]:
    """The faults that one PDF is made with: some of every family."""
    families = [[item for item in family.items() if item[1] not in ALONE.values()] for family in (*FAMILIES, *IN_FULL)]
    return {
        f"{fault.breaks} {name}": fault
        for family in families
        for index, (name, fault) in enumerate(family)
        if index % BATCHES == number
    }


@pytest.mark.parametrize("name", EVERY)
def test_an_epub(name: str) -> None:
    fault = EVERY[name]
    assert_broken(broken(printed("epub", fault.change(atlas())), "epub"), fault.breaks, *fault.said)


@pytest.mark.parametrize("name", [name for index, name in enumerate(EVERY) if index % 4 == 0])
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


@pytest.mark.parametrize("number", range(BATCHES))
def test_a_large_print_with_many_faults(number: int) -> None:
    many = batch(number)
    found = broken(
        printed("large-print", reduce(lambda changed, fault: fault.change(changed), many.values(), atlas())),
        "large-print",
    )
    assert sorted(found) == sorted({fault.breaks for fault in many.values()})
    for fault in many.values():
        assert_says(found, fault.breaks, *fault.said)


@pytest.mark.parametrize("number", range(4))
def test_a_handout_with_many_faults(number: int) -> None:
    only = {name: fault for name, fault in batch(number).items() if fault not in faults.CITATIONS_IN_FULL.values()}
    source = reduce(lambda changed, fault: fault.change(changed), only.values(), atlas())
    found = broken(printed("handout", source), "handout")
    assert sorted(found) == sorted({fault.breaks for fault in only.values()})
    for fault in only.values():
        assert_says(found, fault.breaks, *fault.said)

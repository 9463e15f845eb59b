"""Thousands of broken files and hundreds of harmless changes: the proof finds each of the first, and no fault in those.

A broken file counts as found if a promise that it is about is broken or not told, not just any.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from atlas_print.atlas import Atlas
from atlas_print.prove import Edition, Outcome, edition_of
from tests.making import LABELS, ROOT, TODAY, atlas_of, judged
from tests.mutants.goods import PATHS, SLUGS, families, good, mutants_of
from tests.mutants.mutant import Good, Mutant
from tests.sampling import turn

_PARTS = 2
"""Tests that share the mutants of a family, so that the workers of a run end together."""
_SHARE = 18
"""One mutant in so many is made in a short run."""


@cache
def _atlas() -> Atlas:
    return atlas_of(ROOT)


@cache
def _edition(sample: Path, slug: str) -> Edition:
    return edition_of(good(sample, f"{slug}/{slug}-large-print.pdf").data)


def _parts() -> Iterator[tuple[str, str, int]]:
    for path in PATHS:
        yield from ((path, family, part) for family in families(path) for part in range(_PARTS))


@pytest.mark.parametrize(("path", "family", "part"), list(_parts()))
def test_mutants(
    path: str, family: str, part: int, sample: Path, is_long: bool, record_property: Callable[[str, object], None]
) -> None:
    held = good(sample, path)
    made = caught = harmless = flagged = untold = 0
    faults = []
    share = _PARTS if is_long else _PARTS * _SHARE
    # Another of them in each family: with a step alone, the first kinds of each would be tried again and again.
    first = part if is_long else part + _PARTS * turn(f"{path} {family}", _SHARE)
    for mutant in islice(mutants_of(sample, path, family), first, None, share):
        data = mutant.make()
        assert data != held.data, f"{mutant} changes nothing"
        broken, not_told = _outcomes(held, mutant, data, sample)
        found = broken & mutant.promises or not_told & mutant.promises
        if mutant.promises:
            made += 1
            caught += bool(found)
            untold += not broken & mutant.promises and bool(found)
        else:
            harmless += 1
            flagged += bool(broken)
        if not found if mutant.promises else broken:
            faults.append(f"{mutant}\n    wanted {_told(mutant.promises)}, found {_told(broken)}")
    record_property("mutants", [made, caught, harmless, flagged, untold])
    if faults:
        pytest.fail(f"{path}, {len(faults)} of {made + harmless}:\n" + "\n".join(faults), pytrace=False)


def _outcomes(held: Good, mutant: Mutant, data: bytes, sample: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The promises that a mutant breaks with its bytes, and those that can't be told."""
    slugs = SLUGS if held.slug is None else (held.slug,)
    editions = {}
    if mutant.needs_editions:
        editions = {f"{slug}-large-print.pdf": _edition(sample, slug) for slug in slugs}
    topic = None if held.slug is None else _atlas().topic(held.slug)
    settings = next(export.settings for export in _atlas().exports if export.kind == held.kind)
    verdicts = judged(data, held.kind, _atlas(), topic, TODAY, settings, editions, LABELS)
    broken = frozenset(verdict.promise for verdict in verdicts if verdict.outcome is Outcome.BROKEN)
    return broken, frozenset(verdict.promise for verdict in verdicts if verdict.outcome is Outcome.NOT_TOLD)


def _told(promises: frozenset[str]) -> str:
    return " or ".join(sorted(promises)) or "nothing"


def test_the_documentation_says_how_many(sample: Path) -> None:
    made = [mutant for path in PATHS for family in families(path) for mutant in mutants_of(sample, path, family)]
    broken = sum(bool(mutant.promises) for mutant in made)
    said = re.findall(r"At least ([\d,]+) (?:broken|harmless)", (ROOT / "docs" / "proof.md").read_text("utf-8"))
    least = [int(number.replace(",", "")) for number in said]
    assert [broken // 100 * 100, (len(made) - broken) // 10 * 10] == least, (broken, len(made) - broken)


@pytest.mark.parametrize("path", PATHS)
def test_the_good_files_are_good(path: str, sample: Path) -> None:
    """Else a mutant could be caught for what was wrong before."""
    held = good(sample, path)
    same = Mutant("none", "nowhere", "nothing", frozenset(), lambda: held.data, needs_editions=True)
    assert _outcomes(held, same, held.data, sample) == (frozenset(), frozenset())

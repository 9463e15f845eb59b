"""The files of a build or of `verify` side by side, topic by topic."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from atlas_print.atlas import Atlas
from atlas_print.pipeline.result import Result
from atlas_print.problems import Place, Problem
from atlas_print.prove.parity import Copy, Parity, compare

RULE = "parity"


def parities(atlas: Atlas, results: Sequence[Result]) -> dict[str, Parity]:
    """By topic, its exports side by side; a topic of which fewer than two files could be read has none."""
    found = {}
    for topic in atlas.topics:
        about = _about(topic.slug, results)
        if sum(topic.slug in result.proof.inventories for result in about) > 1:
            found[topic.slug] = compare([_copy(topic.slug, result, about) for result in about])
    return found


def differences(parities: Mapping[str, Parity], results: Sequence[Result]) -> Iterator[Problem]:
    """A problem for each kind of thing in which an export of a topic differs from the others: its first difference."""
    return (problem for _, problem in differing(parities, results))


def differing(parities: Mapping[str, Parity], results: Sequence[Result]) -> Iterator[tuple[Result, Problem]]:
    """The same, each with the file that differs."""
    for slug, parity in parities.items():
        about = _about(slug, results)
        for row in parity.rows:
            for cell, result in zip(row.cells, about, strict=True):
                if cell.findings:
                    first, more = cell.findings[0], len(cell.findings) - 1
                    what = (
                        f"the exports of {slug} differ in {row.kind}: {first.where}: "
                        f"expected {first.expected}; found {first.found}"
                    ) + (f" (and {more} more)" if more else "")
                    yield result, Problem(Place(result.file), RULE, what, first.help)


def _about(slug: str, results: Sequence[Result]) -> list[Result]:
    """The files of an atlas that tell of a topic."""
    known = (result for result in results if result.task.export.name)
    return [result for result in known if result.task.slug == slug or slug in result.task.topics]


def _copy(slug: str, result: Result, about: Sequence[Result]) -> Copy:
    names = Counter(_name(other) for other in about)
    name = _name(result)
    # Files given by hand may be of one export.
    shown = name if names[name] == 1 else result.file
    return Copy(shown, result.task.export.kind == "handout", result.proof.inventories.get(slug))


def _name(result: Result) -> str:
    return result.task.export.name + ("" if result.task.slug else ", all topics")

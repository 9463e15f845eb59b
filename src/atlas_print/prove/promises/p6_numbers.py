"""P6: every number of the source, unchanged, with its sign and its unit, and none beside them."""

from collections.abc import Iterator

from atlas_print.prove.aligned import Lost, nearest
from atlas_print.prove.case import Case
from atlas_print.prove.promises.p5_words import Concern, differences, missing, strange
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.source.lines import plain, short
from atlas_print.prove.source.script import Kind, Passage, figures, section_name
from atlas_print.prove.verdicts import Finding

_HELP_COUNT = "count the items of a list as its source does, from the same start"
_HELP = "print the number as the source has it, with its sign, its decimal point and its unit"


def judge_numbers(case: Case) -> Iterator[Finding]:
    """Numbers of a topic that a file lost or changed, in its text and in what it says of its figures."""
    for lost in missing(case, Concern.NUMBER):
        yield from differences(case, lost, Concern.NUMBER, _HELP)
    told = [] if case.is_handout else list(figures(case.topic))
    for stretch in strange(case.reading, case.aligned.rest, case.labels):
        for section, figure in told:
            name = f"the text of a figure in {section_name(section)}"
            passage = Passage(name, plain(figure.alt), source=case.place)
            if nearest(case.reading, passage.flat, [stretch]):
                yield from differences(case, Lost(passage, stretch), Concern.NUMBER, _HELP)
                break
    yield from _counts(case)


def _counts(case: Case) -> Iterator[Finding]:
    """Items of lists that a file counts otherwise than the source: a text may speak of "step (c)"."""
    reading = case.reading
    for passage, at in case.aligned.places.items():
        block = reading.innermost(at) if passage.count and passage.kind is Kind.TEXT else None
        around = () if block is None else (block, *block.ancestors())
        item = next((it for it in around if it.role is Role.ITEM), None)
        if item is None:
            continue
        shown = (item.number or reading.flat[item.start : at]).strip("()[].")
        if shown != passage.count:
            expected, found = f"{passage.count} before “{short(passage.text)}”", shown or "no number"
            yield Finding(reading.place(at), expected, found, _HELP_COUNT, passage.source)

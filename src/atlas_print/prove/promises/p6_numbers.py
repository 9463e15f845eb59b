"""P6: every number of the source, unchanged, with its sign and its unit, and none beside them."""

from collections.abc import Iterator

from atlas_print.prove.aligned import Lost, nearest
from atlas_print.prove.case import Case
from atlas_print.prove.promises.p5_words import Concern, differences, missing, strange
from atlas_print.prove.source.lines import plain
from atlas_print.prove.source.script import Passage, figures, section_name
from atlas_print.prove.verdicts import Finding

_HELP = "print the number as the source has it, with its sign, its decimal point and its unit"


def judge_numbers(case: Case) -> Iterator[Finding]:
    """Numbers of a topic that a file lost or changed, in its text and in what it says of its figures."""
    for lost in missing(case, Concern.NUMBER):
        yield from differences(case, lost, Concern.NUMBER, _HELP)
    told = [] if case.is_handout else list(figures(case.topic))
    for stretch in strange(case.reading, case.aligned.rest, case.labels):
        for section, figure in told:
            name = f"the text of a figure in {section_name(section)}"
            passage = Passage(name, plain(case.topic, figure.alt), source=case.place)
            if nearest(case.reading, passage.flat, [stretch]):
                yield from differences(case, Lost(passage, stretch), Concern.NUMBER, _HELP)
                break

"""The search of the handout's ladder, and the columns of its table: no page is laid out for these."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas_print.atlas import Level, Scale
from atlas_print.exports.handout_ladder import Step, ladder, search
from atlas_print.exports.handout_table import GradeColumn, grade_columns, widths
from atlas_print.profiles import HANDOUT
from atlas_print.typefaces import families
from tests.making import ROOT
from tests.prove.press import atlas, topic

STEPS = [step for group in ladder(HANDOUT, 9) for step in group]
FULL = ladder(HANDOUT, 9)[0]
MOST = 9
"""Steps tried at most, where the page takes other room than the type lets expect."""


def found(groups: list[list[Step]], fills: dict[Step, float]) -> tuple[Step | None, list[Step]]:
    tries, tried = search(groups), []
    step = next(tries)
    while True:
        tried.append(step)
        try:
            step = tries.send(fills[step])
        except StopIteration as end:
            return end.value, tried


@given(st.integers(0, len(STEPS)), st.lists(st.floats(0.001, 0.2), min_size=len(STEPS), max_size=len(STEPS)))
def test_what_is_found_fits_and_nothing_is_only_where_the_last_step_does_not(fitting: int, rises: list[float]) -> None:
    fills = {
        step: 1 + sum(rises[at:fitting]) if at < fitting else 1 - sum(rises[fitting:at]) / 9
        for at, step in enumerate(STEPS)
    }
    step, tried = found(ladder(HANDOUT, 9), fills)
    assert fills[step] <= 1 if step is not None else fitting == len(STEPS)
    assert len(tried) <= MOST
    assert len(tried) == len(set(tried))


@given(st.floats(0.4, 1.7), st.floats(-0.1, 0.25))
def test_the_first_step_that_fits_is_found_or_the_one_behind_it(room: float, fixed: float) -> None:
    fills = {step: (fixed + (1 - fixed) * step.area / STEPS[0].area) / room for step in FULL}
    step, tried = found([FULL, STEPS[-1:]], {**fills, STEPS[-1]: 0.5})
    first = next((at for at, it in enumerate(FULL) if fills[it] <= 1), len(FULL))
    assert step in [*FULL, STEPS[-1]][first : first + 2]
    assert len(tried) <= 4


@pytest.mark.parametrize(("room", "most"), [(1.05, 1), (0.97, 2), (0.8, 2), (0.74, 2), (0.6, 4), (0.5, 4), (0.4, 4)])
def test_few_steps_are_tried_where_a_page_takes_what_its_type_does(room: float, most: int) -> None:
    forms = {("full", False): 1.0, ("short", False): 0.85, ("short", True): 0.75}
    first = STEPS[0]
    fills = {step: forms[step.form, step.runs_in] * step.area / first.area / room for step in STEPS}
    assert len(found(ladder(HANDOUT, 9), fills)[1]) <= most


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=2), st.floats(30, 80)
)
def test_findings_have_63_percent_of_the_table(columns: list[tuple[bool, float, float]], table: float) -> None:
    made = [GradeColumn(("it",), has_levels, least, label) for has_levels, least, label in columns]
    gap = 0.7
    found = widths(made, table, gap)
    assert sum(found) + gap * (len(made) - 1) <= table * 0.37 + 0.001
    assert min(found) >= 0


def test_levels_share_a_column_and_free_text_another() -> None:
    stack = families(ROOT, "en", [])
    of_sample = grade_columns(atlas(), topic(), stack)
    assert [(column.names, column.has_levels) for column in of_sample] == [
        (("strength", "audit"), True), (("basis",), False),
    ]  # fmt: skip
    free = {name: replace(scale, levels={}) for name, scale in atlas().grades.items()}
    (column,) = grade_columns(replace(atlas(), grades=free), topic(), stack)
    assert column.names == ("strength", "audit", "basis")
    one = {"sure": Scale("How sure", {"very": Level("very sure", "We are.")})}
    (column,) = grade_columns(replace(atlas(), grades=one), replace(topic(), sections=()), stack)
    assert (column.names, column.has_levels, column.is_stacked) == (("sure",), True, False)

"""Some generated atlases are made, proven and accused of nothing; `python -m tests.generated 300` has more."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.generated.atlases import Draft, draft, drafts
from tests.generated.languages import languages
from tests.generated.proving import judge, judged


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    "number",
    [
        0,
        1,
        83,  # dots of Arabic letters that hang below a link
        122,  # words from left to right that end a line from right to left
        95,  # a short heading at the right, above a line that reaches further left
    ],
)
def test_a_generated_atlas_is_accused_of_nothing(number: int) -> None:
    assert judge(number).accusations == (), draft(number)


@settings(
    max_examples=1,
    deadline=None,
    database=None,
    derandomize=True,
    # To make an atlas smaller takes minutes: `python -m tests.generated` says which it was.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(drafts())
def test_what_hypothesis_draws_is_accused_of_nothing(atlas: Draft) -> None:
    assert judged(atlas)[1] == ()


def test_every_language_is_drawn() -> None:
    drawn = {draft(number).files["content/atlas.yaml"].split("language: ")[1].split("\n")[0] for number in range(150)}
    assert drawn == set(languages())

"""The heaviest chain: against every chain there is, and on what a greedy search gets wrong."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from atlas_print.alignment import Match, heaviest_chain


def is_chain(matches: tuple[Match, ...]) -> bool:
    return all(one.index < other.index and one.end <= other.start for one, other in pairwise(matches))


def worth(matches: list[Match] | tuple[Match, ...]) -> float:
    return sum(match.weight for match in matches)


@st.composite
def some_matches(draw: st.DrawFn) -> list[Match]:
    found = []
    for _ in range(draw(st.integers(0, 9))):
        start, length = draw(st.integers(0, 20)), draw(st.integers(1, 6))
        found.append(Match(draw(st.integers(0, 5)), start, start + length, length))
    return found


@given(some_matches())
def test_it_is_worth_as_much_as_the_best_of_all_chains(matches: list[Match]) -> None:
    ordered = sorted(matches, key=lambda match: (match.start, match.end))
    chains = (some for size in range(len(ordered) + 1) for some in combinations(ordered, size) if is_chain(some))
    found = heaviest_chain(matches)
    assert is_chain(tuple(found))
    assert worth(found) == max(map(worth, chains))


@given(some_matches())
def test_the_order_of_the_matches_does_not_matter(matches: list[Match]) -> None:
    assert worth(heaviest_chain(matches)) == worth(heaviest_chain(matches[::-1]))


def test_a_short_text_that_stands_too_early_does_not_cost_a_long_one() -> None:
    early, late, long = Match(1, 0, 5, 5), Match(1, 40, 45, 5), Match(0, 10, 30, 20)
    assert heaviest_chain([early, late, long]) == [long, late]


def test_of_two_places_the_one_next_to_the_rest_is_taken() -> None:
    """Such as a heading in a list of contents, and where it stands: what lies between needn't be explained."""
    in_contents, in_place, text = Match(0, 3, 8, 5), Match(0, 60, 65, 5), Match(1, 70, 99, 29)
    assert heaviest_chain([in_contents, in_place, text]) == [in_place, text]
    behind = Match(2, 99, 104, 5)
    assert heaviest_chain([in_place, text, behind, Match(2, 300, 305, 5)]) == [in_place, text, behind]


def test_a_sentence_said_twice_is_found_twice() -> None:
    places = [(10, 20), (50, 60)]
    matches = [Match(index, start, end, 10) for index in (0, 2) for start, end in places]
    matches.append(Match(1, 30, 45, 15))
    assert [(match.index, match.start) for match in heaviest_chain(matches)] == [(0, 10), (1, 30), (2, 50)]


def test_nothing_gives_nothing() -> None:
    assert heaviest_chain([]) == []

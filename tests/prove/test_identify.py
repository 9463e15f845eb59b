"""A file is known by what it says, under whatever name it comes."""

import pytest

from atlas_print.prove import UnreadableError, identify
from tests.prove.press import KINDS, SLUG, atlas, good, repacked


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", ["tired-legs", "deep-sleep"])
def test_an_export(kind: str, slug: str) -> None:
    assert identify(good(kind, slug), atlas()) == (kind, atlas().topic(slug))


def test_the_book_of_all_topics() -> None:
    assert identify(good("epub", None), atlas()) == ("epub", None)


def test_a_book_without_its_title() -> None:
    data = repacked(good("epub"), ('<h1 id="title">Tired legs</h1>', "<p>Legs</p>"))
    assert identify(data, atlas()) == ("epub", atlas().topic(SLUG))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"Tired legs"])
def test_what_tells_nothing(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        identify(data, atlas())


def test_a_book_of_something_else() -> None:
    data = repacked(good("epub"), ('<h1 id="title">Tired legs</h1>', "<h1>Cooking</h1>"))
    other = repacked(data, ("In 24 people, VO2", "In 24 pots"), ("The first paragraph", "The first pan"))
    assert identify(other, atlas()) is None

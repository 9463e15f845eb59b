"""What names a link for a voice says what its text says."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tests.prove.press import assert_says, broken, good, links, repacked, rewritten

CITATION = 'aria-label="reference 1">1<'


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        (CITATION, 'aria-label="reference 7">1<', "“reference 7”"),
        (CITATION, 'aria-label="an old study">1<', "“an old study”"),
        ("back to citation a of reference 1", "back to citation a of reference 2", "of reference 2"),
        ('of reference 1">a<', 'of reference 1">c Tr<', "back to citation a of reference 1"),
        ('of reference 1">a<', 'of reference 1">b<', "back to citation a of reference 1"),
        ('of reference 1">a<', 'of reference 1">3<', "back to citation a of reference 1"),
        ("DOI 10.5555/joe.2021.12.101", "DOI 10.5555/joe.2021.12.110", "110"),
        ("PubMed 34032513", "34032513, a bad study", "a bad study"),
    ],
)
def test_a_name_in_a_book(was: str, shall: str, said: str) -> None:
    found = broken(repacked(good("epub"), (was, shall)), "epub")
    assert_says(found, "P5", "a name that says", said)
    assert_says(found, "P6", "a name that says", said)


@pytest.mark.parametrize("name", ["1", "reference 1", ""])
def test_a_right_name_in_a_book(name: str) -> None:
    assert broken(repacked(good("epub"), (CITATION, f'aria-label="{name}">1<')), "epub") == {}


@pytest.mark.parametrize("kind", ["large-print", "handout"])
def test_a_name_in_a_pdf(kind: str) -> None:
    def edit(writer: PdfWriter) -> None:
        links(writer)[0][NameObject("/Contents")] = TextStringObject("reference 99")

    assert_says(broken(rewritten(good(kind), edit), kind), "P6", "a name that says", "“reference 99”")

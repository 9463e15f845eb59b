"""Unbroken files keep every promise, whoever tagged them."""

from dataclasses import replace

import pytest
import weasyprint.pdf
import weasyprint.pdf.tags

from atlas_print.prove import Outcome
from tests.making import LABELS, TODAY, judged
from tests.prove.press import KINDS, PDFS, PROMISES, atlas, broken, good, printed, topic, verdicts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", ["tired-legs", "deep-sleep"])
def test_good_files_keep_every_promise(kind: str, slug: str) -> None:
    assert broken(good(kind, slug), kind, slug) == {}
    found = verdicts(good(kind, slug), kind, slug)
    assert {found[promise].outcome for promise in PROMISES} == {Outcome.KEPT}


def test_a_good_book() -> None:
    assert broken(good("epub", None), "epub", None) == {}


@pytest.mark.parametrize("kind", PDFS)
def test_a_tree_that_starts_anew_on_each_page(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint.pdf, "add_tags", weasyprint.pdf.tags.add_tags)
    assert broken(printed(kind, atlas()), kind) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_day_of_making_may_be_unknown(kind: str) -> None:
    for slug in ("tired-legs", "deep-sleep"):
        found = judged(good(kind, slug), kind, atlas(), atlas().topic(slug), None, labels=LABELS)
        assert [verdict for verdict in found if verdict.outcome is Outcome.BROKEN] == []


def test_another_day_of_making() -> None:
    found = judged(good("epub"), "epub", atlas(), topic(), TODAY.replace(day=23), labels=LABELS)
    assert [verdict.promise for verdict in found if verdict.outcome is Outcome.BROKEN] == ["P7"]


def test_what_a_topic_does_not_have_is_not_asked_for() -> None:
    plain = replace(topic(), references=(), sections=(topic().sections[4],), related=())
    source = replace(atlas(), topics=(plain,))
    found = verdicts(printed("epub", source), "epub", source=source)
    assert {id_: found[id_].outcome for id_ in PROMISES} == {
        "P1": Outcome.KEPT,
        "P2": Outcome.NOT_APPLICABLE,
        "P3": Outcome.NOT_APPLICABLE,
        "P4": Outcome.NOT_APPLICABLE,
        "P7": Outcome.KEPT,
    }
    assert found["P2"].reason == "no section is graded"


@pytest.mark.parametrize("language", ["en-US", "de", "fr", "ar", "ja", "tlh"])
def test_dates_in_the_language_of_the_atlas(language: str) -> None:
    source = replace(atlas(), language=language)
    assert broken(printed("epub", source), "epub", source=source) == {}
    assert "P7" in broken(printed("epub", source), "epub", source=replace(source, language="pt"))

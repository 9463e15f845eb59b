"""What a preview knows and answers, without a browser."""

from http import HTTPStatus
from pathlib import Path

import pytest

from atlas_print.pipeline.new import new_project
from atlas_print.pipeline.workers import Died
from atlas_print.preview.answers import Answers
from atlas_print.preview.making import draw
from atlas_print.preview.session import Session
from atlas_print.preview.topic import page_of, page_of_all, status
from atlas_print.preview.watching import is_content
from tests.making import TODAY

SLUG = "what-long-covid-is"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    new_project(tmp_path / "atlas")
    return tmp_path / "atlas"


def edit(project: Path, before: str, after: str, slug: str = SLUG) -> None:
    """Changes a topic's file."""
    file = project / f"content/topics/{slug}.md"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def read(project: Path) -> Session:
    """A session that has read the project."""
    session = Session(project, TODAY)
    session.read()
    return session


def make_next(session: Session) -> list[str]:
    """Makes what is to be made next; the paths."""
    errands = session.next()
    for errand in errands:
        session.made(errand, draw(errand))
    return [errand.order.task.export.name for errand in errands]


def ages(session: Session, slug: str = SLUG) -> dict[str, str]:
    page = page_of(session, slug)
    assert page is not None
    return {"text": page["age"], **{side.name: side.age for side in page["sides"]}}


def test_what_is_made_when(project: Path) -> None:
    session = read(project)
    assert session.watched("no-such-topic") is None
    assert status(session, SLUG) == ""
    assert make_next(session) == ["handout", "large-print"]
    # The book names the pages of the large print.
    assert set(ages(session).values()) == {"", "It is being made."}
    assert make_next(session) == ["epub"]
    assert set(ages(session).values()) == {""}
    assert status(session, SLUG) == "Rebuilt, no problems."
    number = session.number
    session.read()
    watched = session.watched(SLUG)
    assert watched is not None
    assert watched.due == []
    assert session.wait(number, 0) == number + 1


def test_what_is_made_of_an_older_source_is_not_taken_for_new(project: Path) -> None:
    session = read(project)
    session.watched(SLUG)
    errands = session.next()
    edit(project, "in short sentences", "in short sentences, as here")
    session.read()
    assert not session.is_any_wanted(errands)
    for errand in errands:
        session.made(errand, draw(errand))
    assert ages(session)["handout"].startswith("Older than the source.")
    assert status(session, SLUG) == ""
    assert make_next(session) == ["handout", "large-print"]
    assert ages(session)["handout"] == ""


def test_an_export_that_can_not_be_made(project: Path) -> None:
    session = read(project)
    session.watched(SLUG)
    while status(session, SLUG) == "":
        make_next(session)
    (project / "layouts/handout").mkdir(parents=True)
    (project / "layouts/handout/topic.html").write_text("{% if %}", "utf-8")
    session.read()
    while status(session, SLUG) == "":
        make_next(session)
    found = ages(session)
    assert found.pop("handout") == "Older than the source: it could not be made anew."
    assert set(found.values()) == {""}
    assert status(session, SLUG).startswith("Rebuilt, 1 problem.")
    page = page_of(session, SLUG)
    assert page is not None
    # What stood before is still shown.
    assert next(side for side in page["sides"] if side.name == "handout").images


def test_a_worker_that_dies(project: Path) -> None:
    session = read(project)
    session.watched(SLUG)
    for errand in session.next():
        session.made(errand, Died("it was killed"))
    make_next(session)
    assert status(session, SLUG) == "Rebuilt, 2 problems."
    assert ages(session)["handout"] == "It could not be made: see the problems."


def test_drafts_and_other_topics(project: Path) -> None:
    text = (project / f"content/topics/{SLUG}.md").read_text("utf-8")
    other = text.replace("title: What long COVID is", "title: Another one\ndraft: true")
    (project / "content/topics/another.md").write_text(other, "utf-8")
    session = Session(project, TODAY)
    session.read(["another", "gone"])
    # Saved, so made, before anybody looks at it.
    assert make_next(session) == ["handout", "large-print"]
    assert [row[:3] for row in page_of_all(session)["rows"]] == [
        ("another", "Another one", True),
        (SLUG, "What long COVID is", False),
    ]
    edit(project, "[@soriano-2022-definition]", "[@nobody]", "another")
    session.read()
    # It stops a build of all of them.
    assert status(session, SLUG) == "1 problem. What you see is older than the source."
    assert page_of_all(session)["told"][0].place == "content/topics/another.md:24:134"


def test_a_layout_that_is_broken(project: Path) -> None:
    session = read(project)
    session.watched(SLUG)
    while status(session, SLUG) == "":
        make_next(session)
    (project / "layouts/epub").mkdir(parents=True)
    (project / "layouts/epub/topic.xhtml").write_text("{% if %}", "utf-8")
    session.read()
    while status(session, SLUG) == "":
        make_next(session)
    found = ages(session)
    assert found["text"] == "Older than the source: see the problems."
    assert found["epub"] == "Older than the source: it could not be made anew."
    assert found["handout"] == ""
    assert status(session, SLUG) == "Rebuilt, 1 problem."


def test_answers(project: Path) -> None:
    session = read(project)
    answers = Answers(session)
    page = answers(f"/topic/{SLUG}")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    # What authors write runs nothing, and fetches nothing.
    text = answers(f"/text/{SLUG}/0")
    assert "script-src" not in text.headers["Content-Security-Policy"]
    assert "default-src 'none'" in text.headers["Content-Security-Policy"]
    make_next(session)
    name = f"{SLUG}-handout.pdf"
    assert answers(f"/page/{SLUG}/{name}/1/0").data.startswith(b"\x89PNG")
    assert answers(f"/file/{SLUG}/{name}").data.startswith(b"%PDF")
    nowhere = [f"/page/{SLUG}/{name}/{number}/0" for number in ("0", "2", "-1", "²", "x")]
    nowhere += [f"/page/{SLUG}/{SLUG}.epub/1/0", f"/file/{SLUG}/../{SLUG}.md", f"/file/{SLUG}/{SLUG}.md", "/content"]
    nowhere += ["/topic/none", "/text/none/0", "/file/none/x.pdf", "/topic", "/preview.js/x", "/../preview.js"]
    for path in nowhere:
        assert answers(path).status is HTTPStatus.NOT_FOUND, path


def test_news_end_with_the_session(project: Path) -> None:
    session = read(project)
    parts = Answers(session)("/events").parts
    assert parts is not None
    news = iter(parts)
    assert next(news).startswith(b'data: {"said": "Read, no problems."')
    session.end()
    assert session.next() == []
    assert list(news) == []


@pytest.mark.parametrize("name", [".a.md.swp", "a.md~", "4913", ".#a.md", "a.md.tmp"])
def test_what_editors_leave_is_no_content(name: str) -> None:
    assert not is_content(None, f"/atlas/content/topics/{name}")
    assert is_content(None, "/atlas/content/topics/a.md")

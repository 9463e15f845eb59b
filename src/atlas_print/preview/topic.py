"""A topic as its page shows it: its exports side by side, each with its age, and what is to be mended, in place."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas_print.atlas import Topic
from atlas_print.blocks import Figure
from atlas_print.compose.words import direction_of
from atlas_print.counting import many
from atlas_print.preview.session import Session
from atlas_print.preview.watched import Panel, Watched
from atlas_print.problems import Problem, Severity, errors

_WIDTH = 400
"""px of the image of a page, at least."""
_BEING_MADE = "The new one is being made."
_UNREADABLE = "Older than the source, which has problems."
_UNMADE = "It could not be made: see the problems."


@dataclass(frozen=True, slots=True)
class Told:
    """A problem or advice; `line` is the line of the source that it is about, cut in two at its column, or None."""

    place: str
    is_advice: bool
    what: str
    help: str
    line: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Image:
    """A page: where its image is, its size in px."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Side:
    """An export: its name and file, where that is, and its pages; `age` says why it is older than the source, or ""."""

    name: str
    file: str
    address: str
    age: str
    is_book: bool
    images: tuple[Image, ...]


def page_of(session: Session, slug: str) -> Mapping[str, Any] | None:
    """What the page of a topic says; None if there is no such topic."""
    watched = session.watched(slug)
    if watched is None:
        return None
    found = _shown(session, watched)
    text = watched.text
    age = ""
    if text is None or text.source != watched.source:
        age = "Older than the source: see the problems." if text else _UNMADE
    return {
        "slug": slug,
        "title": watched.topic.title,
        "language": watched.atlas.language,
        "direction": direction_of(watched.atlas.language),
        "status": status(session, slug) or "Making what is new.",
        "is_wrong": bool(errors(found)),
        "told": list(_told(session.project, found)),
        "text": f"/text/{slug}/{_sum(text.data)}" if text else "",
        "age": age if session.is_readable else _UNREADABLE,
        "sides": [_side(session, watched, watched.panel(task)) for task in watched.tasks],
    }


def page_of_all(session: Session) -> Mapping[str, Any]:
    """What the list of topics says: each with how much there is to mend in its file, and all that stops a build."""
    rows = []
    for topic in session.topics():
        about = [problem for problem in session.problems if problem.place.file == topic.file]
        rows.append((topic.slug, topic.title, topic.is_draft, count_of(about)))
    atlas = session.atlas
    return {
        "title": atlas.title if atlas else "",
        "language": atlas.language if atlas else "en",
        "direction": direction_of(atlas.language) if atlas else "ltr",
        "status": status(session, ""),
        "is_wrong": not session.is_readable,
        "rows": rows,
        "told": list(_told(session.project, errors(list(session.problems)))),
    }


def status(session: Session, slug: str) -> str:
    """What is said of a topic when all is made that can be, of all topics for ""; nothing while more comes."""
    watched = session.watched(slug) if slug else None
    found = _shown(session, watched) if watched else list(session.problems)
    if not session.is_readable:
        return f"{count_of(errors(found))}. What you see is older than the source."
    if watched is not None and watched.due:
        return ""
    return f"{'Rebuilt' if watched else 'Read'}, {count_of(found)}."


def news(session: Session, slug: str) -> Mapping[str, str]:
    """What is said of a topic, with a `mark` that is another one when something else was rebuilt."""
    said = status(session, slug)
    watched = session.watched(slug) if slug else None
    source = watched.source if watched else ""
    return {"said": said, "mark": _sum("\0".join((said, source, *map(str, session.problems))).encode())}


def count_of(found: Iterable[Problem]) -> str:
    """How many problems and pieces of advice, in words."""
    severities = [problem.severity for problem in found]
    wrong, advice = severities.count(Severity.ERROR), severities.count(Severity.ADVICE)
    said = many(wrong, "problem") if wrong else "no problems"
    if not advice:
        return said
    return f"{said}, {advice} {'piece' if advice == 1 else 'pieces'} of advice"


def _shown(session: Session, watched: Watched) -> list[Problem]:
    """What stops this topic, wherever it stands, and the advice about it and about what all topics share."""
    topic = watched.topic
    drawings = {f"content/{figure.image.path}" for figure in _figures(topic)}
    elsewhere = ("content/topics/", "content/figures/")
    advice = (
        problem
        for problem in session.problems
        if problem.place.file in {topic.file, *drawings} or not problem.place.file.startswith(elsewhere)
    )
    return sorted({*errors(list(session.problems)), *advice, *watched.all_problems()})


def _figures(topic: Topic) -> Iterator[Figure]:
    blocks = (block for section in topic.sections for block in section.all_blocks())
    return (block for block in blocks if isinstance(block, Figure))


def _told(project: Path, found: Sequence[Problem]) -> Iterator[Told]:
    lines: dict[str, list[str]] = {}
    # What stops a build comes first.
    for problem in sorted(found, key=lambda it: it.severity is Severity.ADVICE):
        place = problem.place
        if place.line and place.file not in lines:
            lines[place.file] = _lines(project, place.file)
        line = lines[place.file][place.line - 1 : place.line] if place.line else []
        at = max(place.column - 1, 0)
        cut = (line[0][:at], line[0][at:]) if line and any(map(str.isalnum, line[0])) else None
        yield Told(str(place), problem.severity is Severity.ADVICE, problem.what, problem.help, cut)


def _lines(project: Path, file: str) -> list[str]:
    try:
        path = (project / file).resolve(strict=True)
        is_own = path.is_relative_to(project.resolve())
        return path.read_text("utf-8-sig", "replace").splitlines() if is_own else []
    except OSError:
        return []


def _side(session: Session, watched: Watched, panel: Panel) -> Side:
    task = panel.task
    name = Path(task.path).name
    is_current = panel.drawn is not None and panel.source == watched.source and session.is_readable
    age = "" if is_current else _age(session, watched, panel)
    sheets = panel.drawn.sheets if panel.drawn else ()
    images = tuple(
        Image(
            f"/page/{watched.topic.slug}/{name}/{number}/{sheet.sum}",
            _WIDTH,
            round(_WIDTH * sheet.height / sheet.width),
        )
        for number, sheet in enumerate(sheets, 1)
    )
    address = f"/file/{watched.topic.slug}/{name}" if panel.drawn else ""
    return Side(task.export.name, name, address, age, task.export.kind == "epub", images)


def _age(session: Session, watched: Watched, panel: Panel) -> str:
    is_tried = panel.tried == watched.source
    if panel.drawn is None:
        return _UNMADE if is_tried or not session.is_readable else "It is being made."
    if not session.is_readable:
        return _UNREADABLE
    return "Older than the source: it could not be made anew." if is_tried else f"Older than the source. {_BEING_MADE}"


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]

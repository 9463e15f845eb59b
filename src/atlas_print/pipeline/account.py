"""The account of an output folder for an editor: report.html, one page that needs nothing beside it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.layout import Composer
from atlas_print.compose.words import Words
from atlas_print.counting import many
from atlas_print.pipeline.comparison import differences
from atlas_print.pipeline.formats import PROMISES
from atlas_print.pipeline.pictures import WIDTH
from atlas_print.pipeline.plan import Task, plan
from atlas_print.pipeline.result import Result, outcomes, tally
from atlas_print.pipeline.store.manifest import REPORT, Proven
from atlas_print.problems import Place, Problem
from atlas_print.prove import Finding, Outcome, Verdict
from atlas_print.prove.inventory import Kind
from atlas_print.prove.parity import Parity

_MOST = 20
"""Findings of one promise that the page lists; `verify --format json` has them all."""
_ENGLISH = Words("en", ())


@dataclass(frozen=True, slots=True)
class Line:
    """One promise about one file: its outcome in words, what was read for it, what is wrong (`more`: not listed).

    `not_told` says in words what no program can know of it.
    """

    promise: str
    title: str
    outcome: str
    is_broken: bool
    read: str
    findings: tuple[Finding, ...]
    more: int
    not_told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file that the atlas makes; `state` says in words how it fared, `is_read` whether it was read this time.

    `source` is the sum of what it was held against. Of a file that was not read, `state` says when it was proven.
    """

    anchor: str
    path: str
    export: str
    state: str
    is_broken: bool
    is_read: bool
    pages: int | None = None
    size: int = 0
    sha256: str = ""
    source: str = ""
    is_open: bool = False
    picture: str = ""
    alt: str = ""
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic with its files and their comparison; no topic for the books of all topics.

    `says_less` is whether a handout is among them.
    """

    anchor: str
    topic: Topic | None
    files: tuple[File, ...]
    parity: Parity | None
    differences: tuple[Problem, ...]
    says_less: bool

    @property
    def is_read(self) -> bool:
        """Whether any of its files was read this time."""
        return any(file.is_read for file in self.files)


def account(
    atlas: Atlas,
    project: Path,
    results: Sequence[Result],
    parities: Mapping[str, Parity],
    sources: Mapping[str, str],
    known: Mapping[str, Proven],
    stays: Sequence[str] = (),
) -> str:
    """The page as HTML; the same files give the same page. LayoutError if its template is broken.

    `sources` has the sum of what each planned file is made of, by its path. A planned file without a result was not
    read this time: the page says what is `known` of it. `stays` says what a build could not renew, and why.
    """
    by_path = {result.task.path: result for result in results}
    tasks = plan(atlas)
    chapters = []
    for topic in (*atlas.topics, None):
        slug = None if topic is None else topic.slug
        about = [task for task in tasks if task.slug == slug]
        files = []
        for task in about:
            result, source = by_path.get(task.path), sources[task.path]
            if result is None:
                state = _unread_state(known.get(task.path), source)
                files.append(File(_anchor(task), task.path, task.export.name, state, False, False))
            else:
                files.append(_file(atlas, task, result, source))
        parity = None if slug is None else parities.get(slug)
        found = () if parity is None or slug is None else tuple(differences({slug: parity}, results))
        if files:
            says_less = any(task.export.kind == "handout" for task in about)
            chapters.append(Chapter(slug or "all-topics", topic, tuple(files), parity, found, says_less))
    every = [file for chapter in chapters for file in chapter.files]
    last = atlas.content_date
    return Composer(atlas, project, last or date.min).fill(
        f"report/{REPORT}",
        chapters=chapters,
        files=every,
        exports=list(dict.fromkeys(file.export for file in every)),
        strangers=[result for result in results if not result.task.export.name],
        stays=stays,
        promises=PROMISES,
        reviewed=last and _ENGLISH.date(last),
        drafts=[topic for topic in atlas.others if topic.is_draft],
        version=version("atlas-print"),
        width=WIDTH,
    )


def _anchor(task: Task) -> str:
    return task.path.replace("/", "-")


def _unread_state(known: Proven | None, source: str) -> str:
    """When a file that was not read this time was proven, and against what."""
    if known is None:
        return "not made yet, or not here"
    if not known.is_same:
        return "not read this time, and changed since it was proven"
    if not known.on:
        return "not read this time"
    against = "this source" if known.source == source else "an earlier source"
    on = _ENGLISH.date(date.fromisoformat(known.on))
    return f"proven on {on}, not read this time: {known.kept} kept against {against}"


def _file(atlas: Atlas, task: Task, result: Result, source: str) -> File:
    topic = None if task.slug is None else atlas.topic(task.slug)
    lines = tuple(_line(verdict, _read(atlas, topic, result, verdict.promise)) for verdict in result.verdicts)
    is_readable = result.proof.measure is not None
    broken = [line.promise for line in lines if line.is_broken]
    others = result.problems if is_readable else tuple(_unread(result))
    is_open = any(line.not_told for line in lines)
    kept = tally(outcomes(result))
    if is_readable and broken:
        state = f"broken: {', '.join(broken)}"
    elif is_readable:
        state = kept if is_open else f"all {kept.split()[0]} kept"
    elif any(problem.rule == "missing-file" for problem in result.problems):
        state = "missing"
    else:
        state = "can’t be read"
    return File(
        _anchor(task),
        task.path,
        task.export.name,
        state,
        result.is_broken,
        True,
        result.pages,
        len(result.data),
        hashlib.sha256(result.data).hexdigest() if result.data else "",
        source,
        is_open,
        result.picture,
        _alt(atlas, topic, result),
        lines if is_readable else (),
        others,
    )


def _unread(result: Result) -> Iterator[Problem]:
    """Why a file could not be read, once: every promise says the same."""
    yield from result.problems
    for finding in dict.fromkeys(finding for verdict in result.verdicts for finding in verdict.findings):
        yield Problem(Place(result.file), "unreadable", f"no promise could be judged: {finding.found}", finding.help)


def _line(verdict: Verdict, read: str) -> Line:
    outcome = verdict.outcome.value
    count = len(verdict.findings)
    if count:
        outcome += f" in {count} place{'s' if count != 1 else ''}"
    if verdict.reason:
        outcome += f": {verdict.reason}"
    is_broken = verdict.outcome is Outcome.BROKEN
    shown = verdict.findings[:_MOST]
    unknown = tuple(f"{it.where}: {it.what}" for it in verdict.not_told)
    return Line(verdict.promise, verdict.title, outcome, is_broken, read, shown, count - len(shown), unknown)


def _alt(atlas: Atlas, topic: Topic | None, result: Result) -> str:
    """What the picture shows, by what the file says."""
    title = atlas.title if topic is None else topic.title
    if result.pages is None:
        return f"The cover of the book “{title}”."
    headings = (thing for has in result.proof.inventories.values() for thing in has.things[Kind.HEADINGS])
    shown = [f"“{thing.text}”" for thing in headings if thing.page == 1]
    pages = f"The first of {result.pages} pages" if result.pages > 1 else "The page"
    return f"{pages}, with the heading{'s' if len(shown) != 1 else ''} {', '.join(shown)}." if shown else f"{pages}."


def _read(atlas: Atlas, topic: Topic | None, result: Result, promise: str) -> str:
    """What was read and counted for a promise, in words; "" of a file that could not be read."""
    measure = result.proof.measure
    if measure is None:
        return ""
    has = {kind: [it for one in result.proof.inventories.values() for it in one.things[kind]] for kind in Kind}
    grades, references, citations, described = (
        len(has[kind]) for kind in (Kind.GRADES, Kind.REFERENCES, Kind.CITATIONS, Kind.ALTERNATIVES)
    )
    links = sum(len(reference.sign.split()) - 1 for reference in has[Kind.REFERENCES])
    levels = sum(len(scale.levels) for scale in atlas.grades.values())
    if topic is None:
        reviewed = many(len(result.task.topics), "topic")
    else:
        reviewed = _ENGLISH.date(topic.reviewed) if topic.reviewed else "none yet"
    if measure.smallest is None:
        access = "navigation, page list, drawings, languages, style sheets, claims of accessibility"
    else:
        access = f"{_many(measure.lines, 'line')} on {_many(measure.pages or 0, 'page')}"
        access += f", the smallest text {measure.smallest:.3g} pt"
    return {
        "P1": f"the {len(atlas.disclaimer.split())} words of the disclaimer",
        "P2": f"{_many(grades, 'grade')}, and the {levels} levels of the scale with their meanings",
        "P3": f"{_many(references, 'reference')}, and {_many(links, 'link')} from there to the works",
        "P4": f"{_many(citations, 'citation')}, each followed to its reference",
        "P5": f"{_many(measure.words, 'word')} and {_many(described, 'alternative text')}",
        "P6": _many(measure.numbers, "number"),
        "P7": f"the last review ({reviewed}) and the day of making",
        "P8": access,
    }[promise]


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"

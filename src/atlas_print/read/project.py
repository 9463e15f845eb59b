"""A whole project folder -> Atlas, or every problem in it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from atlas_print.advise import advise, references
from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure
from atlas_print.problems import Place, Problem, Severity, errors
from atlas_print.read import identifiers
from atlas_print.read.characters import Gaps
from atlas_print.read.config import read_config
from atlas_print.read.figures import Figures
from atlas_print.read.known import Known, Read, Shared, sum_of
from atlas_print.read.references.bibliography import read_bibliography
from atlas_print.read.source import LIMIT_TEXT, read_bytes, shown
from atlas_print.read.topic import TopicReader
from atlas_print.typefaces import families


def load(
    project: Path, today: date, *, advised: bool = False, known: Known | None = None
) -> tuple[Atlas | None, list[Problem]]:
    """The atlas in that folder and every problem in it, in source order.

    With an error among the problems there is no atlas; advice alone doesn't stop one. `today` is the day that
    review dates are held against. `advised` asks for advice on the writing too, which takes a while longer.
    `known` is what was read before of this project, with the same `advised`: only what changed is read again.
    """
    content = project / "content"
    problems: list[Problem] = []
    paths = _topic_files(content / "topics", problems)
    now = sum_of(content, paths, today) if known is not None else ""
    known = known if known is not None else Known()
    if known.shared is None or known.sum != now:
        known.shared, known.sum, known.topics = None, now, {}
        found: list[Problem] = []
        known.shared = _shared(project, found)
        if known.shared is None:
            return None, sorted(found)
    shared, before = known.shared, known.topics
    slugs = frozenset(path.stem for path in paths)
    known.topics = {
        path.stem: _read(path, shared, slugs, today, before.get(path.stem), advised=advised) for path in paths
    }
    reads = tuple(known.topics.values())
    problems += (*shared.problems, *(problem for read in reads for problem in read.problems))
    topics = tuple(read.topic for read in reads if read.topic is not None)
    problems += _same_titles(reads)
    gaps = Gaps(shared.stack)
    for source in (shared.source, *(read.reader.source for read in reads)):
        if source is not None:
            gaps.of_source(source, None, problems)
    used = dict(shared.figures.used)
    for read in reads:
        used |= read.figures.used
    for drawing in (file.drawing for file in used.values() if file.drawing is not None):
        gaps.of_source(*drawing, problems)
    listed = dict.fromkeys(reference.id for topic in topics for reference in topic.references)
    gaps.of_references(shared.bibliography, listed)
    problems += gaps.problems()
    told = list(shared.bibliography.told(listed))
    problems += told if advised else errors(told)
    if advised:
        problems += references(shared.bibliography.references, listed)
        problems += shared.figures.advice(used, (figure for topic in topics for figure in _figures(topic)))
        mentions = (mention for read in reads for mention in read.reader.mentions)
        problems += _unpublished(mentions, {topic.slug for topic in topics if topic.is_draft})
    drafts = tuple(topic for topic in topics if topic.is_draft)
    atlas = replace(shared.atlas, topics=tuple(topic for topic in topics if not topic.is_draft), others=drafts)
    return (None if errors(problems) else atlas), sorted(set(problems))


def _shared(project: Path, problems: list[Problem]) -> Shared | None:
    """What all topics share; None after telling why it can't be read."""
    content = project / "content"
    figures = Figures(content, problems)
    config = read_config(content, figures, problems)
    if config is None:
        return None
    atlas, source = config
    bibliography = read_bibliography(content, problems)
    language = atlas.language if identifiers.is_language(atlas.language) else "en"
    stack = families(project, language, problems)
    return Shared(atlas, source, bibliography, figures, stack, tuple(problems))


def _read(
    path: Path, shared: Shared, slugs: frozenset[str], today: date, before: Read | None, *, advised: bool
) -> Read:
    """A topic, as it was read before if its file is the same."""
    # Whoever reads it says why it can't be read.
    data = read_bytes(path, path.name, [], LIMIT_TEXT)
    now = hashlib.sha256(data).hexdigest() if data is not None else ""
    if before is not None and now and before.sum == now:
        return before
    problems: list[Problem] = []
    figures = shared.figures.beside(problems)
    reader = TopicReader(shared.atlas, shared.bibliography, slugs, figures, today, problems)
    topic = reader.read(path)
    if advised and reader.draft is not None:
        problems += advise(reader.draft)
    return Read(now, topic, reader, figures, tuple(problems))


def _same_titles(reads: Iterable[Read]) -> Iterator[Problem]:
    titles: dict[str, str] = {}
    for read in reads:
        topic, place = read.topic, read.reader.title
        if topic is None or place is None or not topic.title:
            continue
        first = titles.setdefault(topic.title.casefold(), topic.slug)
        if first != topic.slug:
            what = f"the topic {first!r} has the same title"
            yield Problem(place, "duplicate-title", what, "give each its own, so that readers can tell them apart")


def _unpublished(mentions: Iterable[tuple[Place, str]], drafts: Collection[str]) -> Iterator[Problem]:
    """Where a topic names a draft, which readers don't find."""
    for place, slug in mentions:
        if slug in drafts:
            what = f"the topic {slug!r} is a draft, so its title stands here without a link"
            help_ = "publish it first, or take it out"
            yield Problem(place, "unpublished-topic", what, help_, Severity.ADVICE)


def _figures(topic: Topic) -> Iterator[Figure]:
    blocks = (block for section in topic.sections for block in section.all_blocks())
    return (block for block in blocks if isinstance(block, Figure))


def _topic_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """The topics' files by name; anything else in their folder would be left out of the atlas unnoticed."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        # Hidden files and the copies of editors are no one's content.
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.suffix == ".md":
            found.append(path)
            continue
        help_ = "name it SLUG.md, or move it out of this folder"
        file = f"content/topics/{shown(path.name)}"
        problems.append(Problem(Place(file), "not-a-topic", "this is not a topic", help_))
    if not found:
        help_ = "write the first topic into content/topics/SLUG.md"
        problems.append(Problem(Place("content/topics"), "no-topics", "there is no topic", help_))
    return found

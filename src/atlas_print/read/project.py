"""A whole project folder -> Atlas, or every problem in it."""

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
from atlas_print.read.references.bibliography import read_bibliography
from atlas_print.read.source import shown
from atlas_print.read.topic import TopicReader
from atlas_print.typefaces import families


def load(project: Path, today: date, *, advised: bool = False) -> tuple[Atlas | None, list[Problem]]:
    """The atlas in that folder and every problem in it, in source order.

    With an error among the problems there is no atlas; advice alone doesn't stop one. `today` is the day that
    review dates are held against. `advised` asks for advice on the writing too, which takes a while longer.
    """
    problems: list[Problem] = []
    content = project / "content"
    figures = Figures(content, problems)
    config = read_config(content, figures, problems)
    if config is None:
        return None, sorted(problems)
    atlas, source = config
    bibliography = read_bibliography(content, problems)
    paths = _topic_files(content / "topics", problems)
    slugs = frozenset(path.stem for path in paths)
    reader = TopicReader(atlas, bibliography, slugs, figures, today, problems)
    topics = tuple(topic for topic in map(reader.read, paths) if topic is not None)
    language = atlas.language if identifiers.is_language(atlas.language) else "en"
    stack = families(project, language, problems)
    gaps = Gaps(stack)
    for text in (source, *reader.sources):
        gaps.of_source(text, None, problems)
    for drawing, printed in figures.sources:
        gaps.of_source(drawing, printed, problems)
    listed = dict.fromkeys(reference.id for topic in topics for reference in topic.references)
    gaps.of_references(bibliography, listed)
    problems += gaps.problems()
    told = list(bibliography.told(listed))
    problems += told if advised else errors(told)
    if advised:
        problems += (found for draft in reader.drafts for found in advise(draft))
        problems += references(bibliography.references, listed)
        problems += figures.advice(figure for topic in topics for figure in _figures(topic))
        problems += _unpublished(reader.mentions, {topic.slug for topic in topics if topic.is_draft})
    drafts = tuple(topic for topic in topics if topic.is_draft)
    atlas = replace(atlas, topics=tuple(topic for topic in topics if not topic.is_draft), others=drafts)
    return (None if errors(problems) else atlas), sorted(set(problems))


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

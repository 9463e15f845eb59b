"""A whole project folder -> Atlas, or every problem in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from atlas_print.atlas import Atlas, Reference, Topic
from atlas_print.problems import Place, Problem, errors
from atlas_print.read.bibliography import read_bibliography
from atlas_print.read.config import FILE, read_config
from atlas_print.read.figures import Figures
from atlas_print.read.topic import TopicReader
from atlas_print.typefaces import Family, families, missing_characters

# What a reference list prints of a record; a keyword or an abstract in another script needs no font.
_PRINTED = """
    title container-title publisher publisher-place author editor translator volume issue page genre number edition
""".split()


def find_project(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds content/atlas.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def load(project: Path, today: date) -> tuple[Atlas | None, list[Problem]]:
    """The atlas in that folder and every problem in it, in source order.

    With an error among the problems there is no atlas; advice alone doesn't stop one. `today` is the day that
    review dates are held against.
    """
    problems: list[Problem] = []
    content = project / "content"
    atlas = read_config(content, problems)
    if atlas is None:
        return None, sorted(problems)
    references, bibliography = read_bibliography(content, problems)
    paths = sorted((content / "topics").glob("*.md"))
    if not paths:
        help_ = "write the first topic into content/topics/SLUG.md"
        problems.append(Problem(Place("content/topics"), "no-topics", "there is no topic", help_))
    slugs = frozenset(path.stem for path in paths)
    reader = TopicReader(atlas, references, bibliography, slugs, Figures(content, problems), today, problems)
    topics = [topic for topic in map(reader.read, paths) if topic is not None]
    atlas = replace(atlas, topics=tuple(topics))
    stack = families(project, atlas.language if not errors(problems) else "en", problems)
    _check_characters(project, paths, bibliography, atlas, stack, problems)
    return (None if errors(problems) else atlas), sorted(set(problems))


def _check_characters(
    project: Path,
    paths: list[Path],
    bibliography: str,
    atlas: Atlas,
    stack: tuple[Family, ...],
    problems: list[Problem],
) -> None:
    """Each character that no family has, once a file, at its first place."""
    files = [FILE, *(f"content/topics/{path.name}" for path in paths), *_drawings(atlas)]
    for file in files:
        text = (project / file).read_bytes().decode("utf-8", "ignore").replace("\r\n", "\n")
        for character in missing_characters(text, stack):
            offset = max(text.find(character), 0)
            line = text.count("\n", 0, offset) + 1
            place = Place(file, line, offset - (text.rfind("\n", 0, offset) + 1) + 1)
            problems.append(_no_glyph(place, character))
    listed: Mapping[str, Reference] = {
        reference.id: reference for topic in atlas.topics for reference in topic.references
    }
    for reference in listed.values():
        words = "".join(_strings({key: reference.item.get(key) for key in _PRINTED}))
        for character in missing_characters(words, stack):
            place = Place(bibliography, 0, 0)
            problems.append(_no_glyph(place, character, f" in reference {reference.id!r}"))


def _no_glyph(place: Place, character: str, where: str = "") -> Problem:
    what = f"no font has the character {character!r} (U+{ord(character):04X}){where}"
    help_ = "write it in other characters, or add a font that has it in fonts/fonts.yaml"
    return Problem(place, "no-glyph", what, help_)


def _drawings(atlas: Atlas) -> list[str]:
    """The SVG files that topics show."""
    found = {
        f"content/{image.path}"
        for topic in atlas.topics
        for image in _images(topic)
        if image.media_type == "image/svg+xml"
    }
    return sorted(found)


def _images(topic: Topic) -> Iterator[Any]:
    for section in topic.sections:
        for block in section.all_blocks():
            image = getattr(block, "image", None)
            if image is not None:
                yield image


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield re.sub(r"<[^<>]*>", "", value)
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)

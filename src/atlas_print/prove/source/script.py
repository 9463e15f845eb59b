"""What a topic says, in source order: the texts that a file has to tell, each under a name for a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas_print.atlas import Section
from atlas_print.blocks import Block, Figure, Inlines, ListBlock, Quote, Table, block_lines, plain_text
from atlas_print.prove.case import Case, section_name
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.wording import cited_text


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of the source: `text` for a person, `flat` as readings are searched, with citations as [1,3].

    `role` is what it must stand in, where that matters. What is not `ordered` may stand anywhere in the topic.
    """

    name: str
    text: str
    flat: str
    role: Role | None = None
    ordered: bool = True


def script(case: Case) -> Iterator[Unit]:
    """What an export of the topic has to tell, but grades, references and dates, which other promises ask for.

    A handout tells the key sentences, and whole the sections that it gives a heading.
    """
    yield from _front(case)
    headings = {case.reading.text(heading) for heading in case.of(Role.HEADING)}
    for section in case.topic.sections:
        name = section_name(section)
        if not case.is_handout or squeeze(section.title) in headings:
            yield from _whole(case, section, name)
        elif passages := section.key_passages():
            yield _unit(name, section.heading, case)
            yield from (_unit(name, passage, case) for passage in passages)


def alternatives(case: Case) -> Iterator[tuple[str, str]]:
    """The alternative text of each figure that a file shows, with the name of its section."""
    for section in case.topic.sections if not case.is_handout else ():
        for block in section.all_blocks():
            if isinstance(block, Figure):
                yield section_name(section), block.alt


def _front(case: Case) -> Iterator[Unit]:
    topic = case.topic
    texts = [("title", topic.title), ("subtitle", topic.subtitle), ("short version", topic.short)]
    if not case.is_handout:
        # What is argued or told at leisure has no room on one page.
        texts += [("lede", topic.lede), ("grade_notes", topic.grade_notes)]
        texts += [("related topic", case.atlas.topic(slug).title) for slug in topic.related]
    for flag in (case.atlas.flags[key] for key in topic.flags):
        texts += [("label of a flag", flag.label), ("meaning of a flag", flag.meaning)]
    for name, text in texts:
        if text:
            role = Role.HEADING if name == "title" else None
            yield Unit(f"the {name}", text, squeeze(text), role, ordered=False)


def _whole(case: Case, section: Section, name: str) -> Iterator[Unit]:
    yield _unit(name, section.heading, case, Role.HEADING)
    yield from _blocks(case, section.blocks, name)
    for part in section.subsections:
        yield _unit(name, part.heading, case, Role.HEADING)
        yield from _blocks(case, part.blocks, name)


def _blocks(case: Case, blocks: tuple[Block, ...], name: str) -> Iterator[Unit]:
    for block in blocks:
        if isinstance(block, Quote):
            yield from _blocks(case, block.children, name)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _blocks(case, item, name)
        else:
            role = Role.CELL if isinstance(block, Table) else None
            units = (_unit(name, line, case, role) for line in block_lines(block))
            yield from (unit for unit in units if unit.flat)


def _unit(name: str, line: Inlines, case: Case, role: Role | None = None) -> Unit:
    flat = cited_text(line, case.topic.numbers)
    return Unit(name, plain_text(line) or flat, flat, role)

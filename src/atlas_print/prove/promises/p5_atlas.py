"""P5: what the atlas says beside the text of a topic: its title, publisher and contact, kinds, and explained terms."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import block_lines, walk_blocks
from atlas_print.inlines import plain_text
from atlas_print.problems import Place
from atlas_print.prove.aligned import Stretch
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_SOURCE = Place("content/atlas.yaml")

_HELP = "print title, publisher and contact of the atlas, and the kind and system of each topic, as atlas.yaml has them"
_HELP_TERM = "explain each term of the glossary that the topic uses, in the words of atlas.yaml"


def judge_atlas(reading: Reading, atlas: Atlas, cases: Sequence[Case], outside: Sequence[Stretch]) -> Iterator[Finding]:
    """What of it a file lacks, in what no passage of a topic claims; `outside` is what a book says before its topics.

    A book of all topics has the title of the atlas as a heading.
    """
    wanted = [("the publisher", atlas.publisher), ("the contact", atlas.contact)]
    for case in cases:
        wanted.append((f"the kind of “{case.topic.title}”", atlas.kinds[case.topic.kind]))
        wanted.append((f"the system of “{case.topic.title}”", atlas.systems[case.topic.system]))
    held = next((case.book for case in cases if case.is_book), atlas.topics)
    wanted += (("which is not in the book", it.title) for it in atlas.topics if it not in held)
    if not any(case.is_book for case in cases):
        wanted.append(("the title of the atlas", atlas.title))
    elif squeeze(atlas.title) not in map(reading.text, reading.of(Role.HEADING)):
        yield _missing("the title of the atlas", atlas.title, "no heading that says so")
    unclaimed = [*outside, *(part for case in cases for part in case.aligned.rest)]
    # Two of them may have the same words, which then stand there twice, and one may be a part of another.
    times = Counter(squeeze(text) for _, text in wanted)
    names = {squeeze(text): (name, text) for name, text in wanted}
    taken: set[int] = set()
    for flat in sorted(names, key=len, reverse=True):
        places = [at for part in unclaimed for at in reading.finds(flat, part.start, part.end) if at not in taken]
        taken.update(at + offset for at in places for offset in range(len(flat)))
        if len(places) < times[flat]:
            shown = f"{len(places)} of {times[flat]}" if places else "no such words beside the text"
            yield _missing(*names[flat], shown)


def _missing(name: str, text: str, shown: str) -> Finding:
    return Finding("the whole file", f"“{short(text)}”, {name}", shown, _HELP, _SOURCE)


def judge_glossary(case: Case) -> Iterator[Finding]:
    """Terms without their meaning, or with that of another. A handout explains none."""
    if case.is_handout:
        return
    reading = case.reading
    for name in _used(case.atlas, case.topic):
        term = case.atlas.glossary[name]
        for text in filter(None, (term.full, term.plain)):
            if not any(True for _ in reading.words(squeeze(text), case.start, case.end)):
                expected = f"“{name}” explained as “{short(text)}”"
                yield Finding("the whole file", expected, "no such words", _HELP_TERM, _SOURCE)
    yield from _listed(case)


def _used(atlas: Atlas, topic: Topic) -> list[str]:
    """The terms that stand in the text as words of their own; of two that begin at one place, the longer."""
    names = sorted(atlas.spellings, key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    # What a heading names, the text behind it is about.
    lines = [plain_text(line) for section in topic.sections for line in section.lines()]
    noted = [block for note in topic.notes for block in walk_blocks(note.blocks)]
    lines += [plain_text(line) for block in noted for line in block_lines(block)]
    found = (match.group() for text in (topic.short, topic.lede, *lines) for match in pattern.finditer(text))
    return list(dict.fromkeys(atlas.spellings[spelt] for spelt in found))


def _listed(case: Case) -> Iterator[Finding]:
    """In a list of terms: each with its own meaning behind it."""
    reading = case.reading
    names = {squeeze(name): term for name, term in case.atlas.glossary.items()}
    names |= {squeeze(f"{name}({term.full})"): term for name, term in case.atlas.glossary.items()}
    row = [it for it in case.of(Role.TERM, Role.DEFINITION) if it.role is Role.DEFINITION or it.start < it.end]
    for index, element in enumerate(row):
        term = names.get(reading.text(element).rstrip(":")) if element.role is Role.TERM else None
        if term is None or case.is_of_source(element.start):
            continue
        behind = row[index + 1] if index + 1 < len(row) and row[index + 1].role is Role.DEFINITION else None
        said = "" if behind is None else reading.text(behind)
        if squeeze(term.plain) not in said:
            shown = "nothing" if behind is None or not said else f"“{short(reading.excerpt(behind.start, behind.end))}”"
            name = reading.excerpt(element.start, element.end)
            yield Finding(element.place, f"“{name}” explained as “{short(term.plain)}”", shown, _HELP_TERM, _SOURCE)

"""P5: the terms that a topic uses are explained in the words of the glossary."""

import re
from collections.abc import Iterator

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import plain_text
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.wording import section_lines, short
from atlas_print.prove.verdicts import Finding

_HELP = "explain each term of the glossary that the topic uses, in the words of atlas.yaml"


def judge_glossary(case: Case) -> Iterator[Finding]:
    """Terms without their meaning, or with that of another. A handout explains none."""
    if case.is_handout:
        return
    reading = case.reading
    for name in _used(case.atlas, case.topic):
        term = case.atlas.glossary[name]
        if not any(True for _ in reading.words(squeeze(f"{term.full}: {term.plain}"), case.start, case.end)):
            expected = f"“{name}” explained as “{short(term.full)}: {short(term.plain)}”"
            yield Finding("the whole file", expected, "no such words", _HELP)
    yield from _listed(case)


def _used(atlas: Atlas, topic: Topic) -> list[str]:
    """The terms that stand in the text as words of their own; of two that begin at one place, the longer."""
    names = sorted(atlas.glossary, key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    lines = [plain_text(line) for section in topic.sections for line in section_lines(section)]
    found = (match.group() for text in (topic.short, topic.lede, *lines) for match in pattern.finditer(text))
    return list(dict.fromkeys(found))


def _listed(case: Case) -> Iterator[Finding]:
    """In a list of terms: each with its own meaning behind it."""
    reading = case.reading
    names = {squeeze(name): term for name, term in case.atlas.glossary.items()}
    row = [it for it in case.of(Role.TERM, Role.DEFINITION) if it.role is Role.DEFINITION or it.start < it.end]
    for index, element in enumerate(row):
        term = names.get(reading.text(element)) if element.role is Role.TERM else None
        if term is None:
            continue
        behind = row[index + 1] if index + 1 < len(row) and row[index + 1].role is Role.DEFINITION else None
        said = "" if behind is None else reading.text(behind)
        if squeeze(term.plain) not in said:
            shown = "nothing" if behind is None or not said else f"“{short(reading.excerpt(behind.start, behind.end))}”"
            name = reading.excerpt(element.start, element.end)
            yield Finding(element.place, f"“{name}” explained as “{short(term.plain)}”", shown, _HELP)

"""P8: the headers of a table are header cells, so that a voice can name the column of each value."""

from collections.abc import Iterator

from atlas_print.atlas import Section, Table
from atlas_print.prove.case import Case, section_name
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Role
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import cited_text

_HELP = "set the first row of each table as header cells: th with a scope in a book, TH in a PDF"


def judge_headers(case: Case) -> Iterator[Finding]:
    """Headers of the tables of a topic that are other cells or none."""
    cells = case.of(Role.HEADER_CELL)
    shown = [case.reading.text(cell) for cell in cells]
    headings = {case.reading.text(heading) for heading in case.of(Role.HEADING)}
    at = 0
    for section in case.topic.sections:
        # A handout tells whole the sections that it gives a heading.
        if case.is_handout and squeeze(section.title) not in headings:
            continue
        for table in _tables(section):
            for header in table.header:
                text = cited_text(header, case.topic.numbers)
                index = next((i for i in range(at, len(shown)) if shown[i] == text), None)
                if text and index is None:
                    near = next(case.reading.words(text, case.start, case.end), None)
                    where = "the whole file" if near is None else case.reading.place(near)
                    expected = f"“{text}” as a header in a table of {section_name(section)}"
                    yield Finding(where, expected, "no such header cell", _HELP)
                elif index is not None:
                    at = index + 1


def _tables(section: Section) -> Iterator[Table]:
    return (block for block in section.all_blocks() if isinstance(block, Table))

"""P5 on marks in the text: notes are called and lead back; what is struck out is so, and nothing else."""

from collections.abc import Iterator, Sequence

from atlas_print.prove.aligned import Stretch
from atlas_print.prove.case import Case
from atlas_print.prove.promises.p4_citations import is_about
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_HELP_STRUCK = "strike out what the source strikes out (<s>), and nothing else"
_HELP_CALL = "make each mark of a footnote a link to the note of that mark"
_HELP_BACK = "give each note a link to where it is called, on paper with the number of that page"


def judge_notes(case: Case) -> Iterator[Finding]:
    """Marks without a link to their note, and notes without a link to their mark or with the number of another page.

    Of a note that is lost, and of a mark, the words tell. A sentence may be told again: its note leads to one of both.
    """
    links, notes = case.of(Role.LINK), _notes(case)
    told: dict[str, list[tuple[int, int]]] = {}
    for passage, at in case.aligned.places.items():
        for call in passage.line.calls:
            start, end, note = at + call.start, at + call.end, notes.get(call.mark)
            there = [link for link in links if start <= link.start and link.end <= end]
            told.setdefault(call.mark, []).append((start, end))
            if note and not any(link.target and note.start <= link.target.start < note.end for link in there):
                expected, found = f"a link from [{call.mark}] to the note {call.mark}", _led(there)
                yield Finding(case.reading.place(start), expected, found, _HELP_CALL, passage.source)
    for mark, note in notes.items():
        yield from _back(case, mark, note, told.get(mark, ()))


def _back(case: Case, mark: str, note: Stretch, calls: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    links = case.of(Role.LINK)
    back = [link for link in links if note.start <= link.start < note.end]
    leading = [(link, call) for link in back for call in calls if link.target and is_about(link.target, call[0], *call)]
    source = next((passage.source for passage in case.aligned.places if passage.note == mark), None)
    where, expected = case.reading.place(note.start), f"a link from the note {mark} back to [{mark}]"
    if calls and not leading:
        yield Finding(where, expected, _led(back), _HELP_BACK, source)
    for link, call in leading:
        page, said = next((it.page for it in links if call[0] <= it.start < call[1]), None), case.reading.text(link)
        if page is not None and said.isdecimal() and int(said) != page:
            yield Finding(where, f"{expected}, on page {page}", f"page {said}", _HELP_BACK, source)


def _notes(case: Case) -> dict[str, Stretch]:
    """Where each note stands, by its mark: up to the next one, or to the next heading."""
    starts: dict[str, int] = {}
    for passage, at in case.aligned.places.items():
        if passage.note:
            starts[passage.note] = min(at, starts.get(passage.note, at))
    bounds = sorted((*starts.values(), *(heading.start for heading in case.of(Role.HEADING)), case.end))
    return {mark: Stretch(start, next(it for it in bounds if it > start)) for mark, start in starts.items()}


def _led(links: list[Element]) -> str:
    """Where links lead instead, in words."""
    if not links:
        return "no link"
    led = links[0].target.place if links[0].target else links[0].address or "nowhere"
    return f"a link to {led}"


def judge_struck(case: Case) -> Iterator[Finding]:
    """Words that the source strikes out and the file doesn't, and the other way round: a dose may no longer hold."""
    reading = case.reading
    struck = [it for it in reading.struck if case.start <= it.start < it.end <= case.end]
    wanted = [
        (at + it.start, at + it.end, passage.source)
        for passage, at in case.aligned.places.items()
        for it in passage.line.struck
    ]
    for start, end, source in wanted:
        if not any(it.holds(start, end) for it in struck):
            expected = f"“{short(reading.excerpt(start, end))}” struck out"
            yield Finding(reading.place(start), expected, "words that hold", _HELP_STRUCK, source)
    for it in struck:
        if not any(start <= it.start and it.end <= end for start, end, _ in wanted):
            found = f"“{short(reading.excerpt(it.start, it.end))}”, struck out"
            yield Finding(it.place, "words that hold", found, _HELP_STRUCK, case.place)

"""P5 on footnotes: each mark in the text leads to its note, and the note back to the mark."""

from collections.abc import Iterator

from atlas_print.prove.aligned import Stretch
from atlas_print.prove.case import Case
from atlas_print.prove.promises.p4_citations import is_about
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.verdicts import Finding

_HELP_CALL = "make each mark of a footnote a link to the note of that mark"
_HELP_BACK = "give each note a link to where it is called, on paper with the number of that page"


def judge_notes(case: Case) -> Iterator[Finding]:
    """Marks without a link to their note, and notes without a link to their mark or with the number of another page.

    Of a note that is lost, and of a mark, the words tell.
    """
    notes = _notes(case)
    links = case.of(Role.LINK)
    for passage, at in case.aligned.places.items():
        for call in passage.line.calls:
            start, end = at + call.start, at + call.end
            note = notes.get(call.mark)
            if note is None:
                continue
            there = [link for link in links if start <= link.start and link.end <= end]
            if not any(link.target and note.start <= link.target.start < note.end for link in there):
                expected, found = f"a link from [{call.mark}] to the note {call.mark}", _led(there)
                yield Finding(case.reading.place(start), expected, found, _HELP_CALL, passage.source)
            back = [link for link in links if note.start <= link.start < note.end]
            leading = [link for link in back if link.target and is_about(link.target, start, start, end)]
            where, expected = case.reading.place(note.start), f"a link from the note {call.mark} back to [{call.mark}]"
            if not leading:
                yield Finding(where, expected, _led(back), _HELP_BACK, passage.source)
            for page in (page for link in leading if (page := case.reading.text(link)).isdecimal()):
                if there and int(page) != there[0].page:
                    shown = f"{expected}, on page {there[0].page}"
                    yield Finding(where, shown, f"page {page}", _HELP_BACK, passage.source)


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

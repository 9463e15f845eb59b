"""P3: every reference, numbered as in the source, whole, with its identifiers in text and as links."""

from collections.abc import Iterator, Mapping, Sequence

from atlas_print.counting import many
from atlas_print.prove.case import Case
from atlas_print.prove.promises.p3_entries import Claimed, judge_entry, parts_shown, source_of
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.entries import Entry, ReferenceList
from atlas_print.prove.source.lines import short
from atlas_print.prove.source.records import Work, work
from atlas_print.prove.verdicts import Finding

_SHORT_FORM = "shortform"
_FEWEST_WORDS = 3

_HELP_LIST = "print every reference of the topic as an item of one numbered list, in the order of their numbers"
_HELP_SHORT = "print full entries, or say beside the list that they are in short form"


def judge_references(case: Case) -> list[Finding]:
    """What is wrong with the reference list of a topic."""
    works = [work(reference) for reference in case.topic.references]
    listed = case.references
    if listed is None:
        return [
            Finding(
                "the whole file", f"a list of {many(len(works), 'reference')}", "no such list", _HELP_LIST, case.place
            )
        ]
    pairs = _pairs(case.reading, works, listed.entries)
    findings = list(_order(case, works, listed, pairs))
    is_short = case.is_handout and _lacks_titles(case.reading, works, pairs)
    if is_short and not _says_short(case, listed):
        expected = "full entries, or a sentence beside the list that says that it is in short form"
        found = "short entries, and no such sentence"
        findings.append(Finding(listed.entries[0].place, expected, found, _HELP_SHORT, case.place))
    for number, entry in sorted(pairs.items()):
        reference = case.topic.references[number - 1]
        findings += judge_entry(Claimed(case, number, reference, works[number - 1], entry), is_short=is_short)
    return findings


def _pairs(reading: Reading, works: Sequence[Work], entries: Sequence[Entry]) -> dict[int, Entry]:
    """The entry of each reference by its number: the one that says the most of it.

    It has to show its title, an identifier or, if all of these are wrong, its number.
    """
    likeness = {
        (number, place): (_likeness(reading, of_work, entry), entry.number == number)
        for number, of_work in enumerate(works, start=1)
        for place, entry in enumerate(entries, start=1)
    }
    pairs: dict[int, int] = {}
    # An entry that has the number and says a word of the work is its entry, even with the words of others around.
    for number, place in sorted(likeness, key=lambda at: (all(likeness[at]), *likeness[at]), reverse=True):
        if any(likeness[number, place]) and number not in pairs and place not in pairs.values():
            pairs[number] = place
    return {number: entries[place - 1] for number, place in pairs.items()}


def _likeness(reading: Reading, of_work: Work, entry: Entry) -> int:
    text = reading.flat[entry.start : entry.end]
    signs = (*of_work.title.forms, *(squeeze(identifier.text) for identifier in of_work.identifiers))
    telling = sum(sign in text for sign in signs)
    # The other parts are short enough to stand in the entries of other works.
    parts = sum(any(form in text for form in part.forms) for part in of_work.full)
    return 2 * telling + parts if telling else 0


def _order(case: Case, works: Sequence[Work], listed: ReferenceList, pairs: Mapping[int, Entry]) -> Iterator[Finding]:
    where = listed.entries[0].place

    def finding(place: str, expected: str, found: str, number: int = 0) -> Finding:
        source = source_of(case.topic.references[number - 1]) if number else case.place
        return Finding(place, expected, found, _HELP_LIST, source)

    for number in range(1, len(works) + 1):
        if number not in pairs:
            yield finding(where, f"reference {number}, {_name(case, number)}", "no entry for it", number)
    used = list(pairs.values())
    for entry in listed.entries:
        if entry not in used:
            found = f"“{short(case.reading.excerpt(entry.label_start, entry.end))}”"
            yield finding(entry.place, f"{many(len(works), 'reference')} and no more", found)
    misnumbered = [number for number, entry in pairs.items() if entry.number != number]
    if misnumbered:
        number = min(misnumbered)
        entry = pairs[number]
        shown = "no number" if entry.number is None else f"number {entry.number}"
        more = f", and {len(misnumbered) - 1} more under a wrong number" if len(misnumbered) > 1 else ""
        yield finding(entry.place, f"number {number} for {_name(case, number)}", shown + more, number)
    starts = [pairs[number].start for number in sorted(pairs)]
    for number, before, after in zip(sorted(pairs)[1:], starts, starts[1:], strict=False):
        if after < before:
            expected = f"reference {number} behind the one before it"
            yield finding(pairs[number].place, expected, "it stands too early", number)


def _name(case: Case, number: int) -> str:
    return f"“{short(case.topic.references[number - 1].title, 60)}”"


def _lacks_titles(reading: Reading, works: Sequence[Work], pairs: Mapping[int, Entry]) -> bool:
    """Whether most entries that may leave out their titles do, as those in short form."""
    shown = [parts_shown(reading, works[n - 1].title, entry) for n, entry in pairs.items() if works[n - 1].may_be_short]
    return bool(shown) and 2 * sum(shown) < len(shown)


def _says_short(case: Case, listed: ReferenceList) -> bool:
    """Whether words beside the list say that it is in short form; in English their own, else any sentence."""
    if case.atlas.language.split("-")[0] == "en":
        return _SHORT_FORM in squeeze(listed.around).casefold()
    return len(listed.around.split()) >= _FEWEST_WORDS

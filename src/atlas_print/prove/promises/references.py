"""P3: every reference, numbered as in the source, whole, with its identifiers in text and as links."""

from collections.abc import Iterator, Sequence

from atlas_print.prove.case import Case
from atlas_print.prove.promises.entries import Entry, ReferenceList, reference_list
from atlas_print.prove.promises.entry_words import strange_words
from atlas_print.prove.promises.identifiers import find_identifier, other_identifiers, with_name
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.records import Identifier, Part, Work, leads_to_identifier, record_texts, work
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_SHORT_FORM = "shortform"
_FEWEST_WORDS = 3
_TELLING = 12
"""Characters that don't stand in a text twice by chance."""
_SHOWN = 120
"""Characters of an entry's end that a finding shows: its identifiers stand there."""

_HELP_LIST = "print every reference of the topic as an item of one numbered list, in the order of their numbers"
_HELP_ENTRY = "compare the entry with its record in the bibliography; the layout may leave out no part of it"
_HELP_SHORT = "print full entries, or say beside the list that they are in short form"
_HELP_IDENTIFIER = "print each identifier as text in its entry, and link it to the address of the same identifier"


def judge_references(case: Case) -> list[Finding]:
    """What is wrong with the reference list of a topic."""
    works = [work(reference) for reference in case.topic.references]
    listed = reference_list(case)
    if listed is None:
        return [Finding("the whole file", f"a list of {len(works)} references", "no such list", _HELP_LIST)]
    pairs = _pairs(case.reading, works, listed.entries)
    findings = list(_order(case, works, listed, pairs))
    is_short = case.is_handout and _is_short(case.reading, works, pairs)
    if is_short and not _says_short(case, listed):
        expected = "full entries, or a sentence beside the list that says that it is in short form"
        findings.append(Finding(listed.entries[0].place, expected, "short entries, and no such sentence", _HELP_SHORT))
    links = case.of(Role.LINK)
    for number, entry in sorted(pairs.items()):
        of_work = works[number - 1]
        parts = of_work.short if is_short else of_work.full
        findings += _entry(case, number, of_work, parts, entry, [link for link in links if entry.holds(link)])
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


# --- the list ---------------------------------------------------------------------------------------------


def _order(case: Case, works: Sequence[Work], listed: ReferenceList, pairs: dict[int, Entry]) -> Iterator[Finding]:
    where = listed.entries[0].place
    for number in range(1, len(works) + 1):
        if number not in pairs:
            yield Finding(where, f"reference {number}, {_name(case, number)}", "no entry for it", _HELP_LIST)
    used = list(pairs.values())
    for entry in listed.entries:
        if entry not in used:
            found = f"“{short(case.reading.excerpt(entry.label_start, entry.end))}”"
            yield Finding(entry.place, f"{len(works)} references and no more", found, _HELP_LIST)
    misnumbered = [number for number, entry in pairs.items() if entry.number != number]
    if misnumbered:
        number = min(misnumbered)
        entry = pairs[number]
        shown = "no number" if entry.number is None else f"number {entry.number}"
        more = f", and {len(misnumbered) - 1} more under a wrong number" if len(misnumbered) > 1 else ""
        yield Finding(entry.place, f"number {number} for {_name(case, number)}", shown + more, _HELP_LIST)
    starts = [pairs[number].start for number in sorted(pairs)]
    for number, before, after in zip(sorted(pairs)[1:], starts, starts[1:], strict=False):
        if after < before:
            yield Finding(
                pairs[number].place, f"reference {number} behind the one before it", "it stands too early", _HELP_LIST
            )


def _name(case: Case, number: int) -> str:
    return f"“{short(case.topic.references[number - 1].title, 60)}”"


# --- one entry --------------------------------------------------------------------------------------------


def _entry(
    case: Case, number: int, of_work: Work, parts: Sequence[Part], entry: Entry, links: Sequence[Element]
) -> Iterator[Finding]:
    reading = case.reading
    places = [find_identifier(reading, identifier, entry.start, entry.end) for identifier in of_work.identifiers]
    end = min((at[0] for at in places if at), default=entry.end)
    taken, missing = _taken(reading, parts, entry.start, end)
    if missing:
        expected = f"reference {number} with {', '.join(map(str, missing))}"
        yield Finding(entry.place, expected, f"“{reading.excerpt(entry.start, end)}”", _HELP_ENTRY)
    name = f"reference {number}"
    for identifier, at in zip(of_work.identifiers, places, strict=True):
        if at is None:
            found = f"“{reading.excerpt(max(entry.start, entry.end - _SHOWN), entry.end)}”"
            yield Finding(entry.place, f"{identifier} as text in {name}", found, _HELP_IDENTIFIER)
        yield from _link(name, entry, identifier, at, links)
    yield from _foreign(reading, name, entry, of_work.identifiers, links)
    pairs = zip(of_work.identifiers, places, strict=True)
    claimed = [*taken, *(with_name(reading, identifier, at) for identifier, at in pairs if at)]
    record = squeeze("\n".join(record_texts(case.topic.references[number - 1])))
    for part in parts:
        if any(_is_twice(form, reading.flat[entry.start : entry.end], record) for form in part.forms):
            yield Finding(entry.place, f"{name} with {part} once", "it stands there again", _HELP_ENTRY)
    yield from strange_words(case, name, entry, case.topic.references[number - 1], claimed)


def _is_twice(form: str, text: str, record: str) -> bool:
    """Whether a text that is long enough to tell stands more often in an entry than in its record."""
    return len(form) >= _TELLING and text.count(form) > max(record.count(form), 1)


def _taken(reading: Reading, parts: Sequence[Part], start: int, end: int) -> tuple[list[tuple[int, int]], list[Part]]:
    """Where the parts stand in that stretch as whole words, each in a place of its own, and those that don't."""
    taken: list[tuple[int, int]] = []
    missing = []
    # The longest first: "Annals of Medicine" may hold "Medicine".
    for part in sorted(parts, key=lambda part: -max(map(len, part.forms))):
        for form in sorted(part.forms, key=len, reverse=True):
            places = (at for at in reading.words(form, start, end) if _is_free(taken, at, at + len(form)))
            if (at := next(places, None)) is not None:
                taken.append((at, at + len(form)))
                break
        else:
            missing.append(part)
    return taken, missing


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= other_start or start >= other_end for other_start, other_end in taken)


def _is_short(reading: Reading, works: Sequence[Work], pairs: dict[int, Entry]) -> bool:
    """Whether no entry shows its title, as those in short form don't."""
    return bool(pairs) and not any(
        form in reading.flat[entry.start : entry.end]
        for number, entry in pairs.items()
        for form in works[number - 1].title.forms
        if works[number - 1].title not in works[number - 1].short
    )


def _says_short(case: Case, listed: ReferenceList) -> bool:
    """Whether words beside the list say that it is in short form; in English their own, else any sentence."""
    if case.atlas.language.split("-")[0] == "en":
        return _SHORT_FORM in squeeze(listed.around).casefold()
    return len(listed.around.split()) >= _FEWEST_WORDS


def _link(
    name: str, entry: Entry, identifier: Identifier, at: tuple[int, int] | None, links: Sequence[Element]
) -> Iterator[Finding]:
    over = [link for link in links if at and link.address and link.start < at[1] and link.end > at[0]]
    wrong = next((link for link in over if not identifier.is_at(link.address)), None)
    if wrong is not None:
        expected = f"a link to {identifier.address} on {identifier} in {name}"
        yield Finding(wrong.place, expected, f"a link to {wrong.address}", _HELP_IDENTIFIER)
    elif not any(identifier.is_at(link.address) for link in links):
        expected = f"a link to {identifier.address} in {name}"
        yield Finding(entry.place, expected, "no such link", _HELP_IDENTIFIER)


def _foreign(
    reading: Reading, name: str, entry: Entry, own: Sequence[Identifier], links: Sequence[Element]
) -> Iterator[Finding]:
    """Identifiers of other works, as text or as links."""
    expected = f"no identifier in {name} but its own"
    for at, text in other_identifiers(reading, own, entry.start, entry.end):
        yield Finding(reading.place(at), expected, text, _HELP_IDENTIFIER)
    for link in links:
        if leads_to_identifier(link.address) and not any(identifier.is_at(link.address) for identifier in own):
            yield Finding(link.place, expected, f"a link to {link.address}", _HELP_IDENTIFIER)

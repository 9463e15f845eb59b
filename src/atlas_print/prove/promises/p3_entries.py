"""P3 on one entry: every part of its record, its identifiers as text and as links, and nothing of another work."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from atlas_print.atlas import Reference
from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.entries import Entry
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import short
from atlas_print.prove.source.records import (
    NAMES_BEFORE,
    Identifier,
    Part,
    Work,
    leads_to_identifier,
    record_texts,
)
from atlas_print.prove.verdicts import Finding

_TELLING = 12
"""Characters that don't stand in a text twice by chance."""
_SHOWN = 120
"""Characters of an entry's end that a finding shows: its identifiers stand there."""
_LONGEST_NAME = 64
_BEHIND = frozenset(".,;)]/")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_LABEL = 8
"""Words."""

_HELP_ENTRY = "compare the entry with its record in the bibliography; the layout may leave out no part of it"
_HELP_IDENTIFIER = "print each identifier as text in its entry, and link it to the address of the same identifier"
_HELP_WORDS = "print the record of the bibliography as it is; what the layout says by itself belongs into its templates"


@dataclass
class Claimed:
    """An entry and its record; `taken` are the stretches of the entry that say a part of it, title first."""

    case: Case
    number: int
    reference: Reference
    work: Work
    entry: Entry
    taken: list[tuple[int, int]] = field(default_factory=list)

    @property
    def reading(self) -> Reading:
        """What the file says."""
        return self.case.reading

    @property
    def name(self) -> str:
        """The entry for a person."""
        return f"reference {self.number}"

    def is_free(self, start: int, end: int) -> bool:
        """Whether a stretch says none of the parts that were found before."""
        return all(end <= low or start >= high for low, high in self.taken)

    def finding(self, where: str, expected: str, found: str, help_: str) -> Finding:
        """A finding about its record."""
        return Finding(where, expected, found, help_, source_of(self.reference))


def source_of(reference: Reference) -> Place:
    """The record in the bibliography."""
    return Place(reference.file or "content/references.json", reference.line, int(reference.line > 0))


def parts_shown(reading: Reading, part: Part, entry: Entry) -> bool:
    """Whether an entry says a part in any of its forms."""
    return any(form in reading.flat[entry.start : entry.end] for form in part.forms)


def judge_entry(it: Claimed, *, is_short: bool) -> Iterator[Finding]:
    """What is wrong with one entry; a short one may leave out what `Work.short` leaves out."""
    reading, entry = it.reading, it.entry
    links = it.case.links_of(entry)
    parts = it.work.short if is_short else it.work.full
    # A title may hold all the rest, even an address; what follows the identifiers, such as links back, is no part.
    missing = _claim_parts(it, [it.work.title] if it.work.title.forms else [], entry.end)
    places = [_find(it, identifier) for identifier in it.work.identifiers]
    end = min((at[0] for at in places if at), default=entry.end)
    missing += _claim_parts(it, [part for part in parts if part is not it.work.title], end)
    missing = [part for part in missing if part in parts]
    if missing:
        expected = f"{it.name} with {', '.join(map(str, missing))}"
        yield it.finding(entry.place, expected, f"“{reading.excerpt(entry.start, entry.end)}”", _HELP_ENTRY)
    for identifier, at in zip(it.work.identifiers, places, strict=True):
        if at is None:
            found = f"“{reading.excerpt(max(entry.start, entry.end - _SHOWN), entry.end)}”"
            yield it.finding(entry.place, f"{identifier} as text in {it.name}", found, _HELP_IDENTIFIER)
        else:
            it.taken.append(_with_name(reading, identifier, at))
        yield from _link(it, identifier, at, links)
    for link in links:
        if leads_to_identifier(link.address) and not any(own.is_at(link.address) for own in it.work.identifiers):
            expected = f"no identifier in {it.name} but its own"
            yield it.finding(link.place, expected, f"a link to {link.address}", _HELP_IDENTIFIER)
    for part in it.work.full:
        if any(_is_twice(it, form) for form in part.forms):
            yield it.finding(entry.place, f"{it.name} with {part} once", "it stands there again", _HELP_ENTRY)
    yield from _strange_words(it, links)


def _claim_parts(it: Claimed, parts: Sequence[Part], end: int) -> list[Part]:
    """Finds each part before `end` in a place of its own; gives those that are missing."""
    missing = []
    # The longest first: "Annals of Medicine" may hold "Medicine".
    for part in sorted(parts, key=lambda part: -max(map(len, part.forms))):
        for form in sorted(part.forms, key=len, reverse=True):
            found = it.reading.words(form, it.entry.start, end)
            at = next((at for at in found if it.is_free(at, at + len(form))), None)
            if at is not None:
                it.taken.append((at, at + len(form)))
                break
        else:
            missing.append(part)
    return missing


def _is_twice(it: Claimed, form: str) -> bool:
    """Whether a text that is long enough to tell stands more often in an entry than in its record."""
    times = it.reading.flat.count(form, it.entry.start, it.entry.end)
    if len(form) < _TELLING or times < 2 or any(squeeze(identifier.text) in form for identifier in it.work.identifiers):
        return False
    return times > squeeze("\n".join(record_texts(it.reference))).count(form)


# --- identifiers ---------------------------------------------------------------------------------------------


def _find(it: Claimed, identifier: Identifier) -> tuple[int, int] | None:
    """From where to where an identifier first stands as such in an entry, beside its parts; None if it doesn't."""
    text = squeeze(identifier.text)
    for at in it.reading.finds(text, it.entry.start, it.entry.end):
        end = at + len(text)
        if it.is_free(at, end) and _starts(it.reading, identifier.scheme, at) and _ends(it.reading, end):
            return at, end
    return None


def _with_name(reading: Reading, identifier: Identifier, at: tuple[int, int]) -> tuple[int, int]:
    """From where to where an identifier stands together with what names it, such as "doi:"."""
    before = reading.flat[max(at[0] - _LONGEST_NAME, 0) : at[0]].lower()
    named = next((len(name) for name in NAMES_BEFORE[identifier.scheme] if before.endswith(name)), 0)
    return at[0] - named, at[1]


def _starts(reading: Reading, scheme: str, at: int) -> bool:
    before = reading.flat[max(at - _LONGEST_NAME, 0) : at].casefold()
    prefix = next((prefix for prefix in NAMES_BEFORE[scheme] if before.endswith(prefix)), "")
    if prefix:
        start = at - len(prefix)
        # An address with a broken start is none that can be typed.
        is_broken = start > 0 and start not in reading.gaps and reading.flat[start - 1] in "/."
        return reading.is_word_end(start) and (reading.is_code_end(start) or not is_broken)
    return scheme != "pmid" and (reading.is_code_end(at) or before[-1:] in ("(", "["))


def _ends(reading: Reading, at: int) -> bool:
    if reading.is_code_end(at):
        return True
    return reading.flat[at] in _BEHIND and reading.is_code_end(at + 1)


def _link(
    it: Claimed, identifier: Identifier, at: tuple[int, int] | None, links: Sequence[Element]
) -> Iterator[Finding]:
    over = [link for link in links if at and link.address and link.start < at[1] and link.end > at[0]]
    wrong = next((link for link in over if not identifier.is_at(link.address)), None)
    if wrong is not None:
        expected = f"a link to {identifier.address} on {identifier} in {it.name}"
        yield it.finding(wrong.place, expected, f"a link to {wrong.address}", _HELP_IDENTIFIER)
    elif not any(identifier.is_at(link.address) for link in links):
        expected = f"a link to {identifier.address} in {it.name}"
        yield it.finding(it.entry.place, expected, "no such link", _HELP_IDENTIFIER)


# --- words ---------------------------------------------------------------------------------------------------


def _strange_words(it: Claimed, links: Sequence[Element]) -> Iterator[Finding]:
    """What an entry says beside its parts that neither its record nor a label has."""
    reading, labels = it.reading, it.case.labels
    # Where a link back leads is for P4 to ask.
    back = [(link.start, link.end) for link in links if "://" not in link.address]
    stretches = _left(it.entry, [*it.taken, *back], reading.edges)
    left = [(start, end) for start, end in stretches if not labels.covers(reading.flat[start:end])]
    known = words_of(it.reference) if left else frozenset()
    for start, end in left:
        text = reading.excerpt(start, end)
        strange = strange_word(text, known, labels)
        if strange:
            found = f"“{short(text)}”, with “{strange}”"
            yield it.finding(reading.place(start), f"{it.name} as in the bibliography", found, _HELP_WORDS)


@lru_cache(maxsize=4096)
def words_of(reference: Reference) -> frozenset[str]:
    """Every word of a record, folded."""
    record = unicodedata.normalize("NFKC", " ".join(record_texts(reference)))
    return frozenset(map(_folded, _TOKEN.findall(record)))


def strange_word(text: str, known: Set[str], labels: Labels) -> str:
    """The first word of a text that is neither known nor of a label; "" if there is none."""
    text = unicodedata.normalize("NFKC", text)
    words = list(_TOKEN.finditer(text))
    starts = [*(word.start() for word in words), len(text)]
    reached = {0}
    for first, word in enumerate(words):
        if first in reached:
            if _folded(word[0]) in known:
                reached.add(first + 1)
            for last in range(first + 1, min(first + _LONGEST_LABEL, len(words)) + 1):
                label = text[starts[first] : starts[last]]
                letters = "".join(sign for sign in label if sign.isalnum())
                if labels.covers(squeeze(label)) or labels.covers(letters):
                    reached.add(last)
    return "" if len(words) in reached else words[max(reached)][0]


def _folded(word: str) -> str:
    """A word whatever its case, a number without leading noughts."""
    return str(int(word)) if word.isdecimal() else word.casefold()


def _left(entry: Entry, taken: Sequence[tuple[int, int]], edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The stretches of an entry that nothing claims, cut where blocks start and end."""
    at = entry.start
    for low, high in [*sorted(taken), (entry.end, entry.end)]:
        cuts = [edge for edge in range(at + 1, min(low, entry.end)) if edge in edges]
        bounds = [at, *cuts, min(low, entry.end)]
        yield from ((a, b) for a, b in pairwise(bounds) if a < b)
        at = max(at, high)

"""The promises, and how what was read of a file is held against each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atlas_print.atlas import Atlas, Topic
from atlas_print.prove.aligned import Stretch
from atlas_print.prove.case import Case
from atlas_print.prove.promises.book.content import (
    judge_expansions,
    judge_figures,
    judge_generated,
    judge_navigation,
    judge_styles,
)
from atlas_print.prove.promises.book.package import judge_claims, judge_directions, judge_metadata
from atlas_print.prove.promises.book.pages import (
    SOURCE,
    Edition,
    chapters,
    judge_page_breaks,
    judge_page_list,
    judge_sources,
)
from atlas_print.prove.promises.p1_disclaimer import judge_disclaimer
from atlas_print.prove.promises.p2_grades import judge_grades
from atlas_print.prove.promises.p3_references import judge_references
from atlas_print.prove.promises.p4_citations import judge_citations
from atlas_print.prove.promises.p5_atlas import judge_atlas, judge_glossary
from atlas_print.prove.promises.p5_links import judge_leads, judge_leads_within, judge_links, judge_names, judge_pages
from atlas_print.prove.promises.p5_marks import judge_notes, judge_struck
from atlas_print.prove.promises.p5_words import judge_outside, judge_words
from atlas_print.prove.promises.p6_numbers import judge_numbers
from atlas_print.prove.promises.p7_dates import judge_dates, judge_dates_outside
from atlas_print.prove.promises.p8_structure import (
    judge_headings,
    judge_headings_outside,
    judge_languages,
    judge_tables,
)
from atlas_print.prove.promises.pages import judge_document
from atlas_print.prove.promises.pages.floors import judge_floors
from atlas_print.prove.promises.pages.page_and_voice import judge_shown
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.limits import NotTold
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding, Outcome, Verdict

TITLES: Mapping[str, str] = {
    "P1": "disclaimer",
    "P2": "grades",
    "P3": "references",
    "P4": "citations",
    "P5": "words",
    "P6": "numbers",
    "P7": "dates",
    "P8": "access",
}
"""The promises by their stable ids."""
_OF_TOPICS = {"P2": judge_grades, "P3": judge_references, "P4": judge_citations, "P7": judge_dates}
_ACCESS = (judge_headings, judge_leads, judge_pages, judge_tables)

_HELP_FILE = "build the file again; if this is how it was built, it is no tagged PDF or EPUB that a reader can use"
_HELP_TOPIC = "start each topic of the book with its title as a heading"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read, and what it is to be held against.

    `cases` are the topics that it should tell, None for one that it doesn't; `labels` is what may stand there though no
    author wrote it; `editions` are the paged ones at hand whose pages a book may mark, by their file names.
    """

    reading: Reading
    kind: str
    settings: Mapping[str, str]
    atlas: Atlas
    cases: Mapping[str, Case | None]
    labels: Labels
    editions: Mapping[str, Edition] = field(default_factory=dict)

    @property
    def told(self) -> list[Case]:
        """The topics that it tells, in its order."""
        return sorted((case for case in self.cases.values() if case is not None), key=lambda case: case.start)


def judge(file: File) -> tuple[Verdict, ...]:
    """A verdict on every promise."""
    reading = file.reading
    words, numbers = _words_and_numbers(file)
    found: dict[str, list[Finding]] = {
        "P1": list(judge_disclaimer(file.atlas, reading)),
        "P5": words,
        "P6": numbers,
        "P8": list(_access(file)),
    }
    reasons = {"P8": _unjudged(file)}
    verdicts = [_of_topics(id_, file) for id_ in _OF_TOPICS]
    verdicts += [_verdict(id_, findings, reading.not_told, reasons.get(id_, "")) for id_, findings in found.items()]
    return tuple(sorted(verdicts, key=lambda verdict: verdict.promise))


def unreadable(why: str, help_: str = "") -> tuple[Verdict, ...]:
    """The verdicts on a file that can't be read: no promise is kept, and the first says for all of them why."""
    finding = Finding("the whole file", "a file that can be read, with all the promises", why, help_ or _HELP_FILE)
    first, *others = TITLES.items()
    silent = (Verdict(id_, title, Outcome.BROKEN, reason="the file can't be read") for id_, title in others)
    return (Verdict(*first, Outcome.BROKEN, (finding,)), *silent)


def _words_and_numbers(file: File) -> tuple[list[Finding], list[Finding]]:
    """P5 and P6."""
    reading, atlas, told, labels = file.reading, file.atlas, file.told, file.labels
    # What only eyes or only voices get may be a word or a number.
    differing = [*judge_names(reading, told, labels), *judge_generated(reading)]
    if reading.pages is not None:
        differing += judge_shown(reading, atlas, told, labels)
    if reading.book is not None:
        differing += judge_expansions(reading.book, atlas)
    judges = (judge_words, judge_struck, judge_links, judge_leads_within, judge_notes, judge_glossary)
    words = [finding for case in told for judge_ in judges for finding in judge_(case)]
    words += differing
    # What a book says outside of its topics.
    bounds = [0, *(at for case in told for at in (case.start, case.end)), len(reading.flat)]
    outside = [Stretch(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=True)]
    for part in outside:
        words += judge_outside(reading, labels, part.start, part.end)
        words += judge_dates_outside(reading, told, part.start, part.end)
    words += judge_atlas(reading, atlas, told, outside)
    numbers = [finding for case in told for finding in judge_numbers(case)]
    numbers += (finding for finding in differing if any(map(str.isdigit, finding.expected + finding.found)))
    return words, numbers


def _of_topics(id_: str, file: File) -> Verdict:
    findings: list[Finding] = []
    reasons = []
    for slug, case in file.cases.items():
        topic = file.atlas.topic(slug)
        reason = _exempt(id_, topic)
        if reason:
            reasons.append(reason)
        elif case is None:
            expected = f"the topic “{topic.title}”"
            findings.append(Finding("the whole file", expected, "no heading with that title", _HELP_TOPIC))
        else:
            findings += _OF_TOPICS[id_](case)
    if len(reasons) == len(file.cases):
        reason = reasons[0] if reasons else "no topic"
        return Verdict(id_, TITLES[id_], Outcome.NOT_APPLICABLE, reason=reason)
    return _verdict(id_, findings, file.reading.not_told)


def _exempt(id_: str, topic: Topic) -> str:
    """Why a topic has nothing of that promise to keep; "" if it has."""
    if id_ == "P2":
        return "" if any(section.grade for section in topic.sections) else "no section is graded"
    return "nothing is cited" if id_ in ("P3", "P4") and not topic.references else ""


def _verdict(id_: str, findings: Sequence[Finding], not_told: Sequence[NotTold], reason: str = "") -> Verdict:
    # The topics of a book share the explanation of the scale, and would all report the same fault in it.
    found = tuple(dict.fromkeys(findings))
    unknown = tuple(dict.fromkeys(it for it in not_told if it.promise == id_))
    outcome = Outcome.BROKEN if found else Outcome.NOT_TOLD if unknown else Outcome.KEPT
    return Verdict(id_, TITLES[id_], outcome, found, reason, unknown)


# --- P8: access ---------------------------------------------------------------------------------------------------


def _access(file: File) -> Iterator[Finding]:
    """What validators can't see, since they know neither the source nor the paged edition, and measures."""
    reading, atlas, told, labels = file.reading, file.atlas, file.told, file.labels
    yield from judge_languages(reading, atlas, told, labels)
    yield from (finding for case in told for judge_ in _ACCESS for finding in judge_(case))
    if reading.book is not None:
        yield from judge_headings_outside(reading, atlas, told, labels)
        yield from _book(file, reading.book)
        return
    if reading.paper is not None:
        yield from (found for case in told for found in judge_document(reading, reading.paper, case))
    yield from judge_floors(reading, file.kind, file.settings, atlas, told)


def _book(file: File, book: Book) -> Iterator[Finding]:
    reading, told, labels, editions = file.reading, file.told, file.labels, file.editions
    in_order = list(chapters(reading, book, told, editions))
    yield from judge_navigation(reading, book, told, labels)
    yield from judge_metadata(book, file.atlas, told)
    yield from judge_sources(book, in_order, editions)
    yield from judge_page_list(reading, book, in_order)
    yield from judge_claims(reading, book)
    yield from judge_styles(book)
    yield from judge_directions(book, file.atlas.language)
    yield from judge_figures(book, in_order, labels)
    yield from (finding for chapter in in_order for finding in judge_page_breaks(chapter))


def _unjudged(file: File) -> str:
    """What could not be judged for want of a paged edition; "" if everything could."""
    named = file.reading.book.meta(SOURCE) if file.reading.book else []
    missing = [name for name in named if name not in file.editions]
    return f"{', '.join(missing)} not at hand: page breaks judged by their numbers and order alone" if missing else ""

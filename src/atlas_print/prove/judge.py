"""The registry of promises, and how a reading is held against each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Atlas, Topic
from atlas_print.prove.case import Case
from atlas_print.prove.placing import Stretch
from atlas_print.prove.promises.book import judge_book, unjudged
from atlas_print.prove.promises.book.beside import judge_beside
from atlas_print.prove.promises.book.expansions import judge_expansions
from atlas_print.prove.promises.citations import judge_citations
from atlas_print.prove.promises.dates import judge_dates, judge_dates_outside
from atlas_print.prove.promises.disclaimer import judge_disclaimer
from atlas_print.prove.promises.document import judge_document
from atlas_print.prove.promises.floors import judge_floors
from atlas_print.prove.promises.glossary import judge_glossary
from atlas_print.prove.promises.grades import judge_grades
from atlas_print.prove.promises.headings import judge_headings, judge_headings_outside
from atlas_print.prove.promises.imprint import judge_imprint
from atlas_print.prove.promises.leads import judge_leads
from atlas_print.prove.promises.links import judge_links
from atlas_print.prove.promises.naming import judge_names
from atlas_print.prove.promises.passages import judge_document_language, judge_passages
from atlas_print.prove.promises.references import judge_references
from atlas_print.prove.promises.showing import judge_shown
from atlas_print.prove.promises.tables import judge_tables
from atlas_print.prove.promises.telling import judge_outside, judge_told
from atlas_print.prove.reading.limits import NotTold
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Furniture
from atlas_print.prove.verdicts import Finding, Outcome, Verdict

_HELP_FILE = "build the file again; if this is how it was built, it is no tagged PDF or EPUB that a reader can use"
_HELP_TOPIC = "start each topic of the book with its title as a heading"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise about each topic; `exempt` says why a topic has nothing to keep, or "" if it has."""

    id: str
    title: str
    judge: Callable[[Case], list[Finding]]
    exempt: Callable[[Topic], str]


def _never(topic: Topic) -> str:
    del topic
    return ""


def _without_grades(topic: Topic) -> str:
    return "" if any(section.grade for section in topic.sections) else "no section is graded"


def _without_references(topic: Topic) -> str:
    return "" if topic.references else "nothing is cited"


DISCLAIMER = ("P1", "disclaimer")
TOPIC_PROMISES = (
    Promise("P2", "grades", judge_grades, _without_grades),
    Promise("P3", "references", judge_references, _without_references),
    Promise("P4", "citations", judge_citations, _without_references),
    Promise("P7", "dates", judge_dates, _never),
)


TOLD = (("P5", "words"), ("P6", "numbers"))
ACCESS = ("P8", "access")


def judge(
    reading: Reading,
    kind: str,
    settings: Mapping[str, str],
    atlas: Atlas,
    cases: Mapping[str, Case | None],
    beside: Furniture,
    editions: Mapping[str, Reading],
) -> tuple[Verdict, ...]:
    """A verdict on every promise; `cases` are the topics that the file should tell, None for one that it doesn't.

    `beside` is what may stand there though no author wrote it, `editions` are the paged ones at hand by name.
    """
    first = _verdict(*DISCLAIMER, judge_disclaimer(atlas, reading))
    by_topic = [_on_topics(promise, atlas, cases) for promise in TOPIC_PROMISES]
    told = _told(reading, atlas, cases, beside)
    access = _access(reading, kind, settings, atlas, cases, editions, beside)
    return (first, *sorted((*by_topic, *told), key=_id), access)


def _id(verdict: Verdict) -> str:
    return verdict.promise


def _told(reading: Reading, atlas: Atlas, cases: Mapping[str, Case | None], beside: Furniture) -> tuple[Verdict, ...]:
    """P5 and P6."""
    words: list[Finding] = []
    numbers: list[Finding] = []
    unclaimed: list[Stretch] = []
    told = [case for case in cases.values() if case is not None]
    for case in told:
        found = judge_told(case)
        words += found.words
        numbers += found.numbers
        unclaimed += found.left
    differing = list(judge_names(reading, told, beside))
    if reading.pages is not None:
        differing += judge_shown(reading, atlas, told, beside)
    words += differing
    numbers += (finding for finding in differing if any(map(str.isdigit, finding.expected + finding.found)))
    words += (finding for case in told for finding in (*judge_links(case), *judge_glossary(case)))
    words += judge_beside(reading)
    if reading.book is not None:
        words += judge_expansions(reading.book, atlas)
    in_order = sorted(told, key=lambda case: case.start)
    bounds = [0, *(at for case in in_order for at in (case.start, case.end)), len(reading.flat)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        words += (*judge_outside(reading, beside, start, end), *judge_dates_outside(reading, told, start, end))
        unclaimed.append(Stretch(start, end))
    words += judge_imprint(reading, atlas, told, unclaimed)
    return tuple(_verdict(*name, findings) for name, findings in zip(TOLD, (words, numbers), strict=True))


def unreadable(why: str, help_: str = "") -> tuple[Verdict, ...]:
    """The verdicts on a file that can't be read: no promise is kept, and the first says for all of them why."""
    finding = Finding("the whole file", "a file that can be read, with all the promises", why, help_ or _HELP_FILE)
    topical = sorted((*((promise.id, promise.title) for promise in TOPIC_PROMISES), *TOLD))
    others = (Verdict(id_, title, Outcome.BROKEN, reason="the file can't be read") for id_, title in (*topical, ACCESS))
    return (Verdict(*DISCLAIMER, Outcome.BROKEN, (finding,)), *others)


def _access(
    reading: Reading,
    kind: str,
    settings: Mapping[str, str],
    atlas: Atlas,
    cases: Mapping[str, Case | None],
    editions: Mapping[str, Reading],
    beside: Furniture,
) -> Verdict:
    told = [case for case in cases.values() if case is not None]
    judges = (judge_passages, judge_headings, judge_leads, judge_tables)
    common = [finding for case in told for judge in judges for finding in judge(case)]
    if reading.book is None:
        findings = [*judge_document_language(reading, atlas.language), *common]
        if reading.paper is not None:
            findings += (found for case in told for found in judge_document(reading, reading.paper, case))
        return _verdict(*ACCESS, [*findings, *judge_floors(reading, kind, settings, atlas, told)])
    topics = [atlas.topic(slug) for slug in cases]
    common += judge_headings_outside(reading, atlas, told, beside)
    findings = [*common, *judge_book(reading, reading.book, atlas, topics, told, editions, beside)]
    return _verdict(*ACCESS, findings, unjudged(reading.book, editions))


def _on_topics(promise: Promise, atlas: Atlas, cases: Mapping[str, Case | None]) -> Verdict:
    findings: list[Finding] = []
    reasons = []
    for slug, case in cases.items():
        topic = atlas.topic(slug)
        reason = promise.exempt(topic)
        if reason:
            reasons.append(reason)
        elif case is None:
            expected = f"the topic “{topic.title}”"
            findings.append(Finding("the whole file", expected, "no heading with that title", _HELP_TOPIC))
        else:
            findings += promise.judge(case)
    if len(reasons) == len(cases):
        return Verdict(promise.id, promise.title, Outcome.NOT_APPLICABLE, reason=reasons[0] if reasons else "no topic")
    return _verdict(promise.id, promise.title, findings)


def _verdict(
    id_: str, title: str, findings: Sequence[Finding], reason: str = "", not_told: Sequence[NotTold] = ()
) -> Verdict:
    # The topics of a book share the explanation of the scale, and would all report the same fault in it.
    found = tuple(dict.fromkeys(findings))
    unknown = tuple(dict.fromkeys(it for it in not_told if it.promise == id_))
    outcome = Outcome.BROKEN if found else Outcome.NOT_TOLD if unknown else Outcome.KEPT
    return Verdict(id_, title, outcome, found, reason, unknown)

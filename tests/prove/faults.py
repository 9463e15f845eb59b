"""Faults of the source: what an export would say if someone had changed the words on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from atlas_print.atlas import Atlas, Level, Reference, Topic
from atlas_print.blocks import ListBlock, Paragraph
from atlas_print.inlines import Citation, Inlines, Text
from atlas_print.sections import Grade, Section
from tests.prove.press import SLUG

Change = Callable[[Atlas], Atlas]


@dataclass(frozen=True)
class Fault:
    """A change; the promises that it breaks, the first being the one it is about; words that its finding says."""

    change: Change
    breaks: str
    said: tuple[str, ...]


# --- how to change ----------------------------------------------------------------------------------------


def on_topic(change: Callable[[Topic], Topic]) -> Change:
    return lambda atlas: replace(
        atlas, topics=tuple(change(topic) if topic.slug == SLUG else topic for topic in atlas.topics)
    )


def disclaimer(change: Callable[[str], str]) -> Change:
    return lambda atlas: replace(atlas, disclaimer=change(atlas.disclaimer))


def section(index: int, change: Callable[[Section], Section]) -> Change:
    return on_topic(lambda topic: replace(topic, sections=_with(topic.sections, index, change)))


def grade(index: int, **values: str) -> Change:
    def regraded(old: Section) -> Section:
        assert old.grade is not None
        return replace(old, grade=Grade({**old.grade.values, **values}))

    return section(index, regraded)


def swapped_grades(topic: Topic) -> Topic:
    first, second = topic.sections[1], topic.sections[2]
    new = (replace(first, grade=second.grade), replace(second, grade=first.grade))
    return replace(topic, sections=(topic.sections[0], *new, *topic.sections[3:]))


def swapped_sections(topic: Topic) -> Topic:
    first, second, *rest = topic.sections[1:]
    return replace(topic, sections=(topic.sections[0], second, first, *rest))


def levels(scale: str, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> Change:
    def changed(atlas: Atlas) -> Atlas:
        old = atlas.grades[scale]
        new = change({key: level.meaning for key, level in old.levels.items()})
        found = {key: Level(key, meaning) for key, meaning in new.items()}
        return replace(atlas, grades={**atlas.grades, scale: replace(old, levels=found)})

    return changed


def record(number: int, **values: Any) -> Change:
    """Reference `number` with other values; underlines stand for hyphens, capitals are the identifiers'."""

    def changed(old: Reference) -> Reference:
        item = {**old.item, **{key.replace("_", "-"): value for key, value in values.items()}}
        ours = {key.lower(): value for key, value in values.items() if key.isupper()}
        return replace(old, item=item, **ours)

    return on_topic(lambda topic: replace(topic, references=_with(topic.references, number - 1, changed)))


def without_reference(number: int) -> Change:
    def changed(topic: Topic) -> Topic:
        gone = topic.references[number - 1]
        kept = tuple(reference for reference in topic.references if reference is not gone)
        sections = tuple(_uncited(old, gone.id) for old in topic.sections)
        return replace(topic, references=kept, sections=sections)

    return on_topic(changed)


def swapped_references(first: int, second: int) -> Change:
    def changed(topic: Topic) -> Topic:
        listed = list(topic.references)
        listed[first - 1], listed[second - 1] = listed[second - 1], listed[first - 1]
        return replace(topic, references=tuple(listed))

    return on_topic(changed)


def more_references(topic: Topic) -> Topic:
    more = replace(topic.references[0], id="more-2020", doi="10.5555/more", pmid=None, pmcid=None)
    more = replace(more, item={**more.item, "title": "One more", "id": "more-2020"})
    return replace(topic, references=(*topic.references, more))


def paragraph(index: int, change: Callable[[Inlines], Inlines]) -> Change:
    """The first paragraph of a section changed, be it in a list or not."""

    def changed(old: Section) -> Section:
        first, *rest = old.blocks
        if isinstance(first, ListBlock):
            entry = first.items[0]
            assert isinstance(entry[0], Paragraph)
            items = ((Paragraph(change(entry[0].children)), *entry[1:]), *first.items[1:])
            return replace(old, blocks=(replace(first, items=items), *rest))
        assert isinstance(first, Paragraph)
        return replace(old, blocks=(Paragraph(change(first.children)), *rest))

    return section(index, changed)


def cites(*ids: str, at: int = 1) -> Callable[[Inlines], Inlines]:
    """Inline content with another citation at that place."""
    return lambda children: (*children[:at], *([Citation.of(*ids)] if ids else []), *children[at + 1 :])


def _uncited(old: Section, id_: str) -> Section:
    blocks = tuple(
        Paragraph(tuple(child for child in block.children if child != Citation.of(id_)))
        if isinstance(block, Paragraph)
        else block
        for block in old.blocks
    )
    return replace(old, blocks=blocks)


def _with(items: tuple[Any, ...], index: int, change: Callable[[Any], Any]) -> tuple[Any, ...]:
    return (*items[:index], change(items[index]), *items[index + 1 :])


# --- the faults -------------------------------------------------------------------------------------------

DISCLAIMER = {
    "a word changed": Fault(disclaimer(lambda t: t.replace("not medical", "now medical")), "P1", ("not", "now")),
    "a word gone": Fault(disclaimer(lambda t: t.replace("not medical", "medical")), "P1", ("is not medical advice",)),
    "a comma gone": Fault(disclaimer(lambda t: t.replace("it, and", "it and")), "P1", ("because of it, and talk",)),
    "another case": Fault(disclaimer(lambda t: t.replace("Do not", "DO NOT")), "P1", ("Do not", "DO NOT")),
    "cut short": Fault(disclaimer(lambda t: t.removesuffix(" first.")), "P1", ("clinician first.",)),
    "cut at its start": Fault(disclaimer(lambda t: t.removeprefix("This atlas is made up; ")), "P1", ("made up;",)),
    "another text": Fault(disclaimer(lambda _: "All is well."), "P1", ("This atlas is made up", "no part of it")),
}

MEASURED, CAUSE = "What was measured", "What may cause it"

GRADES = {
    "a level changed": Fault(grade(1, strength="low"), "P2", ("moderate", MEASURED, "low”")),
    "grades swapped": Fault(on_topic(swapped_grades), "P2", ("low-moderate", CAUSE)),
    "the audit changed": Fault(grade(1, audit="emerging"), "P2", ("well-founded", MEASURED, "emerging")),
    "the basis changed": Fault(grade(1, basis="two trials; normal scans"), "P2", ("one trial;", "two trials")),
    "the basis longer": Fault(grade(2, basis="small studies; one trial"), "P2", ("small studies”", "one trial")),
    "the basis shorter": Fault(grade(1, basis="one trial"), "P2", ("one trial; normal scans", "one trial”")),
    "no grade": Fault(section(1, lambda old: replace(old, grade=None)), "P2", ("moderate", MEASURED)),
    "a meaning changed": Fault(
        levels("strength", lambda old: {**old, "low": "Hardly any study supports this."}), "P2", ("“low” explained",)
    ),
    "meanings swapped": Fault(
        levels("audit", lambda old: {**old, "emerging": old["contested"], "contested": old["emerging"]}),
        "P2",
        ("“emerging” explained", "few have checked it"),
    ),
    "another case": Fault(grade(2, audit="Contested"), "P2", ("contested", CAUSE, "Contested")),
    "a level not explained": Fault(
        levels("audit", lambda old: {key: old[key] for key in old if key != "contested"}), "P2", ("“contested” expl",)
    ),
    "a level and its other half": Fault(grade(1, strength="low-moderate"), "P2", (MEASURED, "low-moderate”")),
    "half a level": Fault(grade(2, strength="moderate"), "P2", ("low-moderate", CAUSE, "moderate”")),
    "sections swapped": Fault(on_topic(swapped_sections), "P2 P4", (CAUSE,)),
}

REFERENCES = {
    "the last gone": Fault(without_reference(8), "P3", ("reference 8", "Further reading", "no entry")),
    "reference 7 gone": Fault(without_reference(7), "P3 P4", ("reference 7", "The body at rest", "no entry")),
    "two swapped": Fault(swapped_references(2, 3), "P3 P4", ("number 2 for", "number 3")),
    "one more": Fault(on_topic(more_references), "P3", ("8 references and no more", "One more")),
    "a digit of a PMID": Fault(record(5, PMID="39603712"), "P3", ("PMID 39603702", "reference 5")),
    "a PMID with a digit more": Fault(record(3, PMID="34032513"), "P3", ("PMID 3403251 ", "reference 3")),
    "a PMID with a digit less": Fault(record(1, PMID="3403251"), "P3", ("PMID 34032513", "reference 1")),
    "a PMCID of another work": Fault(record(1, PMCID="PMC8938726"), "P3", ("PMC8475962", "reference 1")),
    "a letter of a DOI": Fault(record(1, DOI="10.5555/joe.2021.12.10l"), "P3", ("DOI 10.5555/joe.2021.12.101",)),
    "a DOI with more behind": Fault(record(2, DOI="10.5555/S0140-6736(22)30183-51"), "P3", ("30183-5", "reference 2")),
    "a DOI gone": Fault(record(5, DOI=None), "P3", ("DOI 10.5555/sleep.5.2.1", "reference 5")),
    "a PMID too many": Fault(record(2, PMID="1234567"), "P3", ("reference 2 as in the bibliography", "1234567")),
    "an address": Fault(record(4, URL="https://who.example/rest?lang=fr"), "P3", ("lang=en", "reference 4")),
    "the author": Fault(
        record(2, author=[{"family": "Ball", "given": "Carl"}]), "P3", ("reference 2 ", "first author “Bell”")
    ),
    "the journal": Fault(record(3, container_title="Medicines"), "P3", ("reference 3 ", "journal or book “Medicine”")),
    "the year": Fault(record(7, issued={"date-parts": [[2018]]}), "P3", ("reference 7 ", "year “2019”")),
    "the volume": Fault(record(2, volume="17"), "P3", ("reference 2 ", "volume “7”")),
    "the page": Fault(record(3, page="e1243"), "P3", ("page “e1234”", "reference 3")),
}
REFERENCES_IN_FULL = {
    "a word of the title": Fault(
        record(2, title="Legs that stay fired"), "P3", ("reference 2 ", "title “Legs that stay tired”")
    ),
    "a raised number": Fault(
        record(1, title="Hyperpolarized <sup>128</sup>Xe in tired legs: a made-up trial"),
        "P3",
        ("reference 1 ", "title “Hyperpolarized 129Xe"),
    ),
    "the issue": Fault(record(1, issue="4"), "P3", ("reference 1 ", "issue “3”")),
    "titles swapped": Fault(
        lambda atlas: record(2, title="Oxygen use after rest")(record(3, title="Legs that stay tired")(atlas)),
        "P3",
        ("reference 2 ", "title “Legs that stay tired”"),
    ),
}
"""Faults in what a short entry leaves out."""

CITATIONS = {
    "another reference": Fault(paragraph(1, cites("ames-2021", "bell-2022")), "P4", ("[1, 3]", "litres.", "[1, 2]")),
    "none": Fault(paragraph(3, cites()), "P4", ("[2]", "passes by itself.", "no citation there")),
    "elsewhere": Fault(
        paragraph(2, lambda children: (children[1], children[0])), "P4", ("[7]", "its section.", "no citation there")
    ),
    "in another order": Fault(paragraph(1, cites("chen-2020", "ames-2021")), "P4", ("[1, 3]", "[3, 1]")),
    "half a group": Fault(paragraph(1, cites("ames-2021")), "P4", ("[1, 3]", "[1]")),
    "one more": Fault(
        paragraph(3, lambda children: (*children, Text(" Or not."), Citation.of("who-2023"))),
        "P4",
        ("no citation behind", "Or not.", "[4]"),
    ),
}
CITATIONS_IN_FULL = {
    "words that stand twice": Fault(
        section(0, lambda old: replace(old, blocks=(*old.blocks[:2], _repeated(old.blocks[2])))),
        "P4",
        ("[3, 1]", "[3]", "words repeat."),
    ),
}
"""Faults outside of the key sentences."""

DATES = {
    "another day": Fault(
        on_topic(lambda t: replace(t, reviewed=date(2026, 10, 11))), "P7", ("1 October 2026", "11 Oct")
    ),
    "another month": Fault(
        on_topic(lambda t: replace(t, reviewed=date(2026, 11, 1))), "P7", ("1 October", "1 November")
    ),
    "another year": Fault(on_topic(lambda t: replace(t, reviewed=date(2025, 10, 1))), "P7", ("2026", "2025")),
    "the day it was made": Fault(
        on_topic(lambda t: replace(t, reviewed=date(2026, 11, 22))), "P7", ("1 October 2026",)
    ),
}


def _repeated(block: Any) -> Paragraph:
    assert isinstance(block, Paragraph)
    return Paragraph((block.children[0], Citation.of("chen-2020")))

"""Who sees which fault of a large print: each broken file is caught by just those that the table names."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import getmembers, isfunction
from pathlib import Path

import pytest
from pypdf import PdfWriter

from atlas_print.atlas import Atlas
from atlas_print.pipeline.plan import plan
from atlas_print.pipeline.verify import verify
from atlas_print.prove import Outcome
from tests.making import ROOT, atlas_of, make
from tests.pdf import faults
from tests.pdf.faults import Fault
from tests.pdf.invariants import CHECKS, TaggedPdf, languages_as_in
from tests.prove.press import SAMPLE
from tests.validators import page, verapdf

pytestmark = pytest.mark.xdist_group("faults")

SLUG = "deep-sleep"
MORE = """[Sommeil]{lang=fr} is its name in French.

![Two legs at rest.](../figures/legs.svg){alt="A plain box stands for two legs."}

| Who | Hours |
|---|---|
| Adults | 6 |

## Questions"""
"""What the topic lacks and some fault needs."""


@dataclass(frozen=True)
class Seen:
    """Who sees a fault.

    `verify`: the promises that `atlas-print verify` calls broken. `verapdf` and `page`: the rules of PDF/UA-1 that
    either calls failed. `invariants`: parts of what ours say.
    """

    verify: str = ""
    verapdf: str = ""
    page: str = ""
    invariants: tuple[str, ...] = ()


SIGHTS: Mapping[Fault, Seen] = {
    # Claims of the whole file
    faults.no_markinfo: Seen(verify="P8", verapdf="6.2-1", page="TAGGED-DOCUMENT-001"),
    faults.no_displaydoctitle: Seen(verapdf="7.1-10", page="VIEWER-PREFERENCES-001"),
    faults.no_title: Seen(verapdf="7.1-9", page="METADATA-TITLE-001"),
    faults.no_pdfuaid: Seen(verapdf="5-1", page="ID-PART-001 ID-SCHEMA-001"),
    # Languages
    faults.no_lang: Seen(
        verify="P8",
        verapdf="7.2-2 7.2-22 7.2-24 7.2-30 7.2-33 7.2-34",
        page="ALT-TEXT-LANGUAGE-001 ANNOTATION-CONTENTS-LANGUAGE-001 OUTLINE-LANGUAGE-001 "
        "SPAN-ACTUAL-TEXT-LANGUAGE-001 TEXT-LANGUAGE-001",
        invariants=("the file is in None, its source in en",),
    ),
    faults.bad_lang: Seen(
        verify="P8",
        verapdf="7.2-29",
        page="LANGUAGE-TAG-001",
        invariants=("the file is in plain English, its source in en",),
    ),
    faults.another_lang: Seen(verify="P8", invariants=("the file is in de, its source in en",)),
    faults.wrong_lang_part: Seen(
        verify="P8", verapdf="7.2-29", page="LANGUAGE-TAG-001", invariants=("“Sommeil” in plain French",)
    ),
    faults.another_lang_part: Seen(verify="P8", invariants=("“Sommeil” in de, the source “Sommeil” in fr",)),
    faults.no_lang_part: Seen(verify="P8", invariants=("the tree has nothing, the source “Sommeil” in fr",)),
    # Figures
    faults.no_alt: Seen(
        verify="P5", verapdf="7.3-1", page="FIGURE-ALTERNATIVE-TEXT-001", invariants=("Figure: no Alt",)
    ),
    faults.empty_alt: Seen(verify="P5", invariants=("Figure: no Alt",)),
    faults.no_bbox: Seen(invariants=("Figure: no BBox",)),
    faults.bad_bbox: Seen(invariants=("lies outside the page",)),
    # Artifacts
    faults.header_untagged: Seen(verapdf="7.1-3", page="CONTENT-TAGGING-001"),
    faults.real_as_artifact: Seen(verify="P5", invariants=("page 1: an artifact says “Deep sleep is often short",)),
    faults.real_as_header: Seen(verify="P5", invariants=("the running header is not the same on each page",)),
    # Links
    faults.link_no_contents: Seen(
        verapdf="7.18.1-2 7.18.5-2", page="LINK-CONTENTS-001", invariants=("page 1: a link says nothing",)
    ),
    faults.link_not_in_link: Seen(verapdf="7.18.5-1", page="LINK-LINK-TAG-001"),
    faults.link_in_no_element: Seen(verify="P8", invariants=("page 1: an annotation stands 0 times in the tree",)),
    faults.annot_no_structparent: Seen(
        verapdf="7.18.5-1",
        page="LINK-LINK-TAG-001",
        invariants=("page 1: the ParentTree names another element for an annotation",),
    ),
    faults.no_tabs: Seen(verapdf="7.18.3-1", page="PAGE-TABS-001", invariants=("page 2: /Tabs is not /S",)),
    faults.no_F: Seen(invariants=("page 1: an annotation is not printed",)),
    # Headings
    faults.heading_skip: Seen(verapdf="7.4.2-1", page="HEADING-NESTING-001"),
    faults.first_h2: Seen(verify="P8", verapdf="7.4.2-1", page="HEADING-NESTING-001", invariants=("the outline has",)),
    faults.empty_heading: Seen(verify="P8", invariants=("H2: says nothing", "the outline has")),
    # Tables, lists and notes
    faults.th_no_scope: Seen(verapdf="7.5-1", page="TABLE-HEADERS-SCOPE-001"),
    faults.no_th: Seen(verify="P8", invariants=("Table: no header cell",)),
    faults.li_no_lbody: Seen(verapdf="7.2-20", page="LI-KIDS-001"),
    faults.li_outside_L: Seen(verify="P2 P5", verapdf="7.2-17", page="LI-PARENT-001"),
    faults.note_no_id: Seen(verapdf="7.9-1", page="NOTE-ID-001"),
    # The tree
    faults.bad_role: Seen(verapdf="7.1-5", page="STRUCT-TREE-ROLE-MAP-001"),
    faults.reversed_order: Seen(
        verify="P5 P6 P8", verapdf="7.4.2-1", page="HEADING-NESTING-001", invariants=("the outline has",)
    ),
    faults.orphan_mcid: Seen(verify="P5", invariants=("1 in the page, 0 in the tree",)),
    faults.mcid_twice: Seen(verify="P5", invariants=("1 in the page, 2 in the tree",)),
    faults.no_page: Seen(
        verify="P5", invariants=("its element names no page", "1 in the page, 0 in the tree", "P: says nothing")
    ),
    faults.wrong_parent: Seen(invariants=("P: /P is not its parent",)),
    faults.parenttree_wrong: Seen(invariants=(": the ParentTree names another element",)),
    faults.parenttree_wrong_link: Seen(invariants=("page 1: the ParentTree names another element for an annotation",)),
    # Fonts
    faults.no_tounicode: Seen(
        verify="P1 P2 P3 P4 P5 P6 P7 P8",
        verapdf="7.21.7-1",
        page="FONT-UNICODE-MAPPING-001",
        invariants=("the source “Sommeil” in fr", "labelled"),
    ),
    faults.font_unembedded: Seen(verapdf="7.21.4.1-1", page="FONT-EMBEDDING-001"),
    # Outline and page labels
    faults.no_outlines: Seen(verify="P8", invariants=("the outline has nothing for",)),
    faults.outline_other_words: Seen(
        verify="P8", invariants=("the outline has “Elsewhere” at level 2 on page 1 for “In short” ",)
    ),
    faults.outline_other_page: Seen(verify="P8", invariants=("“In short” at level 2 on page",)),
    faults.outline_other_level: Seen(
        invariants=("“About this topic” at level 1 on page 4 for “About this topic” at level 2",)
    ),
    faults.page_labels_off_by_one: Seen(verify="P8", invariants=("printed “Page",)),
}
"""Fault -> who sees it."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    topic = folder / "content" / "topics" / f"{SLUG}.md"
    topic.write_text(topic.read_text("utf-8").replace("## Questions", MORE), "utf-8")
    return folder


@pytest.fixture(scope="module")
def atlas(project: Path) -> Atlas:
    return atlas_of(project)


@pytest.fixture(scope="module")
def good(project: Path, atlas: Atlas) -> Path:
    task = next(task for task in plan(atlas) if (task.slug, task.export.kind) == (SLUG, "large-print"))
    # `verify` knows a file by its name, wherever it lies.
    file = project / Path(task.path).name
    file.write_bytes(make(atlas, project, task).data)
    return file


@dataclass(frozen=True)
class Judgement:
    """What each judge says of a file; `invariants` by the name of the check."""

    verify: set[str]
    verapdf: set[str]
    page: set[str]
    invariants: Mapping[str, Sequence[str]]

    def messages(self) -> list[str]:
        return [message for messages in self.invariants.values() for message in messages]


@pytest.fixture(scope="module")
def judgements(atlas: Atlas, good: Path) -> dict[str, Judgement]:
    """Every broken file judged by its fault; the good one as "", and "rewritten" as pypdf writes it anew."""
    files = {"": good, "rewritten": _rewritten(good, "rewritten", lambda pdf: None)}
    files |= {fault.__name__: _rewritten(good, fault.__name__, fault) for fault in SIGHTS}
    by_verapdf = verapdf.validate(list(files.values()), "ua1")
    by_page = page.validate(list(files.values()), "ua1")
    checks = (*CHECKS, languages_as_in(atlas, atlas.topic(SLUG)))
    judged = {}
    for (name, file), result in zip(files.items(), verify(atlas, ROOT, good.parent, list(files.values())), strict=True):
        pdf = TaggedPdf(file)
        judged[name] = Judgement(
            {verdict.promise for verdict in result.verdicts if verdict.outcome is Outcome.BROKEN},
            _rules(by_verapdf[file]),
            {rule.removeprefix("PDFUA1-") for rule in _rules(by_page[file])},
            {check.__name__: list(check(pdf)) for check in checks},
        )
    return judged


def _rewritten(good: Path, name: str, fault: Fault) -> Path:
    file = good.parent / name / good.name
    file.parent.mkdir()
    pdf = PdfWriter(clone_from=good)
    fault(pdf)
    pdf.write(file)
    return file


def _rules(findings: Sequence[str]) -> set[str]:
    return {finding.partition(": ")[0] for finding in findings}


@pytest.mark.parametrize("name", ["", "rewritten"])
def test_nobody_sees_a_fault_in_the_good_file(judgements: Mapping[str, Judgement], name: str) -> None:
    judged = judgements[name]
    assert (judged.verify, judged.verapdf, judged.page, judged.messages()) == (set(), set(), set(), [])


@pytest.mark.parametrize("fault", SIGHTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_seen_by_just_those_that_are_named(judgements: Mapping[str, Judgement], fault: Fault) -> None:
    judged, named = judgements[fault.__name__], SIGHTS[fault]
    assert named != Seen()
    assert judged.verify == set(named.verify.split())
    assert judged.verapdf == set(named.verapdf.split())
    assert judged.page == set(named.page.split())
    messages = judged.messages()
    assert [part for part in named.invariants if not any(part in message for message in messages)] == []
    assert [message for message in messages if not any(part in message for part in named.invariants)] == []


def test_every_invariant_sees_a_fault(judgements: Mapping[str, Judgement]) -> None:
    seen = {
        check: any(judged.invariants[check] for judged in judgements.values()) for check in judgements[""].invariants
    }
    assert seen == dict.fromkeys(seen, True)


def test_the_table_holds_every_fault() -> None:
    known = {
        fault
        for name, fault in getmembers(faults, isfunction)
        if fault.__module__ == faults.__name__ and name[0] != "_"
    }
    assert known == set(SIGHTS)

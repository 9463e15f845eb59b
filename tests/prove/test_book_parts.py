"""Books of which parts were lost or exchanged: conformance, drawings, roles, and what other promises are about."""

import re
from dataclasses import replace

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from tests.prove.bindery import access, assert_found, book, bound, enclosed, remade, rewritten, told
from tests.prove.press import SLUG, assert_broken, atlas, broken, good, topic

OPF, TEXT = "content.opf", f"{SLUG}.xhtml"

# --- conformance ------------------------------------------------------------------------------------------

CERTIFIED = replace(atlas(), certified_by="The Rest Atlas group")
CONFORMS = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
CERTIFIER = '<meta property="a11y:certifiedBy">The Rest Atlas group</meta>'


def test_a_certified_book() -> None:
    assert told(access(bound(CERTIFIED), source=CERTIFIED)) == ""


@pytest.mark.parametrize(
    ("was", "shall", "says"),
    [
        (CONFORMS, "", ("dcterms:conformsTo", "“EPUB Accessibility 1.1 - WCAG 2.2 Level AA”", "none")),
        ("Level AA<", "Level AAA<", ("dcterms:conformsTo", "Level AAA”")),
        (CONFORMS, CONFORMS * 2, ("dcterms:conformsTo", "”, “")),
        (CERTIFIER, "", ("a11y:certifiedBy", "“The Rest Atlas group”", "none")),
        (CERTIFIER, CERTIFIER.replace("The", "A"), ("a11y:certifiedBy", "“A Rest Atlas group”")),
    ],
)
def test_a_changed_claim_of_conformance(was: str, shall: str, says: tuple[str, ...]) -> None:
    assert_found(access(rewritten(bound(CERTIFIED), (OPF, was, shall)), source=CERTIFIED), *says)


def test_a_claim_of_conformance_that_nobody_vouches_for() -> None:
    verdict = access(rewritten(book(), (OPF, "</metadata>", f"{CONFORMS}{CERTIFIER}</metadata>")))
    assert_found(verdict, "dcterms:conformsTo", "nobody vouches")
    assert_found(verdict, "a11y:certifiedBy", "nobody vouches")


# --- drawings ---------------------------------------------------------------------------------------------

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><clipPath id="c"/></svg>'


def test_a_drawing_in_a_file() -> None:
    assert told(access(enclosed(book(), "x.svg", DRAWING, "image/svg+xml"))) == ""


def with_figures(*letters: str) -> Atlas:
    """The sample with its drawing once for each letter, which is its label."""
    first, *rest = topic().sections
    figure = next(block for block in first.blocks if isinstance(block, Figure))

    def labelled(letter: str) -> Figure:
        data = figure.image.data.replace(b"</svg>", f'<text x="9" y="9">{letter}</text></svg>'.encode())
        return replace(figure, image=replace(figure.image, path=f"{letter}.svg", data=data))

    section = replace(first, blocks=(*map(labelled, letters), *first.blocks))
    changed = replace(topic(), sections=(section, *rest))
    return replace(atlas(), topics=tuple(changed if old.slug == SLUG else old for old in atlas().topics))


def test_drawings_in_another_order() -> None:
    source = with_figures("A", "B")
    assert "no such drawing" not in told(access(bound(source), source=source))
    assert_found(access(bound(with_figures("B", "A")), source=source), "no such drawing, or not in its order")
    assert_found(access(bound(with_figures("A")), source=source), "no such drawing, or not in its order")


# --- what other promises are about ------------------------------------------------------------------------


def test_a_lost_grade() -> None:
    grade = '<div><dt>Audit</dt> <dd><span class="n">well-founded</span></dd></div>'
    assert_broken(broken(rewritten(good("epub"), (TEXT, grade, "")), "epub"), "P2", "Audit: well-founded", "What was")


def test_a_lost_back_link() -> None:
    link = re.compile(r'<a role="doc-backlink" href="#citation-2-1".*?</a>')
    lost = remade(good("epub"), TEXT, lambda text: link.sub("", text))
    assert_broken(broken(lost, "epub"), "P4", "from reference 2 back to", "no link that leads there")


def test_references_out_of_order() -> None:
    entries = re.compile(r'(<li id="reference-2">.*?</li>)\n(<li id="reference-3">.*?</li>)', re.DOTALL)
    swapped = remade(good("epub"), TEXT, lambda text: entries.sub(r"\2\n\1", text))
    assert_broken(broken(swapped, "epub"), "P3 P4", "number 2 for", "number 3")

"""Files that can't be read break every promise, and say why; none of them raises anything."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from atlas_print.prove import Outcome, Verdict
from atlas_print.prove.epub.reader import read_epub
from atlas_print.prove.reading.limits import UnreadableError
from tests.making import LABELS, TODAY, judged
from tests.prove.minimal import Pdf, epub, line, packed
from tests.prove.press import PROMISES, atlas, broken, good, repacked, topic


def verdicts_on(data: bytes, kind: str) -> tuple[Verdict, ...]:
    return judged(data, kind, atlas(), topic(), TODAY, labels=LABELS)


def locked() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(good("handout")))
    writer.encrypt("secret", algorithm="RC4-40")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def untagged() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


CONTAINER = "META-INF/container.xml"
MISSING = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'
BAD: dict[str, tuple[bytes | Callable[[], bytes], str, str]] = {
    "nothing": (b"", "handout", "not a PDF"),
    "a heading only": (b"%PDF-1.7\n", "large-print", "not a PDF"),
    "an EPUB as PDF": (epub("<p>a</p>"), "handout", "not a PDF"),
    "an encrypted PDF": (locked, "handout", "encrypted"),
    "a PDF without tags": (untagged, "handout", "not tagged"),
    "a PDF as EPUB": (untagged, "epub", "not a ZIP"),
    "an empty EPUB": (packed({}), "epub", f"no {CONTAINER}"),
    "an EPUB without a package": (packed({CONTAINER: "<container/>"}), "epub", "names no package document"),
    "an EPUB with an empty spine": (epub("<p>a</p>", spine=""), "epub", "the spine has no content document"),
    "a spine of strangers": (
        epub("<p>a</p>", spine='<itemref idref="x"/>'),
        "epub",
        "'x' of the spine is not in the manifest",
    ),
    "a missing document": (epub(spine='<itemref idref="x"/>', manifest=MISSING), "epub", "no EPUB/x.xhtml"),
    "not well-formed": (epub("<p>a<p>"), "epub", "EPUB/c1.xhtml is not well-formed"),
    "an unknown entity": (epub("<p>a&nbsp;b</p>"), "epub", "EPUB/c1.xhtml is not well-formed"),
    "elements without end": (epub("<b>" * 300 + "</b>" * 300), "epub", "EPUB/c1.xhtml is not well-formed"),
}


@pytest.mark.parametrize("name", BAD)
def test_why(name: str) -> None:
    data, kind, why = BAD[name]
    found = verdicts_on(data() if callable(data) else data, kind)
    assert {verdict.promise for verdict in found} >= {*PROMISES}
    assert {verdict.outcome for verdict in found} == {Outcome.BROKEN}
    assert [bool(verdict.findings) for verdict in found] == [True] + [False] * (len(found) - 1)
    assert all(verdict.reason for verdict in found[1:])
    (finding,) = found[0].findings
    assert why in finding.found
    assert finding.help


def test_a_file_of_another_kind_of_text_breaks_promises() -> None:
    foreign = Pdf(line("Nothing of this.", 0))
    data = foreign.data(("P", [0], {"/Pg": foreign.page(0)}))
    assert {*broken(data, "large-print")} >= {*PROMISES}
    assert {*broken(epub("<p>Nothing of this.</p>"), "epub")} >= {*PROMISES}
    assert {*broken(epub(""), "epub")} >= {*PROMISES}


def test_entities_are_not_followed() -> None:
    declared = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "inside">]><html'
    data = repacked(epub("<p>a</p>"), ("<html", declared), ("<p>a</p>", "<p>a&x;b&y;c</p>"))
    with pytest.raises(UnreadableError, match="what its entities"):
        read_epub(data)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20), st.sampled_from(["handout", "epub"]))
def test_damage_raises_nothing(at: int, damage: bytes, kind: str) -> None:
    data = good(kind)
    at %= len(data)
    found = verdicts_on(data[:at] + damage + data[at + len(damage) :], kind)
    assert {verdict.promise for verdict in found} >= {*PROMISES}
    assert {verdict.promise for verdict in verdicts_on(data[:at], kind)} >= {*PROMISES}


def test_an_unknown_kind_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        verdicts_on(b"", "leaflet")

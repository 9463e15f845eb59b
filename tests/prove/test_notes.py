"""P5 on footnotes: their words, their marks, and the links from one to the other."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import ListBlock, Paragraph
from atlas_print.inlines import Citation, NoteCall, Span, Text
from atlas_print.sections import Note
from tests.prove.press import assert_says, atlas, broken, changed, printed, relaid, repacked, told, topic

_SAID = Paragraph((Text("Rest was tried in 12 people "), Citation.of("ames-2021"), Text(".")))
_LISTED = ListBlock(((Paragraph((Text("In winter."),)),), (Paragraph((Text("And in spring."),)),)))
_NOTES = (Note("a", (_SAID, _LISTED)), Note("b", (Paragraph((Text("Nobody knows."),)),)))


@cache
def _source(notes: Sequence[Note] = _NOTES) -> Atlas:
    """The sample with a note called behind a key sentence and one in a paragraph of another section."""
    first, fifth = topic().sections[1], topic().sections[4]
    key = Span((Text("Legs were tired."),), key=True)
    known = replace(first, blocks=(Paragraph((key, NoteCall("a"), Text(" And so on."))), *first.blocks))
    asked = replace(fifth, blocks=(Paragraph((Text("Why"), NoteCall("b"), Text("?"))), *fifth.blocks))
    sections = (topic().sections[0], known, *topic().sections[2:4], asked, *topic().sections[5:])
    return changed(atlas(), replace(topic(), sections=sections, notes=tuple(notes)))


@pytest.mark.parametrize("kind", ["large-print", "handout", "epub"])
def test_what_is_set_is_kept(kind: str) -> None:
    found = broken(printed(kind, _source()), kind, source=_source())
    assert not found, told(found)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([("tried in 12 people", "tried in people")], ("tried in 12 people", "tried in people")),
        ([("Nobody knows.", "Everybody knows.")], ("the note b", "Nobody knows", "Everybody knows")),
        ([("<li>In winter.</li>", "")], ("In winter", "the note a")),
        ([('href="#note-b"', 'href="#note-a"')], ("a link from [b] to the note b", "#note-a")),
        ([('href="#note-b"', "")], ("a link from [b] to the note b", "no link")),
        ([('id="note-b"', 'id="elsewhere"')], ("a link from [b] to the note b", "#note-b")),
        ([('href="#call-b"', 'href="#call-a"')], ("from the note b back to [b]", "#call-a")),
        ([('id="call-b"', "")], ("from the note b back to [b]", "#call-b")),
        ([(">b</a>]", ">a</a>]")], ("Why[b]", "Why [a]")),
        ([(">b. </span>", ">c. </span>")], ("b. Nobody knows", "c. Nobody knows")),
        ([("Why&#160;", "Why"), ('<span class="call">[<a id="call-b"', '<span hidden="">[<a id="call-b"')], ("Why",)),
    ],
)
def test_what_is_changed_is_broken(edits: Sequence[tuple[str, str]], said: tuple[str, ...]) -> None:
    found = broken(repacked(printed("epub", _source()), *edits), "epub", source=_source())
    promise = "P6" if "12" in said[0] else "P5"
    assert_says(found, promise, *said)


def test_a_handout_without_the_note_of_its_key_sentence() -> None:
    printed_note = "{{ content.note(note, page, mark) }}"
    layout = {"handout/topic.html": [(printed_note, '<p id="note-{{ note.identifier }}">{{ mark }}</p>')]}
    data = relaid("handout", layout, source=_source())
    assert_says(broken(data, "handout", source=_source()), "P5", "the note a", "no such words")


def test_a_page_of_another_number() -> None:
    layout = {"large-print/topic.html": [('page.pages.get("call-" ~ note.identifier, 0)', "1")]}
    data = relaid("large-print", layout, source=_source())
    assert_says(broken(data, "large-print", source=_source()), "P5", "back to [a], on page", "page 1")

"""The parts of the PDF reader: operators, character maps, fonts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, NumberObject

from atlas_print.prove.pdf.cmap import read_cmap
from atlas_print.prove.pdf.fonts import UNKNOWN, Font
from atlas_print.prove.pdf.lexer import MALFORMED, operations
from atlas_print.prove.reading.limits import UnreadableError


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1 0 0 -1 .5 -12.25 cm", [(b"cm", [1, 0, 0, -1, 0.5, -12.25])]),
        (b"/F1 9 Tf(a)Tj", [(b"Tf", ["/F1", 9]), (b"Tj", [b"a"])]),
        (b"(a\\(b\\)(c)\\n\\101\\\r\nz) Tj", [(b"Tj", [b"a(b)(c)\nAz"])]),
        (b"[<00 4 1>-120(b)]TJ", [(b"TJ", [[b"\x00\x41", -120, b"b"]])]),
        (b"<4>Tj", [(b"Tj", [b"\x40"])]),
        (b"/P <</N 3/L(en)/A[1 true null]>>BDC", [(b"BDC", ["/P", {"/N": 3, "/L": b"en", "/A": [1, True, None]}])]),
        (b"q % a comment (\nQ", [(b"q", []), (b"Q", [])]),
        (b"/A#20B gs", [(b"gs", ["/A B"])]),
        (b"BI /W 1 ID ab(<\x00 EI\nBT", [(b"BI", []), (b"ID", ["/W", 1]), (b"BT", [])]),
        (b"]>> ) > { } T* ' \"", [MALFORMED] * 6 + [(b"T*", []), (b"'", []), (b'"', [])]),
        (b"(open Tj", [MALFORMED, MALFORMED]),
        (b"[1 Q", [MALFORMED, (b"Q", [1])]),
        (b"<0x> Tj", [MALFORMED, (b"0x", []), MALFORMED, (b"Tj", [])]),
        (b"Q 1", [(b"Q", []), MALFORMED]),
    ],
)  # fmt: skip
def test_operators(data: bytes, expected: list[tuple[bytes, list[Any]]]) -> None:
    assert list(operations(data)) == expected


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    assert len(list(operations(data))) <= len(data)


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=20))
def test_strings_come_back(data: bytes) -> None:
    escaped = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    shown = b"(%b) Tj <%b> Tj" % (escaped, data.hex().encode())
    assert [operands for _, operands in operations(shown)] == [[data], [data]]


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.integers(0, 0xFFFF), st.text(min_size=1, max_size=3), min_size=1, max_size=8))
def test_character_maps_come_back(texts: dict[int, str]) -> None:
    texts = {code: text.encode("utf-16-be", "replace").decode("utf-16-be") for code, text in texts.items()}
    lines = (f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items())
    spaces = "1 begincodespacerange <0000> <ffff> endcodespacerange"
    data = f"{spaces}\n{len(texts)} beginbfchar\n" + "\n".join(lines) + "\nendbfchar"
    cmap = read_cmap(data.encode())
    assert {code: cmap.text(code) for code in texts} == texts
    shown = b"".join(code.to_bytes(2, "big") for code in texts)
    assert [code for code, _ in cmap.codes(shown)] == list(texts)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 0xFFF0), st.integers(0, 15), st.integers(0x20, 0xD000))
def test_ranges_count_up(low: int, length: int, first: int) -> None:
    cmap = read_cmap(b"<%04x><%04x><%04x>endbfrange" % (low, low + length, first))
    assert [cmap.text(low + n) for n in range(length + 1)] == [chr(first + n) for n in range(length + 1)]
    assert cmap.text(low + length + 1) is None


def test_character_maps_of_all_kinds() -> None:
    cmap = read_cmap(
        b"/CMapName /X def 2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange "
        b"1 beginbfchar <8001> <D83DDE00> endbfchar "
        b"3 beginbfrange <01> <02> [<0041> <00660069>] <10> <12> <00660061> <05> <04> <0041> endbfrange "
        b"1 beginbfchar <03> /a endbfchar"
    )
    assert list(cmap.codes(b"\x01\x80\x01\x11\x80")) == [(1, 1), (0x8001, 2), (0x11, 1), (0x80, 1)]
    assert [cmap.text(code) for code in (1, 2, 0x8001, 0x12, 3)] == ["A", "fi", "😀", "fc", None]


@pytest.mark.parametrize(
    "damage",
    [
        b"1 beginbfchar <03> <0041> endbfchar <zz endbfchar",
        b"2 beginbfchar <03> <0041> <03> <0042> endbfchar",
        b"1 beginbfchar <03> <0041> endbfchar 1 beginbfrange <02> <04> <0041> endbfrange",
        b"2 beginbfrange <02> <04> <0041> <04> <05> <0061> endbfrange",
    ],
)
def test_character_maps_that_programs_read_in_different_ways(damage: bytes) -> None:
    with pytest.raises(UnreadableError, match="damaged map"):
        read_cmap(damage)


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _text(font: Font, data: bytes) -> str:
    return "".join(glyph.text for glyph in font.glyphs(data))


def test_a_simple_font_without_a_map() -> None:
    differences = ArrayObject([NumberObject(65), NameObject("/eacute"), NameObject("/uni03BC"), NameObject("/f_i")])
    encoding = DictionaryObject(
        {NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"), NameObject("/Differences"): differences}
    )
    font = Font({"/Subtype": "/Type1", "/Encoding": encoding})
    assert _text(font, b"ABCD \x96") == "éμfiD –"
    assert _text(Font({"/Subtype": "/Type1", "/Encoding": "/MacRomanEncoding"}), b"\x8e") == "é"
    assert _text(Font({"/Subtype": "/Type1"}), b"A\x27\x00") == "A’" + UNKNOWN


def test_widths_of_a_simple_font() -> None:
    widths = ArrayObject([NumberObject(500), FloatObject(250.5)])
    font = Font({"/Subtype": "/TrueType", "/FirstChar": NumberObject(32), "/Widths": widths})
    assert [(glyph.width, glyph.is_space) for glyph in font.glyphs(b" !\x22")] == [
        (0.5, True),
        (0.2505, False),
        (0, False),
    ]


def test_a_composite_font() -> None:
    widths: Any = ArrayObject(
        [NumberObject(1), ArrayObject([NumberObject(300), NumberObject(400)]), *map(NumberObject, (5, 7, 600))]
    )
    descendant = DictionaryObject({NameObject("/W"): widths, NameObject("/DW"): NumberObject(900)})
    given_: Any = {
        "/Subtype": "/Type0",
        "/Encoding": NameObject("/Identity-H"),
        "/DescendantFonts": ArrayObject([descendant]),
        "/ToUnicode": _stream(b"<0001> <0041> endbfchar"),
    }
    glyphs = list(Font(given_).glyphs(b"\x00\x01\x00\x02\x00\x06\x00\x09"))
    assert [glyph.text for glyph in glyphs] == ["A", UNKNOWN, UNKNOWN, UNKNOWN]
    assert [glyph.width for glyph in glyphs] == [0.3, 0.4, 0.6, 0.9]

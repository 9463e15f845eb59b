"""Tables in columns where these hold their words, else in pairs; words that are longer than a line."""

import pytest

from atlas_print.blocks import Table
from atlas_print.compose.balance import text_width
from atlas_print.compose.line_ends import with_long_words
from atlas_print.compose.tables import Room, columns
from atlas_print.inlines import Citation, Emphasis, Inline, Strong, Text
from atlas_print.typefaces import families

STACK = families(None, "en", [])
ROOM = Room(width=25, gap=0.75, indent=1.4, lines=12)


def table(*rows: list[str | tuple[Inline, ...]]) -> Table:
    header, *others = (tuple((Text(it),) if isinstance(it, str) else it for it in row) for row in rows)
    return Table(header, tuple(others), (None,) * len(header))


def test_columns_hold_their_longest_words() -> None:
    held = table(["Sign", "What it can mean"], ["Hypercholesterolaemia", "The fat in the blood is high. " * 4])
    found = columns(held, ROOM, 0, STACK)

    assert found is not None
    assert sum(found.shares) == pytest.approx(1)
    assert found.shares[0] * ROOM.width >= text_width("Hypercholesterolaemia", STACK, bold=False) + ROOM.gap


def test_a_short_column_does_not_break_for_a_long_one() -> None:
    found = columns(table(["Sign", "Meaning"], ["Chest pain", "Get help at once. " * 8]), ROOM, 0, STACK)

    assert found is not None
    assert found.shares[0] * ROOM.width >= text_width("Chest pain", STACK, bold=False) + ROOM.gap


def test_a_value_is_not_divided() -> None:
    ranges = table(["When it was tested", "Gap in points", "Range"], ["Beyond 3 months", "2.53", "0.86 to 4.19"])
    room = Room(17.5, ROOM.gap, ROOM.indent, ROOM.lines)
    found = columns(ranges, room, 0, STACK)

    assert found is not None
    assert found.shares[2] * room.width >= text_width("0.86 to 4.19", STACK, bold=False) + ROOM.gap
    # Where not all values stand beside each other, rows are pairs.
    assert columns(ranges, Room(13.5, ROOM.gap, ROOM.indent, ROOM.lines), 0, STACK) is None


def test_a_column_has_what_saves_a_line() -> None:
    found = columns(
        table(["After a hospital stay", "Average TLco", "Share with low TLco"], ["0 to 3 months", "83.9%", "48%"]),
        Room(21, ROOM.gap, ROOM.indent, ROOM.lines),
        0,
        STACK,
    )

    assert found is not None
    # Two lines of the header, and not three.
    assert found.shares[2] * 21 >= text_width("Share with", STACK, bold=True) + ROOM.gap


@pytest.mark.parametrize(
    "wide",
    [
        table(["Intervention", "Characteristics", "Recommendations"], ["x", "Hypercholesterolaemia", "y"]),
        table([f"Column {number}" for number in range(12)], ["1"] * 12),
        table(["Dose", "Dose", "Dose"], ["1,000–2,000 mg", "1,000–2,000 mg", "1,000–2,000 mg"]),
        table(["Drug", "What it does"], ["A", "It is a long text. " * 60]),
    ],
)
def test_pairs_where_words_or_rows_are_too_long(wide: Table) -> None:
    assert columns(wide, ROOM, 0, STACK) is None


def test_a_list_takes_room() -> None:
    held = table(["Immunosuppression", "Anticoagulation"], ["x", "y"])
    level = next(level for level in range(9) if columns(held, ROOM, level, STACK) is None)

    assert 0 < level < 9


def test_addresses_and_long_citations_break() -> None:
    address = "https://example.org/a/very/long/address/that/goes/on/until/it/has/to/break.html"
    many: tuple[Inline, ...] = (Text("Much."), Citation.of(*map(str, range(25))))

    assert columns(table(["Where", "Address"], [address, many]), ROOM, 0, STACK) is not None


def test_bold_words_are_wider() -> None:
    plain, bold = Text("Immunosuppression"), Strong((Emphasis((Text("Immunosuppression"),)),))
    width = 2 * (text_width("Immunosuppression", STACK, bold=True) * 1.03 + ROOM.gap) - 0.1
    room = Room(width, ROOM.gap, ROOM.indent, ROOM.lines)

    assert columns(table(["A", "B"], [(plain,), (plain,)]), room, 0, STACK) is not None
    assert columns(table(["A", "B"], [(bold,), (bold,)]), room, 0, STACK) is None


def test_words_longer_than_their_line_are_marked() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    html = f'<head><title>{word}</title></head><body><h1 id="{word}">{word}</h1><p>Short {word}.</p></body>'
    marked, words = with_long_words(html, {0: 40, 1: 12}, STACK)

    assert words == [word]
    assert marked == html.replace(f">{word}</h1>", f'><span class="long-word">{word}</span></h1>')
    assert with_long_words(html, {0: 40, 1: 40}, STACK) == (html, [])


def test_a_long_word_lets_go_of_the_number_behind_it() -> None:
    marked, _ = with_long_words(f"<body>{'lang' * 20}&#160;<span>[1]</span></body>", {0: 20}, STACK)

    assert marked == f'<body><span class="long-word">{"lang" * 20}</span> <span>[1]</span></body>'


def test_scripts_without_spaces_have_no_long_words() -> None:
    for text in ("长新冠是一种病程可长达数月的疾病" * 4, "อาการของผู้ป่วยอาจเป็นอยู่นานหลายเดือน" * 3):
        assert with_long_words(f"<body>{text}</body>", {0: 20}, STACK)[1] == []
        assert columns(table(["A", "B", "C"], [text, text, text]), ROOM, 0, STACK) is not None


def test_addresses_get_no_hyphens() -> None:
    html = f'<body><p>Piece: <span class="piece cut">{"lang" * 20}</span></p></body>'

    assert with_long_words(html, {0: 20}, STACK) == (html, [])

"""Source files as text: UTF-8 without surprises, or problems that say where the surprise stands."""

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from atlas_print.problems import Place, Problem

LIMIT_TEXT = 1_000_000
"""Bytes in a topic or in atlas.yaml: about 150,000 words, far above any topic that a reader could hold."""
LIMIT_DATA = 20_000_000
"""Bytes in a bibliography or a photograph."""

# None of these is seen on a page, and each loses or changes a word: control characters (word processors and wrong
# encodings leave them where a hyphen or an apostrophe stood), what turns the order of digits round, half characters,
# private use, noncharacters, what stands for a lost character or object, tags.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufff9-\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "]"
)
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Ends of lines, paragraphs and pages from elsewhere: white space here."""
_SHOWS_NOTHING = re.compile("[\u00ad\ufeff]")
"""The soft hyphen, and the byte order mark of a file that was joined to another."""
_UNSEEN_BEFORE_MARKS = re.compile(
    r"^[\u00ad\u200b-\u200f\u2060\ufeff]+(?=[ \t]*(?:#{1,6}[ \t]|[-*+>|]|\d+[.)][ \t]|:::|```|~~~|\[|\w+:))",
    re.MULTILINE,
)
"""What a paste or another program left before marks that begin a line, which would print them."""
_LOST, _OBJECT = "\ufffd", "\ufffc"
_OF_WORD = {"\x1e": "a hyphen", "\x02": "a hyphen or nothing"}
"""A hyphen at which no line ends, and one at which a line of a PDF ended."""
_SPLIT = "split it into smaller files"
_SAVE = "save the file in the encoding UTF-8"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Source:
    """A text file and its positions; lines and columns count from 1, columns in characters."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = text.split("\n")

    def place(self, line: int = 0, column: int = 0) -> Place:
        """A place in this file, moved to the end of the line or file where a parser points behind it."""
        line = min(line, len(self.lines))
        return Place(self.file, line, min(column, len(self.lines[line - 1]) + 1) if line else 0)

    def place_of(self, offset: int) -> Place:
        """The place of a character offset into `text`."""
        start = self.text.rfind("\n", 0, offset) + 1
        return Place(self.file, self.text.count("\n", 0, offset) + 1, offset - start + 1)

    def offset_of(self, place: Place) -> int:
        """The character offset of a place in this file."""
        return sum(len(line) + 1 for line in self.lines[: place.line - 1]) + place.column - 1


def read_source(
    path: Path, file: str, problems: list[Problem], limit: int = LIMIT_TEXT, help_: str = _SPLIT
) -> Source | None:
    """The file as text with newlines folded to LF, or None after telling why not.

    `file` is the path that problems name, `help_` says what to do about a file over `limit` bytes. A byte order mark
    goes. Problems: unreadable, too large, not UTF-8, characters that no page may hold; a blank takes the place of
    those, so that none of them goes further.
    """
    data = read_bytes(path, file, problems, limit, help_)
    if data is None:
        return None
    if data.startswith(_UTF16_MARKS):
        problems.append(Problem(Place(file, 1, 1), "not-utf8", "the file is UTF-16", _SAVE))
        return None
    data = data.removeprefix(_UTF8_MARK)
    try:
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        what = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(Source(file, before).place_of(len(before)), "not-utf8", what, _SAVE))
        return None
    if text.count("\0") > len(text) / 4:
        problems.append(Problem(Place(file, 1, 1), "not-utf8", "the file is UTF-16 or no text at all", _SAVE))
        return None
    source = Source(file, text)
    for character in dict.fromkeys(FORBIDDEN.findall(text)):
        problems.append(forbidden(source.place_of(text.index(character)), character, text.count(character)))
    return Source(file, _UNSEEN_BEFORE_MARKS.sub("", _LINE_ENDS.sub(" ", FORBIDDEN.sub(" ", text))))


def shown_text(text: str) -> str:
    """The text without what shows nothing and joins nothing, such as soft hyphens."""
    return _SHOWS_NOTHING.sub("", _LINE_ENDS.sub(" ", text))


def forbidden(place: Place, character: str, count: int = 1) -> Problem:
    """The problem of a character that no page may hold, and that stands `count` times in the file."""
    times = f", {count} times in this file" if count > 1 else ""
    if character == _LOST:
        what = "the sign for a lost character"
        help_ = "type the character that was meant; an earlier program didn't know its encoding"
    elif character == _OBJECT:
        what = "the sign for a picture or another object that a copy has lost"
        help_ = "put the picture into content/figures and show it as a figure, or delete the sign"
    elif "\ue000" <= character <= "\uf8ff":
        what = f"the character {name_of(character)} that means something in one font alone"
        help_ = "type the sign that was seen, such as • or →; it comes from a font like Symbol or Wingdings"
    elif meant := _meant(character):
        what = f"the control character {name_of(character)}"
        help_ = f"type {meant} in its place, which an earlier program has stored so"
    else:
        what, help_ = f"the invisible character {name_of(character)}", "delete it, or type the character that was meant"
    return Problem(place, "control-character", what + times, help_)


def _meant(character: str) -> str:
    """What a program of the 1990s meant by a control character; "" where that is not known."""
    if character in _OF_WORD:
        return _OF_WORD[character]
    with suppress(UnicodeError):
        return character.encode("latin-1").decode("cp1252") if "\x80" <= character <= "\x9f" else ""
    return ""


def name_of(character: str) -> str:
    """The character's number and name: U+00AD (SOFT HYPHEN)."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be seen on a page."""
    return all(character.isspace() or unicodedata.category(character) == "Cf" for character in text)


def shown(name: str) -> str:
    """A file's name as it can be printed; what can't be shows as U+FFFD."""
    return "".join(character if character.isprintable() else _LOST for character in name)


def read_bytes(path: Path, file: str, problems: list[Problem], limit: int, help_: str = _SPLIT) -> bytes | None:
    """The file's bytes, or None after telling why not; `help_` says what to do about a file over `limit` bytes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            what, help_ = "this is a folder, not a file", "put a file in its place, or rename it"
            problems.append(Problem(Place(file), "unreadable", what, help_))
            return None
        if size > limit:
            what = f"the file has {size / 1e6:.1f} MB; the limit is {limit / 1e6:.0f} MB"
            problems.append(Problem(Place(file), "too-large", what, help_))
            return None
        return path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(Place(file), "unreadable", "there is no such file", "write it, or check its name"))
        return None
    except OSError as error:
        what, help_ = f"the file can't be read: {error.strerror}", "check its name and permissions"
        problems.append(Problem(Place(file), "unreadable", what, help_))
        return None

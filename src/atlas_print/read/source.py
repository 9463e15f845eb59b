"""Source files as text: UTF-8 without surprises, or problems that say where the surprise stands."""

import re
from pathlib import Path

from atlas_print.problems import Place, Problem

LIMIT_TEXT = 1_000_000
"""Bytes in a topic or in atlas.yaml: about 150,000 words, far above any topic that a reader could hold."""
LIMIT_DATA = 20_000_000
"""Bytes in a bibliography or a figure."""

# C0 and C1 controls but tab and newline, the soft hyphen, half characters, stray byte order marks: none of
# them is seen on a page, and each of them breaks searching, copying or a reader's voice.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\ud800-\udfff\ufeff\ufffe\uffff]")


class Source:
    """A text file and its positions; lines and columns count from 1, columns in characters."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = text.split("\n")

    def place(self, line: int = 0, column: int = 0) -> Place:
        """A place in this file."""
        return Place(self.file, line, column)

    def place_of(self, offset: int) -> Place:
        """The place of a character offset into `text`."""
        return _place(self.file, self.text, offset)


def _place(file: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - start + 1)


def read_source(path: Path, file: str, problems: list[Problem], limit: int = LIMIT_TEXT) -> Source | None:
    """The file as text with newlines folded to LF, or None after telling why not.

    `file` is the path that problems name. Problems: unreadable, over `limit` bytes, a byte order mark, not
    UTF-8, control characters.
    """
    data = read_bytes(path, file, problems, limit)
    if data is None:
        return None
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        problems.append(
            Problem(
                Place(file, 1, 1),
                "byte-order-mark",
                "the file starts with a byte order mark",
                "save it as UTF-8 without BOM",
            )
        )
        if not data.startswith(b"\xef\xbb\xbf"):
            return None
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        problems.append(
            Problem(
                _place(file, before, len(before)),
                "not-utf8",
                f"the byte 0x{data[error.start]:02x} is not UTF-8",
                "save the file in the encoding UTF-8",
            )
        )
        return None
    source = Source(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    for match in FORBIDDEN.finditer(source.text):
        problems.append(
            Problem(
                source.place_of(match.start()),
                "control-character",
                f"the invisible character U+{ord(match.group()):04X}",
                "delete it, or type the character that was meant",
            )
        )
    return source


def read_bytes(path: Path, file: str, problems: list[Problem], limit: int) -> bytes | None:
    """The file's bytes, or None after telling why not."""
    try:
        size = path.stat().st_size
        if size > limit:
            problems.append(
                Problem(
                    Place(file),
                    "too-large",
                    f"the file has {size / 1e6:.1f} MB; the limit is {limit / 1e6:.0f} MB",
                    "split it into smaller files",
                )
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(
                Place(file),
                "unreadable",
                f"the file can't be read: {error.strerror}",
                "check its name and permissions",
            )
        )
        return None

"""A generated atlas made and proven."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from atlas_print.pdf import engine
from atlas_print.typefaces import Family
from tests.generated.atlases import Draft, draft
from tests.proving import prove_project

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Judged:
    """The number of an atlas, how many files were made of it, and what they are accused of."""

    number: int
    files: int
    accusations: tuple[str, ...]


def judge_one_of_many(number: int) -> Judged:
    """The atlas of that number, in a process that judges others too."""
    with _fonts_cut_once():
        return judge(number)


def judge(number: int) -> Judged:
    """The atlas of that number."""
    files, accusations = judged(draft(number))
    return Judged(number, files, accusations)


def judged(atlas: Draft) -> tuple[int, tuple[str, ...]]:
    """How many files were made of an atlas, and what they are accused of; that it is refused is an accusation too."""
    with TemporaryDirectory() as name:
        atlas.write(Path(name))
        try:
            proven = prove_project(Path(name))
        except AssertionError as refused:
            return 0, (f"content: refused: {refused}",)
    return proven.files, tuple(map(str, proven.accusations))


@contextmanager
def _fonts_cut_once() -> Iterator[None]:
    """Cuts each font to all that generated atlases say: a cut for each of them takes longer than their layout."""
    cut = engine._fonts

    def fonts(stack: tuple[Family, ...], characters: frozenset[str], languages: frozenset[str]) -> Any:
        return cut(stack, characters | _alphabet(), languages)

    with mock.patch.object(engine, "_fonts", fonts):
        yield


@cache
def _alphabet() -> frozenset[str]:
    """The characters of the files that atlases are generated from, and of Latin letters."""
    texts = [path.read_text("utf-8") for path in (*_HERE.glob("*.py"), *_HERE.glob("*.yaml"))]
    return frozenset("".join(texts)) | frozenset(map(chr, range(0xA0, 0x180)))

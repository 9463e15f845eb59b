"""A generated atlas made and proven."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.generated.atlases import Draft, draft
from tests.proving import prove_project


@dataclass(frozen=True, slots=True)
class Judged:
    """The number of an atlas, how many files were made of it, and what they are accused of."""

    number: int
    files: int
    accusations: tuple[str, ...]


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

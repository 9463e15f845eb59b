"""What an author can do about a handout that is too full: measured, ranked, in words and references."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from atlas_print.atlas import Topic
from atlas_print.blocks import Block, block_lines, walk_blocks
from atlas_print.counting import is_spaced, many
from atlas_print.inlines import Inlines, plain_text
from atlas_print.sections import Note, Section

_NAMED = 3
"""Key sentences that are named, the longest first."""

_SIDES = {
    "as-needed": "this topic fits on both sides of one sheet, and others take both where one isn't enough at 11 pt",
    "1": "this topic fits on one page in smaller type, and all others are set so",
}
"""What a value of `sides` does, for who reads of it in a help line."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """What is too small: by how many mm, and the height in mm of the parts that stand on it.

    `where` is what it is called, such as "one A4 page", `sizes` what type it has. `export` is its name in atlas.yaml,
    `instead` the value of `sides` with which the topic fits, "" if there is none, `is_only` whether it is made as
    nothing else.
    """

    where: str
    sizes: str
    over: float
    findings: float
    whole: float
    notes: float
    references: float
    export: str
    instead: str = ""
    is_only: bool = False


def advice(
    topic: Topic,
    language: str,
    findings: Sequence[Section],
    whole: Sequence[Section],
    notes: Sequence[Note],
    page: Overflow,
) -> tuple[str, str]:
    """What is wrong, and what would help: each way is enough by itself.

    First comes what cuts nothing, then cuts, the smallest first, and last to make no handout of the topic. `findings`
    are the sections in the table, `whole` those printed whole, `notes` the footnotes of both.
    """
    noun = "word" if is_spaced(language) else "character"

    def count(lines: Iterable[Inlines]) -> int:
        texts = [plain_text(line) for line in lines]
        return sum(len(text.split()) if noun == "word" else len("".join(text.split())) for text in texts)

    counts = {section.title: count(section.row_passages()) for section in findings}
    references = len(topic.references)
    what = (
        f"the handout doesn't fit on {page.where} even at {page.sizes}: it is {ceil(page.over)} mm too high, with "
        f"{many(sum(counts.values()), noun)} in key sentences and {many(references, 'reference')}"
    )
    in_whole = count(_lines_of(block for section in whole for block in section.all_blocks()))
    in_notes = count(_lines_of(walk_blocks([block for note in notes for block in note.blocks])))
    longest = sorted(counts, key=lambda title: -counts[title])[:_NAMED]
    named = ", ".join(f"{title!r} has {counts[title]}" for title in longest)
    parts = [
        _way(page.over, page.findings, sum(counts.values()), noun, f"in key sentences ({named})"),
        _way(page.over, page.whole, in_whole, noun, "in open questions and questions to ask"),
        _way(page.over, page.notes, in_notes, noun, "in footnotes"),
        _way(page.over, page.references, references, "reference", ""),
    ]
    told = [way for _, way in sorted(way for way in parts if way is not None)]
    cuts = (
        f"one of these is enough: {'; or '.join(told)}"
        if told
        else "no cut in one place is enough: shorten key sentences, open questions and the list of references"
    )
    sides = f"write `sides: {page.instead}` at `{page.export}` in the exports of atlas.yaml: {_SIDES.get(page.instead)}"
    none = f"write `without: [{page.export}]` in the front matter: the topic is made without it then"
    ways = [*([sides] if page.instead else []), cuts, *([] if page.is_only else [none])]
    return what, "; or ".join(ways)


def _way(over: float, height: float, count: int, noun: str, where: str) -> tuple[float, str] | None:
    """A cut in one part of the page, with the share of it that has to go; None where all of it wouldn't do.

    Without `where` it says how many are left.
    """
    share = over / height if height else 1
    fewer = ceil(share * count)
    if share >= 1 or fewer >= count:
        return None
    left = count - fewer
    return share, f"about {many(fewer, noun)} fewer {where or f'({left} fit)'}"


def _lines_of(blocks: Iterable[Block]) -> Iterator[Inlines]:
    return (line for block in blocks for line in block_lines(block))

"""What an author can do about a handout that is too full: measured, ranked, in words and references."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from atlas_print.atlas import Note, Section, Topic
from atlas_print.blocks import Block, block_lines, walk_blocks
from atlas_print.inlines import Inlines, plain_text

_NAMED = 3
"""Key sentences that are named, the longest first."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A page that is too small: by how many mm, and the height of its parts in mm; type sizes in pt.

    `paper` is what the page is called, such as "A4 page".
    """

    paper: str
    body: float
    references_size: float
    over: float
    findings: float
    whole: float
    notes: float
    references: float


def advice(
    topic: Topic, findings: Sequence[Section], whole: Sequence[Section], notes: Sequence[Note], page: Overflow
) -> tuple[str, str]:
    """What is wrong, and what would help: each way that is enough by itself, the smallest cut first.

    `findings` are the sections in the table, `whole` those printed whole, `notes` the footnotes of both.
    """
    words = {section.title: _words(section.row_passages()) for section in findings}
    what = (
        f"the handout doesn't fit on one {page.paper} even at {page.body:g} pt with short references at "
        f"{page.references_size:g} pt: it is {ceil(page.over)} mm too high, with {sum(words.values())} words in key "
        f"sentences and {len(topic.references)} references"
    )
    in_whole = (block for section in whole for block in section.all_blocks())
    in_notes = walk_blocks([block for note in notes for block in note.blocks])
    ways = sorted(_ways(words, _words_in(in_whole), _words_in(in_notes), len(topic.references), page))
    if not ways:
        return what, "no cut in one place is enough: shorten key sentences, open questions and the list of references"
    return what, "one of these is enough: " + "; or ".join(way for _, way in ways)


def _ways(
    words: dict[str, int], whole: int, notes: int, references: int, page: Overflow
) -> Iterator[tuple[float, str]]:
    """Each way with the share of its part that has to go."""
    if page.over < page.findings:
        share = page.over / page.findings
        longest = sorted(words, key=lambda title: -words[title])[:_NAMED]
        named = ", ".join(f"{title!r} has {words[title]}" for title in longest)
        yield share, f"about {ceil(share * sum(words.values()))} words fewer in key sentences ({named})"
    if page.over < page.references:
        share = page.over / page.references
        fewer = ceil(share * references)
        yield share, f"about {fewer} references fewer ({references - fewer} fit)"
    if page.over < page.whole:
        share = page.over / page.whole
        yield share, f"about {ceil(share * whole)} words fewer in open questions and questions to ask"
    if page.over < page.notes:
        share = page.over / page.notes
        yield share, f"about {ceil(share * notes)} words fewer in footnotes"


def _words_in(blocks: Iterable[Block]) -> int:
    return _words([line for block in blocks for line in block_lines(block)])


def _words(lines: Sequence[Inlines]) -> int:
    return sum(len(plain_text(line).split()) for line in lines)

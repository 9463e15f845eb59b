"""What a file may say beside the words of a topic: labels of its layout, and what the atlas itself says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, block_lines, walk_blocks
from atlas_print.inlines import Link, SectionLink, TopicLink, plain_text, walk_inlines
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze, word_starts
from atlas_print.prove.source.dates import date_pattern
from atlas_print.prove.source.records import iri

_FREE = frozenset("·.:,;–—()[]|/•◦▪-“”‘’\"'?!،؛。、")
"""Signs that set pieces apart and say nothing by themselves."""
_FIELD = re.compile(r"%\((\w+)\)s")
_NUMBER = r"\d{1,4}"
_FILLED = {
    "page": _NUMBER,
    "pages": _NUMBER,
    "number": _NUMBER,
    "use": "[a-z]{1,3}",
    "mark": "[a-z]{1,3}",
}
"""What a layout fills into its labels by itself, beside days."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that may stand anywhere: squeezed, and where in that each of its words starts."""

    flat: str
    starts: frozenset[int]


@lru_cache(maxsize=10_000)
def _phrase(text: str) -> Phrase:
    """A text as a phrase: those of the atlas may stand in each of its files."""
    return Phrase(squeeze(text), word_starts(text))


@dataclass
class Labels:
    """The phrases of one atlas and patterns of filled-in labels, by their first character, "" for a filled one.

    `counts` are those that name a page, with the groups "page" and "pages"; `running` are the phrases that a page may
    show outside of its text: titles, and labels of the layout; `fixed` are those labels alone.
    """

    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    patterns: dict[str, list[re.Pattern[str]]] = field(default_factory=dict)
    counts: list[re.Pattern[str]] = field(default_factory=list)
    running: dict[str, list[Phrase]] = field(default_factory=dict)
    fixed: dict[str, list[Phrase]] = field(default_factory=dict)
    _covered: dict[str, bool] = field(default_factory=dict)

    def add(self, texts: Iterable[str]) -> None:
        """More phrases."""
        self._covered.clear()
        for phrase in filter(attrgetter("flat"), map(_phrase, texts)):
            self.phrases.setdefault(phrase.flat[0], []).append(phrase)

    def outside(self, texts: Iterable[str]) -> "Labels":
        """What a page may show outside of its text, and these texts."""
        more = Labels({first: list(phrases) for first, phrases in self.running.items()}, self.patterns, self.counts)
        more.add(texts)
        return more

    def covers_whole(self, text: str) -> bool:
        """Whether a squeezed text is one of these phrases, whole."""
        return any(phrase.flat == text for phrase in self.phrases.get(text[:1], ()))

    @cached_property
    def layout_texts(self) -> list[str]:
        """The labels of the layout, squeezed, the longest first."""
        return sorted((phrase.flat for held in self.fixed.values() for phrase in held), key=len, reverse=True)

    def of_layout(self, text: str) -> bool:
        """Whether a squeezed text is made of nothing but labels of the layout."""
        return Labels(self.fixed, self.patterns).covers(text)

    def covers(self, text: str, reading: Reading | None = None, start: int = 0) -> bool:
        """Whether a squeezed text is made of nothing but these phrases and signs that set them apart.

        The same phrase twice in a row is none. Where a text stands in a reading, its spaces count too.
        """
        if reading is None and text in self._covered:
            return self._covered[text]
        reached = [False] * (len(text) + 1)
        reached[0] = True
        for at, character in enumerate(text):
            if not reached[at]:
                continue
            if character in _FREE:
                reached[at + 1] = True
            for phrase in self.phrases.get(character, ()):
                if not text.startswith(phrase.flat, at):
                    continue
                end = at + len(phrase.flat)
                is_again = text.endswith(phrase.flat, 0, at) and phrase.flat.isalpha()
                if _is_apart(text, end) and not is_again:
                    reached[end] = (
                        reached[end]
                        or reading is None
                        or not any(reading.misspaced(start + at, len(phrase.flat), phrase.starts))
                    )
            for pattern in (*self.patterns.get(character, ()), *self.patterns.get("", ())):
                match = pattern.match(text, at)
                if match:
                    reached[match.end()] = True
        if reading is None:
            self._covered[text] = reached[len(text)]
        return reached[len(text)]


def labels_of(atlas: Atlas, topics: Sequence[Topic], labels: Sequence[str]) -> Labels:
    """What may stand beside the words of these topics; `labels` are the fixed words of the layout."""
    found, running, layout = Labels(), Labels(), Labels()
    running.add((atlas.title, atlas.publisher, atlas.contact, atlas.url))
    running.add(text for it in topics for text in (it.title, it.short_title or "", atlas.address(it)))
    layout.add(piece for label in labels for piece in _FIELD.split(label)[::2])
    running.add(label for label in labels if not _FIELD.search(label))
    found.running = running.phrases
    found.fixed = layout.phrases
    found.add(_of_atlas(atlas))
    for topic in topics:
        found.add(_of_topic(atlas, topic))
    # P7 asks what day stands there.
    filled = {**_FILLED, "day": f"(?:{date_pattern(atlas.language).pattern})"}
    for label in labels:
        names = set(_FIELD.findall(label))
        if not names:
            found.add([label])
        elif names == {"plain"}:
            found.add(label % {"plain": term.plain} for term in atlas.glossary.values())
        elif names <= filled.keys():
            found.patterns.setdefault(squeeze(_FIELD.split(label)[0])[:1], []).append(_pattern(label, filled))
            if _FIELD.findall(label) == ["page", "pages"]:
                named = {name: f"(?P<{name}>{_NUMBER})" for name in names}
                found.counts.append(_pattern(label, named))
        else:
            # Names and addresses are phrases of the atlas.
            found.add(_FIELD.split(label)[::2])
    return found


def _of_atlas(atlas: Atlas) -> Iterator[str]:
    yield from (atlas.title, atlas.disclaimer, atlas.publisher, atlas.contact, atlas.url, atlas.about_grades)
    yield from (*atlas.kinds.values(), *atlas.systems.values())
    for scale in atlas.grades.values():
        yield scale.label
        yield from (text for level in scale.levels.values() for text in (level.label, level.meaning))
    for name, term in atlas.glossary.items():
        yield from (name, term.full or "", term.plain)
    for topic in atlas.published:
        yield from (topic.title, atlas.address(topic))


def _of_topic(atlas: Atlas, topic: Topic) -> Iterator[str]:
    yield from (topic.title, atlas.address(topic))
    yield from _leads(atlas, topic)
    for section in topic.sections:
        yield section.title
        if section.grade is not None:
            yield from atlas.stated(section.grade).values()
        # What a drawing shows may be told in the text too, for everybody.
        yield from (block.alt for block in section.all_blocks() if isinstance(block, Figure))


def _leads(atlas: Atlas, topic: Topic) -> Iterator[str]:
    """The words of links and where these lead, which paper says behind them."""
    lines = [line for section in topic.sections for line in (*section.lines(), *section.lent())]
    for section in topic.sections:
        lines += [section.heading, *(part.heading for _, part in section.parts())]
    lines += [line for note in topic.notes for block in walk_blocks(note.blocks) for line in block_lines(block)]
    for child in (child for line in lines for child in walk_inlines(line)):
        if isinstance(child, Link | SectionLink | TopicLink):
            yield plain_text(child.children)
        if isinstance(child, TopicLink):
            yield atlas.topic(child.slug).title
        if isinstance(child, Link):
            yield from {child.url, iri(child.url), child.url.partition(":")[2].partition("?")[0]}


def _pattern(label: str, filled: Mapping[str, str]) -> re.Pattern[str]:
    parts = _FIELD.split(label)
    pieces = (re.escape(squeeze(part)) if index % 2 == 0 else filled[part] for index, part in enumerate(parts))
    return re.compile("".join(pieces))


def _is_apart(text: str, at: int) -> bool:
    """Whether no number runs on over that place: "page 1" is not in "page 12"."""
    return not (0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit())

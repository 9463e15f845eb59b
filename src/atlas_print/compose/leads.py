"""What paper says of where links lead: the page of a heading, an address to type, the title of another topic."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.common.normalize_url import normalizeLinkText

from atlas_print.atlas import Atlas
from atlas_print.inlines import Inlines, Link, SectionLink, TopicLink, plain_text, walk_inlines
from atlas_print.typefaces import Family, missing_characters

_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?|mailto:|tel:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """The words of a link, and where it leads: to an `anchor` on a page that is named, or else `text` and its `url`.

    Another topic that isn't published has no `url`.
    """

    words: Inlines
    anchor: str = ""
    text: str = ""
    url: str = ""


def leads(
    lines: Iterable[Inlines], atlas: Atlas, targets: Mapping[str, str], stack: Sequence[Family], *, on_paper: bool
) -> list[Lead]:
    """What is said of the links in these lines, each once; nothing where the words of a link say it themselves.

    `targets` has the anchors of the headings that are there, by their identifiers.
    """
    found: dict[tuple[str, str, str], Lead] = {}
    for lead in (lead for line in lines for lead in _of_line(line, atlas, targets, stack, on_paper=on_paper)):
        found.setdefault((plain_text(lead.words), lead.anchor, lead.text), lead)
    return list(found.values())


def _of_line(
    line: Inlines, atlas: Atlas, targets: Mapping[str, str], stack: Sequence[Family], *, on_paper: bool
) -> Iterator[Lead]:
    published = {topic.slug for topic in atlas.published}
    for child in walk_inlines(line):
        match child:
            case Link(url, words) if on_paper and _bare(plain_text(words)) != _bare(text := _shown(url, stack)):
                yield Lead(words, text=text, url=url)
            case SectionLink(identifier, words) if on_paper and identifier in targets:
                yield Lead(words, targets[identifier])
            case TopicLink(slug, words) if on_paper or slug not in published:
                topic = atlas.topic(slug)
                if plain_text(words).casefold() != topic.title.casefold():
                    yield Lead(words, text=topic.title, url=atlas.address(topic) if slug in published else "")


def _shown(url: str, stack: Sequence[Family]) -> str:
    """An address as a reader types it, in its own letters where there are fonts for them."""
    if not url.startswith("http"):
        return url.partition(":")[2].partition("?")[0]
    text = normalizeLinkText(url).replace(" ", "%20")
    return url if missing_characters(text, stack) else text


def _bare(text: str) -> str:
    """An address or a number without what a reader takes for granted."""
    bare = text.strip().casefold()
    start = _SCHEME.match(bare)
    bare = bare[start.end() if start else 0 :].rstrip("/")
    digits = re.sub(r"[\s().-]", "", bare)
    return digits if re.fullmatch(r"\+?\d+", digits) else bare

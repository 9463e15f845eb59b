"""Where the links of a topic lead: to an address, to one of its headings, to another topic."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from atlas_print.inlines import Inline, Inlines, Link, SectionLink, TopicLink, plain_text
from atlas_print.problems import Place, Problem
from atlas_print.read import identifiers
from atlas_print.read.values.fields import nearest

_TOPIC = re.compile(r"(?:\./|(?:\.\./)*topics/)?(?P<slug>[^/#?:]+)\.(?:md|qmd|markdown)(?:#(?P<heading>.*))?")


@dataclass
class Leads:
    """The topic that links stand in and all topics that they may lead to, by their slugs.

    `headings` collects the identifiers that links lead to, `topics` the slugs, each with its place.
    """

    slug: str
    slugs: frozenset[str]
    problems: list[Problem]
    topics: list[tuple[Place, str]]
    headings: list[tuple[str, Place]] = field(default_factory=list)

    def link(self, href: str, children: Inlines, place: Place) -> Inline:
        """A link to what an address as it is written means; one that can't be followed is told."""
        url = unquote(href)
        found = _TOPIC.fullmatch(url)
        inside = url[1:] if url.startswith("#") else ""
        if found is not None and found["slug"] == self.slug:
            inside = found["heading"] or ""
        if inside:
            self.headings.append((inside, place))
            return SectionLink(inside, children)
        if found is not None:
            return self._topic(found["slug"], children, place)
        if not identifiers.is_link_target(href):
            self.problems.append(Problem(place, "malformed-url", f"a link leads to {url!r}", _help(url)))
        return Link(href, children)

    def _topic(self, slug: str, children: Inlines, place: Place) -> Inline:
        if slug in self.slugs:
            self.topics.append((place, slug))
        else:
            near = nearest(slug, self.slugs)
            help_ = f"did you mean '{near}.md'?" if near else "name a file of content/topics, or write an address"
            what = f"a link leads to {slug + '.md'!r}, which is no topic"
            self.problems.append(Problem(place, "unknown-topic", what, help_))
        return TopicLink(slug, children)


def adds_nothing(title: str, href: str, children: Inlines) -> bool:
    """Whether the title behind an address only says again what the link says, as wikis write it."""
    said = {plain_text(children).casefold(), unquote(href).casefold(), "wikilink"}
    return title.casefold() in said


def _help(url: str) -> str:
    if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|edu|gov|int|uk|de|fr|eu))(?:/|$)", url):
        return f"did you mean 'https://{url}'?"
    return "write a full address that starts with https:// or mailto:, #heading, or the file of a topic: other-topic.md"

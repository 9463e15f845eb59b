"""The headings of a body: which is its title, which are its sections, what stands in which, and their identifiers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from atlas_print.inlines import Inline, Inlines, plain_text
from atlas_print.problems import Place
from atlas_print.read.divisions import is_group, language_of, set_language


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of a body that is the title of its topic."""

    words: Inlines
    place: Place


@dataclass
class Heading:
    """A heading of that level, with the nodes under it up to the next, and the headings below it."""

    node: SyntaxTreeNode
    level: int
    blocks: list[SyntaxTreeNode] = field(default_factory=list)
    parts: list["Heading"] = field(default_factory=list)


def outline(
    nodes: Sequence[SyntaxTreeNode],
) -> tuple[SyntaxTreeNode | None, list[SyntaxTreeNode], list[Heading]]:
    """The heading that is the title, if one is; what stands before the sections; the sections.

    A heading stands in the nearest one before it that is of a higher level, however many levels lie between the two.
    """
    nodes = list(_ungrouped(nodes))
    title = _title(nodes)
    first: list[SyntaxTreeNode] = []
    sections: list[Heading] = []
    around: list[Heading] = []
    for node in nodes[0 if title is None else 1 :]:
        if node.type != "heading":
            (around[-1].blocks if around else first).append(node)
            continue
        heading = Heading(node, _level(node))
        while around and around[-1].level >= heading.level:
            around.pop()
        (around[-1].parts if around else sections).append(heading)
        around.append(heading)
    return title, first, sections


def _level(node: SyntaxTreeNode) -> int:
    return int(node.tag[1:])


def _title(nodes: Sequence[SyntaxTreeNode]) -> SyntaxTreeNode | None:
    """The only heading of level 1 where it comes first, carries nothing of a section, and has lower ones behind it."""
    headings = [node for node in nodes if node.type == "heading"]
    highest = [node for node in headings if _level(node) == 1]
    if len(headings) < 2 or highest != nodes[:1]:
        return None
    given = [it.name for it in highest[0].meta.get("attributes", ())]
    return None if any(name[0] not in "#-" and name != "lang" for name in given) else highest[0]


def _ungrouped(nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """The nodes, with those of a group that holds headings in its place: these are headings of the topic."""
    for node in nodes:
        if node.type == "division" and any(inner.type == "heading" for inner in node.children) and is_group(node):
            if (language := language_of(node)) is not None:
                for inner in node.children:
                    set_language(inner, language)
            yield from _ungrouped(node.children)
        else:
            yield node


class Identifiers:
    """What links within one topic can lead to, named as Pandoc names it.

    https://pandoc.org/MANUAL.html#extension-auto_identifiers
    """

    def __init__(self) -> None:
        self.known: dict[str, None] = {}

    def of(self, words: Sequence[Inline], given: str | None) -> str:
        """The identifier of a heading: the one that is given, else one made of its words that no other has."""
        if given is not None:
            self.known[given] = None
            return given
        kept = re.sub(r"[^\w\s.-]", "", plain_text(words, is_spelled=False).lower())
        name = re.sub(r"^[\W\d_]+", "", "-".join(kept.split())) or "section"
        number, unique = 0, name
        while unique in self.known:
            number += 1
            unique = f"{name}-{number}"
        self.known[unique] = None
        return unique

"""What stands between lines of :::, by the classes of its first line."""

from dataclasses import replace
from difflib import get_close_matches
from typing import Literal, TypeAlias

from markdown_it.tree import SyntaxTreeNode

from atlas_print.read.attributes import Attribute

DivisionKind: TypeAlias = Literal["urgent", "warning", "note"]
_KINDS: tuple[DivisionKind, ...] = ("urgent", "warning", "note")
_CALLOUT = "callout"
"""How the classes of what Quarto puts into a box start; a heading in one is the name of the box."""


def kind_of(node: SyntaxTreeNode) -> DivisionKind | None:
    """What sets a division apart; None where it only groups."""
    classes = _classes(node)
    return next((kind for kind in _KINDS if kind in classes), None)


def language_of(node: SyntaxTreeNode) -> Attribute | None:
    """What a division says of the language of what it holds."""
    return next((it for it in node.meta.get("attributes") or () if it.name == "lang"), None)


def set_language(node: SyntaxTreeNode, language: Attribute) -> None:
    """Gives a node of a division that is taken away its language, unless it has one of its own."""
    if node.type not in ("heading", "division"):
        node.meta["language"] = language
    elif node.meta.get("attributes", ()) is not None and language_of(node) is None:
        node.meta["attributes"] = (*node.meta.get("attributes", ()), replace(language, offset=0))


def is_group(node: SyntaxTreeNode) -> bool:
    """Whether headings in a division are headings of the text around it."""
    return kind_of(node) is None and not any(name.startswith(_CALLOUT) for name in _classes(node))


def misspelt(node: SyntaxTreeNode) -> str | None:
    """A class that was meant as urgent: what may save a life must not be lost by a letter."""
    return next(
        (name for name in _classes(node) if name != "urgent" and get_close_matches(name, ["urgent"], 1, 0.8)), None
    )


def _classes(node: SyntaxTreeNode) -> list[str]:
    return [it.name[1:].lower() for it in node.meta.get("attributes") or () if it.name[0] == "."]

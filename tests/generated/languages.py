"""The words that generated atlases are made of, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from atlas_print.compose.labels import labels
from tests.making import ROOT

_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Language:
    """Words of one language; `digits` are its own ten, "" where it has none."""

    tag: str
    sentence: str
    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    adjuncts: tuple[str, ...]
    headings: tuple[str, ...]
    titles: tuple[str, ...]
    disclaimer: str
    labels: tuple[str, ...]
    levels: tuple[tuple[str, str], tuple[str, str]]
    digits: str = ""


@cache
def languages() -> Mapping[str, Language]:
    """Every language by its tag, English first."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {tag: Language(tag, **{key: _fixed(value) for key, value in words.items()}) for tag, words in read.items()}


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


@cache
def layout_labels(tag: str) -> tuple[str, ...]:
    """The words that layouts add by themselves, as far as they could be a heading that somebody writes."""
    said = labels(ROOT, tag)
    return tuple(label for label in said if "%(" not in label and label[:1].isupper() and len(label) < 60)

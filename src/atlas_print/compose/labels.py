"""The words that layouts add to the source: what a proof may meet in a file though no author wrote it."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateError
from jinja2.ext import extract_from_ast

from atlas_print.compose.bibliography import terms
from atlas_print.compose.words import Words
from atlas_print.shipped import folder

_TEMPLATES = (".html", ".xhtml", ".css", ".svg")
_FROM_CODE = ("Cover: %(words)s", "Page %(page)s of %(pages)s", "Draft")
"""Words that no template asks for by name."""
_FILLED = "\0"
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_MARKUP = frozenset('<>{}="&')
_SIGNS = frozenset("=+&:–")
"""Signs that stand for words, such as "level = meaning"."""
_WORD = re.compile(r"\{\{\s*(?:_|word)\(\s*(['\"])(.*?)\1\s*\)\s*\}\}")
_CONTENT = re.compile(r"content\s*:\s*([^;}]*)")
_PIECE = re.compile(r'"([^"]*)"|((?:target-)?counters?\((?:[^()]|\([^()]*\))*\))')
_FIELD = re.compile(r"%\(\w+\)s")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")


def labels(project: Path, language: str) -> tuple[str, ...]:
    """The fixed words of the layouts that a project is set with, in its language; `%(name)s` where one is filled in.

    They are read from the templates themselves, so that a project's own layout may say what it likes.
    """
    layouts = [project / "layouts", folder("layouts")]
    files: dict[str, Path] = {}
    for place in reversed(layouts):
        found = sorted(place.rglob("*")) if place.is_dir() else []
        names = {path.relative_to(place).as_posix(): path for path in found if path.suffix in _TEMPLATES}
        # What the report says is no part of an export, and must not pass for one there.
        files |= {name: path for name, path in names.items() if not name.startswith("report/")}
    words = Words(language, layouts)
    said = {words.text(message): None for message in _FROM_CODE} | dict.fromkeys(terms(language))
    for path in files.values():
        try:
            said |= dict.fromkeys(_said(path, words))
        except (TemplateError, UnicodeDecodeError):
            # A layout that can't be read makes nothing; who fills it tells why.
            continue
    return tuple(said)


def _said(path: Path, words: Words) -> Iterator[str]:
    environment = Environment(autoescape=True)
    source = path.read_text("utf-8")
    for _, _, found in extract_from_ast(environment.parse(source), gettext_functions=("_", "word")):
        # What is filled in comes as None behind the message.
        message = found[0] if isinstance(found, tuple) else found
        if message:
            yield words.text(message)
    if path.suffix == ".css":
        pieces = _of_style(source, words)
    else:
        plain = "".join(text if kind == "data" else _FILLED for _, kind, text in environment.lex(source))
        pieces = iter(_TAG.sub(_FILLED, plain).split(_FILLED))
    for part in pieces:
        piece = " ".join(part.split())
        says = any(map(str.isalpha, _FIELD.sub("", piece))) and not _MARKUP & set(piece)
        if says or piece in _SIGNS:
            yield piece


def _of_style(source: str, words: Words) -> Iterator[str]:
    """What a style sheet adds to the text, a counter as a page number."""
    plain = _ESCAPE.sub(" ", _WORD.sub(lambda found: words.text(found[2]), source))
    for value in _CONTENT.findall(plain):
        yield "".join("%(page)s" if piece[2] else piece[1] for piece in _PIECE.finditer(value))

"""Texts of a bibliography: their marks as CSL's rich text has them, entities as their characters."""

import re
from html.entities import html5
from typing import Any

from atlas_print.inlines import lowered, raised
from atlas_print.read.source import FORBIDDEN
from atlas_print.read.values.fields import fold

# Marks of CSL-JSON, HTML, JATS and MathML -> what CSL's rich text has for them. The rest of MARK changes no word.
_MEANT = {
    **dict.fromkeys(("i", "em", "italic"), "i"),
    **dict.fromkeys(("b", "strong", "bold"), "b"),
    **dict.fromkeys(("sub", "inf"), "sub"),
    "sup": "sup",
}
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*"""
_MARK = re.compile(
    r"<(?P<end>/?)(?P<name>"
    r"(?:(?:jats|ns\d|xhtml):)?(?:i|em|italic|b|strong|bold|sub|inf|sup|sc|scp|smallcaps|span|u|underline|tt|br|p|title)"
    rf"|(?:jats|mml|m):[a-z-]+|math|inline-formula|alternatives){_ATTRIBUTES}(?P<empty>/?)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]*));")
_RAISED = re.compile(r"(?<=\d)<(sup|sub)>([^<>]*)</\1>")
# Pandoc reads the texts of CSL-YAML as Markdown, and writes them so.
_MARKDOWN = (
    (re.compile(r"(?<![\w\\*])\*\*(?=\S)([^*]*[^\s*\\])\*\*(?!\w)"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w\\*])\*(?=\S)([^*]*[^\s*\\])\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"(?<!\\)\^([^\s^]+)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<![\\~])~([^\s~]+)~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"(?<!\\)\[([^\[\]]*)\]\{\.(?:nocase|smallcaps|nodecor)\}"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def rich(text: str) -> str:
    """A text with `<i>`, `<b>`, `<sub>` and `<sup>` for its marks, in pairs, and no other; white space folded."""
    if "<" not in text and "&" not in text:
        return fold(text)
    # Crossref has titles whose marks were escaped, and some that were escaped twice.
    text = unescaped(unescaped(text))
    parts: list[str] = []
    opened: list[tuple[str, str, int]] = []
    at = 0
    for mark in _MARK.finditer(text):
        parts.append(text[at : mark.start()])
        at = mark.end()
        name = mark["name"].lower().rpartition(":")[2]
        if name == "br":
            parts.append(" ")
        elif mark["end"]:
            while any(name == open_ for open_, _, _ in opened):
                open_, meant, start = opened.pop()
                if open_ == name:
                    parts.append(f"</{meant}>" if meant else "")
                    break
                parts[start] = ""
        elif not mark["empty"]:
            meant = "" if mark["name"].lower().startswith(("mml:", "m:")) else _MEANT.get(name, "")
            opened.append((name, meant, len(parts)))
            parts.append(f"<{meant}>" if meant else "")
    # A mark that nothing closes is what is left of a text that was cut.
    for _, _, start in opened:
        parts[start] = ""
    return fold(re.sub(r"<(\w+)>\s*</\1>", " ", "".join([*parts, text[at:]])))


def plain(text: str) -> str:
    """The words of a text without its marks: 10⁻³, as digits raised behind others are another number, and CO2."""
    return fold(re.sub(r"</?(?:i|b|sub|sup)>", "", _RAISED.sub(_spelled, rich(text))))


def unescaped(text: str) -> str:
    """The text with the characters that its entities name; what only looks like an entity stays."""
    return _ENTITY.sub(_character, text)


def from_markdown(text: str) -> str:
    """A text of CSL-YAML with the marks of Markdown as those of HTML."""
    for pattern, meant in _MARKDOWN:
        text = pattern.sub(meant, text)
    return text


def word(value: Any) -> str:
    """A scalar as text, with its line breaks: numbers as digits, everything else but text as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def joined(value: Any, separator: str) -> str | None:
    """A text, a number, or a list of these as one rich text, each of them once; None for what is no text."""
    values = value if isinstance(value, list) else [value]
    texts: dict[str, str] = {}
    for one in values:
        if isinstance(one, dict):
            # Crossref has the event and the institution of a work as records.
            one = one.get("name", True)
        if isinstance(one, bool | list | dict):
            return None
        text = rich(word(one))
        texts.setdefault(text.casefold(), text)
    return separator.join(filter(None, texts.values()))


def _spelled(found: re.Match[str]) -> str:
    return raised(found[2]) if found[1] == "sup" else lowered(found[2])


def _character(found: re.Match[str]) -> str:
    digits = found["decimal"] or found["hex"]
    if digits is None:
        return html5.get(f"{found['name']};", found[0])
    number = int(digits, 10 if found["decimal"] else 16)
    # What no page may hold stays as it was written, where an author can see it.
    return found[0] if number > 0x10FFFF or FORBIDDEN.match(chr(number)) else chr(number)

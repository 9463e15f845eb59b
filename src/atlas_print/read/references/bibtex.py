"""BibTeX and BibLaTeX -> CSL records as nodes, each field at its line."""

import logging
import re
from collections.abc import Mapping as Fields
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from atlas_print.problems import Place, Problem
from atlas_print.read.references.bibtex_fields import CONVERTED, Value, converted
from atlas_print.read.references.names import is_group
from atlas_print.read.references.tex import from_tex
from atlas_print.read.source import Source
from atlas_print.read.values.nodes import Mapping, Node, Scalar, Sequence

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OWN = frozenset("doi url eprint eprinttype archiveprefix pmid pmcid crossref xdata ids note keywords abstract".split())
"""What a part doesn't inherit from the whole that it is in."""
_PARTS = ("in", "supp", "conference")
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}


def parse_bibtex(source: Source, problems: list[Problem], of_entries: dict[str, list[Problem]]) -> tuple[Node, ...]:
    """The entries of the file as records of CSL; problems: entries that can't be read, and those inside of entries."""
    return _Reader(source, problems, of_entries).read()


class _Reader:
    def __init__(self, source: Source, problems: list[Problem], of_entries: dict[str, list[Problem]]) -> None:
        self.source = source
        self.problems = problems
        self.of_entries = of_entries
        self.library = parse_string(source.text, parse_stack=[])
        self.strings = {month: month for month in _MONTHS}
        for string in self.library.strings:
            self.strings[string.key.lower()] = self._resolved(str(string.value), self._place(string.start_line), "")
        self.entries: dict[str, dict[str, Value]] = {}

    def read(self) -> tuple[Node, ...]:
        entries = [entry for block in self.library.blocks if (entry := self._entry(block))]
        fields = [self._fields(entry) for entry in entries]
        for entry, own in zip(entries, fields, strict=True):
            self.entries.setdefault(entry.key.lower(), own)
        return tuple(
            self._record(entry, self._inherited(entry.key, entry.entry_type, own))
            for entry, own in zip(entries, fields, strict=True)
        )

    def _place(self, line: int | None) -> Place:
        row = self.source.lines[line or 0]
        return self.source.place((line or 0) + 1, len(row) - len(row.lstrip()) + 1)

    def _tell(self, id_: str, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem of one entry, or of the whole file."""
        problems = self.of_entries.setdefault(id_, []) if id_ else self.problems
        problems.append(Problem(place, rule, what, help_))

    def _entry(self, block: Any) -> Entry | None:
        """The entry of a block; what can't be read is told."""
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            block = block.ignore_error_block
        if isinstance(block, ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", "").split("\n")[0].rstrip(". ")
            what = f"this entry can't be read: {reason[:1].lower()}{reason[1:]}"
            help_ = "check its commas, braces and quotes, or export the file again"
            self._tell("", self._place(block.start_line), "bad-bibtex", what, help_)
        return block if isinstance(block, Entry) else None

    def _fields(self, entry: Entry) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for field in entry.fields:
            name, place = field.key.lower(), self._place(field.start_line)
            value = self._resolved(str(field.value), place, entry.key)
            first = found.setdefault(name, Value(value, place))
            if first.text != value and name in CONVERTED:
                what = f"the field {name!r} stands twice"
                help_ = f"keep one of the two; the first is in line {first.place.line}"
                self._tell(entry.key, place, "duplicate-key", what, help_)
        return found

    def _resolved(self, value: str, place: Place, id_: str) -> str:
        """A value without what encloses it; names of strings are their texts, and # joins."""
        parts = re.findall(r'\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}|"[^"]*"|[^\s#]+', value)
        if len(parts) == 1 or "#" not in value:
            parts = [value.strip()]
        return "".join(self._part(part, place, id_) for part in parts)

    def _part(self, part: str, place: Place, id_: str) -> str:
        if part[:1] + part[-1:] in ("{}", '""') and len(part) > 1:
            return part[1:-1]
        if part.lower() in self.strings:
            return self.strings[part.lower()]
        if not re.fullmatch(r"[\d.,:/-]*", part):
            help_ = 'define it, such as @string{name = "..."}, or put the value in braces'
            self._tell(id_, place, "unknown-string", f"there is no @string named {part!r}", help_)
        return part

    def _inherited(self, id_: str, type_: str, own: dict[str, Value], depth: int = 0) -> dict[str, Value]:
        """The fields of an entry with those that it takes from the whole that it is part of (crossref, xdata)."""
        found = dict(own)
        keys = [key.strip() for name in ("crossref", "xdata") if name in own for key in own[name].text.split(",")]
        for key in keys if depth < 3 else ():
            whole = self.entries.get(key.lower())
            if whole is None:
                at = own.get("crossref") or own["xdata"]
                self._tell(
                    id_, at.place, "unknown-crossref", f"there is no entry {key!r}", "write the id of the whole work"
                )
                continue
            for name, value in self._inherited(id_, "", whole, depth + 1).items():
                if name not in _OWN:
                    renamed = _TITLES.get(name, name) if type_.startswith(_PARTS) and "crossref" in own else name
                    found.setdefault(renamed, value)
        return found

    def _record(self, entry: Entry, fields: Fields[str, Value]) -> Node:
        place = self._place(entry.start_line)
        unknown: list[tuple[str, Place]] = []

        def text(value: Value) -> str:
            found, strange = from_tex(value.text)
            unknown.extend((name, value.place) for name in strange)
            return found

        record = converted(entry.entry_type, fields, text, _names)
        for name, at in dict.fromkeys(unknown):
            what = f"the entry {entry.key!r} has the TeX command {name}, which is not known"
            self._tell(entry.key, at, "unknown-tex", what, "write the character that it stands for, or the words alone")
        entries = [(Scalar("id", place, "id"), _node(entry.key, place))]
        entries += [(Scalar(key, value.place, key), _node(value.text, value.place)) for key, value in record.items()]
        return Mapping(tuple(entries), place)


def _names(value: Value, text: Any) -> list[dict[str, str]]:
    """The names of a field of BibTeX, as CSL has them."""
    return [name for one in split_multiple_persons_names(value.text) if (name := _name(one.strip(), value.place, text))]


def _name(one: str, place: Place, text: Any) -> dict[str, str]:
    def words(parts: str) -> str:
        return str(text(Value(parts, place)))

    if one.lower() == "others":
        return {"literal": "et al"}
    if re.match(r"(?:family|given|prefix|suffix)\w*\s*=", one):
        pairs = re.findall(r"([\w-]+)\s*=\s*(\{[^{}]*\}|[^,]*)", one)
        names = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
        return {names[key]: words(value.strip()) for key, value in pairs if key in names}
    # Without braces, BibTeX would make "Organization WH" of a group.
    if re.fullmatch(r"\{(?:[^{}]|\{[^{}]*\})*\}", one) or ("," not in one and is_group(words(one))):
        return {"literal": words(one)}
    name = parse_single_name_into_parts(one, strict=False)
    parts = {"family": name.last, "given": name.first, "non-dropping-particle": name.von, "suffix": name.jr}
    return {key: words(" ".join(value)) for key, value in parts.items() if value}


def _node(value: Any, place: Place) -> Node:
    if isinstance(value, dict):
        return Mapping(tuple((Scalar(key, place, key), _node(inner, place)) for key, inner in value.items()), place)
    if isinstance(value, list):
        return Sequence(tuple(_node(inner, place) for inner in value), place)
    return Scalar(str(value), place, value)

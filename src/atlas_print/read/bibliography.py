"""references.json or references.yaml (CSL) -> Reference records, checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from atlas_print.atlas import Reference
from atlas_print.problems import Place, Problem
from atlas_print.read import csl, identifiers
from atlas_print.read.fields import fold
from atlas_print.read.json_nodes import parse_json
from atlas_print.read.nodes import Mapping, Node, Scalar, Sequence, plain, scalars
from atlas_print.read.source import LIMIT_DATA, Source, read_source
from atlas_print.read.yaml_nodes import parse_yaml

_NAMES = ("references.json", "references.yaml")
_EXPORT = "export it as CSL-JSON or CSL-YAML"
# Zotero keeps what its own fields don't hold as "PMID: 123" lines in the note.
_NOTE_LINE = re.compile(r"^[ \t]*(DOI|PMID|PMCID)[ \t]*:[ \t]*(\S+)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>")

_SHAPES = {
    "DOI": (identifiers.is_doi, "write it bare, such as 10.1148/radiol.220069"),
    "PMID": (identifiers.is_pmid, "write its digits only, such as 34032513"),
    "PMCID": (identifiers.is_pmcid, "write it with its letters, such as PMC8475962"),
    "URL": (
        identifiers.is_web_address,
        "write a full address that starts with https://, with no spaces and no password",
    ),
}


@dataclass
class Bibliography:
    """The records by id, in the order of the file that problems call `file`, and the nodes that they came from.

    Where the file is not `whole`, nothing can be said about an id that it lacks.
    """

    file: str
    exists: bool
    whole: bool = True
    references: dict[str, Reference] = field(default_factory=dict)
    nodes: dict[str, Mapping] = field(default_factory=dict)

    def printed(self, id_: str) -> Iterator[Scalar]:
        """The texts of a record that a reference list prints, with their places, without CSL's rich text marks."""
        for key, node in self.nodes[id_].entries:
            if key.text in csl.TEXTS or key.text in csl.NAMES or key.text in csl.DATES:
                for scalar in scalars(node):
                    yield Scalar(_MARKUP.sub("", scalar.text), scalar.place, None)


def read_bibliography(content: Path, problems: list[Problem]) -> Bibliography:
    """The bibliography of a content folder; an empty one if there is none, or if it can't be read."""
    names = [name for name in _NAMES if (content / name).exists()]
    found = Bibliography(f"content/{names[0] if names else _NAMES[0]}", exists=bool(names))
    if len(names) == 2:
        what = "references.yaml stands beside references.json"
        problems.append(Problem(Place("content/references.yaml"), "two-bibliographies", what, "keep one of the two"))
    if not names:
        return found
    source = read_source(content / names[0], found.file, problems, LIMIT_DATA)
    root = None if source is None else _root(source, problems)
    if isinstance(root, Sequence):
        for node in root.items:
            _add(node, found, problems)
        return found
    if root is not None:
        problems.append(Problem(root.place, "wrong-shape", "the bibliography is not a list", _EXPORT))
    found.whole = False
    return found


def _root(source: Source, problems: list[Problem]) -> Node | None:
    if source.file.endswith(".json"):
        return parse_json(source, problems)
    root = parse_yaml(source, source.text, 1, problems)
    # Pandoc's form of CSL-YAML holds the list under `references`.
    inner = root.get("references") if isinstance(root, Mapping) else None
    return inner or root


def _add(node: Node, found: Bibliography, problems: list[Problem]) -> None:
    """Adds one record, or tells why not."""
    if not isinstance(node, Mapping):
        found.whole = False
        problems.append(Problem(node.place, "wrong-shape", "an entry that is not a record", _EXPORT))
        return
    item = plain(node)
    id_ = csl.word(item.get("id"))
    if not id_:
        help_ = 'write "id": "author-year" and cite it by that'
        found.whole = False
        problems.append(Problem(node.place, "missing-id", "a reference has no id", help_))
        return
    if re.search(r"[\s{}\[\];]", id_):
        what, help_ = f"the id {id_!r} can't be cited", "write it without spaces, brackets and semicolons"
        problems.append(Problem(_place(node, "id"), "malformed-id", what, help_))
    if id_ in found.nodes:
        what = f"two references have the id {id_!r}"
        help_ = f"give each its own id; the first is in line {_place(found.nodes[id_], 'id').line}"
        problems.append(Problem(_place(node, "id"), "duplicate-reference", what, help_))
        return
    found.nodes[id_] = node
    found.references[id_] = _reference(id_, node, item, problems)


def _reference(id_: str, node: Mapping, item: dict[str, Any], problems: list[Problem]) -> Reference:
    name = f"reference {id_!r}"
    title = fold(_MARKUP.sub("", csl.word(item.get("title"))))
    if not title and csl.is_text(node.get("title")):
        what, help_ = f"{name} has no title", 'write "title": "..." as on the work'
        problems.append(Problem(_place(node, "title"), "missing-title", what, help_))
    type_ = csl.word(item.get("type"))
    if type_ not in csl.TYPES:
        near = next(iter(get_close_matches(type_, sorted(csl.TYPES), n=1, cutoff=0.8)), None)
        what = f"{name} has the unknown type {type_!r}" if type_ else f"{name} has no type"
        help_ = f"did you mean {near!r}?" if near else f"write a CSL type, such as {', '.join(csl.USUAL_TYPES)}"
        problems.append(Problem(_place(node, "type"), "unknown-type", what, help_))
    csl.check_values(name, node, problems)
    words = {key: csl.word(item.get(key)) for key in _SHAPES}
    noted = {key.upper(): text for key, text in _NOTE_LINE.findall(csl.word(item.get("note")))}
    given = {key: (words[key] or noted.get(key, ""), key if words[key] else "note") for key in _SHAPES}
    if not any(text for text, _ in given.values()):
        what, help_ = f"{name} has no DOI, PMID, PMCID or URL", "add one, so that a reader can find the work"
        problems.append(Problem(node.place, "missing-identifier", what, help_))
    found = {key: _identifier(name, key, text, _place(node, at), problems) for key, (text, at) in given.items()}
    shown = (found["DOI"], found["PMID"], found["PMCID"], found["URL"])
    return Reference(id_, title, item, *shown, file=node.place.file, line=node.place.line)


def _identifier(name: str, key: str, text: str, place: Place, problems: list[Problem]) -> str | None:
    """The identifier if it is well formed; a malformed one becomes a problem."""
    is_right, help_ = _SHAPES[key]
    if not text or is_right(text):
        return text or None
    if key == "DOI" and (bare := identifiers.doi_in(text)):
        help_ = f"write it bare: {bare}"
    problems.append(Problem(place, f"malformed-{key.lower()}", f"{name} has the malformed {key} {text!r}", help_))
    return None


def _place(node: Mapping, key: str) -> Place:
    value = node.get(key)
    return node.place if value is None else value.place

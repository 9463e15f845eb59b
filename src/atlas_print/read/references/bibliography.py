"""references.json, references.yaml (CSL) and references.bib (BibTeX) -> Reference records, checked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from atlas_print.atlas import Reference
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.references.bibtex import parse_bibtex
from atlas_print.read.references.records import RecordReader
from atlas_print.read.references.texts import plain as plain_words
from atlas_print.read.references.texts import word
from atlas_print.read.source import LIMIT_DATA, Source, read_source, shown
from atlas_print.read.values.json_nodes import parse_json
from atlas_print.read.values.nodes import Mapping, Node, Scalar, Sequence
from atlas_print.read.values.yaml_nodes import parse_yaml

_NAMES = ("references.json", "references.yaml", "references.bib")
_EXPORT = "export it as CSL-JSON, CSL-YAML or BibTeX"
_LISTS = ("items", "references", "message")
"""Where Zotero's and Crossref's interfaces and Pandoc's metadata keep the list."""


@dataclass
class Bibliography:
    """The records by id, in the order of their files, and the nodes that they came from.

    `file` is the one that problems call by name. Where the files are not `whole`, nothing can be said about an id that
    they lack. `problems` are those of single records, by their ids; `keys` the ids by what Zotero calls citation keys.
    `covered` are those of which every character was found in a font.
    """

    file: str
    exists: bool
    whole: bool = True
    references: dict[str, Reference] = field(default_factory=dict)
    nodes: dict[str, Mapping] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)

    def printed(self, id_: str) -> Iterator[Scalar]:
        """The texts of a record that a reference list prints, with their places, without the marks of rich text."""
        work = self.references[id_]
        # The address stands for an identifier.
        address = {} if work.doi or work.pmid or work.pmcid else {"URL": work.url or ""}
        for name, value in {**work.item, **address}.items():
            node = self.nodes[id_].get(name) or self.nodes[id_]
            for text in _texts(value) if name not in ("id", "type") else ():
                yield Scalar(plain_words(text), node.place, None)

    def told(self, listed: Collection[str]) -> Iterator[Problem]:
        """The problems of its records: errors in those that a topic lists, advice in all others."""
        for id_, problems in self.problems.items():
            for problem in problems:
                yield problem if id_ in listed else replace(problem, severity=Severity.ADVICE)


def read_bibliography(content: Path, problems: list[Problem]) -> Bibliography:
    """The bibliography of a content folder; an empty one if there is none, or if it can't be read."""
    names = [name for name in _NAMES if (content / name).exists()]
    found = Bibliography(f"content/{names[0] if names else _NAMES[0]}", exists=bool(names))
    for path in sorted(content.glob("references.*")):
        if path.suffix in (".yml", ".ris", ".nbib", ".enw", ".xml", ".bibtex", ".txt"):
            what, help_ = "this bibliography is not read", f"{_EXPORT}, into references.json, .yaml or .bib"
            problems.append(Problem(Place(f"content/{shown(path.name)}"), "not-read", what, help_, Severity.ADVICE))
    for name in names:
        source = read_source(content / name, f"content/{name}", problems, LIMIT_DATA)
        nodes = None if source is None else _records(source, found, problems)
        found.whole &= nodes is not None
        for node in nodes or ():
            _add(node, found, problems)
    return found


def _records(source: Source, found: Bibliography, problems: list[Problem]) -> tuple[Node, ...] | None:
    """The records of a file; None if it has no list of them."""
    if source.file.endswith(".bib"):
        before = len(problems)
        nodes = parse_bibtex(source, problems, found.problems)
        found.whole &= len(problems) == before
        return nodes
    is_json = source.file.endswith(".json")
    root = parse_json(source, problems) if is_json else parse_yaml(source, source.text, 1, problems)
    while isinstance(root, Mapping) and (inner := next(filter(_is_inner, map(root.get, _LISTS)), None)):
        root = inner
    if isinstance(root, Mapping) and (root.get("title") or root.get("id")):
        # A service that is asked for one work gives no list.
        return (root,)
    if not isinstance(root, Sequence):
        if root is not None:
            problems.append(Problem(root.place, "wrong-shape", "the bibliography is not a list", _EXPORT))
        return None
    nodes = tuple(_inner(node) for node in root.items)
    if nodes and isinstance(nodes[0], Mapping) and (nodes[0].get("itemType") or nodes[0].get("data")):
        what, help_ = "this is Zotero's own JSON", "choose “CSL JSON” or “Better CSL JSON” as the format of the export"
        problems.append(Problem(root.place, "wrong-shape", what, help_))
        return None
    return nodes


def _is_inner(node: Node | None) -> bool:
    return isinstance(node, Mapping | Sequence)


def _inner(node: Node) -> Node:
    """The record itself, which Zotero's interface wraps on demand."""
    return (node.get("csljson") or node) if isinstance(node, Mapping) else node


def _add(node: Node, found: Bibliography, problems: list[Problem]) -> None:
    """Adds one record, or tells why not."""
    if not isinstance(node, Mapping):
        found.whole = False
        problems.append(Problem(node.place, "wrong-shape", "an entry that is not a record", _EXPORT))
        return
    id_node = node.get("id")
    id_ = word(id_node.value) if isinstance(id_node, Scalar) else ""
    place = node.place if id_node is None else id_node.place
    if not id_:
        help_ = 'write "id": "author-year" and cite it by that'
        found.whole = False
        problems.append(Problem(place, "missing-id", "a reference has no id", help_))
        return
    if id_ in found.nodes:
        first = found.nodes[id_].get("id") or found.nodes[id_]
        what, help_ = f"two references have the id {id_!r}", f"give each its own id; the first is at {first.place}"
        problems.append(Problem(place, "duplicate-reference", what, help_))
        return
    own = found.problems.setdefault(id_, [])
    if not is_citable(id_):
        what, help_ = f"the id {id_!r} can't be cited", "write it without spaces, and each { with its }"
        own.append(Problem(place, "malformed-id", what, help_, Severity.ADVICE))
    if isinstance(key := node.get("citation-key"), Scalar):
        found.keys.setdefault(key.text, id_)
    found.nodes[id_] = node
    found.references[id_] = RecordReader(id_, node, own, is_yaml=node.place.file.endswith(".yaml")).read()


def is_citable(id_: str) -> bool:
    """Whether Pandoc can cite an id, in braces if need be: no white space, and braces in pairs."""
    depth = 0
    for sign in id_:
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or sign.isspace():
            return False
    return depth == 0


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)

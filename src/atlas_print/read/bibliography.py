"""references.json or references.yaml (CSL) -> Reference records, checked."""

import re
from pathlib import Path
from typing import Any

from atlas_print.atlas import Reference
from atlas_print.problems import Place, Problem
from atlas_print.read import identifiers
from atlas_print.read.fields import fold
from atlas_print.read.nodes import Mapping, Node, Scalar, Sequence, parse_json, parse_yaml, plain
from atlas_print.read.source import LIMIT_DATA, read_source

# The types of CSL 1.0.2, appendix III: https://docs.citationstyles.org/en/stable/specification.html
_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage
    """.split()
)
# Zotero keeps what its own fields don't hold as "PMID: 123" lines in the note.
_NOTE_LINE = re.compile(r"^\s*(DOI|PMID|PMCID)\s*:\s*(\S+)\s*$", re.MULTILINE)
_MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>")

_SHAPES = {
    "DOI": (identifiers.is_doi, "write it bare, such as 10.1148/radiol.220069"),
    "PMID": (identifiers.is_pmid, "write its digits only, such as 34032513"),
    "PMCID": (identifiers.is_pmcid, "write it with its letters, such as PMC8475962"),
    "URL": (identifiers.is_web_address, "write a full address that starts with https://"),
}


def read_bibliography(content: Path, problems: list[Problem]) -> tuple[dict[str, Reference], str]:
    """The records by id, in the order of the file, and the file's name for problems; none if there is no file."""
    names = [name for name in ("references.json", "references.yaml") if (content / name).is_file()]
    file = f"content/{names[0] if names else 'references.json'}"
    if len(names) == 2:
        problems.append(
            Problem(
                Place("content/references.yaml"),
                "two-bibliographies",
                "references.json stands beside references.yaml",
                "keep one of the two",
            )
        )
    if not names:
        return {}, file
    source = read_source(content / names[0], file, problems, LIMIT_DATA)
    if source is None:
        return {}, file
    if names[0].endswith(".json"):
        root = parse_json(source, problems)
    else:
        root = parse_yaml(source, source.text, 1, problems)
        # Pandoc's form of CSL-YAML holds the list under `references`.
        if isinstance(root, Mapping) and (inner := root.get("references")) is not None:
            root = inner
    if root is None:
        return {}, file
    if not isinstance(root, Sequence):
        problems.append(
            Problem(
                root.place,
                "wrong-shape",
                "the bibliography is not a list",
                "export it as CSL-JSON or CSL-YAML",
            )
        )
        return {}, file
    references: dict[str, Reference] = {}
    places: dict[str, Place] = {}
    for node in root.items:
        reference = _reference(node, problems)
        if reference is None:
            continue
        if reference.id in references:
            problems.append(
                Problem(
                    _place(node, "id"),
                    "duplicate-reference",
                    f"two references have the id {reference.id!r}",
                    f"give each its own id; the first is in line {places[reference.id].line}",
                )
            )
            continue
        references[reference.id] = reference
        places[reference.id] = node.place
    return references, file


def _reference(node: Node, problems: list[Problem]) -> Reference | None:
    if not isinstance(node, Mapping):
        problems.append(
            Problem(node.place, "wrong-shape", "an entry that is not a record", "export the list as CSL-JSON")
        )
        return None
    item = plain(node)
    id_ = _word(item.get("id"))
    if not id_:
        problems.append(
            Problem(
                node.place,
                "missing-id",
                "a reference has no id",
                'write "id": "author-year" and cite it by that',
            )
        )
        return None
    name = f"reference {id_!r}"
    title = fold(_MARKUP.sub("", _word(item.get("title"))))
    if not title:
        what = "has no title"
        problems.append(
            Problem(
                _place(node, "title"),
                "missing-title",
                f"{name} {what}",
                'write "title": "..." as on the work',
            )
        )
    type_ = _word(item.get("type"))
    if type_ not in _TYPES:
        problems.append(
            Problem(
                _place(node, "type"),
                "unknown-type",
                f"{name} has the unknown type {type_!r}" if type_ else f"{name} has no type",
                'write a CSL type, such as "article-journal", "report", "webpage" or "chapter"',
            )
        )
    _check_names_and_dates(name, node, problems)
    found = _identifiers(name, node, item, problems)
    if not any(_word(item.get(key)) for key in _SHAPES) and not found:
        problems.append(
            Problem(
                node.place,
                "missing-identifier",
                f"{name} has no DOI, PMID, PMCID or URL",
                "add one, so that a reader can find the work",
            )
        )
    return Reference(id_, title, item, found.get("DOI"), found.get("PMID"), found.get("PMCID"), found.get("URL"))


def _identifiers(name: str, node: Mapping, item: dict[str, Any], problems: list[Problem]) -> dict[str, str]:
    """The well-formed identifiers of an item; a malformed one becomes a problem."""
    found = {}
    noted = dict(_NOTE_LINE.findall(_word(item.get("note"))))
    for key, (is_right, help_) in _SHAPES.items():
        text = _word(item.get(key)) or noted.get(key, "")
        if not text:
            continue
        if is_right(text):
            found[key] = text
            continue
        place = _place(node, key if key in item else "note")
        problems.append(Problem(place, f"malformed-{key.lower()}", f"{name} has the malformed {key} {text!r}", help_))
    return found


def _check_names_and_dates(name: str, node: Mapping, problems: list[Problem]) -> None:
    for key, value in node.entries:
        if key.text in ("author", "editor", "translator", "container-author", "collection-editor"):
            people = value.items if isinstance(value, Sequence) else (value,)
            if not all(isinstance(person, Mapping) and _has_name(person) for person in people):
                problems.append(
                    Problem(
                        value.place,
                        "malformed-name",
                        f"{name} has a malformed {key.text}",
                        'write [{"family": "...", "given": "..."}], or [{"literal": "..."}] for a group',
                    )
                )
        elif key.text in ("issued", "accessed", "original-date", "submitted", "event-date") and not _is_date(
            plain(value)
        ):
            problems.append(
                Problem(
                    value.place,
                    "malformed-date",
                    f"{name} has a malformed {key.text} date",
                    'write {"date-parts": [[2024, 5, 31]]}, with month and day where they are known',
                )
            )


def _has_name(person: Mapping) -> bool:
    names = (person.get("family"), person.get("literal"), person.get("given"))
    return any(isinstance(part, Scalar) and fold(part.text) for part in names)


def _is_date(value: Any) -> bool:
    if isinstance(value, str):
        return bool(re.fullmatch(r"-?\d{4}(-\d\d?(-\d\d?)?)?(/.*)?", value))
    if not isinstance(value, dict):
        return False
    parts = value.get("date-parts")
    if parts is None:
        return bool(_word(value.get("raw")) or _word(value.get("literal")))
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= 2
        and all(isinstance(part, list) and 1 <= len(part) <= 3 and _are_date_parts(part) for part in parts)
    )


def _are_date_parts(part: list[Any]) -> bool:
    try:
        year, month, day = (*(int(str(number)) for number in part), 1, 1)[:3]
    except ValueError:
        return False
    # Months 13 to 24 are the seasons of CSL and EDTF.
    return -9999 <= year <= 9999 and 1 <= month <= 24 and 1 <= day <= 31


def _word(value: Any) -> str:
    """A scalar of CSL as text: numbers as digits, everything else but text as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return fold(str(value)) if "\n" not in str(value) else str(value).strip()


def _place(node: Node, key: str) -> Place:
    value = node.get(key) if isinstance(node, Mapping) else None
    return node.place if value is None else value.place

"""Names of people and groups in every shape that tools write -> CSL names of texts alone."""

import re
from typing import Any

from atlas_print.read.references.texts import plain, word

Name = dict[str, str]

_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_PARTICLES = frozenset(
    "al af av da das de del della der des di do dos du el la le los ten ter van von zu zur y".split()
)
_GROUPS = frozenset(
    """
    agency alliance association authority board center centre coalition collaboration collaborators college commission
    committee consortium council department federation foundation fund group health hospital initiative institute
    institutes institution investigators ministry network nations office organisation organization panel programme
    project registry service services society team trust union university
    """.split()
)
"""Last words of the names of groups."""
_MANY = re.compile(r"\{?(?:and )?others\}?|et\.? al\.?|\[?\.{3}\]?|…", re.IGNORECASE)


OTHERS = {"literal": "et al"}
"""What stands for people who aren't named."""


class NoNamesError(Exception):
    """A value that is no list of names."""


def read_names(value: Any) -> list[Name]:
    """The people and groups that a value names, in their order; NoNamesError if it can't be names.

    Empty names are none. What says that there are more people ("and others", "et al.") is `OTHERS`.
    """
    given = value if isinstance(value, list) else [value]
    names = [name for one in given if (name := _name(one))]
    # Nobody but others is nobody.
    return names if any(name != OTHERS for name in names) else []


def is_group(text: str) -> bool:
    """Whether a name is that of a group, by a word that no person is called: "Centers for Disease Control"."""
    words = text.split()
    return bool(words) and (
        any(word.islower() and word not in _PARTICLES for word in words) or words[-1].strip(".").lower() in _GROUPS
    )


def _name(one: Any) -> Name | None:
    if one is None:
        return None
    if isinstance(one, str):
        return _from_text(plain(one))
    if not isinstance(one, dict):
        raise NoNamesError
    if any(not isinstance(one.get(key), str | int | None) for key in (*_PARTS, "literal", "name")):
        raise NoNamesError
    parts = {key: text for key in _PARTS if (text := plain(word(one.get(key))))}
    # Crossref has the name of a group under "name".
    literal = plain(word(one.get("literal"))) or plain(word(one.get("name")))
    whole = literal or (parts.get("family") or parts.get("given") or "" if len(parts) == 1 else "")
    if _MANY.fullmatch(whole):
        return dict(OTHERS)
    if parts.get("family") or parts.get("given"):
        braced = re.fullmatch(r"\{(.+)\}", parts.get("family", ""))
        return {"literal": braced[1].strip("{}")} if braced and len(parts) == 1 else parts
    return {"literal": literal} if literal else None


def _from_text(text: str) -> Name | None:
    """A name that is one text: "Mora, Ada" is a person's, all else stays whole."""
    if _MANY.fullmatch(text):
        return dict(OTHERS)
    person = re.fullmatch(r"([^,;&]+), ([^,;&]+)", text)
    if person and not is_group(text):
        return {"family": person[1], "given": person[2]}
    return {"literal": text} if text else None

"""The evidence scale: its parts in atlas.yaml, and the grade on the heading of a section."""

import re
from collections.abc import Callable, Mapping

from atlas_print.atlas import Atlas, Level, Scale
from atlas_print.problems import Place, Problem
from atlas_print.read.attributes import Attribute, Attributes
from atlas_print.read.values.fields import Fields, fold, marks_in, nearest, suggest
from atlas_print.read.values.nodes import Mapping as Entries
from atlas_print.read.values.nodes import Scalar
from atlas_print.sections import Grade

_MOST = 4
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TAKEN = ("lang", "dir", "id", "class", "number", "alt")
"""Attributes that mean something else on a heading or in its text."""
_UNQUOTED = re.compile(r"""([a-z][a-z0-9-]*)=([^\s{}="'“”]+(?:[ \t]+(?![\w-]+=|[.#])[^\s{}="'“”]+)+)""")


def read_scales(fields: Fields, problems: list[Problem]) -> dict[str, Scale]:
    """The parts of the evidence grade, by the names that headings give them."""
    example = "write `grades:` with one to four parts, each with its `label:` and, unless it is free text, `levels:`"
    scales = {}
    entries = fields.mapping("grades", example)
    for index, (key, value) in enumerate(entries):
        is_name = _NAME.fullmatch(key.text) and key.text not in _TAKEN
        if not is_name:
            why = "means something else there" if key.text in _TAKEN else "is no name that it can have there"
            what = f"a part of a grade is written on headings, and {key.text!r} {why}"
            help_ = "name it in a-z, 0-9 and hyphens, such as strength; what readers see is its `label:`"
            problems.append(Problem(key.place, "malformed-name", what, help_))
        if index == _MOST:
            what = f"a grade of {len(entries)} parts"
            help_ = f"keep at most {_MOST}, and say the rest in the text of the sections"
            problems.append(Problem(key.place, "many-grades", what, help_))
        inner = Fields(value, key.place, f"the grade {key.text}", problems)
        label = inner.text("label", "write the words that readers see, such as `label: Strength of evidence`") or ""
        scale = Scale(label, _levels(inner, problems))
        inner.finish()
        if is_name:
            scales[key.text] = scale
    return scales


def _levels(scale: Fields, problems: list[Problem]) -> dict[str, Level]:
    example = "write each level with its plain meaning: `high: ...`; delete `levels:` where the part is free text"
    levels = {}
    for key, value in scale.mapping("levels", example if "levels" in scale.keys else None):
        if isinstance(value, Entries):
            inner = Fields(value, key.place, f"{key.text!r} in levels", problems)
            label = inner.text("label") or key.text
            levels[key.text] = Level(label, inner.text("meaning", "write `meaning: ...` under it") or "")
            inner.finish()
            continue
        meaning = fold(value.text) if isinstance(value, Scalar) else ""
        if isinstance(value, Scalar) and meaning:
            scale.check_plain(key.text, value)
        else:
            what = f"{key.text!r} in levels has no text"
            problems.append(Problem(key.place, "empty-label", what, f"write `{key.text}: ...`"))
        levels[key.text] = Level(key.text, meaning)
    return levels


def read_grade(
    atlas: Atlas, attributes: Attributes, place: Callable[[Attribute], Place], problems: list[Problem]
) -> Grade | None:
    """The grade among a heading's attributes; None where there is none or where it is not whole.

    `place` says where an attribute stands.
    """
    if not atlas.grades:
        # That there is no scale is told already.
        for attribute in [it for it in attributes.left if it.name[0] not in ".#"]:
            attributes.take(attribute.name)
    given = {name: found for name in atlas.grades if (found := attributes.take(name))}
    if not given:
        return None
    missing = [name for name in atlas.grades if name not in given or not given[name].value]
    # A misspelt part is told as an unknown attribute.
    misspelt = {nearest(attribute.name, atlas.grades) for attribute in attributes.left}
    if not misspelt.issuperset(missing):
        what = f"the grade has no {' and no '.join(missing)}"
        help_ = f"write all of it: {{{_whole(atlas)}}}"
        problems.append(Problem(place(next(iter(given.values()))), "partial-grade", what, help_))
    for name, found in given.items():
        levels = atlas.grades[name].levels
        if not levels:
            problems.extend(marks_in(name, found.value, place(found)))
        elif found.value and found.value not in levels:
            what = f"{found.value!r} is not a level of {name}"
            help_ = suggest(_key(found.value, levels), levels, f"levels of {name}")
            problems.append(Problem(place(found), "unknown-level", what, help_))
    return None if missing else Grade({name: given[name].value for name in atlas.grades})


def mended(atlas: Atlas, text: str) -> str:
    """What to write instead of attributes of a heading that can't be read."""
    for name, value in _UNQUOTED.findall(text):
        scale = atlas.grades.get(name)
        if scale is None:
            continue
        if scale.levels and value not in scale.levels:
            near = nearest(_key(value, scale.levels), scale.levels)
            return f"write {name}={near}" if near else f"write one of these behind {name}=: {', '.join(scale.levels)}"
        return f'put the value in quotes: {name}="{value}"'
    return f"write {{{_whole(atlas)}}} or {{.unknowns}}, with straight quotes"


def _key(word: str, levels: Mapping[str, Level]) -> str:
    """The key of the level with that label, or else the word itself."""
    return next((key for key, level in levels.items() if level.label.casefold() == word.casefold()), word)


def _whole(atlas: Atlas) -> str:
    return " ".join(f"{name}=..." if scale.levels else f'{name}="..."' for name, scale in atlas.grades.items())

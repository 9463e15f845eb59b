"""`profiles` and `handout` in atlas.yaml: sizes of the project's own, none below the floors of their layout."""

from collections.abc import Mapping
from dataclasses import replace

from atlas_print.problems import Problem
from atlas_print.profiles import DEFAULT_PROFILE, HANDOUT, OWN, PROFILES, HandoutFloors, Profile, Range
from atlas_print.read.values.fields import Fields, number_in


def read_profiles(fields: Fields, problems: list[Problem]) -> Mapping[str, Profile]:
    """The built-in profiles by name, and those of the project; problems for each value that is out of its range."""
    profiles = dict(PROFILES)
    for key, value in fields.mapping("profiles"):
        inner = Fields(value, key.place, f"the profile {key.text!r}", problems)
        if key.text in PROFILES:
            what, help_ = f"the profile {key.text!r} is built in", "give yours a name of its own"
            inner.problem(key.place, "known-profile", what, help_)
        size = _number(inner, "size", OWN.size)
        spacing = _number(inner, "spacing", OWN.spacing)
        headings = _headings(inner, size)
        length = _number(inner, "line_length", OWN.line_length)
        source = inner.text("source", "write `source: ...`, who asks for these sizes; the build report prints it")
        inner.finish()
        # An export may name a profile that has problems: those are told once, here.
        profiles.setdefault(key.text, PROFILES[DEFAULT_PROFILE])
        if size and spacing and headings and length and source and key.text not in PROFILES:
            profiles[key.text] = Profile(key.text, size, spacing, headings, round(length), source)
    return profiles


def read_handout(fields: Fields, problems: list[Problem]) -> HandoutFloors:
    """The floors of the handout, raised where the project raises them; they can't be lowered."""
    node = fields.node("handout")
    if node is None:
        return HANDOUT
    inner = Fields(node, fields.place_of("handout"), "`handout`", problems)
    floors = {"body": HANDOUT.body_floor, "references": HANDOUT.references_floor}
    for name, most in (("body", HANDOUT.body_preferred), ("references", HANDOUT.references_preferred)):
        if inner.node(name) is not None:
            floors[name] = _number(inner, name, Range(floors[name], most, "of pt")) or floors[name]
    inner.finish()
    return replace(HANDOUT, body_floor=floors["body"], references_floor=floors["references"])


def _number(fields: Fields, name: str, allowed: Range) -> float | None:
    example = f"write `{name}: ...`, {allowed}"
    text = fields.text(name, example)
    if text is None:
        return None
    number = number_in(text)
    if number is not None and allowed.least <= number <= allowed.most:
        return number
    fields.problem(fields.place_of(name), f"malformed-{name}", f"`{name}` is {text!r}", example)
    return None


def _headings(fields: Fields, size: float | None) -> tuple[float, float, float] | None:
    """Three sizes in pt, each at least the next and the last at least the text's."""
    example = f"write three sizes in pt, none below the next or the text's, at most {OWN.size.most:g}: [28, 22, 20]"
    scalars = fields.texts("headings")
    if not scalars:
        if fields.node("headings") is None:
            fields.missing("headings", example)
        return None
    found = [number_in(scalar.text) for scalar in scalars]
    sizes = [number for number in found if number is not None]
    if len(found) == len(sizes) == 3:
        first, second, third = sizes
        if OWN.size.most >= first >= second >= third >= (size or OWN.size.least):
            return first, second, third
    shown = ", ".join(scalar.text for scalar in scalars)
    fields.problem(fields.place_of("headings"), "malformed-headings", f"`headings` are [{shown}]", example)
    return None

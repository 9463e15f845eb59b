"""Whole atlases as a hypothesis strategy: the text of every file of content/."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.generated.choices import Choices, by_hypothesis, by_number
from tests.generated.languages import Language, languages, layout_labels
from tests.generated.records import as_json, record
from tests.generated.sections import STOPS, Scene, body

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 160">
<rect x="10" y="10" width="400" height="140" fill="none" stroke="#1a1a1a" stroke-width="3"/>
<text x="210" y="68" font-family="Atkinson Hyperlegible" font-size="26" text-anchor="middle">{first}</text>
<text x="210" y="118" font-family="Atkinson Hyperlegible" font-size="26" text-anchor="middle">{second}</text>
</svg>
"""
_TERMS = ("CT", "TLco", "VO2", "β-blocker", "HLA-B*27", "6MWT", "SpO₂")
_CONTACTS = (
    "hello@atlas.example",
    "https://atlas.example/contact?from=print",
    "+44 20 7946 0000",
    "Room 12, Main Street",
)
_SLUGS = ("breath", "sleep-2", "a-third-topic")


@dataclass(frozen=True, repr=False)
class Draft:
    """An atlas as text: path below the project -> content."""

    files: Mapping[str, str]

    def write(self, project: Path) -> None:
        """Writes the project."""
        for path, text in self.files.items():
            file = project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def __repr__(self) -> str:
        return "\n".join(f"=== {path}\n{text}" for path, text in self.files.items())


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """An honest atlas that `check` accepts."""
    return _draft(by_hypothesis(draw))


def draft(number: int) -> Draft:
    """The same atlas for the same number."""
    return _draft(by_number(number))


def _draft(choices: Choices) -> Draft:
    one = choices.one
    language = one(list(languages().values()))
    slugs = _SLUGS[: one((2, 3)) if choices.seldom(12) else 1]
    # Layout takes most of the time, and long lists of references most of that.
    count = one((20, 40, 60)) if choices.seldom(20) else choices.number(1, 6)
    records = [record(choices, number) for number in range(1, count + 1)]
    terms = choices.some(_TERMS, 0, 2)
    config = _config(choices, language, terms)
    ids = [str(found["id"]) for found in records]
    names = [*layout_labels(language.tag), *config["kinds"].values(), *config["systems"].values()]
    names += [config["title"], config["publisher"], *(part["label"] for part in config["grades"].values())]
    scene = Scene(choices, language, names, terms, config["grades"])
    titles = [scene.title(slug) for slug in slugs]
    files = {"content/atlas.yaml": _yaml(config)}
    for slug, title in zip(slugs, titles, strict=True):
        front = _front(scene, title, [other for other in slugs if other != slug])
        text = body(scene, title, titles, choices.some(ids, len(ids), len(ids)))
        if choices.seldom(4):
            front["nocite"] = one((f"@{ids[0]}", "@*"))
        files[f"content/topics/{slug}.md"] = f"---\n{_yaml(front)}---\n\n{text}\n"
    files["content/references.json"] = as_json(records)
    files["content/figures/box.svg"] = _SVG.format(first=scene.label(), second=scene.label())
    return Draft(files)


def _config(choices: Choices, language: Language, terms: list[str]) -> dict[str, Any]:
    one = choices.one
    overview, body_, strength, audit, basis = language.labels
    scene = Scene(choices, language, (), (), {})
    scales = {
        name: {"label": label, "levels": {level: scene.sentence() for level in levels}}
        for name, label, levels in zip(("strength", "audit"), (strength, audit), language.levels, strict=True)
    }
    config = {
        "title": one((*language.titles, "Real Health Atlas", "Atlas 2")),
        "language": language.tag,
        "url": one(("https://atlas.example/", "https://example.org/health/atlas/")),
        "publisher": one(("Real Health Atlas", "Atlas 2", overview, "Oak & Söhne")),
        "contact": one(_CONTACTS),
        "disclaimer": one((language.disclaimer, f"{language.disclaimer} {scene.sentence()}")),
        "kinds": {"overview": one((overview, language.headings[0]))},
        "systems": {"body": one((body_, overview + " 2"))},
        "flags": {"unseen": {"label": one(language.headings), "meaning": scene.sentence()}},
        "grades": scales | {"basis": {"label": basis}},
        "exports": {
            "large-print": {
                "kind": "large-print",
                "profile": one(("clear-18", "clear-18", "clear-18", "aph-18", "acb-18", "giant-24")),
                "theme": one(("light", "cream", "dark")),
                "paper": one(("A4", "Letter")),
            },
            "handout": {
                "kind": "handout",
                "paper": one(("A4", "Letter", "both")),
                "sides": one(("1", "1", "2", "as-needed")),
            },
            "epub": {"kind": "epub"},
        },
    }
    if terms:
        full = {"full": one(language.headings), "plain": scene.sentence().rstrip(STOPS)}
        config["glossary"] = dict.fromkeys(terms, full)
    if choices.seldom(2):
        config["licence"] = "CC BY 4.0"
    return config


def _front(scene: Scene, title: str, others: list[str]) -> dict[str, Any]:
    one = scene.choices.one
    front: dict[str, Any] = {"title": title, "kind": "overview", "system": "body"}
    front |= {
        "reviewed": one(("2026-10-01", "2025-02-28", "2026-11-22")),
        "lede": scene.plain(),
        "short": scene.plain(),
    }
    optional = {
        "subtitle": one((*scene.language.headings, *scene.names[:12], "Part 2", title)),
        "grade_notes": scene.plain(),
        "flags": ["unseen"],
        "related": others,
        "review_every": "12 months",
    }
    return front | {name: optional[name] for name in scene.choices.some(sorted(optional), 0, 4) if optional[name]}


def _yaml(value: Any) -> str:
    return yaml.dump(value, allow_unicode=True, sort_keys=False, width=100, Dumper=_Plain)


class _Plain(yaml.SafeDumper):
    """Writes no anchors, which nobody writes by hand."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

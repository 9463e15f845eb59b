"""Projects of honest content, written down shortly: a YAML file each.

`topics` have their own fields and `body`; what every topic needs besides stands here. `atlas` replaces fields of
atlas.yaml, `figures` holds what is drawn, by file name. Records "one" and "two" are always there; `records` is a list
of more, or how many are made ("r1", "r2", ...), `more` a list beside those, `bib` a file of BibTeX. `repeat` fills
"{name}" in bodies with a text so many times, `told` has what is told of it, where that can't be helped.
"""

import json
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ATLAS: dict[str, Any] = {
    "title": "Real Health Atlas",
    "language": "en",
    "url": "https://atlas.example/",
    "publisher": "Real Health Atlas",
    "contact": "hello@atlas.example",
    "disclaimer": "This is education, not medical advice. Tests belong in a talk with your own clinician.",
    "kinds": {"overview": "Overview"},
    "systems": {"whole-body": "Whole body"},
    "flags": {"unseen": {"label": "Easily missed", "meaning": "Tests can be normal."}},
    "grades": {
        "strength": {
            "label": "Strength of evidence",
            "levels": {
                "high": "Several good studies agree.",
                "moderate": "Good evidence that more study could change.",
                "low-moderate": "Some evidence, with gaps.",
                "low": "Early signs only.",
            },
        },
        "audit": {
            "label": "Audit",
            "levels": {
                "well-founded": "The claim rests on what was measured.",
                "emerging": "The claim is plausible and not yet settled.",
                "contested": "Careful people disagree.",
            },
        },
        "basis": {"label": "Based on"},
    },
    "exports": {
        "large-print": {"kind": "large-print"},
        "handout": {"kind": "handout"},
        "epub": {"kind": "epub"},
    },
}
_FRONT = {
    "kind": "overview",
    "system": "whole-body",
    "reviewed": "2026-09-01",
    "lede": "A fever is a raised temperature.",
    "short": "Rest and drink.",
}
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 220" font-family="Atkinson Hyperlegible">{}</svg>'


def kinds() -> list[str]:
    """The name of each project."""
    return sorted(path.stem for path in HERE.glob("*.yaml"))


def told(kind: str) -> list[str]:
    """What is told of a project, a piece of each finding: nothing of most."""
    return list(yaml.safe_load((HERE / f"{kind}.yaml").read_text("utf-8")).get("told", []))


def write(kind: str, project: Path) -> None:
    """Writes the project of that name."""
    told = yaml.safe_load((HERE / f"{kind}.yaml").read_text("utf-8"))
    content = project / "content"
    for folder in ("topics", "figures"):
        (content / folder).mkdir(parents=True)
    (content / "atlas.yaml").write_text(_yaml(ATLAS | told.get("atlas", {})), "utf-8")
    records = told.get("records", [])
    made = [_record(f"r{number}", number) for number in range(1, records + 1)] if isinstance(records, int) else records
    always = [_record("one", 101), _record("two", 102)]
    (content / "references.json").write_text(json.dumps([*always, *made, *told.get("more", [])]), "utf-8")
    if "bib" in told:
        (content / "references.bib").write_text(told["bib"], "utf-8")
    for name, inner in told.get("figures", {}).items():
        (content / "figures" / name).write_text(_SVG.format(inner), "utf-8")
    for slug, topic in told["topics"].items():
        front = {**_FRONT, **topic}
        body = front.pop("body")
        for name, (text, times) in told.get("repeat", {}).items():
            body = body.replace(f"{{{name}}}", " ".join([text] * times))
        (content / "topics" / f"{slug}.md").write_text(f"---\n{_yaml(front)}---\n\n{body}", "utf-8")


def _record(id_: str, number: int) -> dict[str, Any]:
    return {
        "id": id_,
        "type": "article-journal",
        "title": f"A long title of trial {number} of a drug for the fever of children in the homes of many towns",
        "author": [{"family": "Mora", "given": "Ada"}, {"family": "Berg", "given": "Olaf"}],
        "container-title": "Journal of Trials",
        "volume": str(number),
        "page": f"{number}-{number + 9}",
        "issued": {"date-parts": [[2000 + number % 25]]},
        "DOI": f"10.1000/abc.{number}",
    }


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000))

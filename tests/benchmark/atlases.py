"""Atlases of any size for measuring: each topic with a drawing, a table, grades, and 5 to 60 references."""

import json
from pathlib import Path
from random import Random

_LEAST, _MOST = 5, 60
"""References of a topic."""
_RECORDS_A_TOPIC = 8
"""Of the bibliography: topics share many of them."""
_ATLAS = """title: Atlas of Everything
language: en
url: https://atlas.example/
publisher: Atlas of Everything
contact: hello@atlas.example
disclaimer: >-
  This atlas was made to measure a program. It is education, not medical advice. Tests and treatments are for a talk
  between you and your own clinician.
kinds: {mechanism: Mechanism, symptom: Symptom}
systems: {lungs: Lungs, heart: Heart, body: Whole body}
flags:
  unseen: {label: Unseen, meaning: This can be present when standard tests are normal.}
about_grades: The scale is the one of this atlas.
grades:
  strength:
    label: Strength of evidence
    levels:
      high: New studies are unlikely to change the main point.
      moderate: Good studies point the same way, but new ones could change the picture.
      low: Only a few early studies support this.
  audit:
    label: Audit
    levels:
      well-founded: Others have checked the claim, and it holds up.
      emerging: The claim is new, and few others have checked it.
  basis: {label: Based on}
glossary:
  MRI: {full: magnetic resonance imaging, plain: pictures made by a magnet}
exports:
  large-print: {kind: large-print, profile: clear-18, theme: light, paper: A4}
  handout: {kind: handout, paper: A4, sides: as-needed}
  epub: {kind: epub}
"""
_WHO = (
    "Some people|Many adults|Half of the patients|Healthy people|Runners|Older people|Children|Few of the women".split(
        "|"
    )
)
_DO = (
    "breathe faster|need more rest|sleep badly|feel dizzy|walk more slowly|have less strength|recover within weeks|"
    "have a faster heart rate|use less oxygen|show normal results"
).split("|")
_WHEN = (
    "after a short walk|in the first weeks|during the night|on a scan|at rest|in one small study|"
    "when they stand up|for several months|in cold air|under load"
).split("|")
_HEADINGS = "The measured evidence|How far the studies reach|What is causing it|Evidence against it".split("|")
_PEOPLE = "Grist Mora Berg Silva Nguyen Müller Smith Li Lopez Davis Soriano Kooner Saunders Fogarty".split()
_JOURNALS = "Journal of Trials|Lancet|Nature|Radiology|PLOS ONE|eLife|BMJ|Journal of Physiology".split("|")


def write(project: Path, topics: int) -> None:
    """Writes the content of a project; the same for the same number, and a larger one begins like a smaller one."""
    content = project / "content"
    for name in ("topics", "figures"):
        (content / name).mkdir(parents=True, exist_ok=True)
    (content / "atlas.yaml").write_text(_ATLAS, "utf-8")
    records = [_record(number) for number in range(_RECORDS_A_TOPIC * topics + _MOST)]
    (content / "references.json").write_text(json.dumps(records, ensure_ascii=False, indent=1), "utf-8")
    for number in range(topics):
        (content / "figures" / f"{_slug(number)}.svg").write_text(_drawing(number), "utf-8")
        (content / "topics" / f"{_slug(number)}.md").write_text(_topic(number), "utf-8")


def _slug(number: int) -> str:
    return f"topic-{number:04}"


def _topic(number: int) -> str:
    random = Random(number)
    count = _LEAST + number * 11 % (_MOST - _LEAST + 1)
    first = number * _RECORDS_A_TOPIC
    ids = [f"work-{first + index}" for index in range(count)]
    left = ids.copy()

    def sentence() -> str:
        return f"{random.choice(_WHO)} {random.choice(_DO)} {random.choice(_WHEN)}"

    def cited(most: int = 3) -> str:
        taken = [left.pop(0) if left else random.choice(ids) for _ in range(random.randint(1, most))]
        return f".[{'; '.join(f'@{id_}' for id_ in dict.fromkeys(taken))}]"

    def paragraph() -> str:
        said = [sentence() + (cited() if random.random() < 0.6 else ".") for _ in range(4)]
        return f"{' '.join(said)} In {random.randint(20, 900)} people MRI showed {random.randint(2, 90)} %{cited(1)}"

    parts = [
        f"""---
title: {sentence()}, part {number + 1}
short_title: Part {number + 1}
kind: {random.choice(("mechanism", "symptom"))}
system: {random.choice(("lungs", "heart", "body"))}
flags: [unseen]
reviewed: 2026-10-01
lede: >-
  {sentence()}. {sentence()}.
short: >-
  {sentence()}. {sentence()}. {sentence()}.
---

## Start here: what this is about

![{sentence()}.](../figures/{_slug(number)}.svg){{alt="Four boxes in a row, joined by arrows. {sentence()}."}}

{paragraph()}
"""
    ]
    for heading in _HEADINGS:
        strength, audit = random.choice(("high", "moderate", "low")), random.choice(("well-founded", "emerging"))
        parts.append(f"""## {heading} {{strength={strength} audit={audit} basis="imaging; small studies"}}

[{sentence()}.]{{.key}}[@{random.choice(ids)}] {paragraph()}

{paragraph()}

{paragraph()}
""")
    rows = (f"| {sentence()} | {random.randint(10, 99)} | {random.randint(1, 9)} |" for _ in range(5))
    rest = " ".join(f"{sentence()}.[@{id_}]" for id_ in left)
    unknown = (f"- Whether more people {random.choice(_DO)} {random.choice(_WHEN)}." for _ in range(3))
    parts.append(
        "\n".join(
            (
                "## The figures\n",
                f"{paragraph()} {rest}\n",
                "| What was seen | Number | Days |\n|---|---:|---:|",
                *rows,
                "\n## What we don't know {.unknowns}\n",
                *unknown,
                "\n## What this means for you {.meaning}\n",
                f"[Get urgent help for chest pain or fainting.]{{.urgent}} {sentence()}.\n",
                "## Questions to ask {.questions}\n",
                f"- Which tests were {random.choice(('normal', 'not done'))}?",
                f"- What could help {random.choice(_WHEN)}?\n",
            )
        )
    )
    return "\n".join(parts)


def _record(number: int) -> dict[str, object]:
    random = Random(-number - 1)
    authors = [
        {"family": random.choice(_PEOPLE), "given": random.choice("ABCDEFGH")} for _ in range(random.randint(1, 8))
    ]
    return {
        "id": f"work-{number}",
        "type": "article-journal",
        "title": f"{random.choice(_WHO)} {random.choice(_DO)} {random.choice(_WHEN)}: study {number + 1}",
        "author": authors,
        "container-title": random.choice(_JOURNALS),
        "issued": {"date-parts": [[random.randint(2015, 2026), random.randint(1, 12)]]},
        "volume": str(random.randint(1, 99)),
        "page": f"{random.randint(1, 400)}-{random.randint(401, 800)}",
        "DOI": f"10.1000/work.{number + 1}",
        "PMID": str(30_000_000 + number),
    }


def _drawing(number: int) -> str:
    """Four boxes with labels, joined by arrows, and a curve of many points."""
    random = Random(number)
    boxes = "".join(
        f'<rect x="{10 + 160 * at}" y="20" width="120" height="80" rx="8" fill="none" '
        f'stroke="#1a1a1a" stroke-width="3"/>'
        f'<text x="{70 + 160 * at}" y="70" font-family="Atkinson Hyperlegible" font-size="28" text-anchor="middle">'
        f"{word}</text>"
        for at, word in enumerate(random.sample(("Lung", "Heart", "Vessel", "Muscle", "Nerve", "Blood", "Brain"), 4))
    )
    arrows = "".join(
        f'<path d="M{133 + 160 * at} 60h30m-10-8l10 8l-10 8" fill="none" stroke="#1a1a1a" stroke-width="3"/>'
        for at in range(3)
    )
    points = " ".join(f"{10 + 2 * at},{190 + random.randint(-50, 50)}" for at in range(300))
    curve = f'<polyline points="{points}" fill="none" stroke="#1a1a1a" stroke-width="1.5"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 260">\n{boxes}\n{arrows}\n{curve}\n</svg>\n'

"""P5: what the atlas says of itself, and of each topic beside its text: titles, publisher, contact, kinds."""

from collections import Counter
from collections.abc import Iterator, Sequence

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.placing import Stretch
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP = "print title, publisher and contact of the atlas, and the kind and system of each topic, as atlas.yaml has them"


def judge_imprint(
    reading: Reading, atlas: Atlas, cases: Sequence[Case], unclaimed: Sequence[Stretch]
) -> Iterator[Finding]:
    """What of it a file lacks, in what no text of a topic claims. A book of all topics has its title as a heading."""
    wanted = [("the publisher", atlas.publisher), ("the contact", atlas.contact)]
    for case in cases:
        wanted.append((f"the kind of “{case.topic.title}”", atlas.kinds[case.topic.kind]))
        wanted.append((f"the system of “{case.topic.title}”", atlas.systems[case.topic.system]))
    if not any(case.is_book for case in cases):
        wanted.append(("the title of the atlas", atlas.title))
    elif squeeze(atlas.title) not in map(reading.text, reading.of(Role.HEADING)):
        yield _missing("the title of the atlas", atlas.title, "no heading that says so")
    # Two of them may have the same words, which then stand there twice, and one may be a part of another.
    times = Counter(squeeze(text) for _, text in wanted)
    names = {squeeze(text): (name, text) for name, text in wanted}
    taken: set[int] = set()
    for flat in sorted(names, key=len, reverse=True):
        places = [at for part in unclaimed for at in reading.finds(flat, part.start, part.end) if at not in taken]
        taken.update(at + offset for at in places for offset in range(len(flat)))
        if len(places) < times[flat]:
            shown = f"{len(places)} of {times[flat]}" if places else "no such words beside the text"
            yield _missing(*names[flat], shown)


def _missing(name: str, text: str, shown: str) -> Finding:
    return Finding("the whole file", f"“{short(text)}”, {name}", shown, _HELP)

"""Everything that a project makes, read back: what honest content is accused of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.compose.labels import labels
from atlas_print.compose.passages import Paged
from atlas_print.exports.values import ExportError, Made
from atlas_print.pdf.engine import TypesettingError
from atlas_print.pipeline.comparison import differences, parities
from atlas_print.pipeline.plan import Task, paged_editions, plan
from atlas_print.pipeline.result import Result
from atlas_print.problems import Place
from atlas_print.prove import Edition, prove
from tests.making import TODAY, atlas_of, make


@dataclass(frozen=True, slots=True)
class Accusation:
    """What is said against one file; `promise` is its id, or what failed before it was judged."""

    file: str
    promise: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.promise}: {self.what}"


@dataclass(frozen=True, slots=True)
class Proven:
    """How many files were made of a project, what they are accused of, and the handouts that don't fit their page."""

    files: int
    accusations: tuple[Accusation, ...]
    left_out: tuple[str, ...]


def prove_project(project: Path) -> Proven:
    """Every export of the project made and proven in this process.

    A handout that doesn't fit its page is left out: to say so is no accusation.
    """
    atlas = atlas_of(project)
    said = labels(project, atlas.language)
    results: list[Result] = []
    accused: list[Accusation] = []
    left_out: list[str] = []
    editions: dict[str, Paged] = {}
    pages = paged_editions(atlas, plan(atlas))
    # Books come last: they name the pages of the large prints.
    for task in sorted(plan(atlas), key=lambda task: task.export.kind == "epub"):
        slugs = task.topics if task.slug is None else (task.slug,)
        paged = {slug: editions[slug] for slug in slugs if task.export.kind == "epub" and slug in editions}
        try:
            made = make(atlas, project, task, paged)
        except ExportError as error:
            if task.export.kind == "handout":
                left_out.append(task.path)
            else:
                accused.append(Accusation(task.path, "export", error.what))
            continue
        except TypesettingError as error:
            accused.append(Accusation(task.path, "typesetting", str(error)))
            continue
        if task.slug is not None and pages.get(task.slug) == task:
            editions[task.slug] = Paged(Path(task.path).name, made.passages)
        read = {one.task.path.rpartition("/")[2]: one.proof.edition for one in results if one.proof.edition}
        results.append(_proven(atlas, task, made, {it.name: read[it.name] for it in paged.values()}, said))
        accused += _against(results[-1])
    parity = differences(parities(atlas, results), results)
    accused += (Accusation(problem.place.file, "parity", problem.what) for problem in parity)
    return Proven(len(results), tuple(accused), tuple(left_out))


def _proven(atlas: Atlas, task: Task, made: Made, editions: Mapping[str, Edition], said: Sequence[str]) -> Result:
    topic = None if task.slug is None else atlas.topic(task.slug)
    settings = task.export.settings
    proof = prove(made.data, task.export.kind, atlas, topic, TODAY, settings, editions, said, task.export.name)
    place = Place("content/atlas.yaml" if topic is None else topic.file)
    return Result(task, task.path, place, made.data, made.pages, made.note, proof)


def _against(result: Result) -> Iterator[Accusation]:
    for verdict in result.verdicts:
        for finding in verdict.findings:
            what = f"{finding.where}: expected {finding.expected}; found {finding.found}"
            yield Accusation(result.file, verdict.promise, what)
        for unknown in verdict.not_told:
            yield Accusation(result.file, verdict.promise, f"not told: {unknown.where}: {unknown.what}")

"""What became of a file: its bytes with the verdict on each promise, or the problems that stopped it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from atlas_print.compose.passages import Passage
from atlas_print.pipeline.plan import Task
from atlas_print.problems import Place, Problem
from atlas_print.prove import Outcome, Proof, Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task, in a build or in `verify`.

    `file` is where a person finds it: below the output folder for what is made, the path given for what is verified.
    `place` is what a finding without a place of its own is about. `problems` are those that no promise tells, such as
    that the file is missing. `picture` is a data URL, "" for none.
    """

    task: Task
    file: str
    place: Place
    data: bytes = field(default=b"", repr=False)
    pages: int | None = None
    note: str | None = None
    proof: Proof = field(default_factory=lambda: Proof(()))
    problems: tuple[Problem, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    picture: str = field(default="", repr=False)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on each promise; none where the file could not be made or found."""
        return self.proof.verdicts

    @property
    def is_broken(self) -> bool:
        """Whether it may not be handed out: what is not told stops no file."""
        return bool(self.problems) or any(verdict.outcome is Outcome.BROKEN for verdict in self.verdicts)

    @property
    def faults(self) -> int:
        """How much is wrong with it."""
        broken = (verdict for verdict in self.verdicts if verdict.outcome is Outcome.BROKEN)
        return len(self.problems) + sum(max(len(verdict.findings), 1) for verdict in broken)


def tally(outcomes: Iterable[Outcome]) -> str:
    """How many promises are kept, in words: "8 of 8", "7 of 8, 1 not told"; "none read" of none."""
    judged = [outcome for outcome in outcomes if outcome is not Outcome.NOT_APPLICABLE]
    if not judged:
        return "none read"
    untold = judged.count(Outcome.NOT_TOLD)
    return f"{judged.count(Outcome.KEPT)} of {len(judged)}" + (f", {untold} not told" if untold else "")


def outcomes(result: Result) -> list[Outcome]:
    """The outcome of each promise."""
    return [verdict.outcome for verdict in result.verdicts]


def untold(results: Sequence[Result]) -> list[str]:
    """What no program can know of these files, in words, a line for each thing."""
    return [
        f"{verdict.promise} {verdict.title}: {unknown.where}: {unknown.what}"
        for result in results
        for verdict in result.verdicts
        if verdict.outcome is Outcome.NOT_TOLD
        for unknown in verdict.not_told
    ]

"""The command that builds: reads, plans, makes, publishes, and prints what became of it."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from atlas_print.atlas import Atlas
from atlas_print.compose.layout import LayoutError
from atlas_print.pipeline.build import Plan, Site, Wanted, make, planned, put_out, unchanged
from atlas_print.pipeline.faults import problems
from atlas_print.pipeline.formats import results_json
from atlas_print.pipeline.layouts import english_words, layout_problem
from atlas_print.pipeline.make import Hire, of_this_machine
from atlas_print.pipeline.plan import made_on, plan
from atlas_print.pipeline.publish import withdraw
from atlas_print.pipeline.release import last_line
from atlas_print.pipeline.report import problems_text, profile_sources, unmade
from atlas_print.pipeline.store.memory import Memory
from atlas_print.pipeline.store.unchanged import inputs_of
from atlas_print.pipeline.tables import print_files, print_results, with_progress
from atlas_print.problems import Problem, Severity
from atlas_print.read.project import load


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    slugs: tuple[str, ...]
    exports: tuple[str, ...]
    is_of_drafts: bool
    is_forced: bool
    jobs: int | None
    scheduler: str | None
    is_json: bool


def build(project: Path, output: Path, memory: Memory, options: Options) -> None:
    """Builds into a folder that nothing else writes to meanwhile; exits 1 with any failure."""
    with _hire(options) as hire:
        _build(project, output, memory, options, hire)


@contextmanager
def _hire(options: Options) -> Iterator[Hire]:
    if options.scheduler is None:
        yield of_this_machine(options.jobs)
        return
    from atlas_print.pipeline.machines.by_dask import SchedulerError, by_dask

    with ExitStack() as stack:
        try:
            hire = stack.enter_context(by_dask(options.scheduler))
        except SchedulerError as error:
            click.echo(f"{error.what}\nhelp: {error.help}", err=True)
            sys.exit(1)
        yield hire


def _build(project: Path, output: Path, memory: Memory, options: Options, hire: Hire) -> None:
    site, wanted, steps = _plan(project, output, memory, options, hire)
    atlas = site.atlas
    for advice in english_words(atlas, project):
        click.echo(f"{advice}\n", err=True)
    if not plan(atlas, options.slugs, options.exports):
        click.echo("\n".join(["There is nothing to make.", *unmade(atlas)]))
        return
    built = make(site, wanted, steps, with_progress)
    out, wrong = built.release, problems(built.made, built.alike)
    stands = unchanged(steps)
    if options.is_json:
        click.echo(results_json(built.made, built.alike, out, list(steps.stand)))
    try:
        put_out(site, wanted, steps, built)
    except LayoutError as error:
        fail([*wrong, layout_problem(error)], "Nothing was published; the output folder is as it was.")
    except OSError as error:
        unwritable(output, error)
    if not options.is_json:
        if built.made:
            print_results(built.made)
        for line in (*profile_sources(atlas, built.made), *unmade(atlas)):
            click.echo(line)
        if out.results:
            print_files(output, [result.task.path for result in out.results])
    last = " ".join(filter(None, (last_line(out, drafts=options.is_of_drafts), stands)))
    if not steps.due:
        last = f"Nothing to do: {stands}"
    if wrong:
        fail(wrong, last)
    if not options.is_json:
        click.echo(f"\n{last}" if built.made else last)


def read(project: Path) -> Atlas:
    """The atlas; with a problem in the content, prints all of them and exits 1."""
    atlas, found = load(project, date.today())
    if atlas is None:
        fail(found, "")
    return atlas


def fail(found: Sequence[Problem], last: str) -> NoReturn:
    """Prints what is to be mended, then a last line, and exits 1."""
    wrong = [problem for problem in found if problem.severity is Severity.ERROR]
    click.echo(problems_text(wrong), err=True)
    if last:
        click.echo(last, err=True)
    sys.exit(1)


def unwritable(folder: Path, error: OSError) -> NoReturn:
    """Says that a folder can't be written to, and exits 1."""
    what = f"{folder}: can't be written: {error.strerror}\nhelp: free space, or choose another --output"
    click.echo(what, err=True)
    sys.exit(1)


def _plan(project: Path, output: Path, memory: Memory, options: Options, hire: Hire) -> tuple[Site, Wanted, Plan]:
    """What is to be done, by files that nobody wrote to while they were read."""
    while True:
        inputs = inputs_of(project)
        atlas = read(project)
        if options.is_of_drafts:
            atlas = atlas.of_drafts()
        else:
            _withdraw(output, atlas)
        _check_names("draft" if options.is_of_drafts else "topic", options.slugs, [it.slug for it in atlas.topics])
        _check_names("export", options.exports, [export.name for export in atlas.exports])
        site = Site(atlas, project, output, memory, inputs)
        wanted = Wanted(options.slugs, options.exports, _day(atlas), options.is_forced, hire)
        steps = planned(site, wanted)
        if inputs_of(project) == inputs:
            return site, wanted, steps


def _withdraw(output: Path, atlas: Atlas) -> None:
    try:
        withdraw(output, atlas)
    except OSError as error:
        unwritable(output, error)


def _day(atlas: Atlas) -> date:
    try:
        return made_on(atlas, date.today())
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970.") from error


def _check_names(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise click.UsageError(f"There is no {what} {name!r}. There are: {', '.join(known)}")

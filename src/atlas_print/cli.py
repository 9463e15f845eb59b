"""The front door: parses, calls, prints."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from atlas_print.atlas import Atlas
from atlas_print.problems import Problem, Severity
from atlas_print.read.project import find_project, load
from atlas_print.terminal import Commands

_FORMATS = ("text", "json", "sarif")


def _project_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="The project folder [default: the nearest folder upwards that holds content/atlas.yaml].",
    )(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="atlas-print")
def main() -> None:
    """Render a health atlas into large-print PDF, EPUB and one-page handouts, and prove that nothing was lost.

    \b
    A first try:
      atlas-print new my-atlas     make a project folder
      cd my-atlas
      atlas-print build            make every export into output/
    """
    # What is read stays until the command ends: looking through it for garbage takes a sixth of the time.
    gc.set_threshold(100_000)


@main.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG...]")
@_project_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to [default: PROJECT/output].",
)
@click.option(
    "--export", "exports", multiple=True, metavar="NAME", help="Only this export of atlas.yaml; may be repeated."
)
@click.option("--drafts", is_flag=True, help="Make the drafts instead, into DIR/drafts.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def build(
    slugs: tuple[str, ...],
    project: Path | None,
    output: Path | None,
    exports: tuple[str, ...],
    drafts: bool,
    as_json: bool,
) -> None:
    """Make the exports of all topics, or of those named by SLUG and the books that hold them.

    Every file is read back before it is published. A topic goes out when all of its files keep every promise and
    agree; one that fails keeps the files it had. A book of all topics waits until none of them fails. A draft is
    published nowhere, and loses the files that it had.
    """
    from atlas_print.pipeline.workers import warm_up

    folder = _project(project)
    warm_up("atlas_print.pipeline.make")
    from atlas_print.compose.labels import labels
    from atlas_print.compose.layout import LayoutError
    from atlas_print.pipeline.account import account
    from atlas_print.pipeline.comparison import parities
    from atlas_print.pipeline.faults import problems
    from atlas_print.pipeline.formats import results_json
    from atlas_print.pipeline.layouts import english_words, layout_problem
    from atlas_print.pipeline.make import Workshop, make_all
    from atlas_print.pipeline.plan import made_on, plan
    from atlas_print.pipeline.publish import DRAFTS, proven, publish, published, withdraw
    from atlas_print.pipeline.release import last_line, release, staying
    from atlas_print.pipeline.report import profile_sources, unmade
    from atlas_print.pipeline.sources import sources
    from atlas_print.pipeline.tables import print_files, print_results
    from atlas_print.typefaces import families

    atlas, target = _load(folder), output or folder / "output"
    if drafts:
        atlas, target = atlas.of_drafts(), target / DRAFTS
    _check_names("draft" if drafts else "topic", slugs, [topic.slug for topic in atlas.topics])
    _check_names("export", exports, [export.name for export in atlas.exports])
    try:
        day = made_on(atlas, date.today())
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970.") from error
    tasks, sums, known = plan(atlas, slugs, exports), sources(atlas, folder), proven(target)
    for advice in english_words(atlas, folder):
        click.echo(f"{advice}\n", err=True)
    if not drafts:
        withdraw(target, atlas)
    if not tasks:
        click.echo("\n".join(["There is nothing to make.", *unmade(atlas)]))
        return
    workshop = Workshop(atlas, folder, day, families(folder, atlas.language, []), labels(folder, atlas.language))
    making = make_all(workshop, tasks, lambda task: published(target, task, sums[task.path], known))
    order = {task.path: number for number, task in enumerate(tasks)}
    made = sorted(_with_progress(making, len(tasks)), key=lambda result: order.get(result.task.path, len(tasks)))
    alike = parities(atlas, made)
    wrong = problems(made, alike)
    out = release(tasks, made, alike)
    if as_json:
        click.echo(results_json(made, alike, out))
    if out.results:
        whole = not slugs and not exports and out.is_whole
        try:
            report = account(atlas, folder, out.results, parities(atlas, out.results), sums, known, staying(out))
            publish(target, out.results, report, day, sums, whole=whole)
        except LayoutError as error:
            _fail([*wrong, layout_problem(error)], "Nothing was published; the output folder is as it was.")
        except OSError as error:
            what = f"{target}: can't be written: {error.strerror}\nhelp: free space, or choose another --output"
            click.echo(what, err=True)
            sys.exit(1)
    if not as_json:
        print_results(made)
        for line in (*profile_sources(atlas, made), *unmade(atlas)):
            click.echo(line)
        if out.results:
            print_files(target, [result.task.path for result in out.results])
    if wrong:
        _fail(wrong, last_line(out, drafts=drafts))
    if not as_json:
        click.echo(f"\n{last_line(out, drafts=drafts)}")


@main.command()
@_project_option
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print problems."
)
def check(project: Path | None, format_: str) -> None:
    """Read the content and list every problem in it, without making anything."""
    from atlas_print.pipeline import figures, layouts, report

    folder = _project(project)
    atlas, problems = load(folder, date.today(), advised=True)
    if atlas is not None:
        small = figures.small_labels(atlas, folder)
        problems = sorted([*problems, *layouts.english_words(atlas, folder), *small])
        atlas = None if small else atlas
    text = {"text": report.problems_text, "json": report.problems_json, "sarif": report.problems_sarif}[format_](
        problems
    )
    if text:
        click.echo(text)
    if atlas is None:
        sys.exit(1)
    if format_ == "text":
        count = len(atlas.topics)
        drafts = f" and {len(atlas.others)} draft{'s' if len(atlas.others) != 1 else ''}" if atlas.others else ""
        well = "nothing that stops a build" if problems else "no problems"
        click.echo(f"{count} topic{'s' if count != 1 else ''}{drafts}, {well}.")


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE...]")
@_project_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder to verify [default: PROJECT/output].",
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print it all."
)
def verify(files: tuple[Path, ...], project: Path | None, output: Path | None, format_: str) -> None:
    """Read finished files back: all of output/, or the FILEs named.

    Each is held against the content, and the exports of a topic against each other. Without FILEs, output/report.html
    is written anew.
    """
    from atlas_print.pipeline.workers import warm_up

    folder = _project(project)
    warm_up("atlas_print.pipeline.verify")
    from atlas_print.compose.layout import LayoutError
    from atlas_print.pipeline import faults, formats
    from atlas_print.pipeline.account import account
    from atlas_print.pipeline.comparison import parities
    from atlas_print.pipeline.layouts import layout_problem
    from atlas_print.pipeline.publish import REPORT, proven, renew_report
    from atlas_print.pipeline.release import kept_line
    from atlas_print.pipeline.sources import sources
    from atlas_print.pipeline.tables import print_parities, print_results
    from atlas_print.pipeline.verify import verify as verify_files

    atlas = _load(folder)
    target = output or folder / "output"
    results = list(verify_files(atlas, folder, target, files))
    alike = parities(atlas, results)
    problems = faults.problems(results, alike)
    if not files and target.is_dir():
        try:
            report = account(atlas, folder, results, alike, sources(atlas, folder), proven(target))
            renew_report(target, report)
        except LayoutError as error:
            problems.append(layout_problem(error))
        except OSError as error:
            # What was found stands all the same.
            click.echo(f"{target / REPORT}: can't be written: {error.strerror}", err=True)
    if format_ == "text":
        for note in formats.notes(results):
            click.echo(f"{note}\n")
        print_parities(alike)
        print_results(results)
        if not problems:
            shared = " The exports of each topic have the same, in the same order." if alike else ""
            click.echo(f"\n{kept_line(results)}{shared}")
    else:
        click.echo({"json": formats.results_json, "sarif": formats.results_sarif}[format_](results, alike))
    if problems:
        _fail(problems, "")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Make DIR, a project folder with one topic that builds at once."""
    from atlas_print.pipeline.new import new_project

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} exists and is not an empty folder.")
    try:
        new_project(folder)
    except OSError as error:
        click.echo(f"{folder}: can't be written: {error.strerror}\nhelp: choose another folder", err=True)
        sys.exit(1)
    click.echo(f"Made {folder}. Next:\n\n  cd {folder}\n  atlas-print build")


def _project(given: Path | None) -> Path:
    if given is not None:
        if not (given / "content" / "atlas.yaml").is_file():
            raise click.UsageError(f"{given} holds no content/atlas.yaml.")
        return given
    found = find_project(Path.cwd())
    if found is None:
        raise click.UsageError("No folder from here upwards holds content/atlas.yaml. Try: atlas-print new my-atlas")
    return found


def _load(project: Path) -> Atlas:
    """The atlas; with a problem in the content, prints all of them and exits 1."""
    atlas, problems = load(project, date.today())
    if atlas is None:
        _fail(problems, "")
    return atlas


def _fail(problems: Sequence[Problem], last: str) -> NoReturn:
    from atlas_print.pipeline.report import problems_text

    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    click.echo(problems_text(wrong), err=True)
    if last:
        click.echo(last, err=True)
    sys.exit(1)


def _check_names(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise click.UsageError(f"There is no {what} {name!r}. There are: {', '.join(known)}")


def _with_progress(results: Iterator[Any], total: int) -> Iterator[Any]:
    """A moving line on a terminal, a plain line a file in a log; both on the error stream."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        for result in results:
            click.echo(f"made {result.task.path}" if result.data else f"failed {result.task.path}", err=True)
            yield result
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        line = progress.add_task("Making and proving", total=total)
        for result in results:
            progress.advance(line)
            yield result

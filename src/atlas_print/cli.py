"""The front door: parses, calls, prints."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import click

from atlas_print.read.find import find_project
from atlas_print.terminal import Commands

_FORMATS = ("text", "json", "sarif")


def _project_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="The project folder [default: the nearest folder upwards that holds content/atlas.yaml].",
    )(command)


def _port_option(default: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=default,
        show_default=True,
        metavar="N",
        help="The port; 0: any.",
    )


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
@click.option("--force", is_flag=True, help="Make what is unchanged too.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Files to work on at once [default: the cores there are]."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Let the machines of this Dask scheduler make the files (docs/building.md)."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def build(
    slugs: tuple[str, ...],
    project: Path | None,
    output: Path | None,
    exports: tuple[str, ...],
    drafts: bool,
    force: bool,
    jobs: int | None,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Make the exports of all topics, or of those named by SLUG and the books that hold them.

    Only what changed is made, with the other files of its topic: what stands as it was proven, and would be made of
    the same again, is left alone. Every file is read back before it is published. A topic goes out when all of its
    files keep every promise and agree; one that fails keeps the files it had, and is in a book of all topics as it was
    last published. A draft is published nowhere, and loses the files that it had.
    """
    if scheduler is not None and jobs is not None:
        raise click.UsageError("--jobs is for this machine. With --scheduler, each Dask worker says how many it takes.")
    from atlas_print.pipeline.store.manifest import DRAFTS, read_manifest
    from atlas_print.pipeline.store.memory import Memory
    from atlas_print.pipeline.store.unchanged import inputs_of, nothing_to_do

    folder = _project(project)
    target = output or folder / "output"
    target = target / DRAFTS if drafts else target
    with _held(target):
        memory, manifest = Memory(folder, target), read_manifest(target)
        is_plain = not (force or as_json or slugs or exports)
        said = nothing_to_do(memory, manifest, inputs_of(folder)) if is_plain else ""
        if said:
            click.echo("\n".join((*memory.said, said)))
            return
        from atlas_print.pipeline.workers import warm_up

        warm_up("atlas_print.pipeline.make")
        from atlas_print.pipeline import command

        command.build(folder, target, memory, command.Options(slugs, exports, drafts, force, jobs, scheduler, as_json))


@main.command()
@_project_option
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print problems."
)
def check(project: Path | None, format_: str) -> None:
    """Read the content and list every problem in it, without making anything."""
    from atlas_print.pipeline import report
    from atlas_print.pipeline.checking import checked

    atlas, problems = checked(_project(project), date.today())
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
    from atlas_print.pipeline.command import fail, read
    from atlas_print.pipeline.comparison import parities
    from atlas_print.pipeline.layouts import layout_problem
    from atlas_print.pipeline.publish import renew_report
    from atlas_print.pipeline.release import kept_line
    from atlas_print.pipeline.sources import sources
    from atlas_print.pipeline.store.manifest import REPORT, proven, read_manifest, sha256_of
    from atlas_print.pipeline.tables import print_parities, print_results
    from atlas_print.pipeline.verify import verify as verify_files

    atlas = read(folder)
    target = output or folder / "output"
    with _held(target) if target.is_dir() else nullcontext():
        results = list(verify_files(atlas, folder, target, files))
        alike = parities(atlas, results)
        problems = faults.problems(results, alike)
        if not files and target.is_dir():
            try:
                known = proven(read_manifest(target), lambda path: sha256_of(target / path))
                renew_report(target, account(atlas, folder, results, alike, sources(atlas, folder), known))
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
        fail(problems, "")


@main.command()
@_project_option
@_port_option(8001)
def preview(project: Path | None, port: int) -> None:
    """Show the topics while you write them: text, pages, problems and advice, renewed at each save.

    Only this machine can see it, and nothing of it is published. Ctrl-C ends it.
    """
    from atlas_print.preview import command

    command.preview(_project(project), port)


@main.command()
@_project_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder to serve [default: PROJECT/output].",
)
@_port_option(8000)
def serve(project: Path | None, output: Path | None, port: int) -> None:
    """Show what was built to this machine alone, as a web server would. Ctrl-C ends it."""
    from atlas_print.preview import command

    command.serve(output or _project(project) / "output", port)


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


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """An output folder for this command alone."""
    from atlas_print.pipeline.store.journal import held

    with ExitStack() as stack:
        try:
            stack.enter_context(held(folder, lambda line: click.echo(line, err=True)))
        except OSError as error:
            what = f"{folder}: can't be written: {error.strerror}\nhelp: free space, or choose another --output"
            click.echo(what, err=True)
            sys.exit(1)
        yield

"""The same content gives the same bytes on any machine, and a build reads nothing else of that machine."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import matplotlib
import pytest

from tests.making import ROOT

pytestmark = pytest.mark.xdist_group("same-bytes")

STARTER = ROOT / "src" / "atlas_print" / "starter"
BUILD = [sys.executable, "-c", "from atlas_print.cli import main; main()", "build"]
STRACE = "strace -f --seccomp-bpf -qq -y -s 0 -e status=successful -e trace=open,openat,openat2,socket".split()
OF_PYTHON = [sys.prefix, sys.base_prefix, *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib"))]
OF_SYSTEM = (
    "/lib /lib64 /usr/lib /usr/lib64 /usr/share/fontconfig /usr/share/locale /usr/share/zoneinfo /proc /sys /dev"
)
"""Libraries with their data; what the kernel tells."""
OF_LIBRARIES = re.compile(r"/etc/(ld\.so\..*|locale\.alias|localtime|mime\.types|ssl/openssl\.cnf)")
"""What libraries read when they start, whatever is built: none of it goes into a file."""


def environment(home: Path, **others: str) -> dict[str, str]:
    """That of a user with that home, with nothing else of ours but where the program is."""
    home.mkdir()
    (home / "tmp").mkdir()
    places = os.pathsep.join(map(str, (ROOT / "src", ROOT)))
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": places, **others}


def with_fonts(home: Path) -> None:
    """Fonts that the user of that home installed."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for place in (".fonts", ".local/share/fonts"):
        shutil.copytree(fonts, home / place)


def built(project: Path) -> dict[str, bytes]:
    output = project / "output"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_nothing_of_a_machine_is_in_a_file(tmp_path: Path) -> None:
    """Its time zone, its languages, its fonts, its hash seed, how many files are made at once, where the project is."""
    east = environment(tmp_path / "a", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    west = environment(tmp_path / "b", TZ="Pacific/Pago_Pago", LC_ALL="C.UTF-8", LANGUAGE="ar", PYTHONHASHSEED="4242")
    with_fonts(tmp_path / "b")
    found: list[dict[str, bytes]] = []
    for name, machine, jobs in (("one", east, "1"), ("the other", west, "3")):
        # Files stand in a folder in the order in which they came.
        project = tmp_path / name
        for file in sorted((path for path in STARTER.rglob("*") if path.is_file()), reverse=bool(found)):
            target = project / file.relative_to(STARTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        subprocess.run(
            [*BUILD, "--project", str(project), "--jobs", jobs], env=machine, check=True, capture_output=True
        )
        found.append(built(project))
    assert len(found[0]) == 6
    assert found[0] == found[1]


def traced(project: Path, home: Path, *options: str) -> tuple["subprocess.CompletedProcess[str]", set[str], set[str]]:
    """A build, the files that it opened, by their own paths, and the kinds of its sockets."""
    trace = home.with_suffix(".trace")
    command = [*STRACE, "-o", str(trace), *BUILD, "--project", str(project), *options]
    done = subprocess.run(command, env=environment(home), check=False, capture_output=True, text=True)
    said = trace.read_text("utf-8", "replace")
    opened = set(re.findall(r"open(?:at2?)?\(.*= \d+<([^>]*)>$", said, re.MULTILINE))
    return done, opened, set(re.findall(r"socket\((\w+)", said))


def strangers(opened: set[str], project: Path, home: Path) -> set[str]:
    """The files that are neither of the project, of the program, nor of what runs it."""
    own = [ROOT / "src", ROOT / "layouts", ROOT / "fonts", project, home / "tmp"]
    places = {str(place.resolve()) for place in (*own, *map(Path, (*OF_PYTHON, *OF_SYSTEM.split())))}
    inside = {path for path in opened if any(path == place or path.startswith(f"{place}/") for place in places)}
    # To look for modules, Python lists the folders of its path.
    listed = {str(Path(place).resolve()) for place in sys.path}
    return {path for path in opened - inside - listed if not OF_LIBRARIES.fullmatch(path)}


def may_trace() -> bool:
    """Whether the machine lets a program be looked at: some containers don't."""
    return subprocess.run([*STRACE, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


needs_strace = pytest.mark.skipif(not may_trace(), reason="this machine lets nobody trace a program")


@needs_strace
def test_a_build_reads_the_project_and_the_program_alone(tmp_path: Path) -> None:
    project = Path(shutil.copytree(STARTER, tmp_path / "project"))
    done, opened, sockets = traced(project, tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert str(project / "content" / "atlas.yaml") in opened
    assert strangers(opened, project, tmp_path / "home") == set()
    assert sockets <= {"AF_UNIX"}


@needs_strace
def test_a_layout_reads_nothing_else_either(tmp_path: Path) -> None:
    project = Path(shutil.copytree(STARTER, tmp_path / "project"))
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }", "utf-8")
    own = project / "layouts" / "large-print" / "topic.html"
    own.parent.mkdir(parents=True)
    links = "".join(f'<link rel="stylesheet" href="{it}">' for it in (secret.as_uri(), "http://127.0.0.1:9/own.css"))
    text = (ROOT / "layouts" / "large-print" / "topic.html").read_text("utf-8")
    own.write_text(text.replace("</head>", f"{links}</head>"), "utf-8")
    assert links in own.read_text("utf-8")
    done, opened, sockets = traced(project, tmp_path / "home", "--export", "large-print")
    assert done.returncode == 1
    assert secret.as_uri() in done.stderr
    assert str(own) in opened
    assert str(secret) not in opened
    assert strangers(opened, project, tmp_path / "home") == set()
    assert sockets <= {"AF_UNIX"}

"""What makes the files, as one sum: this program with its layouts and fonts, its packages, and their libraries."""

import ctypes
import hashlib
import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from atlas_print.shipped import folder

_PACKAGE = "atlas-print"
_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libfontconfig.so.1", "FcGetVersion"),
)
"""What sets text and comes with the system, each with what tells its version."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program() -> str:
    """The SHA-256 over all that makes files, but for what a project brings."""
    whole = hashlib.sha256("\0".join((platform.python_version(), *_versions(), *_libraries())).encode())
    for name, file in sorted(_own_files()):
        whole.update(f"\0{name}\0".encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()


def sum_of_folders(project: Path, names: tuple[str, ...]) -> str:
    """The SHA-256 over every file in these folders of a project, by name and bytes."""
    whole = hashlib.sha256()
    for name in names:
        for file in sorted(path for path in (project / name).rglob("*") if path.is_file()):
            whole.update(f"{file.relative_to(project).as_posix()}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _own_files() -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parents[2]
    for place in (package, folder("layouts"), folder("fonts")):
        for path in place.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{place.name}/{path.relative_to(place).as_posix()}", path


def _versions() -> list[str]:
    """The version of each package that this one needs or can use, and that those do, as far as they are installed."""
    found: dict[str, Distribution] = {}
    names = [_PACKAGE]
    while names:
        name = re.sub("[-_.]+", "-", names.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        required = found[name].requires or []
        # What is needed for tests alone makes nothing.
        wanted = (it for it in required if not re.search(r"extra\s*==\s*['\"]test['\"]", it))
        names += (match[0] for it in wanted if (match := _NAME.match(it)))
    return sorted(f"{name} {it.version}" for name, it in found.items())


def _libraries() -> Iterator[str]:
    for name, asked in _LIBRARIES:
        try:
            tell = ctypes.CDLL(name)[asked]
        except (OSError, AttributeError):
            # Another system names it otherwise; what can't be told there is not held against a file.
            continue
        if asked.startswith("Fc"):
            yield f"{name} {tell()}"
        else:
            tell.restype = ctypes.c_char_p
            yield f"{name} {tell()!r}"

"""What makes the files, as one sum: this program with its layouts and fonts, its packages, and their libraries."""

import ctypes
import hashlib
import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from atlas_print.shipped import folder

_PACKAGE = "atlas-print"
_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libfontconfig.so.1", "FcGetVersion"),
)
"""What sets text and comes with the system, each with what tells its version."""
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
"""The name and the extras of a requirement (PEP 508)."""
_OF_EXTRA = re.compile(r"\bextra\s*==\s*[\"']([^\"']+)")
_USED = ((_PACKAGE, frozenset({"cjk"})), ("uharfbuzz", frozenset[str]()))
"""Where the packages start, with their extras; fontTools packs fonts by uharfbuzz where somebody installed it."""


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
    """The version of each package that this one needs, and that those need, as far as they are installed."""
    found: dict[str, str] = {}
    wanted, seen = list(_USED), set[tuple[str, frozenset[str]]]()
    while wanted:
        name, extras = wanted.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = package.version
        for line in package.requires or ():
            extra = _OF_EXTRA.search(line)
            if (extra is None or extra[1] in extras) and (needed := _REQUIREMENT.match(line)):
                also = frozenset(filter(None, re.split(r"[\s,]+", needed[2] or "")))
                wanted.append((re.sub("[-_.]+", "-", needed[1]).lower(), also))
    return [f"{name} {version}" for name, version in sorted(found.items())]


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

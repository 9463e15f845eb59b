"""Where a project is: found without reading anything of it."""

from pathlib import Path

FILE = "content/atlas.yaml"
"""The file that makes a folder a project."""


def find_project(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds content/atlas.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)

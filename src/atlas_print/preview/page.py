"""The pages that are served, from templates of this folder."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "pages"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def filled(template: str, **values: Any) -> bytes:
    """A page, in English, as every problem is."""
    return _TEMPLATES.get_template(template).render(**values).encode()


def script(name: str) -> bytes:
    """A script of these pages."""
    return (_FOLDER / name).read_bytes()

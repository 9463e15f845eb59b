"""What is at a path of output/: a file, or the list of a folder; nothing outside of it, and nothing hidden."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from atlas_print.preview.page import filled
from atlas_print.preview.server import NOT_FOUND, Answer

_INDEX = "index.html"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_OTHER = "application/octet-stream"


def answers_of(root: Path) -> Callable[[str], Answer]:
    """The answers of a folder; a folder within it answers with its index.html, else with a list of what it holds."""

    def answer(path: str) -> Answer:
        place = _place(root, path)
        if place is None:
            return NOT_FOUND
        try:
            if not place.is_dir():
                if path.endswith("/"):
                    return NOT_FOUND
                return Answer(place.read_bytes(), _TYPES.get(place.suffix.lower(), _OTHER))
            if not path.endswith("/"):
                return Answer(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": quote(f"{path}/")})
            if (index := _place(root, f"{path}{_INDEX}")) is not None:
                return Answer(index.read_bytes(), _TYPES[".html"])
            return Answer(_list(root, path, place), _TYPES[".html"])
        except OSError:
            return NOT_FOUND

    return answer


def _place(root: Path, path: str) -> Path | None:
    """The file or folder at a path, wherever links lead; None for what is not there, hidden or outside."""
    parts = path.removeprefix("/").removesuffix("/").split("/") if path != "/" else []
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        root = root.resolve(strict=True)
        place = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    is_within = place == root or root in place.parents
    is_hidden = is_within and any(part.startswith(".") for part in place.relative_to(root).parts)
    return place if is_within and not is_hidden and (place.is_file() or place.is_dir()) else None


def _list(root: Path, path: str, place: Path) -> bytes:
    names = sorted(it.name for it in place.iterdir() if _place(root, f"{path}{it.name}") is not None)
    shown = [f"{name}/" if (place / name).is_dir() else name for name in names]
    return filled("folder.html", path=path, names=[(quote(f"./{name}"), name) for name in shown])

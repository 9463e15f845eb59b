"""Books that mark the pages of the sample's large print, and the same books changed in one way."""

import re
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from atlas_print.atlas import Atlas
from atlas_print.compose.passages import Paged
from atlas_print.pipeline.plan import Task
from atlas_print.prove import Edition, UnreadableError, Verdict, edition_of
from tests.making import LABELS, ROOT, TODAY, atlas_of, editions_of, judged, make
from tests.prove.press import SAMPLE, SLUG

STARTER, STARTER_SLUG = ROOT / "src" / "atlas_print" / "starter", "what-long-covid-is"
NO_PDFS: Mapping[str, bytes] = MappingProxyType({})
_MARKER = re.compile(r'<(?:span|div) id="page-(\d+)"[^>]*/>')
_WORD = re.compile(r"(<svg\b.*?</svg>|<[^>]*>)|([^\s<]+)", re.DOTALL)


@cache
def atlas(project: Path = SAMPLE) -> Atlas:
    """The atlas of a project."""
    return atlas_of(project)


@cache
def editions(project: Path = SAMPLE) -> Mapping[str, tuple[Paged, bytes]]:
    """The large print of each topic of a project, and its file."""
    return editions_of(atlas(project), project)


@cache
def book(slug: str | None = SLUG, project: Path = SAMPLE) -> bytes:
    """A book as it should be; `slug` None for that of all topics."""
    return bound(atlas(project), slug, project)


def bound(source: Atlas, slug: str | None = SLUG, project: Path = SAMPLE) -> bytes:
    """The book of a source that may have been changed."""
    export = next(export for export in source.exports if export.kind == "epub")
    paged = {key: edition for key, (edition, _) in editions(project).items() if slug in (None, key)}
    return make(source, project, Task("", export, slug), paged).data


def pdfs(slug: str | None = SLUG, project: Path = SAMPLE) -> dict[str, bytes]:
    """The PDFs whose pages a book marks, by their names."""
    return {edition.name: data for key, (edition, data) in editions(project).items() if slug in (None, key)}


def access(
    data: bytes,
    slug: str | None = SLUG,
    source: Atlas | None = None,
    at_hand: Mapping[str, bytes] = NO_PDFS,
) -> Verdict:
    """The verdict on P8, with these PDFs at hand."""
    held = source or atlas()
    about = None if slug is None else held.topic(slug)
    read: dict[str, Edition] = {}
    for name, pdf in at_hand.items():
        with suppress(UnreadableError):
            read[name] = edition_of(pdf)
    found = judged(data, "epub", held, about, TODAY, {}, read, LABELS)
    return next(verdict for verdict in found if verdict.promise == "P8")


def told(verdict: Verdict) -> str:
    """All findings, for the message of a test that fails."""
    return "\n".join(map(str, verdict.findings))


def assert_found(verdict: Verdict, *said: str) -> None:
    """A finding says all of that; and every finding is whole."""
    assert any(all(words in str(finding) for words in said) for finding in verdict.findings), told(verdict)
    assert all(part for it in verdict.findings for part in (it.where, it.expected, it.found, it.help)), told(verdict)


def rewritten(data: bytes, *edits: tuple[str, str, str]) -> bytes:
    """A book with words of its files replaced wherever they stand: file below EPUB/, what stands there, what shall."""
    files = dict(_files(data))
    for name, was, shall in edits:
        assert was in files[f"EPUB/{name}"], f"{name} has no {was!r}"
        files[f"EPUB/{name}"] = files[f"EPUB/{name}"].replace(was, shall)
    return _packed(files)


def enclosed(data: bytes, name: str, content: str, media_type: str) -> bytes:
    """A book with one file more, listed in its manifest."""
    item = f'<item href="{name}" id="enclosed" media-type="{media_type}"/></manifest>'
    return with_file(rewritten(data, ("content.opf", "</manifest>", item)), f"EPUB/{name}", content)


def with_file(data: bytes, name: str, content: str) -> bytes:
    """A book with one file more in its container."""
    return _packed({**dict(_files(data)), name: content})


def remade(data: bytes, name: str, edit: Callable[[str], str]) -> bytes:
    """A book with one of its files changed as a whole."""
    files = dict(_files(data))
    files[f"EPUB/{name}"] = edit(files[f"EPUB/{name}"])
    return _packed(files)


def text_of(data: bytes, name: str) -> str:
    """A file of a book."""
    return dict(_files(data))[f"EPUB/{name}"]


def markers(text: str) -> list[int]:
    """The numbers of the page breaks in a document."""
    return [int(found[1]) for found in _MARKER.finditer(text)]


def moved(text: str, number: int, words: int) -> str:
    """A document with a page break moved on by so many words; back, if that is negative."""
    found = next(found for found in _MARKER.finditer(text) if int(found[1]) == number)
    rest = text[: found.start()] + text[found.end() :]
    starts = [word.start() for word in _WORD.finditer(rest) if word[2] and word.start() >= rest.index("<body")]
    here = sum(start < found.start() for start in starts)
    at = starts[here + words] if here + words < len(starts) else rest.index("</article>")
    return rest[:at] + found[0].replace("<div", "<span") + rest[at:]


def _files(data: bytes) -> list[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name).decode("utf-8", "surrogateescape")) for name in archive.namelist()]


def _packed(files: Mapping[str, str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))
    return target.getvalue()

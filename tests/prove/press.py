"""Broken files to prove: exports of the sample made from a changed source or layout, or changed afterwards."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.labels import labels
from atlas_print.pipeline.plan import Task
from atlas_print.prove import Finding, Outcome, Verdict
from tests.making import ROOT, TODAY, atlas_of, judged, make
from tests.prove.minimal import stream

SAMPLE = Path(__file__).with_name("sample")
SLUG = "tired-legs"
KINDS = ("large-print", "handout", "epub")
PDFS = ("large-print", "handout")
PROMISES = ("P1", "P2", "P3", "P4", "P7")
"""Those about the content, which any file can break."""


@cache
def atlas() -> Atlas:
    """The sample as its author wrote it."""
    return atlas_of(SAMPLE)


def topic() -> Topic:
    """The topic that most proofs are about."""
    return atlas().topic(SLUG)


@cache
def profiled(name: str) -> Atlas:
    """The sample with its large print in that profile."""
    exports = [
        replace(export, settings={**export.settings, "profile": name}) if export.kind == "large-print" else export
        for export in atlas().exports
    ]
    return replace(atlas(), exports=tuple(exports))


def changed(source: Atlas, new: Topic) -> Atlas:
    """The atlas with a topic in place of the one with its slug."""
    return replace(source, topics=tuple(new if old.slug == new.slug else old for old in source.topics))


@cache
def good(kind: str, slug: str | None = SLUG) -> bytes:
    """The export as it should be; `slug` None for the book."""
    return printed(kind, atlas(), slug)


def printed(kind: str, source: Atlas, slug: str | None = SLUG, project: Path = SAMPLE) -> bytes:
    """The export of a source that may have been changed."""
    export = next(export for export in source.exports if export.kind == kind)
    return make(source, project, Task("", export, slug)).data


def relaid(
    kind: str,
    edits: Mapping[str, Sequence[tuple[str, str]]],
    slug: str | None = SLUG,
    source: Atlas | None = None,
) -> bytes:
    """The export with words of layout files replaced: file -> pairs of what stands there and what shall."""
    with TemporaryDirectory() as folder:
        for name, pairs in edits.items():
            text = (ROOT / "layouts" / name).read_text("utf-8")
            for old, new in pairs:
                assert old in text, f"layouts/{name} has no {old!r}"
                text = text.replace(old, new)
            file = Path(folder) / "layouts" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return printed(kind, source or atlas(), slug, Path(folder))


def repacked(data: bytes, *edits: tuple[str, str]) -> bytes:
    """An EPUB with words of its content documents replaced one after another, each where it first stands.

    What keeps words on one line goes first, so that they can be named as they read.
    """
    with zipfile.ZipFile(BytesIO(data)) as old:
        files = {info: old.read(info) for info in old.infolist()}
    documents = [info for info in files if info.filename.endswith(".xhtml") and "nav" not in info.filename]
    for document in documents:
        files[document] = re.sub(rb'<span class="(?:n|counted)">([^<]*)</span>', rb"\1", files[document])
    for was, shall in edits:
        info = next((info for info in documents if was.encode() in files[info]), None)
        assert info is not None, f"not in the book: {was!r}"
        files[info] = files[info].replace(was.encode(), shall.encode(), 1)
    book = BytesIO()
    with zipfile.ZipFile(book, "w") as new:
        for info, content in files.items():
            new.writestr(info, content)
    return book.getvalue()


def rewritten(data: bytes, edit: Callable[[PdfWriter], None]) -> bytes:
    """A PDF with its objects changed."""
    writer = PdfWriter(clone_from=BytesIO(data))
    edit(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def on_page(old: bytes, new: bytes) -> Callable[[PdfWriter], None]:
    """Changes the drawing operators of the first page, once."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        content = page.get_contents()
        assert content is not None
        assert old in content.get_data()
        page[NameObject("/Contents")] = writer._add_object(stream(content.get_data().replace(old, new, 1)))

    return change


def links(writer: PdfWriter) -> list[Any]:
    """The link annotations of a PDF in page order."""
    return [note.get_object() for page in writer.pages for note in page.get("/Annots") or ()]


def structure(writer: PdfWriter, kind: str) -> list[Any]:
    """The structure elements of a type such as "/P", in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        for kid in node.get("/K") or ():
            inner = kid.get_object()
            if isinstance(inner, DictionaryObject) and "/S" in inner:
                yield inner
                yield from walk(inner)

    return [node for node in walk(writer.root_object["/StructTreeRoot"]) if node["/S"] == kind]


def remove(element: Any) -> None:
    """Takes a structure element out of the tree; what it held stays on the page."""
    kids = element["/P"]["/K"]
    del kids[[kid.get_object() for kid in kids].index(element)]


def remark(page: PageObject, is_meant: Callable[[Any], bool]) -> None:
    """Makes artifacts of the marked-content sequences with those property lists."""
    stream: Any = page.get_contents()
    operations = [
        ([NameObject("/Artifact")], b"BMC") if operator == b"BDC" and is_meant(operands[1]) else (operands, operator)
        for operands, operator in stream.operations
    ]
    stream.operations = operations
    page.replace_contents(stream)


def verdicts(data: bytes, kind: str, slug: str | None = SLUG, source: Atlas | None = None) -> dict[str, Verdict]:
    """The verdicts on a file by their promises, held against the sample as it is."""
    held = source or atlas()
    about = None if slug is None else held.topic(slug)
    settings = next(export.settings for export in held.exports if export.kind == kind)
    return {
        verdict.promise: verdict
        for verdict in judged(data, kind, held, about, TODAY, settings, {}, _labels(held.language))
    }


@cache
def _labels(language: str) -> tuple[str, ...]:
    return labels(ROOT, language)


def broken(data: bytes, kind: str, slug: str | None = SLUG, source: Atlas | None = None) -> dict[str, list[Finding]]:
    """The promises that a file breaks, with what was found."""
    found = verdicts(data, kind, slug, source)
    return {id_: list(verdict.findings) for id_, verdict in found.items() if verdict.outcome is Outcome.BROKEN}


def untold(data: bytes, kind: str, slug: str | None = SLUG) -> dict[str, str]:
    """What of a file nobody can know, by the promise that it is about."""
    found = {id_: verdict.not_told for id_, verdict in verdicts(data, kind, slug).items() if verdict.not_told}
    return {id_: "\n".join(f"{it.where}: {it.what}" for it in held) for id_, held in found.items()}


def told(found: Mapping[str, list[Finding]]) -> str:
    """All findings, for the message of a test that fails."""
    return "\n".join(f"{id_} {finding}" for id_, findings in found.items() for finding in findings)


def assert_says(found: Mapping[str, list[Finding]], promise: str, *said: str) -> None:
    """A promise is broken, by a finding that says all of that; and every finding is whole."""
    findings = found.get(promise, [])
    assert any(all(word in str(finding) for word in said) for finding in findings), told(found)
    assert all(part for finding in findings for part in (finding.where, finding.expected, finding.found, finding.help))


def assert_broken(found: Mapping[str, list[Finding]], promises: str, *said: str) -> None:
    """Just these promises are broken ("P3 P4"), and the first of them by a finding that says all of that."""
    # Whatever changes a word breaks P5 too, and a number P6: those have tests of their own.
    wanted = set(promises.split())
    assert set(found) - ({"P5", "P6"} - wanted) == wanted, told(found)
    assert_says(found, promises.split()[0], *said)

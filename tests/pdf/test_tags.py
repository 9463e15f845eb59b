"""The tag tree: one structure element for each HTML element, whole across lines and pages."""

import re
import subprocess
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from atlas_print.pdf.engine import typeset, write
from atlas_print.pipeline.plan import plan
from atlas_print.typefaces import families, family_list
from tests.making import ROOT, atlas_of, make
from tests.pdf.invariants import faults

HERE = Path(__file__).parent
STACK = families(None, "en", [])
CSS = f"""
@page {{
  size: 120mm 100mm;
  margin: 15mm;
  @top-left {{ content: "Running title" }}
  @bottom-right {{ content: counter(page) }}
}}
html {{ font: 12pt/1.5 {family_list(STACK)} }}
ul {{ list-style: none }} ul > li::before {{ content: "•" }}
a.back::before {{ content: target-counter(attr(href url), page) }}
img {{ image-rendering: pixelated }}
"""
IMAGE = (
    "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><path d='M0 0h20v10z'/></svg>"
)


def tree_of(file: Path) -> str:
    """The structure tree as poppler tells it, with the text of each line; object numbers left out."""
    told = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    return re.sub(r"^ *Object \d+ 0\n", "", told, flags=re.MULTILINE)


def made(folder: Path, body: str, language: str = 'lang="en"') -> Path:
    html = f"<!DOCTYPE html><html {language}><head><title>T</title></head><body>{body}</body></html>"
    file = folder / "made.pdf"
    file.write_bytes(write(typeset(html, CSS, STACK)))
    return file


def opened(file: Path) -> Any:
    """A reader whose objects a test may index as it likes."""
    return PdfReader(file)


def elements(file: Path, kind: str) -> list[Any]:
    found: list[Any] = []

    def walk(element: Any) -> None:
        if isinstance(element, DictionaryObject):
            if element.get("/S") == f"/{kind}":
                found.append(element)
            kids = element.get("/K", ArrayObject())
            for kid in kids if isinstance(kids, ArrayObject) else [kids]:
                walk(kid.get_object())

    walk(opened(file).root_object["/StructTreeRoot"].get_object())
    return found


def test_the_starter_topic_has_the_tree_that_a_reader_expects(tmp_path: Path) -> None:
    project = ROOT / "src" / "atlas_print" / "starter"
    atlas = atlas_of(project)
    for task in plan(atlas):
        if task.path.endswith(".pdf"):
            file = tmp_path / Path(task.path).name
            file.write_bytes(make(atlas, project, task).data)
            golden = HERE / f"{file.stem}.tree.txt"
            assert tree_of(file) == golden.read_text("utf-8"), f"if the new tree is right: {golden}"
            assert faults(file) == []


def test_a_list_and_a_paragraph_stay_whole_across_pages(tmp_path: Path) -> None:
    items = "".join(f"<li>item {number}</li>" for number in range(60))
    file = made(tmp_path, f"<ul>{items}</ul><p>{'many words ' * 400}</p>")
    assert len(opened(file).pages) > 5
    assert len(elements(file, "L")) == 1
    assert len(elements(file, "LI")) == len(elements(file, "Lbl")) == len(elements(file, "LBody")) == 60
    assert len(elements(file, "P")) == 1
    assert faults(file) == []


def test_a_table_stays_whole_and_its_repeated_header_is_an_artifact(tmp_path: Path) -> None:
    rows = "".join(f"<tr><th scope='row'>r{number}</th><td>v</td></tr>" for number in range(60))
    head = "<thead><tr><th scope='col'>Name</th><th scope='col'>Value</th></tr></thead>"
    file = made(tmp_path, f"<table>{head}<tbody>{rows}</tbody></table>")
    assert len(opened(file).pages) > 3
    assert len(elements(file, "Table")) == len(elements(file, "THead")) == len(elements(file, "TBody")) == 1
    assert len(elements(file, "TR")) == 61
    scopes = [element["/A"]["/Scope"] for element in elements(file, "TH")]
    assert scopes == ["/Column"] * 2 + ["/Row"] * 60
    assert tree_of(file).count('"Name"') == 1
    assert faults(file) == []


def test_running_header_and_page_number_are_artifacts(tmp_path: Path) -> None:
    file = made(tmp_path, "<p>Text</p>")
    assert "Running title" not in tree_of(file)
    assert "Running title" in opened(file).pages[0].extract_text()
    data = opened(file).pages[0].get_contents()
    assert data is not None
    assert b"/Pagination/Subtype /Header" in data.get_data().replace(b"/Type ", b"")


def test_language_abbreviation_and_alternative_reach_the_tree(tmp_path: Path) -> None:
    body = '<p>A <span lang="fr">mot</span> and <abbr title="computed tomography">CT</abbr>.</p>'
    body += f'<img src="{IMAGE}" alt="A shape."/>'
    file = made(tmp_path, body)
    language, abbreviation = elements(file, "Span")
    assert language["/Lang"] == "fr"
    assert abbreviation["/E"] == "computed tomography"
    assert [figure["/Alt"] for figure in elements(file, "Figure")] == ["A shape."]
    assert faults(file) == []


def test_two_pages_side_by_side_stand_as_their_language_is_read(tmp_path: Path) -> None:
    assert "/Direction" not in opened(made(tmp_path, "<p>A</p>")).trailer["/Root"]["/ViewerPreferences"]
    hebrew = opened(made(tmp_path, "<p>12</p>", 'lang="he" dir="rtl"'))
    assert hebrew.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_the_language_of_the_whole_comes_back_inside_a_passage_of_another(tmp_path: Path) -> None:
    file = made(tmp_path, '<p><span lang="fr">un <span lang="en">test</span> et <span lang="fr">fin</span></span></p>')
    assert [element["/Lang"] for element in elements(file, "Span")] == ["fr", "en"]
    assert faults(file) == []


def test_an_empty_cell_holds_its_column(tmp_path: Path) -> None:
    head = "<thead><tr><th scope='col'>A</th><th scope='col'></th><th scope='col'>C</th></tr></thead>"
    file = made(tmp_path, f"<table>{head}<tbody><tr><td></td><td>b</td><td>c</td></tr></tbody></table>")
    rows = [[kid.get_object()["/S"] for kid in row["/K"]] for row in elements(file, "TR")]
    assert rows == [["/TH"] * 3, ["/TD"] * 3]


def test_links_say_what_a_person_would_say_and_have_one_annotation_a_line(tmp_path: Path) -> None:
    body = '<p id="x">Text <a href="#x" aria-label="reference 3">3</a> '
    body += '<a class="back" href="#x" aria-label="back"></a> '
    body += '<a href="https://a.example/b"><span>https://a.example/</span><span>b</span></a></p>'
    file = made(tmp_path, body)
    annotations = [reference.get_object() for page in opened(file).pages for reference in page["/Annots"]]
    said = ["reference 3", "back", "https://a.example/b"]
    assert [annotation["/Contents"] for annotation in annotations] == said
    assert len(elements(file, "Link")) == 3
    assert faults(file) == []


def test_a_footnote_is_a_note_with_its_mark_and_an_id(tmp_path: Path) -> None:
    call = '<span class="call">[<a id="call-{0}" href="#note-{0}">{0}</a>]</span>'
    note = '<div id="note-{0}" role="doc-footnote"><p><span class="mark">{0}. </span>Said.</p><p>More.</p></div>'
    calls, notes = ("".join(map(text.format, "ba")) for text in (call, note))
    file = made(tmp_path, f"<p>Here.{calls}</p>{notes}")
    found = elements(file, "Note")
    assert [[kid.get_object()["/S"] for kid in node["/K"]] for node in found] == [["/Lbl", "/P", "/P"]] * 2
    assert [node["/ID"] for node in found] == ["note-b", "note-a"]
    names = opened(file).root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert names[::2] == ["note-a", "note-b"]
    assert [name.get_object()["/ID"] for name in names[1::2]] == ["note-a", "note-b"]
    assert [kid.get_object()["/S"] for kid in elements(file, "Reference")[0]["/K"][1:2]] == ["/Link"]
    assert faults(file) == []


def test_pairs_of_term_and_meaning_stay_pairs(tmp_path: Path) -> None:
    file = made(
        tmp_path, "<dl><div><dt>Audit</dt> <dd>emerging</dd></div><div><dt>Based on</dt> <dd>trials</dd></div></dl>"
    )
    items = elements(file, "LI")
    assert [[kid.get_object()["/S"] for kid in item["/K"]] for item in items] == [["/Lbl", "/LBody"]] * 2
    assert faults(file) == []


def test_a_line_that_ends_at_a_space_keeps_it_and_no_other_gains_one(tmp_path: Path) -> None:
    file = made(tmp_path, f"<p>{'does not replace ' * 30}</p><p>{'well-known-' * 30}</p>")
    stream = "".join(page.get_contents().get_data().decode("latin-1") for page in opened(file).pages)
    kept = re.findall(r"/ActualText \((.*?)\)", stream)
    assert kept
    assert all(text.endswith(" ") and "-" not in text for text in kept)


def test_a_nested_list_lies_in_the_body_of_its_item(tmp_path: Path) -> None:
    file = made(tmp_path, "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>")
    outer = elements(file, "L")[0]
    assert [kid.get_object()["/S"] for kid in outer["/K"]] == ["/LI", "/LI"]
    body = outer["/K"][0].get_object()["/K"][1].get_object()
    assert body["/S"] == "/LBody"
    assert body["/K"][1].get_object()["/S"] == "/L"
    assert faults(file) == []

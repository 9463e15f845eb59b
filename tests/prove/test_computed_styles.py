"""The cascade and what is taken over from element to element, held against the computed styles of Chromium."""

import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape

import pytest
from lxml import etree
from tinycss2.color4 import Color, parse_color

from atlas_print.prove.epub.cascade import Cascade, Specified
from atlas_print.prove.epub.computed import Computed, computed, is_gone
from atlas_print.prove.epub.package import open_book
from atlas_print.prove.reading.book import Document
from tests.prove.minimal import epub
from tests.validators.chromium import BROWSER, PATIENCE

SHEET = """
body { color: #102030; font: 16px/1.4 serif; background: #fafafa }
p { color: rgb(10 20 30); text-indent: 2em }
.calibre1 { font-size: 0.8em; text-indent: 0 } .calibre2 { font-size: 125%; color: inherit }
p.calibre1 { color: green !important } #own { color: red; font-size: 30px }
.small { font: italic 50%/1 serif } .smaller { font-size: smaller } .larger { font-size: larger }
.hidden { visibility: hidden } .hidden .seen { visibility: visible } .gone { display: none }
.clear { opacity: 0.5 } .struck { text-decoration: underline line-through } .plain { text-decoration: none }
.turned { unicode-bidi: bidi-override; direction: rtl } .rtl { direction: rtl } .ltr { direction: initial }
.dark { background: url(x.png) no-repeat #000; color: white } .half { background-color: rgba(0, 0, 0, 0.5) }
.name { color: rebeccapurple; background: none } .hsl { color: hsl(120 100% 25%) } .current { color: currentcolor }
.list { list-style: none } ol.list { list-style: lower-roman inside } .circle { list-style-type: circle }
.wide { letter-spacing: 0.1em } .wide .not { letter-spacing: normal } .pt { font-size: 9pt; text-indent: 1cm }
section > p:first-child { color: blue } section p:not(.calibre1) + p { color: orange }
p:nth-child(2n+1) { opacity: 0.9 }
section.a em { color: teal } [lang|=de] { color: maroon } [class~="token"] { color: olive } p::before { color: lime }
section > h2:only-child, h2 + p { color: navy } em:empty { display: none } :root { direction: ltr }
.twice { color: red; color: blue } .twice { color: black }
.late { font-size: 2em; font: 1em serif } .unset { color: unset }
a:link { color: rgb(1, 2, 3) } a:hover { display: none } a:visited { color: red }
@media screen { .screen { color: rgb(4, 5, 6) } } @media amzn-mobi { .kindle { display: none } }
@media not amzn-mobi { .epub { color: rgb(7, 8, 9) } }
"""
BODY = """
<section class="a"><p>one <em>two</em></p><p class="calibre1">three</p><p class="calibre2">four</p><p>five</p></section>
<section><h2 class="late">six</h2><p>seven</p>
<p id="own" class="calibre1">eight <span class="calibre2">nine</span></p></section>
<div class="small">ten <span class="small">eleven <b class="smaller">twelve</b></span> <i class="larger">x</i></div>
<div class="hidden"><p>a<span class="seen">b<b>c</b></span></p></div><div class="gone"><p>d</p></div>
<div class="clear"><p>e</p></div><div class="struck"><p class="plain">f</p></div><div class="turned"><p>g</p></div>
<div class="rtl"><p>h</p><p class="ltr">i</p></div><div class="dark"><p class="calibre2">j</p>
<p class="half">k</p></div>
<p class="name">l</p><p class="hsl">m</p>
<p class="name"><span class="current">n</span></p><ul class="list"><li>o</li></ul>
<ol class="list"><li>p</li></ol><ol><li>q<ul><li class="circle">r</li><li>s</li></ul></li></ol><p class="pt">t</p>
<p class="wide">u<span class="not">v</span></p><p lang="de-AT">x</p><p class="some token">y<em></em></p>
<p class="twice">a</p><p class="late">b</p><p class="calibre2"><span class="unset">c</span></p>
<p><a href="x">g</a><a>h</a></p><p class="screen">i</p>
<p class="kindle">j</p><p class="epub">k</p><p style="color: red; FONT-SIZE: 3px">l</p>
<p class="calibre1" style="color: red">o</p><p style="color: red !important" class="calibre1">p</p><p dir="rtl">q</p>
<table><tbody><tr><td class="calibre1">r</td></tr></tbody></table>
<dl><dt class="half">s</dt><dd class="small">t</dd></dl>
<p><bdo dir="rtl">u</bdo><del>v</del><s class="plain">w</s></p><blockquote class="dark">
<p class="name">x</p></blockquote>
"""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
    f"<style>{_escaped(SHEET)}</style></head><body>{BODY}</body></html>"
)
SCRIPT = """
const names = ['display', 'visibility', 'opacity', 'color', 'font-size', 'list-style-type', 'text-decoration-line'];
const told = [...document.body.querySelectorAll('*')].map(node => {
  const style = getComputedStyle(node);
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue(name)]));
});
document.body.textContent = JSON.stringify(told);
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    folder = tmp_path_factory.mktemp("chromium")
    page = PAGE.replace("</body>", f"<script>{_escaped(SCRIPT)}</script></body>")
    (folder / "page.xhtml").write_text(page, "utf-8")
    command = [str(BROWSER), f"--user-data-dir={folder / 'profile'}", "--dump-dom", (folder / "page.xhtml").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    told = re.search(r"<body>(.*)</body>", done.stdout, re.DOTALL)
    assert told is not None, done.stdout
    found: list[dict[str, str]] = json.loads(unescape(told[1]))
    return found[:-1]  # without the script


def _ours() -> list[tuple[etree._Element, Computed, bool]]:
    book = open_book(epub("<p>x</p>"))
    document = Document("page.xhtml", etree.fromstring(PAGE))
    (specified,) = Cascade(book).specified(document).values()
    return list(_inherited(document, specified))


def _inherited(document: Document, values: Specified) -> Iterator[tuple[etree._Element, Computed, bool]]:
    """Each element of the body with its values, and whether it is gone."""
    black, white = Color("srgb", (0.0, 0.0, 0.0), 1.0), Color("srgb", (1.0, 1.0, 1.0), 1.0)
    found = {document.root: computed({}, Computed(black, white), "html")}
    for node in list(document.root.iter("{*}*"))[1:]:
        parent = node.getparent()
        assert parent is not None
        given = values.get(node, {}).get("", {})
        found[node] = computed(given, found[parent], etree.QName(node).localname)
        if any(above.tag.endswith("}body") for above in node.iterancestors()):
            yield node, found[node], is_gone(given, found[node].font_size)


def _rgb(text: str | Color | None) -> tuple[int, ...] | None:
    found = parse_color(text) if isinstance(text, str) else text
    assert found is None or isinstance(found, Color)
    return found and (*(round(255 * (it or 0)) for it in found.to("srgb").coordinates), round(100 * found.alpha))


def test_as_a_browser_computes(browser: list[dict[str, str]]) -> None:
    ours = _ours()
    assert len(ours) == len(browser)
    faults = []
    for (node, own, gone), theirs in zip(ours, browser, strict=True):
        tag = etree.QName(node).localname
        is_struck = "line-through" in theirs["text-decoration-line"] and tag not in ("s", "del")
        pairs = {
            "gone": (gone, theirs["display"] == "none" or is_struck),
            "visibility": (own.visibility, theirs["visibility"]),
            # Colours of links are the browser's own.
            "color": (_rgb(own.ink) if tag != "a" else _rgb(theirs["color"]), _rgb(theirs["color"])),
            "font-size": (pytest.approx(own.font_size, abs=0.05), float(theirs["font-size"].removesuffix("px"))),
        }
        if tag == "li" and node.getparent().tag.endswith("}ol"):  # type: ignore[union-attr]
            pairs["list-style-type"] = (own.list_style, theirs["list-style-type"])
        faults += [
            f"<{tag}> {name}: {mine}, not {browsers}" for name, (mine, browsers) in pairs.items() if mine != browsers
        ]
    assert not faults, "\n".join(faults)

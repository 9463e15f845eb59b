"""Good books with a few signs of their files changed: each change breaks P8, and a finding says what is wrong."""

import pytest

from tests.prove.bindery import access, assert_found, book, rewritten, told
from tests.prove.press import SLUG

Edit = tuple[str, str, str]
Change = tuple[str | None, tuple[Edit, ...], tuple[str, ...]]

NAV, NCX, OPF, CSS, TEXT = "nav.xhtml", "toc.ncx", "content.opf", "style.css", f"{SLUG}.xhtml"


def change(*edits: Edit, says: tuple[str, ...], slug: str | None = SLUG) -> Change:
    """A book, what changes in its files, and words of which one finding says all."""
    return slug, edits, says


def meta(name: str, value: str) -> str:
    return f'<meta property="schema:{name}">{value}</meta>'


def styled(rule: str) -> Change:
    return change((CSS, "abbr {", f"{rule}\nabbr {{"), says=(f"EPUB/{CSS}", "the reader's own"))


LABEL = ' aria-label="Described in words"'
IN_WORDS = (
    '<p class="in-words"><strong>In words:</strong> <span id="described-1">A plain box stands for two legs.</span></p>'
)
ENOUGH, VISUAL = meta("accessModeSufficient", "textual"), meta("accessMode", "visual")
HAZARD, ARIA = meta("accessibilityHazard", "none"), meta("accessibilityFeature", "ARIA")
BOX = '<rect x="2" y="2" width="36" height="16" fill="none" stroke="currentColor"/>'
START = "Start here: what tired legs are"

NAVIGATION = {
    "a line to no id": change((NAV, '#section-1"', '#section-11"'), says=(f"EPUB/{NAV}", START, "no such line")),
    "a line to no file": change((NAV, f'"{TEXT}#short"', '"x.xhtml#short"'), says=("In short", "no such line")),
    "a line to a file outside": change((NAV, f'"{TEXT}#short"', '"style.css"'), says=("no such line",)),
    "a line out of the book": change((NAV, f'"{TEXT}#short"', '"https://x.example/"'), says=("no such line",)),
    "a line of the NCX to nowhere": change((NCX, '#short"', '#brief"'), says=(f"EPUB/{NCX}", "no such line")),
    "another order": change(
        (NAV, '#section-1"', '#@"'), (NAV, '#section-2"', '#section-1"'), (NAV, '#@"', '#section-2"'),
        says=(f"EPUB/{NAV}", "What was measured", f"before “{START}”"),
    ),
    "another order in the NCX": change(
        (NCX, '#section-1"', '#@"'), (NCX, '#section-2"', '#section-1"'), (NCX, '#@"', '#section-2"'),
        says=(f"EPUB/{NCX}", "What was measured", f"before “{START}”"),
    ),
    "no contents": change((NAV, '"toc" role', '"lot" role'), says=(f"EPUB/{OPF}", START, "no such line")),
    "no navigation document": change((OPF, ' properties="nav"', ""), says=(f"EPUB/{OPF}", START, "no such line")),
    "a topic without a line": change((NAV, ">Deep sleep</a>", ">Sleep</a>"), says=("found “Sleep”",), slug=None),
    "a topic without a line in the NCX": change(
        (NCX, ">Deep sleep<", ">Sleep<"), says=(f"EPUB/{NCX}", "“Deep sleep”; found “Sleep”"), slug=None
    ),
    "a title that leads to another topic": change(
        (NAV, '<a href="deep-sleep.xhtml">Deep', f'<a href="{TEXT}">Deep'), says=("a line “Deep sleep”",), slug=None
    ),
}  # fmt: skip

CLAIMS = {
    "a picture without words": change((TEXT, LABEL, ""), says=(TEXT, "words that stand for the picture", "none")),
    "words for pictures claimed": change((TEXT, LABEL, ""), says=("“alternativeText”", "a picture without words")),
    "a cover without words": change(("cover.xhtml", ' alt="', ' data-alt="'), says=("EPUB/cover.xhtml", "stand for")),
    "descriptions claimed": change((TEXT, IN_WORDS, ""), says=("“longDescription” to be true", "no description")),
    "text alone not enough": change((TEXT, IN_WORDS, ""), says=("accessModeSufficient", "a picture that is not")),
    "pictures forgotten": change((OPF, VISUAL, ""), says=("textual and visual", "found textual")),
    "a mode that it has not": change((OPF, VISUAL, meta("accessMode", "auditory")), says=("found auditory, textual",)),
    "large print": change((OPF, ARIA, ARIA.replace("ARIA", "largePrint")), says=("“largePrint” to be true",)),
    "what can't be seen": change((OPF, ARIA, ARIA.replace("ARIA", "braille")), says=("“braille” to be true",)),
    "a page list claimed": change((NAV, '"page-list"', '"lot"'), says=("“pageNavigation” to be true",)),
}  # fmt: skip

STYLES = {
    "size": styled("body { font-size: 18px }"),
    "size in a shorthand": styled("html { font: 1em/1.5 serif }"),
    "face": styled("* { font-family: serif }"),
    "spacing of lines": styled("p { line-height: 18px }"),
    "spacing of letters": styled(":root { letter-spacing: 0.1em }"),
    "colour": styled("h1, article > p:first-child { color: #1a1a1a }"),
    "ground": styled("/* Night. */ body { background-color: black }"),
    "colour on some screens": styled("@media (prefers-color-scheme: dark) { li { color: white } }"),
    "in the text itself": change((TEXT, "</head>", "<style>p { color: red }</style></head>"), says=("p { color: re",)),
}  # fmt: skip

DRAWINGS = {
    "no viewBox": change((TEXT, ' viewBox="0 0 40 20"', ""), says=("“Two legs at rest.”, 1 shape",)),
    "no namespace": change((TEXT, 'svg xmlns="http://www.w3.org/2000/svg"', "svg"), says=("“Two legs at rest.”",)),
    "a shape lost": change((TEXT, BOX, ""), says=("“Two legs at rest.”, 1 shape",)),
    "a label more": change((TEXT, BOX, BOX + "<text>Arms</text>"), says=("“Two legs at rest.”, 1 shape",)),
}  # fmt: skip

LANGUAGES = {
    "in the metadata": change((OPF, "<dc:language>en<", "<dc:language>de<"), says=("language en; found de",)),
    "of the text as XML": change((TEXT, ' xml:lang="en"', ' xml:lang="fr"'), says=(f"EPUB/{TEXT}, html", "found fr")),
    "none": change((NAV, ' lang="en" xml:lang="en"', ""), says=(f"EPUB/{NAV}, html", "language en", "none")),
    "of the text": change((TEXT, ' lang="en"', ' lang="de"'), says=(f"EPUB/{TEXT}, html", 'found de')),
    "of the NCX": change((NCX, ' xml:lang="en"', ' xml:lang="fr"'), says=(f"EPUB/{NCX}, ncx", "found fr")),
}  # fmt: skip

GROUPS = {"navigation": NAVIGATION, "claims": CLAIMS, "styles": STYLES, "drawings": DRAWINGS,
          "languages": LANGUAGES}  # fmt: skip
CHANGES = {f"{kind}: {name}": found for kind, group in GROUPS.items() for name, found in group.items()}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_book(name: str) -> None:
    slug, edits, says = CHANGES[name]
    assert_found(access(rewritten(book(slug), *edits), slug), *says)


@pytest.mark.parametrize(
    "rule",
    [
        "h1 { color: red }",
        "p.short { font-size: 2em }",
        "p { color: inherit; margin: 0 }",
        "p::first-letter { font-size: 2em }",
        "figure > svg, td { color: red }",
        '@namespace epub "https://x.example/";',
        "@font-face { src: url(data:font/woff2;base64,AA) }",
        "p { line-height: 1.5 }",
        "body { font-size: 1em; line-height: 1.2 }",
    ],
)
def test_a_style_that_leaves_running_text_to_the_reader(rule: str) -> None:
    assert told(access(rewritten(book(), (CSS, "h1, h2", f"{rule}\nh1, h2")))) == ""

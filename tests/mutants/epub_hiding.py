"""Mutants of a book whose words are there, but not for eyes, or not as they stand."""

from collections.abc import Callable, Iterator

from lxml import etree

from tests.mutants.epub_file import Book, Made, X, place, region, text_of
from tests.mutants.epub_texts import node_at
from tests.mutants.mutant import Mutant, chance, is_authors, promises, region_promises

STYLES = {
    "not displayed": "display: none",
    "not visible": "visibility: hidden",
    "collapsed": "visibility: collapse",
    "at no size": "font-size: 0",
    "at a tiny size": "font-size: 1px",
    "at 0 em": "font-size: 0em",
    "by the shorthand": "font: 0/0 serif",
    "far left": "position: absolute; left: -9999px",
    "far up": "position: absolute; top: -200em",
    "far right": "position: absolute; left: 9999px",
    "fixed far away": "position: fixed; right: -9999px",
    "indented away": "text-indent: -9999px",
    "margin away": "margin-left: -9999px",
    "transparent": "opacity: 0",
    "nearly transparent": "opacity: 0.01",
    "no colour": "color: transparent",
    "no alpha": "color: rgba(0,0,0,0)",
    "hex without alpha": "color: #0000",
    "white on white": "color: white; background: white",
    "white on white, by numbers": "color: #fff; background-color: rgb(255,255,255)",
    "no fill": "-webkit-text-fill-color: transparent",
    "clipped": "position: absolute; clip: rect(0 0 0 0)",
    "clipped to a path": "clip-path: inset(50%)",
    "clipped to a circle": "clip-path: circle(0)",
    "clipped to a polygon": "clip-path: polygon(0 0, 0 0, 0 0)",
    "no height": "height: 0; overflow: hidden",
    "no greatest height": "max-height: 0; overflow: hidden",
    "one pixel": "position: absolute; width: 1px; height: 1px; overflow: hidden",
    "scaled to nothing": "transform: scale(0)",
    "scaled by its own": "scale: 0",
    "moved by a transform": "transform: translateX(-9999px)",
    "turned away": "transform: rotateY(90deg)",
    "filtered out": "filter: opacity(0)",
    "masked": "mask-image: linear-gradient(transparent, transparent)",
    "content skipped": "content-visibility: hidden",
    "disc for letters": "-webkit-text-security: disc",
    "no lines": "line-height: 0; overflow: hidden; height: 0",
    "letters on each other": "letter-spacing: -1em",
    "turned round": "unicode-bidi: bidi-override; direction: rtl",
    "struck out": "text-decoration: line-through",
    "replaced content": "content: ''; display: block; font-size: 0",
    "not spoken": "speak: never; speak-as: none; display: none",
}
_WORDS_OF_STYLE = {
    "words before": "{0}::before {{ content: 'It is not true that: ' }}",
    "words behind": "{0}::after {{ content: ' Do the opposite.' }}",
    "another counter": "{0} {{ list-style: none; counter-increment: x 5 }} {0}::before {{ content: counter(x) '. ' }}",
    "other order": "{0} {{ display: flex; flex-direction: column-reverse }}",
}


def hiding_mutants(book: Book) -> Iterator[Mutant]:
    """Each way to hide, at one place a book."""
    ways: list[tuple[str, Callable[[etree._Element], None], str]] = []
    for name, style in STYLES.items():
        ways.append((f"hidden: {name}", _inline(style), style))
        ways.append((f"hidden in a sheet: {name}", _in_sheet(style), style))
    ways += [
        ("hidden by an attribute", lambda it: it.set("hidden", ""), "hidden"),
        ("hidden until found", lambda it: it.set("hidden", "until-found"), "hidden=until-found"),
        ("hidden from voices", lambda it: it.set("aria-hidden", "true"), "aria-hidden"),
        ("inert", lambda it: it.set("inert", ""), "inert"),
        ("in a comment", _comment, "<!-- -->"),
        ("in a template", _as("template"), "<template>"),
        ("in no script", _as("noscript"), "<noscript>"),
        ("in a fallback", _as("object"), "<object>"),
        ("in a closed dialog", _as("dialog"), "<dialog>"),
        ("in a hidden part", lambda it: _around(it).set("hidden", "hidden"), "its part is hidden"),
        ("in a part for no screen", _in_sheet("display: none", "@media not speech"), "@media not speech"),
    ]
    for name, change, says in ways:
        yield from _at(book, name, change, says)
    yield from _styled(book)


def _at(book: Book, name: str, change: Callable[[etree._Element], None], says: str) -> Iterator[Mutant]:
    random = chance(book.good, name)
    path = random.choice(sorted(book.chapters))
    nodes = list(book.chapters[path].iter(*(f"{X}{tag}" for tag in ("p", "li", "h2", "td", "dd"))))
    random.shuffle(nodes)
    wanted = random.choice(
        ("text", "text", *(["disclaimer"] if len(book.chapters) == 1 else []), "reference", "grade", "heading", "scale")
    )
    for node in nodes:
        part, text = region(path, node), text_of(node)
        if part != wanted or node.find(f".//{X}p") is not None or "term" in node.get("class", ""):
            continue  # a term is explained again in the glossary
        if len(text) < 3 or (part != "reference" and not any(is_authors(str(it)) for it in node.itertext())):
            continue
        index = next(at for at, it in enumerate(book.chapters[path].iter()) if it is node)
        # Of words that only some readers get nobody can tell.
        found = region_promises(part) | promises("P5 P8") | promises("P4 P6" if node.tag == f"{X}td" else "")
        yield Mutant(name, place(path, node), f"“{text[:50]}”: {says}", found, _edit(book, path, index, change))
        return


def _edit(book: Book, path: str, index: int, change: Callable[[etree._Element], None]) -> Made:
    return book.edited(path, lambda root: change(node_at(root, index)))


def _inline(style: str) -> Callable[[etree._Element], None]:
    return lambda node: node.set("style", style)


def _in_sheet(style: str, media: str = "") -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        node.set("class", f"{node.get('class', '')} zq".strip())
        # Whatever else the sheets say of that element.
        rule = f".zq {{ {'; '.join(f'{it} !important' for it in style.split('; '))} }}"
        _sheet(node, f"{media} {{ {rule} }}" if media else rule)

    return change


def _sheet(node: etree._Element, text: str) -> None:
    head = node.getroottree().getroot().find(f"{X}head")
    assert head is not None
    style = etree.SubElement(head, f"{X}style")
    style.text = text


def _comment(node: etree._Element) -> None:
    text = text_of(node).replace("--", "- -")
    for child in list(node):
        node.remove(child)
    node.text = None
    node.append(etree.Comment(text))


def _as(tag: str) -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        wrapper = etree.Element(f"{X}{tag}")
        wrapper.text, node.text = node.text, None
        for child in list(node):
            wrapper.append(child)
        node.append(wrapper)

    return change


def _around(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def _styled(book: Book) -> Iterator[Mutant]:
    """What a style sheet adds to the words, or does to their order."""
    path = book.named("style.css")
    for name, rule in _WORDS_OF_STYLE.items():
        for subject in ("p", "li", "h2", ".disclaimer", ".references li", "td", "section", "ol"):
            if name != "other order" and subject in ("section", "ol"):
                continue
            if name == "other order" and subject not in ("section", "ol"):
                continue
            if name == "another counter" and subject != ".references li":
                continue
            text = rule.format(subject)
            files = {path: book.files[path] + b"\n" + text.encode()}
            yield Mutant(f"style: {name}", "style.css", text, promises("P1 P2 P3 P5 P7 P8"), book.replaced(files))

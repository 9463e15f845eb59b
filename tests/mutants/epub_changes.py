"""What can be done to an element of a book; each function changes it and says how, or None if it can't."""

from collections.abc import Callable
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from tests.mutants.epub_file import X, text_of

Change: TypeAlias = Callable[[etree._Element], str | None]
Select: TypeAlias = Callable[[etree._Element], bool]
BLOCKS = "p li h1 h2 h3 tr td figure figcaption div section table dl ul ol blockquote".split()


def tag_of(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname


def drop(node: etree._Element) -> str | None:
    parent = node.getparent()
    if parent is None or (not text_of(node) and tag_of(node) not in ("svg", "img")):
        return None
    before, tail = node.getprevious(), node.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)
    return f"“{text_of(node)[:60]}” is gone"


def double(node: etree._Element) -> str | None:
    if not text_of(node):
        return None
    twin = deepcopy(node)
    for it in twin.iter():
        it.attrib.pop("id", "")
    node.addnext(twin)
    return f"“{text_of(node)[:60]}” stands twice"


def swap(node: etree._Element) -> str | None:
    other = node.getnext()
    if other is None or other.tag != node.tag or text_of(node) == text_of(other) or not text_of(node):
        return None
    parent = node.getparent()
    before = None if parent is None else parent.getprevious()
    if before is not None and before.get("id") == "related":
        return None  # topics that are related, in no order
    node.tail, other.tail = other.tail, node.tail
    other.addnext(node)
    return f"“{text_of(node)[:40]}” stands behind “{text_of(other)[:40]}”"


def swap_contents(node: etree._Element) -> str | None:
    """What a pair of terms or headings stand for."""
    parent = node.getparent()
    above = None if parent is None else parent.getparent()
    others = [] if above is None else list(above.iter(str(node.tag)))
    other = next((it for it in others if it is not node and text_of(it) != text_of(node)), None)
    if other is None or len(node) or len(other):
        return None
    node.text, other.text = other.text, node.text
    return f"“{other.text}” and “{node.text}” changed places"


def empty(node: etree._Element) -> str | None:
    text = text_of(node)
    if not text:
        return None
    for child in list(node):
        node.remove(child)
    node.text = ""
    return f"“{text[:60]}” is gone, its element is not"


def unwrap_heading(node: etree._Element) -> str:
    node.tag = f"{X}p"
    return f"the heading “{text_of(node)}” is a paragraph"


def other_level(node: etree._Element) -> str:
    level = int(tag_of(node)[1])
    node.tag = f"{X}h{level + 1 if level < 3 else 2}"
    return f"the heading “{text_of(node)}” is {tag_of(node)}, not h{level}"


def as_heading(node: etree._Element) -> str | None:
    if len(text_of(node)) < 10:
        return None
    node.tag = f"{X}h2"
    return f"the paragraph “{text_of(node)[:50]}” is a heading"


def silence(role: str) -> Change:
    def change(node: etree._Element) -> str:
        node.set("role", role)
        return f"“{text_of(node)[:50]}” has the role {role}"

    return change


def attribute(name: str, value: str | None) -> Change:
    def change(node: etree._Element) -> str | None:
        if node.get(name) == value:
            return None
        before = node.get(name)
        node.attrib.pop(name, "")
        if value is not None:
            node.set(name, value)
        return f"{name} is “{value}”, not “{before}”"

    return change


def numbered(node: etree._Element) -> str:
    node.tag = f"{X}ul"
    return "the list has bullets, no numbers"


def cell(node: etree._Element) -> str:
    node.tag = f"{X}td"
    node.attrib.pop("scope", "")
    return f"the header “{text_of(node)}” is a cell"


def in_turn(*changes: Change) -> Change:
    """All of the changes; says what the last of them says."""

    def change(node: etree._Element) -> str | None:
        return [each(node) for each in changes][-1]

    return change


def href(value: Callable[[str], str | None]) -> Change:
    def change(node: etree._Element) -> str | None:
        before = node.get("href", "")
        after = value(before)
        if after == before:
            return None
        node.attrib.pop("href")
        if after is not None:
            node.set("href", after)
        return f"the link leads to {after}, not to {before}"

    return change


def next_number(address: str) -> str:
    """The address with its last digit changed."""
    at = max((i for i, letter in enumerate(address) if letter.isdigit()), default=-1)
    if at < 0:
        return address + "x"
    return address[:at] + str((int(address[at]) + 1) % 10) + address[at + 1 :]


def told_as(text: str) -> Change:
    def change(node: etree._Element) -> str | None:
        node.set("aria-label", text)
        return f"a voice says “{text}” for “{text_of(node)[:40]}”"

    return change


def raise_digit(node: etree._Element) -> str | None:
    """The last digit of a number is raised: 103 becomes ten to the third power."""
    text = node.text or ""
    at = next((i for i in range(1, len(text)) if text[i - 1 : i + 1].isdigit()), 0)
    if not at or tag_of(node) not in ("p", "li", "td"):
        return None
    raised = etree.Element(f"{X}sup")
    raised.text, raised.tail, node.text = text[at], text[at + 1 :], text[:at]
    node.insert(0, raised)
    return f"in “{text[max(at - 12, 0) : at + 12]}” the “{text[at]}” is raised"


def wrap(tag: str, text: str, **attributes: str) -> Change:
    def change(node: etree._Element) -> str | None:
        if tag_of(node) not in ("p", "li", "td", "dd") or len(text_of(node)) < 4:
            return None
        wrapper = etree.Element(f"{X}{tag}", attributes)
        wrapper.text, node.text = node.text, None
        for child in list(node):
            wrapper.append(child)
        node.append(wrapper)
        return f"“{text_of(node)[:50]}” {text}"

    return change


def insert(text: str) -> Change:
    def change(node: etree._Element) -> str:
        extra = etree.Element(f"{X}p")
        extra.text = text
        node.addnext(extra)
        return f"“{text}” stands behind “{text_of(node)[:40]}”"

    return change


def move_marker(node: etree._Element) -> str | None:
    """A page break stands before the next block."""
    blocks = [it for it in node.itersiblings() if it.tag in (f"{X}p", f"{X}ul", f"{X}h2")]
    if len(blocks) < 2 or node.tail:
        return None
    blocks[1].addprevious(node)
    return f"{node.get('aria-label')} begins one block too late"


def is_a(*tags: str) -> Callable[[etree._Element], bool]:
    return lambda node: tag_of(node) in tags and node.get("role") != "doc-pagebreak"


def a(name: str, value: str) -> Callable[[etree._Element], bool]:
    return lambda node: tag_of(node) == "a" and value in node.get(name, "")


def marker(node: etree._Element) -> bool:
    return node.get("role") == "doc-pagebreak"


def web(node: etree._Element) -> bool:
    """A web link of the text itself."""
    is_listed = any("references" in above.get("class", "") for above in node.iterancestors())
    return tag_of(node) == "a" and node.get("href", "").startswith("http") and not is_listed


def drop_shape(node: etree._Element) -> str | None:
    parent = node.getparent()
    if parent is None:
        return None
    parent.remove(node)
    return f"a shape of the drawing is gone: {tag_of(node)}"


def drop_marker(node: etree._Element) -> str:
    name = node.get("aria-label")
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)
    return f"the marker of {name} is gone"

"""What topics may not hold, and what to write instead."""

REFUSED = {
    "formula": (
        "not-accepted",
        "a formula between $ is not accepted",
        "write it in words and characters; for the sign $ write \\$",
    ),
    "tex": (
        "not-accepted",
        "a command of TeX is not accepted",
        "write what it stands for, or delete it; for the sign \\ write \\\\",
    ),
    "raw": (
        "not-accepted",
        "code for one format alone, {=...}, is not accepted",
        "write what it shows in Markdown, or delete it",
    ),
    "open_comment": (
        "not-accepted",
        "a comment without its end, -->, in the same paragraph",
        "close it there; one that holds empty lines starts and ends with a line of its own",
    ),
    "image": (
        "image-in-text",
        "an image stands inside other text",
        "put it between two empty lines, so that it is a figure with a caption",
    ),
    "bad_citation": (
        "malformed-citation",
        "a citation that can't be read",
        "write [@id], [@id; @other-id] or [see @id, p. 12; @other-id], with one @id between two semicolons; for an @ "
        "that cites nothing write \\@",
    ),
    "linked_citation": (
        "malformed-citation",
        "a link holds a citation",
        "cite behind it: [text](https://...)[@id]; if no link is meant, put a space before the (",
    ),
    "linked_note": (
        "malformed-note",
        "a link holds a footnote",
        "call it behind the link: [text](https://...)[^name]; if no link is meant, put a space before the (",
    ),
    "bad_note": (
        "malformed-note",
        "a footnote that can't be read",
        "write [^name] without a space, and [^name]: The note. on lines of its own; for the signs write \\[^",
    ),
    "bad_attributes": (
        "malformed-attributes",
        "attributes that can't be read",
        'write [text]{.key}, [text]{lang=fr} or ![caption](file){alt="..."}, with straight quotes',
    ),
    "bad_link": (
        "malformed-link",
        "a link or a figure that can't be read",
        "write [text](https://...), with no space in the address and no other brackets in the text",
    ),
}


"""Inline nodes: rule, what it is, help."""
_DELETE = "delete the tag; for the sign < write \\<"
_INSTEAD_OF = {
    **dict.fromkeys(("p", "div", "center"), "delete the tag, and leave an empty line between paragraphs"),
    **dict.fromkeys(("ul", "ol", "li"), "write a list: - and a space before each item"),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "td", "th"), "write a pipe table: | cell | cell |"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write a heading: ## and a space before its words"),
    **dict.fromkeys(("del", "s", "strike"), "strike words out with ~~ before and behind them"),
    **dict.fromkeys(("code", "kbd", "samp", "tt", "pre"), "write code between backticks: `...`"),
    "a": "write a link: [text](https://...)",
    "img": 'write a figure: ![Caption](../figures/name.png){alt="What it shows."}',
    "blockquote": "write > and a space before each of its lines",
    "hr": "write *** on a line of its own",
    "q": "write quotation marks",
}


def instead_of(tag: str) -> str:
    """What to write instead of an element of HTML."""
    return _INSTEAD_OF.get(tag, _DELETE)

"""An atlas as indented text that a non-programmer can hold against the source."""

from collections.abc import Iterator, Mapping, Sequence

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import (
    Block,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from atlas_print.inlines import (
    Citation,
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    SectionLink,
    Span,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    TopicLink,
)
from atlas_print.sections import Section


def describe(atlas: Atlas) -> str:
    """Everything that the atlas holds, in the order of the source."""
    lines = [
        f"title: {atlas.title}",
        f"language: {atlas.language}",
        f"url: {atlas.url}",
        f"publisher: {atlas.publisher}",
        f"contact: {atlas.contact}",
        f"disclaimer: {atlas.disclaimer}",
        *_named("kinds", atlas.kinds),
        *_named("systems", atlas.systems),
        *_named("flags", {name: f"{flag.label} | {flag.meaning}" for name, flag in atlas.flags.items()}),
    ]
    for name, scale in atlas.grades.items():
        levels = {key: f"{level.label} | {level.meaning}" for key, level in scale.levels.items()}
        lines += _named(f"{name} ({scale.label})", levels)
    lines += _named("glossary", {name: f"{term.full} | {term.plain}" for name, term in atlas.glossary.items()})
    lines += _named("exports", {export.name: f"{export.kind} {dict(export.settings)}" for export in atlas.exports})
    for topic in atlas.topics:
        lines += ["", *_topic(topic)]
    return "\n".join(lines) + "\n"


def inline_text(children: Sequence[Inline]) -> str:
    """Inline content on one line: *stress*, **strong**, <address: link>, {key fr: span}, [see id, p. 1; id], [note]."""
    return "".join(map(_inline, children))


def _inline(child: Inline) -> str:
    match child:
        case Text():
            return child.text
        case Emphasis():
            return f"*{inline_text(child.children)}*"
        case Strong():
            return f"**{inline_text(child.children)}**"
        case Link():
            return f"<{child.url}: {inline_text(child.children)}>"
        case Span():
            marks = " ".join(filter(None, ("key" if child.key else "", child.language or "")))
            return f"{{{marks}: {inline_text(child.children)}}}"
        case NoteCall():
            return f"[{child.identifier}]"
        case Citation():
            items = (f"{inline_text(it.prefix)} {it.id}{inline_text(it.suffix)}".strip() for it in child.items)
            return f"{child.name and f'{child.name} '}[{'; '.join(items)}]"
        case Code():
            return f"`{child.text}`"
        case LineBreak():
            return " / "
        case Strikeout() | Subscript() | Superscript():
            return f"{{{type(child).__name__.lower()}: {inline_text(child.children)}}}"
        case SectionLink():
            return f"<#{child.identifier}: {inline_text(child.children)}>"
        case TopicLink():
            return f"<topic {child.slug}: {inline_text(child.children)}>"


def _topic(topic: Topic) -> Iterator[str]:
    yield f"TOPIC {topic.slug}"
    for name in (
        "title",
        "subtitle",
        "kind",
        "system",
        "flags",
        "reviewed",
        "review_due",
        "lede",
        "short",
        "grade_notes",
        "related",
    ):
        yield f"  {name}: {getattr(topic, name)}"
    for section in topic.sections:
        yield from _section(section)
    for note in topic.notes:
        yield f"  NOTE {note.identifier}"
        yield from _blocks(note.blocks, "    ")
    yield "  REFERENCES"
    for number, reference in enumerate(topic.references, start=1):
        ids = {"DOI": reference.doi, "PMID": reference.pmid, "PMCID": reference.pmcid, "URL": reference.url}
        yield f"    {number}. {reference.id}: {reference.title} { ({key: id_ for key, id_ in ids.items() if id_}) }"


def _section(section: Section) -> Iterator[str]:
    yield f"  SECTION {inline_text(section.heading)}"
    if section.role:
        yield f"    role: {section.role}"
    if section.grade:
        yield f"    grade: {' | '.join(section.grade.values.values())}"
    yield from _blocks(section.blocks, "    ")
    for depth, part in section.parts():
        indent = "  " * (depth + 1)
        yield f"{indent}SUBSECTION {inline_text(part.heading)}"
        yield from _blocks(part.blocks, indent + "  ")
    for passage in section.key_passages():
        yield f"    stands for it: {inline_text(passage)}"


def _blocks(blocks: Sequence[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield f"{indent}paragraph: {inline_text(block.children)}"
            case Quote():
                yield f"{indent}quote"
                yield from _blocks(block.children, indent + "  ")
            case Division():
                yield f"{indent}division {block.kind or ''}".rstrip()
                yield from _blocks(block.children, indent + "  ")
            case DefinitionList():
                for entry in block.items:
                    yield f"{indent}term: {inline_text(entry.term)}"
                    for detail in entry.details:
                        yield f"{indent}  means"
                        yield from _blocks(detail, indent + "    ")
            case Rule():
                yield f"{indent}rule"
            case CodeBlock():
                yield f"{indent}code: {block.text!r}"
            case ListBlock():
                style = "" if block.style == "1." else f", as {block.style}"
                yield f"{indent}list" if block.start is None else f"{indent}list from {block.start}{style}"
                for item in block.items:
                    yield f"{indent}  item"
                    yield from _blocks(item, indent + "    ")
            case Table():
                yield f"{indent}table {block.alignments}"
                if block.caption:
                    yield f"{indent}  caption: {inline_text(block.caption)}"
                for row in (block.header, *block.rows) if block.header else block.rows:
                    yield f"{indent}  | {' | '.join(map(inline_text, row))} |"
            case Figure():
                image = block.image
                yield f"{indent}figure {image.path}, {image.media_type}, {image.width:g} x {image.height:g}"
                yield f"{indent}  caption: {inline_text(block.caption)}"
                yield f"{indent}  alt: {block.alt}"


def _named(title: str, entries: Mapping[str, str]) -> list[str]:
    return [f"{title}:", *(f"  {name}: {text}" for name, text in entries.items())]

"""The large-print PDF: everything of a topic, nothing smaller than the profile's size."""

from collections.abc import Mapping, Sequence
from html import unescape
from math import ceil
from typing import Any
from unicodedata import bidirectional, combining

from atlas_print.atlas import Topic
from atlas_print.blocks import Figure, block_lines
from atlas_print.compose.balance import text_width
from atlas_print.compose.figures import Landscape
from atlas_print.compose.line_ends import with_long_words, without_stubs
from atlas_print.compose.tables import Room
from atlas_print.exports.values import Job, Made
from atlas_print.inlines import plain_text
from atlas_print.pdf.engine import pages_of_anchors, typeset, write
from atlas_print.pdf.flow import flow
from atlas_print.profiles import DEFAULT_PROFILE, PAPERS, THEMES, Paper, Profile
from atlas_print.typefaces import Family, advance, family_list

_SIDE_MARGINS = 50.0
"""Left and right margin together, in mm."""

_MOST_PASSES = 4
"""A number of a page that keeps changing by a digit moves nothing on by more than a line."""
_ABOVE_AND_BELOW = 110.0
"""pt of the margins above and below beside their lines of text."""
_INDENT = 1.4
"""em of a list."""
_JOINED = 0.71
"""How wide Arabic letters are that join, of their width alone: measured in Arabic, Persian and Urdu, 0.69 to 0.73."""
_NAMED = 3
"""Words longer than a line that the note names."""


def render_large_print(job: Job, topic: Topic) -> Made:
    """The topic at the profile's size on the paper that the export names."""
    settings = job.export.settings
    profile = job.atlas.profiles[settings.get("profile", DEFAULT_PROFILE)]
    theme = THEMES[settings.get("theme", "light")]
    paper = PAPERS[settings.get("paper", "A4")]
    character = profile.size * _mean_width(topic, job.stack)
    column = min(profile.line_length * character, (paper.width - _SIDE_MARGINS) / 25.4 * 72)
    words = job.composer.words
    running = topic.short_title or topic.title
    widest = max(text_width(word, job.stack, bold=False) for word in running.split()) * profile.size
    # The running title may not be cut, so the margin grows with it; a cautious count of its lines.
    header_lines = ceil(len(running) * character * 1.3 / column)
    room = _room(profile, paper, column, header_lines)
    landscape = _landscape(profile, paper, character, header_lines)
    page_label = words.text("Page %(page)s of %(pages)s", page='" counter(page) "', pages='" counter(pages) "')
    if topic.is_draft:
        page_label = f"{words.text('Draft')} · {page_label}"
    css = job.composer.fill(
        "large-print/style.css",
        profile=profile,
        theme=theme,
        paper=paper,
        stack=family_list(job.stack),
        measure=column,
        label_width=max(text_width(scale.label, job.stack, bold=False) for scale in job.atlas.grades.values()),
        header_lines=header_lines,
        is_title_divided=widest > (paper.width - _SIDE_MARGINS) / 25.4 * 72,
        landscape=landscape,
        page_label=page_label,
    )

    def laid_out(pages: Mapping[str, int]) -> Any:
        page = job.composer.page(
            topic, room, theme=theme, pages=pages, columns=columns, stack=job.stack, landscape=landscape
        )
        filled = job.composer.fill("large-print/topic.html", topic=topic, page=page)
        html, words = with_long_words(without_stubs(filled, columns[0]), columns, job.stack)
        divided.update(dict.fromkeys(words))
        return typeset(html, css, job.stack, labels)

    labels = _labels(topic)
    divided: dict[str, None] = {}
    columns = {level: column / size for level, size in enumerate((profile.size, *profile.heading_sizes))}
    # The references name the pages that cite them, and come last, so nothing before them moves in the second pass; what
    # stands behind the number of a page in a note may.
    pages = pages_of_anchors(laid_out({}))
    for _ in range(_MOST_PASSES):
        document = laid_out(pages)
        before, pages = pages, pages_of_anchors(document)
        # So does page one, where it names the page of what is urgent.
        if pages == before or not (topic.notes or pages.get("urgent", 1) > 1):
            break
    note = f"{profile.name}, {theme.name}, {paper.name}"
    if divided:
        more = f" and {len(divided) - _NAMED} more" if len(divided) > _NAMED else ""
        note += f", longer than a line and so divided: {', '.join(list(divided)[:_NAMED])}{more}"
    return Made(write(document, settings.get("standard", "ua-1")), len(document.pages), note, flow(document))


def _room(profile: Profile, paper: Paper, column: float, header_lines: int) -> Room:
    """What there is for a table in a column of that width in pt; a row may take half of a page."""
    line = profile.size * profile.spacing
    page = paper.height / 25.4 * 72 - (header_lines + 1) * line - _ABOVE_AND_BELOW
    return Room(column / profile.size, profile.spacing / 2, _INDENT, max(int(page / line / 2), 2))


def _landscape(profile: Profile, paper: Paper, character: float, header_lines: int) -> Landscape:
    """The page of a wide figure, of the same margins; its caption has lines of the profile's length at most."""
    line = profile.size * profile.spacing
    width = (paper.height - _SIDE_MARGINS) / 25.4 * 72
    height = paper.width / 25.4 * 72 - (header_lines + 1) * line - _ABOVE_AND_BELOW
    caption = min(profile.line_length * character, width)
    return Landscape(width / profile.size, height / profile.size, caption / profile.size, profile.spacing)


def _mean_width(topic: Topic, stack: Sequence[Family]) -> float:
    """The mean advance of a character of the topic in em; languages differ by a tenth."""
    lines = [topic.lede, topic.short]
    lines += [
        plain_text(line) for section in topic.sections for block in section.all_blocks() for line in block_lines(block)
    ]
    # A combining mark is no character of its own.
    letters = [character for character in " ".join(lines) if not combining(character)]
    widths = (advance(it, stack) * (_JOINED if bidirectional(it) == "AL" else 1) for it in letters)
    return sum(widths) / len(letters)


def _labels(topic: Topic) -> str:
    """The characters of the topic's drawings."""
    figures = (block for section in topic.sections for block in section.all_blocks() if isinstance(block, Figure))
    drawings = (figure.image.data.decode() for figure in figures if figure.image.media_type == "image/svg+xml")
    return unescape("".join(drawings))

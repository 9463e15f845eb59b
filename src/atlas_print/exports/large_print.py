"""The large-print PDF: everything of a topic, nothing smaller than the profile's size."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from atlas_print.atlas import Topic
from atlas_print.blocks import Figure
from atlas_print.compose.balance import text_width
from atlas_print.compose.figures import has_pixels
from atlas_print.compose.line_ends import with_long_words, without_stubs
from atlas_print.compose.passages import pages_of
from atlas_print.compose.sheet import sheet_of
from atlas_print.exports.values import Job, Made
from atlas_print.pdf.engine import pages_of_anchors, typeset, write
from atlas_print.pdf.flow import flow
from atlas_print.profiles import THEMES
from atlas_print.typefaces import family_list

_MOST_PASSES = 4
"""A number of a page that keeps changing by a digit moves nothing on by more than a line."""
_NAMED = 3
"""Words longer than a line that the note names."""


def render_large_print(job: Job, topic: Topic) -> Made:
    """The topic at the profile's size on the paper that the export names."""
    settings = job.export.settings
    theme = THEMES[settings.get("theme", "light")]
    sheet = sheet_of(topic, job.atlas, settings, job.stack)
    profile, paper, column = sheet.profile, sheet.paper, sheet.column
    words = job.composer.words
    running = topic.short_title or topic.title
    widest = max(text_width(word, job.stack, bold=False) for word in running.split()) * profile.size
    room = sheet.room()
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
        header_lines=sheet.header_lines,
        is_title_divided=widest > sheet.width,
        landscape=sheet.landscape(),
        page_lines=2 * room.lines,
        page_label=page_label,
    )

    def laid_out(pages: Mapping[str, int]) -> Any:
        page = job.composer.page(topic, room, theme=theme, pages=pages, columns=columns, stack=job.stack, sheet=sheet)
        filled = job.composer.fill("large-print/topic.html", topic=topic, page=page)
        html, words = with_long_words(without_stubs(filled, columns[0]), columns, job.stack)
        divided.update(dict.fromkeys(words))
        return typeset(html, css, job.stack)

    divided: dict[str, None] = {}
    columns = {level: column / size for level, size in enumerate((profile.size, *profile.heading_sizes))}
    # The references name the pages that cite them, and come last, so nothing before them moves in the second pass; what
    # stands behind the number of a page in a note may.
    document = laid_out(job.pages)
    if not job.pages or pages_of(flow(document)) != job.pages:
        pages = pages_of_anchors(document)
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
    pixels = [Path(it.image.path).name for it in _drawings(topic) if has_pixels(it.image, theme, job.stack)]
    if pixels:
        note += f", shapes as pixels, since renderers differ in them: {', '.join(pixels)}"
    return Made(write(document, settings.get("standard", "ua-1")), len(document.pages), note, flow(document))


def _drawings(topic: Topic) -> Iterator[Figure]:
    blocks = (block for section in topic.sections for block in section.all_blocks())
    return (it for it in blocks if isinstance(it, Figure) and it.image.media_type == "image/svg+xml")

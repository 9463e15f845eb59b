"""The large-print PDF: everything of a topic, nothing smaller than the profile's size."""

from math import ceil

from atlas_print.atlas import Figure, Topic
from atlas_print.exports.values import Job, Made
from atlas_print.pdf.engine import family_list, typeset, write
from atlas_print.profiles import DEFAULT_PROFILE, PAPERS, THEMES

_AVERAGE_WIDTH = 0.439
"""Mean advance of a character in Atkinson Hyperlegible, in em: over the 18,725 characters of three sample topics."""
_SIDE_MARGINS = 50.0
"""Left and right margin together, in mm."""


def render_large_print(job: Job, topic: Topic) -> Made:
    """The topic at the profile's size on the paper that the export names."""
    settings = job.export.settings
    profile = job.atlas.profiles[settings.get("profile", DEFAULT_PROFILE)]
    theme = THEMES[settings.get("theme", "light")]
    paper = PAPERS[settings.get("paper", "A4")]
    character = profile.size * _AVERAGE_WIDTH
    column = min(profile.line_length * character, (paper.width - _SIDE_MARGINS) / 25.4 * 72)
    words = job.composer.words
    css = job.composer.fill(
        "large-print/style.css",
        profile=profile,
        theme=theme,
        paper=paper,
        stack=family_list(job.stack),
        measure=column,
        # The running title may not be cut, so the margin grows with it; a cautious count of its lines.
        header_lines=ceil(len(topic.title) * character * 1.3 / column),
        page_label=words.text("Page %(page)s of %(pages)s", page='" counter(page) "', pages='" counter(pages) "'),
    )
    html = job.composer.fill("large-print/topic.html", topic=topic, page=job.composer.page(topic, theme=theme))
    document = typeset(html, css, job.stack, _labels(topic))
    note = f"{profile.name}, {theme.name}, {paper.name}"
    return Made(write(document, settings.get("standard", "ua-1")), len(document.pages), note)


def _labels(topic: Topic) -> str:
    """The characters of the topic's drawings."""
    figures = (block for section in topic.sections for block in section.all_blocks() if isinstance(block, Figure))
    return "".join(figure.image.data.decode() for figure in figures if figure.image.media_type == "image/svg+xml")

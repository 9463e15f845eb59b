"""The registry: kind of export -> the function that makes it."""

from atlas_print.exports.epub import render_epub, render_epub_atlas
from atlas_print.exports.handout import render_handout
from atlas_print.exports.large_print import render_large_print
from atlas_print.exports.values import RenderBook, RenderTopic

TOPIC_EXPORTS: dict[str, RenderTopic] = {
    "large-print": render_large_print,
    "handout": render_handout,
    "epub": render_epub,
}
"""Kind of export -> what makes it for one topic."""

ATLAS_EXPORTS: dict[str, RenderBook] = {"epub": render_epub_atlas}
"""Kind of export -> what makes it of all topics, for kinds that have such a book."""

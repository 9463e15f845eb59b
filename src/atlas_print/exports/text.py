"""The text of a topic as a book has it, in one document that needs nothing beside it: made at once, to be looked at."""

from lxml import etree

from atlas_print.atlas import Topic
from atlas_print.compose.figures import data_url
from atlas_print.exports.epub import ROOM, images_of
from atlas_print.exports.values import Job

_XHTML = "{http://www.w3.org/1999/xhtml}"


def render_text(job: Job, topic: Topic) -> bytes:
    """The chapter of a topic, an XHTML document; LayoutError for a template that can't be used."""
    images = {path: data_url(image, None) for path, image in images_of([topic]).items()}
    page = job.composer.page(topic, ROOM, images, stack=job.stack)
    filled = job.composer.fill("epub/topic.xhtml", topic=topic, page=page, chapters={}, logo="")
    root = etree.fromstring(filled.lstrip().encode())
    for link in list(root.iter(f"{_XHTML}link")):
        parent = link.getparent()
        assert parent is not None
        style = etree.SubElement(parent, f"{_XHTML}style")
        style.text = job.composer.fill("epub/style.css", fonts=[], languages={})
        parent.remove(link)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")

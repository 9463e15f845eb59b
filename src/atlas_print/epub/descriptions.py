"""The words of a book that describe an image: the image has a short name, and leads to them by `aria-details`."""

from lxml import etree


def description(image: etree._Element) -> str | None:
    """The text of the element in the same document that describes the image; None where there is none."""
    identifier = image.get("aria-details")
    found = image.getroottree().iterfind(".//*[@id]") if identifier else ()
    return next(("".join(map(str, it.itertext())) for it in found if it.get("id") == identifier), None)

"""SVG drawings built anew from what they draw: styles resolved, nothing that acts or lies outside of the file."""

import re
from contextlib import suppress

from lxml import etree

from atlas_print.problems import Problem
from atlas_print.read.figures.svg.builder import Builder, TooLargeError
from atlas_print.read.figures.svg.geometry import Box, view_box
from atlas_print.read.figures.svg.report import PLAIN, SVG, Report
from atlas_print.read.figures.svg.values import length, written
from atlas_print.read.source import Source

LIMIT_DRAWING = 2_000_000
"""Bytes in a drawing; more is a photograph in disguise, or a map that no one could describe."""


def rebuild_svg(source: Source, problems: list[Problem]) -> tuple[bytes, float, float] | None:
    """The drawing as plain SVG with its width and height in user units, or None after telling why not.

    What comes out has its colours as #rrggbb, its sizes in user units, no style sheet, `use` or `switch`, and ids of
    its own. Problems: a DOCTYPE with entities, XML errors, references out of the file or to nothing, words that only
    browsers draw, numbers that no one can draw, no size. Advice: scripts and movement, which are taken out.
    """
    root = _parsed(source, problems)
    if root is None:
        return None
    report = Report(source, root)
    view = _view(root, report)
    clean = None
    with suppress(TooLargeError):
        clean = Builder(root, view or Box(0, 0, 1, 1), report).drawing()
    problems.extend(report.problems)
    if report.is_refused or clean is None or view is None:
        return None
    clean.set("viewBox", " ".join(map(written, view)))
    return etree.tostring(clean), view.width, view.height


def _parsed(source: Source, problems: list[Problem]) -> etree._Element | None:
    """The root of the drawing; None after telling why it can't be read."""
    entity = re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", source.text)
    if entity is not None:
        problems.append(Problem(source.place_of(entity.start()), "svg-entity", "the SVG declares XML entities", PLAIN))
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.text.encode(), parser)
    except etree.XMLSyntaxError as error:
        # A comment that is not closed is quoted whole, over lines, and told at the end of the file.
        message = (error.msg or "bad XML").splitlines()[0].split(", line")[0].strip()
        what = f"the SVG can't be read: {message}"
        place = source.place(max(error.lineno or 1, 1), max(error.offset or 1, 1))
        if message.startswith("Comment"):
            place = source.place_of(source.text.rfind("<!--"))
        problems.append(Problem(place, "bad-svg", what, PLAIN))
        return None
    if root.tag != f"{{{SVG}}}svg":
        what, help_ = "the file is not an SVG drawing", 'its first element is <svg xmlns="http://www.w3.org/2000/svg">'
        problems.append(Problem(source.place(1, 1), "bad-svg", what, help_))
        return None
    return root


def _view(root: etree._Element, report: Report) -> Box | None:
    """The window that the drawing shows, in user units; None after telling that it has none."""
    found = view_box(root.get("viewBox"))
    if found is None and root.get("viewBox") is None:
        width, height = (length(root.get(side) or "", 0.0) for side in ("width", "height"))
        found = view_box(f"0 0 {width} {height}") if width and height else None
    if found is None:
        report.refuse(root, "svg-size", "the SVG has no size", 'write viewBox="0 0 WIDTH HEIGHT" on the <svg> element')
    return found

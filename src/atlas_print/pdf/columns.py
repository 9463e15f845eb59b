"""Balanced columns that lay out each text once.

WeasyPrint 70 balances columns by laying all of them out at one height after the other, often a pixel apart: that was
four fifths of the time of a handout. This module replaces the one function at fault,
`weasyprint.layout.block.columns_layout`, by one that lays the text out in one high column, finds the least height at
which its parts fit side by side, and moves them there. What it doesn't know (tables, floats, what spans columns, what
goes on over a page) it leaves to WeasyPrint's own. Its version is asserted in `tags`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import block_box_layout, block_level_width, collapse_margin
from weasyprint.layout.column import _create_column_box, columns_layout
from weasyprint.layout.percent import percentage

_HIGH = 1e6
"""px that no page has."""
_ROUNDING = 0.01
"""px."""
_AVOID = ("avoid", "avoid-column")
_Cut = tuple[float, float]
"""Where a column ends and the next one starts, in px from the top of the page."""


def install() -> None:
    """Makes WeasyPrint balance columns this way from now on, in this process."""
    weasyprint.layout.block.columns_layout = _columns_layout


def _columns_layout(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    adjoining_margins: list[float],
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    """What `columns_layout` does: (box, where to go on, the page to do so on, margins, whether one collapses)."""
    styles = first_letter_style, first_line_style
    if skip_stack is None and _is_plain(box):
        done = _once(context, box, bottom_space, containing_block, adjoining_margins, styles)
        if done is not None:
            return done, None, {"break": "any", "page": None}, [], False
    return columns_layout(
        context,
        box,
        bottom_space,
        skip_stack,
        containing_block,
        page_is_empty,
        absolute_boxes,
        fixed_boxes,
        adjoining_margins,
        *styles,
    )


def _is_plain(box: Any) -> bool:
    """Whether all that the box holds is text in blocks, in a number of columns as high as they come."""
    style = box.style
    if style["column_width"] != "auto" or style["column_count"] == "auto" or style["column_fill"] != "balance":
        return False
    if style["height"] != "auto" or style["position"] != "static" or not box.children:
        return False
    return all(map(_is_text, (inner for inner in box.descendants() if inner is not box)))


def _is_text(box: Any) -> bool:
    if isinstance(box, boxes.TextBox):
        return True
    if isinstance(box, boxes.TableBox | boxes.FlexBox | boxes.GridBox) or not box.is_in_normal_flow():
        return False
    has_columns = isinstance(box, boxes.BlockContainerBox) and box.style["column_count"] != "auto"
    return bool(box.style["column_span"] != "all" and not has_columns)


def _once(
    context: Any, box: Any, bottom_space: float, containing_block: Any, margins: list[float], styles: tuple[Any, Any]
) -> Any:
    """The box with its columns, or None if they don't fit on the page or can't be told from one layout."""
    box = box.copy_with_children(box.children)
    box.position_y += collapse_margin(margins)
    block_level_width(box, containing_block)
    count = box.style["column_count"]
    gap = box.style["font_size"]
    if box.style["column_gap"] != "normal":
        gap = percentage(box.style["column_gap"], box.style, box.width)
    width = max(0.0, box.width - (count - 1) * gap) / count
    top = box.content_box_y()
    laid_out = _laid_out(context, box, containing_block, width, styles)
    if laid_out is None or len(laid_out) not in (1, count):
        return None
    # Of one high column, what it holds is what has to be divided; with breaks that the style demands, it is divided.
    columns = laid_out if len(laid_out) > 1 else _divided(laid_out[0], top, count)
    height = max(_bottom(column) for column in columns) - top
    if top + height > context.page_bottom - bottom_space + _ROUNDING:
        return None
    for index, column in enumerate(columns):
        place = count - 1 - index if box.style["direction"] == "rtl" else index
        column.translate(dx=place * (width + gap))
        column.height = height
    box.children = columns
    box.height = height
    return box


def _laid_out(context: Any, box: Any, containing_block: Any, width: float, styles: tuple[Any, Any]) -> Any:
    """A column as high as it comes for each part between breaks that the style demands; None if something floats."""
    columns: list[Any] = []
    go_on = None
    absolute: list[Any] = []
    shapes = context.excluded_shapes[:]
    context.in_column = True
    while True:
        empty = _create_column_box(
            box, containing_block, [child.copy() for child in box.children], width, box.content_box_y()
        )
        column, go_on, *_ = block_box_layout(
            context, empty, -_HIGH, go_on, containing_block, True, absolute, absolute, [], *styles,
            discard=False, max_lines=None,
        )  # fmt: skip
        columns.append(column)
        if column is None or go_on is None:
            break
    context.in_column = False
    if None in columns or absolute or len(context.excluded_shapes) != len(shapes):
        context.excluded_shapes[:] = shapes
        return None
    return columns


def _divided(column: Any, top: float, count: int) -> list[Any]:
    """The column in at most `count` parts of the least height, each at the top, one before the other."""
    bottom = _bottom(column)
    cuts = list(_cuts(column))
    starts, ends = [top, *(start for _, start in cuts)], [bottom, *(end for end, _ in cuts)]
    heights = sorted({end - start for start in starts for end in ends if end > start})
    chosen: Sequence[_Cut] = []
    low, high = 0, len(heights) - 1
    while low <= high:
        at = (low + high) // 2
        filled = _filled(cuts, top, bottom, heights[at], count)
        if filled is None:
            low = at + 1
        else:
            chosen, high = filled, at - 1
    parts = []
    for cut in chosen:
        before, column = _parted(column, *cut)
        parts.append(before)
    parts.append(column)
    for part, start in zip(parts, [top, *(start for _, start in chosen)], strict=True):
        part.position_y = start
        part.translate(dy=top - start)
    return parts


def _filled(cuts: Sequence[_Cut], top: float, bottom: float, height: float, count: int) -> list[_Cut] | None:
    """The cuts that make columns of at most that height, each as full as it gets; None if there would be too many."""
    chosen: list[_Cut] = []
    start = top
    while bottom - start > height + _ROUNDING:
        fitting = [cut for cut in cuts if cut[1] > start and cut[0] - start <= height + _ROUNDING]
        if not fitting or len(chosen) == count - 1:
            return None
        chosen.append(fitting[-1])
        start = fitting[-1][1]
    return chosen


def _cuts(box: Any) -> Iterator[_Cut]:
    """Where the box may be cut, from top to bottom: between lines and between blocks, as its style allows."""
    children = box.children
    lines = isinstance(children[0], boxes.LineBox) if children else False
    for index, child in enumerate(children):
        if index and lines and index >= box.style["orphans"] and len(children) - index >= box.style["widows"]:
            yield children[index - 1].position_y + children[index - 1].height, child.position_y
        elif index and not lines and _may_part(children[index - 1], child):
            last = children[index - 1]
            yield last.border_box_y() + last.border_height(), child.border_box_y()
        if isinstance(child, boxes.BlockContainerBox) and not lines and child.style["break_inside"] not in _AVOID:
            yield from _cuts(child)


def _may_part(last: Any, child: Any) -> bool:
    """Whether neither a block nor what it ends with holds on to the next one, nor what that begins with to it."""
    afters, befores = [last], [child]
    while isinstance(afters[-1], boxes.BlockContainerBox) and afters[-1].children:
        afters.append(afters[-1].children[-1])
    while isinstance(befores[-1], boxes.BlockContainerBox) and befores[-1].children:
        befores.append(befores[-1].children[0])
    return not any(
        box.style["break_after"] in _AVOID for box in afters if not isinstance(box, boxes.LineBox)
    ) and not any(box.style["break_before"] in _AVOID for box in befores if not isinstance(box, boxes.LineBox))


def _parted(box: Any, end: float, start: float) -> tuple[Any, Any]:
    """What of the box stands above a cut, and what stands below it."""
    above, below = [], []
    for child in box.children:
        if _lower_edge(child) <= end + _ROUNDING:
            above.append(child)
        elif _upper_edge(child) >= start - _ROUNDING:
            below.append(child)
        else:
            for side, part in zip((above, below), _parted(child, end, start), strict=True):
                side.append(part)
    first, second = box.copy_with_children(above), box.copy_with_children(below)
    foot = box.content_box_y() + box.height
    first.remove_decoration(start=False, end=True)
    second.remove_decoration(start=True, end=False)
    first.height = end - first.content_box_y()
    second.position_y, second.height = start, foot - start
    return first, second


def _upper_edge(box: Any) -> float:
    return float(box.position_y if isinstance(box, boxes.LineBox) else box.border_box_y())


def _lower_edge(box: Any) -> float:
    if isinstance(box, boxes.LineBox):
        return float(box.position_y + box.height)
    return float(box.border_box_y() + box.border_height())


def _bottom(column: Any) -> float:
    """Where what a column holds ends, the margin of its last block left out."""
    return max(_lower_edge(child) for child in column.children)

"""Broken templates as problems."""

from atlas_print.compose.layout import LayoutError
from atlas_print.problems import Place, Problem


def layout_problem(error: LayoutError) -> Problem:
    """What is wrong with a template, where it is."""
    where, _, what = str(error).partition(": ")
    return Problem(Place(where), "layout", what, "mend the layout file")

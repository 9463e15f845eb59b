"""Broken templates, and words of layouts that nobody has translated, as problems."""

from collections.abc import Iterator
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.compose.layout import LayoutError
from atlas_print.compose.words import SOURCE_LANGUAGE, Words
from atlas_print.counting import many
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.find import FILE
from atlas_print.shipped import folder


def layout_problem(error: LayoutError) -> Problem:
    """What is wrong with a template, where it is."""
    where, _, what = str(error).partition(": ")
    return Problem(Place(where), "layout", what, "mend the layout file")


def english_words(atlas: Atlas, project: Path) -> Iterator[Problem]:
    """Advice where the layouts speak English to the readers of an atlas in another language."""
    built_in = folder("layouts")
    lacking = Words(atlas.language, [project / "layouts", built_in]).untranslated()
    if lacking:
        what = f"{many(len(lacking), 'label')} of the layouts, such as {lacking[0]!r}, will be in English"
        own = f"layouts/locale/{atlas.language}.po"
        source = built_in / "locale" / f"{SOURCE_LANGUAGE}.po"
        help_ = f"copy {source} to {own} in the project, and write each `msgstr` in the language {atlas.language!r}"
        yield Problem(Place(FILE), "english-words", what, help_, Severity.ADVICE)

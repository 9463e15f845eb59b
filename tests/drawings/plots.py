"""Charts as matplotlib, seaborn and Altair save them, made anew."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import Any

import altair
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn

mpl.use("svg")
_RANDOM = np.random.default_rng(1)
_NUMBERS = _RANDOM.normal(size=60)
_SQUARE = _RANDOM.random((8, 8))
_TABLE = pd.DataFrame({"g": list("abc") * 20, "v": _NUMBERS, "w": _RANDOM.normal(size=60)})
_SMALL = pd.DataFrame({"x": list("abcde"), "y": [1, 4, 2, 6, 3], "z": [1, 2, 3, 4, 5]})


def _power(axes: Any) -> None:
    axes.fill_between([0, 1, 2], [0, 1, 1], [1, 2, 3], alpha=0.3)
    axes.text(1, 1, r"$10^{-3}$ mol CO$_2$")
    axes.annotate("here", (1, 1), (0.2, 2), arrowprops={"arrowstyle": "->"})


def _lines(axes: Any) -> None:
    axes.plot([1, 2, 3], [3, 1, 2], label="one", marker="o")
    axes.errorbar([1, 2, 3], [2, 2, 2], yerr=0.3, label="two")
    axes.set_yscale("log")
    axes.legend()


_AXES: Mapping[str, Callable[[Any], Any]] = {
    "bars": lambda axes: axes.bar(["a", "b"], [1, 2]),
    "lines": _lines,
    "pie": lambda axes: axes.pie([1, 2, 3], labels=["a", "b", "c"], autopct="%d%%"),
    "image": lambda axes: axes.imshow(_SQUARE),
    "hatch": lambda axes: axes.bar(["a", "b"], [1, 2], hatch=["/", "x"]),
    "scatter": lambda axes: axes.scatter(_NUMBERS, _NUMBERS[::-1], c=_NUMBERS, alpha=0.5),
    "power": _power,
    "contours": lambda axes: axes.contourf(_SQUARE),
    "boxes": lambda axes: axes.boxplot([_NUMBERS[:30], _NUMBERS[30:]]),
    "steps": lambda axes: axes.stairs([1, 3, 2], fill=True),
}
_STATISTICS: Mapping[str, Callable[[], Any]] = {
    "violins": lambda: seaborn.violinplot(_TABLE, x="g", y="v"),
    "strip": lambda: seaborn.stripplot(_TABLE, x="g", y="v", hue="g"),
    "heat": lambda: seaborn.heatmap(_SQUARE[:4, :4], annot=True),
    "regression": lambda: seaborn.regplot(_TABLE, x="v", y="w", ci=None),
    "density": lambda: seaborn.kdeplot(_TABLE, x="v", hue="g", fill=True),
    "boxes": lambda: seaborn.boxplot(_TABLE, x="g", y="v"),
    "counts": lambda: seaborn.countplot(_TABLE, x="g"),
}
_CHART: Any = altair.Chart(_SMALL)
_CHARTS: Mapping[str, Callable[[], Any]] = {
    "bars": lambda: _CHART.mark_bar().encode(x="x", y="y"),
    "lines": lambda: _CHART.mark_line(point=True).encode(x="z", y="y"),
    "area": lambda: _CHART.mark_area(opacity=0.5).encode(x="z", y="y"),
    "points": lambda: _CHART.mark_point().encode(x="z", y="y", color="x"),
    "arcs": lambda: _CHART.mark_arc().encode(theta="y", color="x"),
    "words": lambda: _CHART.mark_text().encode(x="z", y="y", text="x"),
    "squares": lambda: _CHART.mark_rect().encode(x="x", y="z:O", color="y"),
    "layers": lambda: _CHART.mark_line().encode(x="z", y="y") + _CHART.mark_rule().encode(y="mean(y)"),
    "facets": lambda: _CHART.mark_bar().encode(x="z", y="y").facet("x"),
    "ticks": lambda: _CHART.mark_tick().encode(x="z", y="x"),
}
KINDS = (
    *(f"matplotlib {mode} {name}" for mode in ("none", "path") for name in _AXES),
    *(f"seaborn none {name}" for name in _STATISTICS),
    *(f"altair none {name}" for name in _CHARTS),
)
"""Program, how it saves letters, and what it draws."""


def saved(kind: str, size: float = 10) -> str:
    """The drawing of that kind as its program saves it, with a font size in pt."""
    program, mode, name = kind.split()
    file = StringIO()
    if program == "altair":
        _CHARTS[name]().save(file, format="svg")
        return file.getvalue()
    with _figure(mode, size):
        if program == "seaborn":
            seaborn.set_theme(rc={"svg.fonttype": mode})
            _STATISTICS[name]()
        else:
            _AXES[name](plt.subplots()[1])
        plt.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


@contextmanager
def _figure(mode: str, size: float) -> Iterator[None]:
    with mpl.rc_context({"svg.fonttype": mode, "svg.hashsalt": "one", "font.size": size}):
        yield
    plt.close("all")

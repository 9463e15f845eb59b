"""Tables of what was taken, in Markdown, the ratios first."""

from collections.abc import Mapping

from tests.benchmark.taken import Taken

_MB = 1e6


def against(ours: Taken, others: Mapping[str, Taken]) -> str:
    """Our build beside others: how much of their CPU and of their time it takes."""
    head = ("our CPU / its", "our wall / its", "CPU s", "wall s", "peak MB", "made MB", "what")
    return _table(
        head, {what: (_ratio(ours.cpu, it.cpu), _ratio(ours.wall, it.wall)) for what, it in others.items()}, others
    )


def beside(first: str, found: Mapping[str, Taken]) -> str:
    """Builds beside the first of them."""
    base = found[first]
    head = ("CPU / first", "wall / first", "CPU s", "wall s", "peak MB", "made MB", "what")
    return _table(
        head, {what: (_ratio(it.cpu, base.cpu), _ratio(it.wall, base.wall)) for what, it in found.items()}, found
    )


def _table(head: tuple[str, ...], ratios: Mapping[str, tuple[str, str]], found: Mapping[str, Taken]) -> str:
    rows = [
        (*ratios[what], f"{it.cpu:.1f}", f"{it.wall:.1f}", f"{it.memory / _MB:.0f}", f"{it.size / _MB:.1f}", what)
        for what, it in found.items()
    ]
    lines = [head, ("---:",) * (len(head) - 1) + ("---",), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio(value: float, base: float) -> str:
    return f"{value / base:.2f}" if base else "–"

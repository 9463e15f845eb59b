"""The steps of a handout's ladder, and the search for the first that fits."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from atlas_print.profiles import HandoutFloors

_SIZES = 17
"""Type sizes from the preferred ones to the floors: a tenth of a point apart."""
_LEADINGS = 7
"""Line pitches at one size, from wide to close."""
_WIDE, _CLOSE, _CLOSEST = (1.3, 1.2), (1.2, 1.15), (1.1, 1.0)
"""Line pitch of the body and of the references in multiples of their size: preferred, close, and closest.

The closest is 2.65 mm at 7.5 pt; the EC guideline's 3 mm at 9 pt would be 2.5 mm.
"""
_FEW = 2
"""As many references still read well in lines across the page."""
_GUESSES = 3
"""Steps tried by what the measured ones let expect, before the rest is halved."""
_SURELY = 1.0
"""How full a step is reckoned to be that isn't tried any more, where the one after it fits."""
_HOPELESS = 1.15
"""How full the last step of a group is reckoned to be where the group isn't tried any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way to set the page: sizes in pt, leading in multiples of them, columns of the reference list, its form.

    `runs_in` is whether entries go on behind one another, without lines of their own, `is_packed` whether a section
    may go on in the next column.
    """

    body: float
    references: float
    leading: float
    references_leading: float
    columns: int
    form: str
    runs_in: bool = False
    is_packed: bool = False

    @property
    def is_tight(self) -> bool:
        """Whether there is no room for words that say nothing new."""
        return self.references_leading == _CLOSEST[1] or self.form == "short"

    @property
    def area(self) -> float:
        """What a page of text takes at this step, but for a factor."""
        return self.body**2 * self.leading


def ladder(floors: HandoutFloors, references: int) -> list[list[Step]]:
    """The steps of one page: with full references, from the preferred sizes down to the floors, then with closer lines;
    then, at the floors, with short entries on lines of their own; then with these behind one another; then packed.

    Short entries are for a page that is full at the floors, so they never come with larger type than full ones: one
    reference more never makes the type larger.
    """
    full = [
        Step(
            _between(floors.body_preferred, floors.body_floor, share),
            _between(floors.references_preferred, floors.references_floor, share),
            _between(_WIDE[0], _CLOSE[0], share),
            _between(_WIDE[1], _CLOSE[1], share),
            _columns(references),
            "full",
        )
        for share in _shares(_SIZES)
    ]
    sizes = floors.body_floor, floors.references_floor
    full += _by_leading(*sizes, references, "full", _CLOSE)[1:]
    return _packed([full, *(_by_leading(*sizes, references, "short", runs_in=runs_in) for runs_in in (False, True))])


def at_preferred(floors: HandoutFloors, references: int) -> list[list[Step]]:
    """The steps of a page, or of a front, at the preferred sizes, which no handout with two sides goes below."""
    return _packed([_by_leading(floors.body_preferred, floors.references_preferred, references, "full")])


def _packed(groups: list[list[Step]]) -> list[list[Step]]:
    """The groups and, apart from them, the last step packed: now and then that takes more room (WeasyPrint 70)."""
    return [*groups, [replace(groups[-1][-1], is_packed=True)]]


def overleaf(floors: HandoutFloors, references: int) -> list[list[Step]]:
    """The steps of a back, at the preferred sizes."""
    sizes = floors.body_preferred, floors.references_preferred
    forms = (("full", False), ("short", False), ("short", True))
    return [_by_leading(*sizes, references, form, runs_in=runs_in) for form, runs_in in forms]


def joined(front: Step, back: Step) -> Step:
    """The step of a sheet whose sides have these."""
    return replace(back, body=front.body, leading=front.leading, is_packed=front.is_packed)


def _by_leading(
    body: float,
    small: float,
    references: int,
    form: str,
    widest: tuple[float, float] = _WIDE,
    *,
    runs_in: bool = False,
) -> list[Step]:
    """Steps at one size, from the widest leading to the closest."""
    return [
        Step(
            body,
            small,
            _between(widest[0], _CLOSEST[0], share),
            _between(widest[1], _CLOSEST[1], share),
            _columns(references),
            form,
            runs_in,
        )
        for share in _shares(_LEADINGS)
    ]


def _columns(references: int) -> int:
    return 1 if references <= _FEW else 2


def _shares(count: int) -> list[float]:
    return [index / (count - 1) for index in range(count)]


def _between(first: float, last: float, share: float) -> float:
    return last if share == 1 else first + share * (last - first)


def search(groups: Sequence[Sequence[Step]]) -> Generator[Step, float, Step | None]:
    """The first step that fits, the one before it being known, or reckoned, not to; None if the last one doesn't fit.

    It yields the steps to try, and is sent how full each is: 1 or less for one that fits. Within a group each step
    takes less room than the one before it; a group is looked at when the last step of the one before it doesn't fit.
    """
    for steps in groups:
        fills: dict[int, float] = {}
        low, high, last = -1, len(steps), len(steps) - 1
        # Most of the time there is room enough at first, or nearly so; later groups are for pages that are full.
        at = 0 if steps is groups[0] else last
        while True:
            fills[at] = yield steps[at]
            low, high = (low, at) if fills[at] <= 1 else (at, high)
            if high - low == 1 or (low < high - 1 < last and _reckoned(steps, fills, high - 1) > _SURELY):
                break
            if high > last and _reckoned(steps, fills, last) > _HOPELESS:
                break
            at = _guess(steps, fills, low, high) if len(fills) <= _GUESSES else (low + high) // 2
        if high <= last:
            return steps[high]
    return None


def _guess(steps: Sequence[Step], fills: Mapping[int, float], low: int, high: int) -> int:
    """The first step between two that should fit, by what the measured ones take."""
    inside = range(low + 1, high)
    return next((at for at in inside if _reckoned(steps, fills, at) <= 1), inside[-1])


def _reckoned(steps: Sequence[Step], fills: Mapping[int, float], at: int) -> float:
    """How full a step should be, by the two measured ones next to it, or by the only one."""
    near = sorted(fills, key=lambda other: abs(other - at))[:2]
    (area, fill), (other, other_fill) = ((steps[it].area, fills[it]) for it in (near[0], near[-1]))
    rise = (other_fill - fill) / (other - area) if other != area else fill / area
    return fill + rise * (steps[at].area - area)

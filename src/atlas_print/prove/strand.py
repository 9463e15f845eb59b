"""The words of a stretch of a reading, for comparing it with one of another format."""

from bisect import bisect_left

from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading


class Strand:
    """A stretch without the numbers and bullets of its lists, which each format shows in a way of its own."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        # A term is a label too, but one of words.
        labels = [
            (label.start, label.end)
            for label in reading.of(Role.LABEL, start=start, end=end)
            if not any(map(str.isalpha, reading.text(label)))
        ]
        bounds = [start, *(at for label in labels for at in label), end]
        kept = list(zip(bounds[::2], bounds[1::2], strict=True))
        self.text = "".join(reading.flat[low:high] for low, high in kept)
        self._reading = reading
        self._positions = [at for low, high in kept for at in range(low, high)]
        self._positions.append(end)

    def at(self, position: int) -> int:
        """A place in the reading as one in the text."""
        return bisect_left(self._positions, position, hi=len(self.text))

    def is_edge(self, at: int) -> bool:
        """Whether a block starts or ends there."""
        return any(position in self._reading.edges for position in self._around(at))

    def is_word_end(self, at: int) -> bool:
        """Whether no word runs on over that place."""
        return any(self._reading.is_word_end(position) for position in self._around(at))

    def excerpt(self, start: int, end: int) -> str:
        """Words from one place to another, with their spaces."""
        start, end = max(start, 0), min(end, len(self.text))
        return self._reading.excerpt(self._around(start)[1], self._around(end)[0]) if start < end else ""

    def _around(self, at: int) -> tuple[int, int]:
        """Where in the reading the character before a place ends, and where that behind it starts."""
        behind = self._positions[at]
        return (self._positions[at - 1] + 1 if at else behind), behind

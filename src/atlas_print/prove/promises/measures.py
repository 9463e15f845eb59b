"""What the floors share: how far files round, and how measures are told."""

ROUNDING = 0.05
"""pt; sizes and places pass through several matrices of six digits."""
POINTS = 72 / 25.4
"""pt in a mm."""


def points(size: float) -> str:
    """A measured size for a person."""
    return f"{size:.1f} pt"


def and_more(count: int, where: str = "") -> str:
    """That a message stands for others too; "" if it doesn't."""
    return f", and {count} more{where}" if count else ""

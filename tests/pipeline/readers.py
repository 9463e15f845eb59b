"""What goes wrong in the ways in which a damaged file may make a reader go wrong."""

import os
from typing import Any

from atlas_print.prove import Outcome, Proof, Verdict

KILLS, ENDLESS, GREEDY, FAULTY = (b"%PDF-1.7 " + word for word in (b"kills", b"endless", b"greedy", b"faulty"))


def fragile(data: bytes, *others: Any) -> Proof:
    """A proof that keeps every file, but for those that it can't stand."""
    del others
    if data == KILLS:
        os.abort()
    while data == ENDLESS:
        pass
    if data == GREEDY:
        data = b"x" * 2**40
    if data == FAULTY:
        raise ZeroDivisionError("a fault in the reader")
    return Proof((Verdict("P1", "disclaimer", Outcome.KEPT),))


def process(item: int) -> int:
    """The process that works on it; a negative one ends that."""
    if item < 0:
        os._exit(1)
    return os.getpid()


def waits_for_its_end(item: int) -> None:
    """Works until somebody ends it."""
    del item
    while True:
        pass

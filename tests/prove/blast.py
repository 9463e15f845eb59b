"""Proves one hostile file within bounds: `python -m tests.prove.blast NAME` prints the verdicts."""

import resource
import sys

from tests.making import LABELS, TODAY, judged
from tests.prove.epub_bombs import EPUBS
from tests.prove.pdf_bombs import PDFS
from tests.prove.press import atlas, topic

_MEMORY = 2 * 2**30
"""Bytes of address space that a proof may take, with Python and its libraries."""


def main(name: str) -> None:
    """Prints a line for each verdict: the promise, its outcome and the first finding."""
    (bomb, _), kind = (PDFS[name], "handout") if name in PDFS else (EPUBS[name], "epub")
    data, about = bomb(), topic()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for verdict in judged(data, kind, atlas(), about, TODAY, labels=LABELS):
        print(verdict.promise, verdict.outcome, *(" ".join(str(finding).split()) for finding in verdict.findings[:1]))


if __name__ == "__main__":
    main(sys.argv[1])

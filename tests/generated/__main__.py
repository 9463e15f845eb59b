"""Builds and proves generated atlases: `python -m tests.generated 300 [FIRST]`, from the number FIRST on (0).

A line for each that is accused, with the promise and the first finding; exit code 1 if any is. A number always stands
for the same atlas: `python -m tests.generated show NUMBER` prints it.
"""

import os
import sys
from collections.abc import Iterator
from multiprocessing import get_context

from tests.generated.atlases import draft
from tests.generated.proving import Judged, judge_one_of_many

_TASKS_A_WORKER = 100
"""After so many atlases a worker is replaced: WeasyPrint gives memory back late."""


def main(arguments: list[str]) -> int:
    """Prints what the module says; 1 if an atlas is accused."""
    if arguments[:1] == ["show"]:
        print(draft(int(arguments[1])))
        return 0
    count, first = int(arguments[0]), int(arguments[1]) if arguments[1:] else 0
    files = accused = 0
    for judged in _all(range(first, first + count)):
        files += judged.files
        if judged.accusations:
            accused += 1
            print(f"atlas {judged.number}: {judged.accusations[0]}", flush=True)
    print(f"generated: {count} atlases, {files} files, {accused} accused")
    return 1 if accused else 0


def _all(numbers: range) -> Iterator[Judged]:
    with get_context("spawn").Pool(os.cpu_count(), maxtasksperchild=_TASKS_A_WORKER) as pool:
        yield from pool.imap_unordered(judge_one_of_many, numbers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Damages good files at random and proves them: `python -m tests.fuzz.run MINUTES [SEED [FOLDER]]`.

A finding is an error that leaves the proof, a file that takes it longer than 20 seconds or more than 1 GB, and a file
that keeps every promise though a second reader finds other words in it. FOLDER gets each such file, with what happened.
"""

import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType

from atlas_print.prove.case import cases
from atlas_print.prove.identify import READERS, UnreadableError
from atlas_print.prove.judge import File, judge
from atlas_print.prove.source.labels import labels_of
from atlas_print.prove.verdicts import Outcome
from tests.fuzz.mutations import EPUB, PDF, flattened
from tests.making import LABELS, TODAY
from tests.prove.press import atlas, good, topic
from tests.prove.second_reader import WORD, normal, words_by_another

_SECONDS = 20
_BYTES = 2**30
_A_WORKER = 300
"""Files that one process proves: what an earlier one left in memory is given back."""


class TookTooLongError(BaseException):
    """Not an Exception: whoever catches those must not catch it."""


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(signal_: int, frame: FrameType | None) -> None:
        raise TookTooLongError

    # Of the processor, since others may keep it busy.
    signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def prove_once(data: bytes, kind: str) -> tuple[str, bool]:
    """What became of a file in a word, and whether that is a finding."""
    export = next(export for export in atlas().exports if export.kind == kind)
    try:
        with _alarm():
            try:
                reading = READERS[kind](data)
            except UnreadableError as error:
                cause = error.__cause__
                if isinstance(cause, MemoryError):
                    raise
                if not str(error).startswith("it is damaged"):
                    return "unreadable", False
                frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/prove/" in frame.filename]
                return f"damaged: {type(cause).__name__} at {frames[-1].name}:{frames[-1].lineno}", False
            labels = labels_of(atlas(), [topic()], LABELS)
            told = cases(reading, atlas(), [topic()], labels, kind, TODAY)
            found = judge(File(reading, kind, export.settings, atlas(), told, labels))
    except BaseException:  # noqa: BLE001  # whatever leaves the proof is what is looked for
        return traceback.format_exc(), True
    if any(verdict.outcome is Outcome.BROKEN for verdict in found):
        return "broken", False
    try:
        lost = _told(kind) - words_by_another(data, kind)
    except Exception as error:  # noqa: BLE001  # the other reader may give up on what ours can still read
        return f"kept; the second reader: {type(error).__name__}", False
    return (f"kept without {sorted(lost)}", True) if lost else ("kept", False)


@cache
def _told(kind: str) -> Counter[str]:
    """The words of the good file that a second reader finds too: running lines and drawings are not promised."""
    found = words_by_another(good(kind), kind)
    lines = READERS[kind](good(kind)).lines
    return found if kind == "epub" else found & Counter(WORD.findall(normal(" ".join(line.text for line in lines))))


def _work(seed: int, end: float, folder: Path, counts: "multiprocessing.Queue[Counter[str]]") -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    random = Random(seed)
    counter: Counter[str] = Counter()
    pdfs = [flattened(good("handout")), flattened(good("large-print")), good("handout")]
    for number in range(_A_WORKER):
        if time.monotonic() > end:
            break
        kind, seeds, ways = random.choice(
            (("handout", pdfs[::2], PDF), ("large-print", pdfs[1:2], PDF), ("epub", [good("epub")], EPUB))
        )
        way: Callable[[bytes, Random], bytes] = random.choice(ways)
        try:
            data = way(random.choice(seeds), random)
        except Exception:  # noqa: BLE001  # some damage can't be written down
            continue
        current = folder / f"{seed}-{number}.{kind}"
        current.write_bytes(data)
        what, is_finding = prove_once(data, kind)
        counter["FINDING" if is_finding else what] += 1
        if is_finding:
            current.with_suffix(f".{kind}.txt").write_text(f"{way.__name__}\n{what}", "utf-8")
        else:
            current.unlink()
    counts.put(counter)


def main(minutes: float, seed: int, folder: Path) -> None:
    """Fuzzes for that many minutes; a process that dies leaves the file that killed it in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("handout", "large-print", "epub"):
        good(kind)
    total: Counter[str] = Counter()
    context = multiprocessing.get_context("fork")
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        counts: multiprocessing.Queue[Counter[str]] = context.Queue()
        worker = context.Process(target=_work, args=(seed, end, folder, counts))
        worker.start()
        worker.join()
        total += counts.get() if worker.exitcode == 0 else Counter([f"DIED: {worker.exitcode}"])
        seed += 1
    for what, count in total.most_common():
        print(f"{count:7} {what}")


if __name__ == "__main__":
    _, wanted, *rest = sys.argv
    main(float(wanted), int(rest[0]) if rest else 0, Path(rest[1]) if len(rest) > 1 else Path("fuzz-findings"))

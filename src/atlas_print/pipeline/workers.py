"""Worker processes under limits of time and memory: one that dies is replaced, and says which item it died on."""

import math
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

_GIB = 2**30
_REPLACE = 75
"""The exit code with which a worker asks to be replaced."""

_BEAT = 0.5
"""Seconds."""
_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")

_ITEM = TypeVar("_ITEM")
_VALUE = TypeVar("_VALUE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds by the clock, bytes of address space of its worker.

    Far above what an honest file takes (docs/decisions/0013), so that no verdict hangs on the machine. A worker with
    `full` bytes in memory is replaced before its next item: WeasyPrint gives memory back late.
    """

    seconds: float = 1800
    memory: int = 6 * _GIB
    full: int = _GIB


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Died:
    """Why there is no value for an item, in words."""

    why: str


Watch: TypeAlias = Callable[[Sequence[tuple[_ITEM, float]]], None]
"""Is told again and again which items are worked on, and for how many seconds each."""


def unwatched(at_work: Sequence[tuple[Any, float]]) -> None:
    """Lets them work."""


@dataclass(frozen=True)
class Workers(Generic[_ITEM, _VALUE]):
    """Runs items through one function, each in a worker; `run` may be called many times."""

    _pool: ProcessPool
    _limits: Limits

    def run(self, items: Sequence[_ITEM], watch: Watch[_ITEM] = unwatched) -> Iterator[tuple[_ITEM, _VALUE | Died]]:
        """Each item with what the function made of it, in their order."""
        futures = [self._schedule(item) for item in items]
        since: dict[int, float] = {}
        for number, item in enumerate(items):
            while isinstance(value := self._value(futures[number]), _Later):
                if value.is_again:
                    futures[number] = self._schedule(item)
                now = time.monotonic()
                at_work = [it for it in range(number, len(items)) if futures[it].running()]
                since = {it: since.get(it, now) for it in at_work}
                watch([(items[it], now - since[it]) for it in at_work])
            yield item, value

    def _schedule(self, item: _ITEM) -> "ProcessFuture[_VALUE]":
        return self._pool.schedule(_work, args=(item,), timeout=self._limits.seconds)

    def _value(self, future: "ProcessFuture[_VALUE]") -> "_VALUE | Died | _Later":
        # Not for ever: a signal that comes just as a thread goes to sleep is heard when it wakes.
        wait([future], timeout=_BEAT)
        if not future.done():
            return _Later()
        try:
            return future.result()
        except TimeoutError:
            return Died(f"it took more than {self._limits.seconds:g} seconds")
        except MemoryError:
            return Died(f"it took more than {self._limits.memory / _GIB:g} GiB of memory")
        except ProcessExpired as error:
            if error.exitcode == _REPLACE:
                return _Later(is_again=True)
            return Died(f"the program that worked on it {_end(error.exitcode)}")
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one file does to a worker, the others go on
            return Died(f"the program that worked on it failed: {type(error).__name__}: {error}"[:300])


@dataclass(frozen=True, slots=True)
class _Later:
    """There is no value yet; `is_again`: its worker was full and took it not."""

    is_again: bool = False


@contextmanager
def workers(
    function: Callable[[_ITEM], _VALUE], items: int, jobs: int | None = None, limits: Limits = LIMITS
) -> Iterator[Workers[_ITEM, _VALUE]]:
    """Workers for that many items, at most `jobs`, else as many as this process has cores.

    `function` is handed to each of them once.

    All of them end with the block, whether it ends by itself, by an error, by INT or by TERM.
    """
    with TemporaryDirectory(prefix="atlas-print-") as folder:
        pool = ProcessPool(
            max(1, min(jobs or cores(), items)),
            initializer=_start,
            initargs=(function, limits, folder),
            context=_context(),
        )
        before = _on_term(_exit)
        try:
            yield Workers(pool, limits)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble types all but this
            pool.join()
            if before is not None:
                _on_term(before)


def cores() -> int:
    """How many cores this process may use: those it is bound to, and what its control group grants of their time."""
    try:
        bound = len(os.sched_getaffinity(0))
    except AttributeError:
        bound = os.cpu_count() or 1
    return max(1, min([bound, *map(math.floor, _granted())]))


def _granted() -> Iterator[float]:
    """The cores' worth of time of each control group around this process, where there is a limit (cgroups(7))."""
    try:
        lines = _OWN_CGROUPS.read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        root = _CGROUPS / controllers if controllers else _CGROUPS
        group = root / path.strip("/")
        # In a container the group may be shown as the root itself.
        for place in {group, *(it for it in group.parents if it.is_relative_to(root)), root}:
            quota, period = _quota(place)
            if quota > 0 and period > 0:
                yield quota / period


def _quota(group: Path) -> tuple[int, int]:
    """How many microseconds of each period a group may use; (0, 0) for no limit."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        try:
            quota, period = " ".join((group / name).read_text("ascii") for name in names).split()
            return int(quota), int(period)
        except (OSError, ValueError):
            # No such file, or "max": no limit.
            continue
    return 0, 0


def warm_up(module: str) -> None:
    """Starts to import what workers need, in a process of its own: the caller has other things to do meanwhile."""
    context = _context()
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([module])
        forkserver.ensure_running()


def _context() -> Any:
    """Forks of a clean process without threads where there is such a thing: safe, and quick from the second on."""
    # Such a process listens on a socket, whose path may have 107 bytes (unix(7)): its folder and its name take 32.
    has_room = len(os.fsencode(tempfile.gettempdir())) <= 70
    method = "forkserver" if has_room and "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(method)


def _on_term(handler: Any) -> Any:
    try:
        return signal.signal(signal.SIGTERM, handler)
    except ValueError:
        # Only the main thread may; whoever runs us in another one ends us by an error.
        return None


def _exit(number: int, frame: object) -> NoReturn:
    del frame
    raise SystemExit(128 + number)


def _end(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"was killed ({name}), perhaps for want of memory" if -code == signal.SIGKILL else f"crashed ({name})"


_function: Callable[[Any], Any]
_full: int
_has_worked = False


def _start(function: Callable[[Any], Any], limits: Limits, folder: str) -> None:
    """Hands a worker what it does, once, its limits, and the folder for its files: it may be ended at any moment."""
    global _function, _full
    _function, _full = function, limits.full
    tempfile.tempdir = folder
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    except (ImportError, ValueError, OSError):
        # Some systems have no such limit: there the one on time is left.
        pass


def _work(item: Any) -> Any:
    global _has_worked
    if _has_worked and _resident() > _full:
        os._exit(_REPLACE)
    _has_worked = True
    return _function(item)


def _resident() -> int:
    """Bytes of memory that this process has now; 0 where a system doesn't tell it."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")

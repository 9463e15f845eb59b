"""Worker processes under limits of time and memory: one that dies is replaced, and says which item it died on."""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from tempfile import TemporaryDirectory
from typing import Any, Generic, NoReturn, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

_GIB = 2**30
_ITEMS_A_WORKER = 50
"""After this many items a worker is replaced: WeasyPrint gives memory back late."""

_BEAT = 0.5
"""Seconds."""

_ITEM = TypeVar("_ITEM")
_VALUE = TypeVar("_VALUE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds by the clock, bytes of address space of its worker.

    Far above what an honest file takes (docs/decisions/0013), so that no verdict hangs on the machine.
    """

    seconds: float = 1800
    memory: int = 6 * _GIB


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Died:
    """Why there is no value for an item, in words."""

    why: str


@dataclass(frozen=True)
class Workers(Generic[_ITEM, _VALUE]):
    """Runs items through one function, each in a worker; `run` may be called many times."""

    _pool: ProcessPool
    _limits: Limits

    def run(self, items: Sequence[_ITEM]) -> Iterator[tuple[_ITEM, _VALUE | Died]]:
        """Each item with what the function made of it, in their order."""
        futures = [self._pool.schedule(_work, args=(item,), timeout=self._limits.seconds) for item in items]
        for item, future in zip(items, futures, strict=True):
            yield item, self._value(future)

    def _value(self, future: "ProcessFuture[_VALUE]") -> _VALUE | Died:
        while not future.done():
            # Not for ever: a signal that comes just as a thread goes to sleep is heard when it wakes.
            wait([future], timeout=_BEAT)
        try:
            return future.result()
        except TimeoutError:
            return Died(f"it took more than {self._limits.seconds:g} seconds")
        except MemoryError:
            return Died(f"it took more than {self._limits.memory / _GIB:g} GiB of memory")
        except ProcessExpired as error:
            return Died(f"the program that worked on it {_end(error.exitcode)}")
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one file does to a worker, the others go on
            return Died(f"the program that worked on it failed: {type(error).__name__}: {error}"[:300])


@contextmanager
def workers(
    function: Callable[[_ITEM], _VALUE], items: int, limits: Limits = LIMITS
) -> Iterator[Workers[_ITEM, _VALUE]]:
    """Workers for that many items, as many as there are cores; `function` is handed to each of them once.

    All of them end with the block, whether it ends by itself, by an error, by INT or by TERM.
    """
    with TemporaryDirectory(prefix="atlas-print-") as folder:
        pool = ProcessPool(
            max(1, min(os.cpu_count() or 1, items)),
            max_tasks=_ITEMS_A_WORKER,
            initializer=_start,
            initargs=(function, limits.memory, folder),
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


def _start(function: Callable[[Any], Any], memory: int, folder: str) -> None:
    """Hands a worker what it does, once, its limit, and the folder for its files: it may be ended at any moment."""
    global _function
    _function = function
    tempfile.tempdir = folder
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        # Some systems have no such limit: there the one on time is left.
        pass


def _work(item: Any) -> Any:
    return _function(item)

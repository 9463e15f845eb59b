"""The tasks of a build by Dask's executor: the queue, the machines and what to do when one is lost are Dask's."""

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import current_process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from atlas_print.pipeline.make import Hire, Order, Workshop
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.store.program import program
from atlas_print.pipeline.workers import Died, Watch, unwatched, warm_up, workers
from atlas_print.typefaces import families

_LATE = ("layouts", "fonts")
"""The folders of a project that are read while files are made: another machine may not have them."""
_BEAT = 0.5
"""Seconds."""
_PATIENCE = 10
"""Seconds for the scheduler to answer."""


class SchedulerError(Exception):
    """A scheduler can't be used: `what` is wrong, and what to do (`help`)."""

    def __init__(self, what: str, help_: str) -> None:
        super().__init__(what)
        self.what, self.help = what, help_


@dataclass(frozen=True)
class Parcel:
    """A workshop for a machine that has no project: `files` of the project by their paths, with their bytes."""

    workshop: Workshop
    files: tuple[tuple[str, bytes], ...]

    def make(self, order: Order) -> Result | Died:
        """The file of one task, made by a process of its own, under the limits of time and memory of any build."""
        if current_process().daemon:
            return Died("its Dask worker may start no process of its own: start that with --no-nanny")
        warm_up("atlas_print.pipeline.make")
        with TemporaryDirectory(prefix="atlas-print-") as folder:
            project = Path(folder)
            for name, data in self.files:
                (project / name).parent.mkdir(parents=True, exist_ok=True)
                (project / name).write_bytes(data)
            stack = families(project, self.workshop.atlas.language, [])
            workshop = replace(self.workshop, project=project, stack=stack)
            with workers(workshop.make, 1) as pool:
                ((_, made),) = pool.run([order])
        return made


@dataclass(frozen=True)
class _Machines:
    """Runs orders through an executor of Dask; `parcel` is what Dask hands to each machine, and again to a new one."""

    executor: Any
    parcel: Any

    def run(self, orders: Sequence[Order], watch: Watch[Order] = unwatched) -> Iterator[tuple[Order, Result | Died]]:
        """Each order with what was made of it, in their order."""
        futures = [self.executor.submit(_make, self.parcel, order) for order in orders]
        for order, future in zip(orders, futures, strict=True):
            while not future.done():
                # Not for ever: a signal that comes just as a thread goes to sleep is heard when it wakes.
                wait([future], timeout=_BEAT)
                # What is at work is known to Dask, and shown by it.
                watch(())
            yield order, _checked(order, future)


@contextmanager
def by_dask(address: str) -> Iterator[Hire]:
    """Machines that the Dask scheduler at that address has. TLS is as Dask's own configuration says.

    SchedulerError for a missing extra, an address where no scheduler answers, one without workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        what = "--scheduler needs Dask, which isn't installed"
        raise SchedulerError(what, 'pip install "atlas-print[distributed]"') from error
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        what = f"no Dask scheduler answers at {address}: {error or type(error).__name__}"
        raise SchedulerError(
            what, "name the address that `dask scheduler` prints, such as tcp://10.0.0.5:8786"
        ) from error
    with client:
        if not client.scheduler_info(n_workers=1)["workers"]:
            what = f"the Dask scheduler at {address} has no workers"
            raise SchedulerError(what, f"on each machine: dask worker {address} --no-nanny")

        @contextmanager
        def hire(workshop: Workshop, orders: int) -> Iterator[_Machines]:
            del orders
            # A task of its own, so that Dask makes it again where the machine that had it is lost.
            parcel = client.submit(pickle.loads, pickle.dumps(_parcel(workshop)), pure=False)
            with client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]
                yield _Machines(executor, parcel)

        yield hire


def _parcel(workshop: Workshop) -> Parcel:
    found = (file for name in _LATE for file in sorted((workshop.project / name).rglob("*")) if file.is_file())
    files = tuple((file.relative_to(workshop.project).as_posix(), file.read_bytes()) for file in found)
    # Its fonts are where they are installed on each machine.
    return Parcel(replace(workshop, project=Path(), stack=()), files)


def _make(parcel: Parcel, order: Order) -> tuple[str, Result | Died]:
    """What was made, and the sum of the program that made it."""
    return program(), parcel.make(order)


def _checked(order: Order, future: "Future[tuple[str, Result | Died]]") -> Result | Died:
    """What came back, if it is of that task and this program."""
    try:
        by, made = future.result()
    except CancelledError:
        return Died("Dask gave it up")
    except Exception as error:  # noqa: BLE001  # whatever a machine does to one file, the others go on
        return Died(f"its Dask worker failed: {type(error).__name__}: {error}"[:300])
    if by != program():
        return Died("its Dask worker has another Atlas Print, or other versions of what that needs, than this machine")
    if isinstance(made, Result) and made.task != order.task:
        return Died(f"its Dask worker made {made.task.path} in its place")
    return made

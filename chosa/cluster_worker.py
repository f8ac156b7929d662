"""What a Dask worker does with a call: unpack it, run it in a limited process of its own, send back the rest.

A Dask worker alone would not do: it has no time limit, a page that crashes brings down all that runs beside
it, and its memory limit ends the worker, not the page. So every worker keeps the same pool of processes as a
run on one machine, and a call meets the same limits and says the same wherever it runs.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from distributed import Status, get_worker

from chosa.errors import WorkersFailed
from chosa.executor import PATIENCE, Call
from chosa.parcel import Parcel, unpack
from chosa.versions import run_stamp
from chosa.workers import Workers

PRELOAD = "chosa.worker_modules"
BEFORE_CHILDREN = 100  # multiprocessing runs what has a priority, then ends or waits for child processes


@dataclass(frozen=True, slots=True)
class Returned:
    """The call's answer, and the entries it made, as they are kept."""

    answer: Any
    entries: tuple[tuple[str, bytes], ...]


class WorkerClosed(Exception):
    """The Dask worker was asked to end while a call ran: another worker is to run it."""


def run_call(parcel: Parcel, call: Call, stamp: str, memory_mib: int, preload: str = PRELOAD) -> Returned:
    """Run the call on what is in the parcel. Raises WorkersFailed, StoreFailed, WorkerClosed."""
    if stamp != run_stamp():
        raise WorkersFailed(
            "a Dask worker runs another version of chosa or of its engines than this machine; "
            "install the same ones everywhere (requirements.lock) and start the workers again"
        )
    with _scratch() as folder, _pool(memory_mib, preload) as workers:
        path, store = unpack(parcel, folder)
        future = workers.submit_to(store.root, path, call)
        _wait(future)
        answer = workers.answer(call, future)
        made = tuple((key, content) for key in call.makes if (content := store.packed(key)) is not None)
    return Returned(answer, made)


def _wait(future: Future[Any]) -> None:
    """Until the call has ended. A Dask worker that closes meanwhile does not wait for it: its processes end,
    and the scheduler gives the call to another worker."""
    worker = get_worker()
    while not wait((future,), PATIENCE).done:
        if worker.status in (Status.closing, Status.closed, Status.failed):
            _pools.end(WorkersFailed)
            raise WorkerClosed


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder in the place that Dask gave this worker, which Dask clears after a worker that was killed."""
    with tempfile.TemporaryDirectory(prefix="chosa-", dir=get_worker().local_directory) as folder:
        yield Path(folder)


class _Pools:
    """The processes of this Dask worker, one per thread, for each kind of run that uses them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.workers: dict[tuple[int, str], Workers] = {}
        self.users: Counter[tuple[int, str]] = Counter()

    def end(self, kind: type[BaseException] | None = None) -> None:
        """End those that no call runs in; all at once when the Dask worker ends, which would wait for its
        children as they for it."""
        with self.lock:
            for key in [key for key in self.workers if kind or not self.users[key]]:
                self.workers.pop(key).__exit__(kind)


_pools = _Pools()
Finalize(None, _pools.end, (KeyboardInterrupt,), exitpriority=BEFORE_CHILDREN)


@contextmanager
def _pool(memory_mib: int, preload: str) -> Iterator[Workers]:
    key = memory_mib, preload
    with _pools.lock:
        if key not in _pools.workers:
            # Dask marks its workers as daemons, and a daemon may not start processes.
            multiprocessing.current_process().daemon = False
            _pools.workers[key] = Workers(Path(), get_worker().state.nthreads, memory_mib, preload)
        _pools.users[key] += 1
        workers = _pools.workers[key]
    try:
        yield workers
    finally:
        with _pools.lock:
            _pools.users[key] -= 1


def let_go() -> None:
    """A run is over: end the processes unless another's calls run in them; the next call starts new ones.
    Dask calls this in its event loop, which must not wait."""
    Thread(target=_pools.end, daemon=True).start()

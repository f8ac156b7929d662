"""Calls in worker processes of this machine, limited in time and memory: a crash, hang or bomb costs its
call only."""

from __future__ import annotations

from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from chosa.errors import WorkersFailed
from chosa.executor import Call, Executor, Failure
from chosa.settings import MIB
from chosa.worker_context import worker_context

# A worker is replaced after so many tasks, so that what a parser leaks does not grow with the run.
TASKS_PER_WORKER = 500
NO_WORKERS = "worker processes end before they work; free some memory, or raise --memory, and run again"


class Workers(Executor):
    """A pool of ``jobs`` processes over the store in ``root``; started with the first call."""

    def __init__(self, root: Path, jobs: int, memory_mib: int, preload: str = "chosa.worker_modules") -> None:
        self._root = root
        self._jobs = jobs
        self._pool = ProcessPool(
            max_workers=jobs,
            max_tasks=TASKS_PER_WORKER,
            initializer=_limit,
            initargs=(memory_mib,),
            context=worker_context(preload),
        )

    @property
    def capacity(self) -> int:
        return self._jobs

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        pool: Any = self._pool
        if kind is None:
            pool.close()
        else:
            pool.stop()
        pool.join()

    def submit(self, call: Call) -> Future[Any]:
        return self.submit_to(self._root, call.path, call)

    def submit_to(self, root: Path, path: Path | None, call: Call) -> Future[Any]:
        """Start the call on another store and file than it names: those that came over the network."""
        try:
            future: Future[Any] = self._pool.schedule(
                call.function, args=(root, path, *call.args), timeout=call.seconds
            )
        except (BrokenProcessPool, RuntimeError, OSError) as error:
            raise WorkersFailed(f"{NO_WORKERS} ({error})") from error
        return future

    def answer(self, call: Call, future: Future[Any]) -> Any:
        try:
            return future.result()
        except TimeoutError:
            return Failure(
                f"took longer than {call.seconds:g} s and was stopped; raise --page-seconds if it is worth it"
            )
        except BrokenProcessPool as error:
            raise WorkersFailed(f"{NO_WORKERS} ({error})") from error
        except ProcessExpired as error:
            how = f"exit {error.exitcode}"
            return Failure(f"brought its worker down ({how}) and was given up; the file is likely damaged")


def _limit(memory_mib: int) -> None:
    """In a new worker: no more address space than this, so that a bomb meets MemoryError, not the machine."""
    with suppress(ImportError, ValueError, OSError):  # no such limits on Windows; a lower one may be in force
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

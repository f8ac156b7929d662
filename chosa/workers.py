"""Tasks in worker processes, limited in time and memory: a crash, hang or bomb costs its task only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from chosa.errors import WorkersFailed
from chosa.settings import MIB
from chosa.tasks import Failure
from chosa.worker_context import worker_context

K = TypeVar("K")

# Tasks handed to the pool at once, per worker: enough that no worker waits, few enough that memory and
# an interrupt do not depend on how many documents there are.
AHEAD = 4
# A worker is replaced after so many tasks, so that what a parser leaks does not grow with the run.
TASKS_PER_WORKER = 500
NO_WORKERS = "worker processes end before they work; free some memory, or raise --memory, and run again"


@dataclass(frozen=True, slots=True)
class Call(Generic[K]):
    """One task to run: ``key`` is the caller's name for it."""

    key: K
    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float


class Workers:
    """A pool of worker processes. Use as a context manager; leaving it ends every worker."""

    def __init__(self, jobs: int, memory_mib: int, preload: str = "chosa.worker_modules") -> None:
        self._jobs = jobs
        self._pool = ProcessPool(
            max_workers=jobs,
            max_tasks=TASKS_PER_WORKER,
            initializer=_limit,
            initargs=(memory_mib,),
            context=worker_context(preload),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        pool: Any = self._pool
        if kind is None:
            pool.close()
        else:
            pool.stop()
        pool.join()

    def run(self, calls: Iterable[Call[K]]) -> Iterator[tuple[K, Any]]:
        """(key, the task's answer or a Failure) of each call, in the order in which they end.

        Raises WorkersFailed when there are no workers to run them."""
        waiting: dict[Future[Any], Call[K]] = {}
        for call in calls:
            waiting[self._schedule(call)] = call
            if len(waiting) >= self._jobs * AHEAD:
                yield from _ended(waiting)
        while waiting:
            yield from _ended(waiting)

    def _schedule(self, call: Call[K]) -> Future[Any]:
        try:
            future: Future[Any] = self._pool.schedule(call.function, args=call.args, timeout=call.seconds)
        except (BrokenProcessPool, RuntimeError, OSError) as error:
            raise WorkersFailed(f"{NO_WORKERS} ({error})") from error
        return future


def _ended(waiting: dict[Future[Any], Call[K]]) -> Iterator[tuple[K, Any]]:
    """Wait for at least one of them; those that ended leave the dictionary."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        call = waiting.pop(future)
        yield call.key, _answer(future, call)


def _answer(future: Future[Any], call: Call[Any]) -> Any:
    try:
        return future.result()
    except TimeoutError:
        return Failure(
            f"took longer than {call.seconds:g} s and was stopped; raise --page-seconds if it is worth it"
        )
    except BrokenProcessPool as error:
        raise WorkersFailed(f"{NO_WORKERS} ({error})") from error
    except ProcessExpired as error:
        return Failure(
            f"brought its worker down (exit {error.exitcode}) and was given up; the file is likely damaged"
        )


def _limit(memory_mib: int) -> None:
    """In a new worker: no more address space than this, so that a bomb meets MemoryError, not the machine."""
    with suppress(ImportError, ValueError, OSError):  # no such limits on Windows; a lower one may be in force
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

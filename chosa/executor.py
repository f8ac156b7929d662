"""The contract of whoever runs a run's tasks: this machine's processes, or a cluster's.

A call names a plain function, the file it reads, the entries of the store it needs and makes, and what
follows from its answer. So the whole run is one stream: a document's pages are read while another's are
still being asked for, and no more than a handful of calls is held at once however many documents there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

# Calls handed over at once, per call that can run at once: enough that no worker waits, few enough that
# memory and an interrupt do not depend on how many documents there are.
AHEAD = 4
# Seconds without any answer after which it is checked that there is still somebody to answer.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task gave nothing: a sentence with the remedy; ``trace`` only for an error nobody foresaw."""

    message: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One task: ``function(root of the store, path, *args)``, given up after so many seconds.

    ``path`` is the one file or folder it reads, ``needs`` the entries of the store it reads, ``makes`` those
    it writes: where the worker does not share this machine's files, exactly these travel.
    ``then`` gets its answer, or a Failure, and gives the calls that follow from it."""

    function: Callable[..., Any]
    path: Path | None
    args: tuple[Any, ...]
    seconds: float
    then: Callable[[Any], Iterable[Call]]
    needs: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


class Lost:
    """The answer of a call that was lost on the way, by no fault of its own: it is run again."""


class Executor(ABC):
    """Runs calls, many at once. Use as a context manager."""

    @property
    @abstractmethod
    def capacity(self) -> int:
        """How many calls can run at once."""

    @abstractmethod
    def submit(self, call: Call) -> Future[Any]:
        """Start a call. Raises WorkersFailed when there is nobody to run it."""

    @abstractmethod
    def answer(self, call: Call, future: Future[Any]) -> Any:
        """What the ended call says: its answer, a Failure, or Lost. Raises WorkersFailed."""

    def check(self) -> None:  # noqa: B027  (an executor that cannot vanish has nothing to check)
        """Called when nothing has ended for a while. Raises WorkersFailed when nothing ever will."""

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End whatever was started; at once when an error is on its way."""

    def run(self, calls: Iterable[Call]) -> None:
        """Run the calls and all that follow from them. What follows goes before what has not begun, so that
        documents are finished one by one. Raises WorkersFailed, and whatever ``then`` raises."""
        fresh = iter(calls)
        following: deque[Iterator[Call]] = deque()
        waiting: dict[Future[Any], Call] = {}
        while True:
            while len(waiting) < self.capacity * AHEAD and (call := _next(following, fresh)):
                waiting[self.submit(call)] = call
            if not waiting:
                return
            for future in wait(waiting, PATIENCE, FIRST_COMPLETED).done or self._nothing():
                call = waiting.pop(future)
                answer = self.answer(call, future)
                following.append(iter((call,) if isinstance(answer, Lost) else call.then(answer)))

    def _nothing(self) -> tuple[()]:
        self.check()
        return ()


def _next(following: deque[Iterator[Call]], fresh: Iterator[Call]) -> Call | None:
    while following:
        call = next(following[0], None)
        if call:
            return call
        following.popleft()
    return next(fresh, None)

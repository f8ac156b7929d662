"""Calls on an existing Dask cluster. Everything a call reads travels with it and everything it makes comes
back, so workers need no common disk; they need the same version of chosa."""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from chosa.cluster_worker import PRELOAD, Returned, WorkerClosed, let_go, run_call
from chosa.errors import ChosaError, UsageError, WorkersFailed
from chosa.executor import Call, Executor, Failure, Lost
from chosa.parcel import Parcel, pack
from chosa.store import Store
from chosa.versions import run_stamp

try:
    from distributed import Client, KilledWorker
except ImportError as error:
    raise UsageError("--executor dask needs the package distributed: scripts/setup dask") from error

_Client: Any = Client  # its methods are not typed

CONNECT_SECONDS = 10.0  # for the scheduler to answer
WORKERS_SECONDS = 30.0  # for the first worker to be there
# Without a worker for so long, none is coming back: Dask's nannies start a new one within seconds.
ALONE_SECONDS = 60.0
COUNT_SECONDS = 5.0  # how often the workers are counted
# What is smaller travels with its call: a round trip less.
WITH_CALL_BYTES = 64 * 1024
SEND_AGAIN_SECONDS = (0.1, 0.5, 2.0, 5.0)  # pauses after a failure; Dask forgets a dead worker within them
# So many calls lost in a row are no accident.
MOST_LOST = 200
GOES_ON = "What was read is kept: the same command goes on where it stopped, with --executor dask or without"


class Cluster(Executor):
    """The workers of the scheduler at ``address``, for a run with this store."""

    def __init__(self, address: str, store: Store, memory_mib: int, preload: str = PRELOAD) -> None:
        for name in ("distributed", "distributed.client"):  # we say ourselves what went wrong
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address, self._store = address, store
        self._terms = (run_stamp(), memory_mib, preload)
        self._client = _connect(address)
        self._calls = self._client.get_executor(pure=False)
        self._sent: tuple[Path, Any] | None = None
        self._threads, self._counted = 0, float("-inf")
        self._seen = time.monotonic()
        self._lost = 0

    @property
    def capacity(self) -> int:
        """Workers may come and go."""
        if time.monotonic() - self._counted > COUNT_SECONDS:
            self._count()
        return max(1, self._threads)

    def _count(self) -> None:
        self._counted = time.monotonic()
        try:
            self._threads = sum(self._client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError) as error:
            raise self._gone() from error
        if self._threads:
            self._seen = self._counted

    def check(self) -> None:
        if self._client.status != "running":
            raise self._gone()
        self._count()
        if time.monotonic() - self._seen > ALONE_SECONDS:
            raise WorkersFailed(
                f"the Dask scheduler at {self._address} has no worker any more; "
                f"start one with: dask worker {self._address}. {GOES_ON}"
            )

    def submit(self, call: Call) -> Future[Any]:
        try:
            parcel = self._parcel(call)
            bare = replace(call, path=None, then=_nothing)
            future: Future[Any] = self._calls.submit(run_call, parcel, bare, *self._terms)
        except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
            raise self._gone() from error
        return future

    def _parcel(self, call: Call) -> Any:
        """Where the call's files lie on the cluster, as long as a call needs them; a document's pages share
        one copy."""
        if call.path and not call.needs and self._sent and self._sent[0] == call.path:
            return self._sent[1]
        try:
            parcel = pack(call.path, self._store, call.needs)
        except OSError:  # the file went away: the worker says so as of any that cannot be opened
            parcel = Parcel(call.path.name if call.path else "", (), ())
        sent = self._sent_ahead(parcel) if parcel.size > WITH_CALL_BYTES else parcel
        if call.path and not call.needs:
            self._sent = (call.path, sent)
        return sent

    def _sent_ahead(self, parcel: Parcel) -> Any:
        """The parcel in some worker's memory, whence others fetch it. That worker may die on us."""
        for seconds in SEND_AGAIN_SECONDS:
            try:
                return self._client.scatter(parcel, hash=False)
            except (OSError, TimeoutError, RuntimeError):
                time.sleep(seconds)
                self.check()
        raise self._gone()

    def answer(self, call: Call, future: Future[Any]) -> Any:
        try:
            returned: Returned = future.result()
        except (CancelledError, WorkerClosed):  # it, or what it needed, went with a worker or the scheduler
            return self._again()
        except KilledWorker:
            return Failure("brought several Dask workers down and was given up; the file is likely damaged")
        except ChosaError:
            raise
        except Exception as error:
            raise WorkersFailed(
                f"the Dask cluster at {self._address} cannot run chosa ({type(error).__name__}: {error}); "
                "install the same version where its scheduler and its workers run"
            ) from error
        self._lost = 0
        for key, content in returned.entries:
            self._store.put_packed(key, content)
        return returned.answer

    def _again(self) -> Lost:
        self.check()
        self._sent = None
        self._lost += 1
        if self._lost > MOST_LOST:
            raise WorkersFailed(
                f"the Dask cluster at {self._address} loses every call; look at its log. {GOES_ON}"
            )
        return Lost()

    def _gone(self) -> WorkersFailed:
        return WorkersFailed(
            f"the Dask scheduler at {self._address} does not answer any more; start it again. {GOES_ON}"
        )

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with suppress(Exception):  # nothing more is wanted of the cluster
            if kind is None:
                self._client.run(let_go, on_error="ignore")
            self._client.close(timeout=2)


def _nothing(_: Any) -> tuple[()]:
    """What follows from an answer is not the worker's business."""
    return ()


def _connect(address: str) -> Any:
    """Raises WorkersFailed, UsageError."""
    try:
        client = _Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise WorkersFailed(
            f"no Dask scheduler answers at {address}; start one with: dask scheduler, "
            "and give the address it prints with --scheduler"
        ) from error
    except (ValueError, TypeError) as error:
        raise UsageError(f"{address!r} is no address of a Dask scheduler, like tcp://host:8786") from error
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TimeoutError as error:
        client.close()
        raise WorkersFailed(
            f"the Dask scheduler at {address} has no workers; start one on each machine with: "
            f"dask worker {address}"
        ) from error
    return client

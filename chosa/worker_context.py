"""How worker processes are started: without running the caller's main module again.

Python's spawn and forkserver import the main script in each worker. Our tasks never need it, and a script
that calls ``chosa.run`` without an ``if __name__ == "__main__"`` guard, or a session typed at a prompt, would
start itself over and over. So a worker is told that there is no main module.
"""

from __future__ import annotations

import multiprocessing
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess
from typing import Any


@contextmanager
def _no_main_module() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Spawned(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802  (the name multiprocessing calls)
        with _no_main_module():
            return SpawnProcess._Popen(process_obj)


class _SpawnContext(SpawnContext):
    Process = _Spawned


if sys.platform != "win32":
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class _Forked(ForkServerProcess):
        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802  (the name multiprocessing calls)
            with _no_main_module():
                return ForkServerProcess._Popen(process_obj)

    class _ForkServerContext(ForkServerContext):
        Process = _Forked


def worker_context(preload: str) -> BaseContext:
    """Workers come from a server process that has loaded the module once: a new worker starts at once and
    inherits no thread, lock or open file of this process. Where there is no such server (Windows), each
    worker loads it itself."""
    if sys.platform == "win32" or "forkserver" not in multiprocessing.get_all_start_methods():
        return _SpawnContext()
    context = _ForkServerContext()
    context.set_forkserver_preload([preload])
    return context

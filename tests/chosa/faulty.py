"""Tasks that fail in every way a page can: for the worker tests. Imported by worker processes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import NoReturn

from chosa.executor import Failure
from chosa.tasks import guarded
from extract.errors import PageFailed


def double(_root: Path, _path: None, number: int) -> int:
    return 2 * number


def hang(_root: Path, _path: None, _: int) -> NoReturn:
    """A loop that no Python signal handler gets to interrupt would be the same: the process is killed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(0.05)


def crash(_root: Path, _path: None, _: int) -> NoReturn:
    """What a fault in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def leave(_root: Path, _path: None, _: int) -> NoReturn:
    os._exit(3)


def bomb(_root: Path, _path: None, _: int) -> int | Failure:
    def swell() -> int:
        held = []
        while True:
            held.append(bytearray(64 * 1024 * 1024))

    return guarded(swell)()


def refuse(_root: Path, _path: None, _: int) -> int | Failure:
    def read() -> int:
        raise PageFailed("page 3: no area; open it in a viewer")

    return guarded(read)()


def stumble(_root: Path, _path: None, _: int) -> int | Failure:
    def read() -> int:
        raise ZeroDivisionError("division by zero")

    return guarded(read)()


def unpicklable(_root: Path, _path: None, _: int) -> object:
    return lambda: None


def slow_double(_root: Path, _path: None, number: int) -> int:
    time.sleep(0.25)
    return 2 * number

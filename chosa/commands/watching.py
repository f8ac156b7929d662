"""The progress bar of ``chosa run``: on a terminal only, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

import chosa.progress as contract

WORTH_TELLING = 20.0  # seconds of OCR from which on an estimate is printed


class Bar:
    """One bar per stretch of work."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def begin(self, what: str, total: int) -> None:
        if self._bar is None:
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=total) if total else None

    def step(self, count: int = 1) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def estimate(self, pages: int, seconds: float) -> None:
        if seconds >= WORTH_TELLING:
            print(
                f"{pages} pages need OCR: about {duration(seconds)}. What was read is kept if you interrupt.",
                file=sys.stderr,
            )


def duration(seconds: float) -> str:
    """``40 s``, ``7 min``, ``2.5 h``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextmanager
def watching(quiet: bool) -> Iterator[contract.Progress]:
    """A Progress for a run; silent when asked to be."""
    if quiet:
        yield contract.Quiet()
        return
    if not sys.stderr.isatty():
        yield Bar(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar)

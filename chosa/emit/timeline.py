"""log.jsonl: the timeline of a run, one event per line, written as it happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

import structlog
from structlog.typing import FilteringBoundLogger


@contextmanager
def timeline(path: Path) -> Iterator[FilteringBoundLogger]:
    """A logger whose events are lines of the file; it starts anew with each run."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield logger_to(cast(TextIO, file))


def logger_to(file: TextIO) -> FilteringBoundLogger:
    """Each event with its UTC time; values that are no JSON as text."""
    return cast(
        FilteringBoundLogger,
        structlog.wrap_logger(
            structlog.WriteLogger(file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False, default=_as_text),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(0),
        ),
    )


def _as_text(value: Any) -> str:
    return str(value)

"""Every knob of a run, each with its unit and its reason."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from extract.settings import Settings

Format = Literal["parquet", "sqlite", "excel", "jsonl"]
FORMATS: tuple[Format, ...] = ("parquet", "sqlite", "excel", "jsonl")

MIB = 1024 * 1024

# A page of dense tables takes 2-3 s and an OCR page 5-10 s on one core, several times that on a busy machine;
# what takes longer than this hangs.
PAGE_SECONDS = 300.0
# Opening looks at a file's index only, but at all of it: a fifth of what a page may take.
OPEN_SHARE = 0.2
# What a page of OCR takes on one core; only for the estimate before a run.
OCR_SECONDS = 4.0
# Address space of one worker: a 200 dpi page with both OCR models needs about 1.5 GiB.
WORKER_MEMORY_MIB = 6144


def default_jobs() -> int:
    """One process per core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run goes. ``extract`` is part of the cache key; the rest does not change what is read.

    ``jobs``: worker processes; ``scheduler``: address of a Dask scheduler whose workers are used instead.
    ``taxonomy``: a folder that extends the built-in taxonomy.
    ``cache``: where page readings are kept; None keeps nothing beyond the run.
    ``formats``: outputs beside CSV. ``review_page``: whether review.html is written.
    """

    extract: Settings = field(default_factory=Settings)
    jobs: int = field(default_factory=default_jobs)
    scheduler: str = ""
    taxonomy: Path | None = None
    cache: Path | None = None
    formats: tuple[Format, ...] = ()
    review_page: bool = True
    page_seconds: float = PAGE_SECONDS
    worker_memory_mib: int = WORKER_MEMORY_MIB

"""The last document stays open: who reads one page after the other of it has its fonts loaded once.

Fonts are most of what a page of text costs: 50 of 60 ms where a report embeds a whole Japanese font.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from extract.settings import Settings
from extract.sources import Source, open_source

# Windows lets nobody move, replace or delete a file that is open.
KEEPS = os.name == "posix"


_Stamp = tuple[int, int, int]


class _Kept(NamedTuple):
    path: Path
    stamp: _Stamp
    settings: Settings
    source: Source


_last: list[_Kept] = []  # at most one


@contextmanager
def kept_open(path: Path, settings: Settings) -> Iterator[Source]:
    """The source for this file; a PDF is left open for the next time it is asked for, unless anything went
    wrong with it. Raises UnreadableFile, PasswordNeeded."""
    stamp = _stamp(path)  # before it is opened: what is written meanwhile is seen as a change
    source = _taken(path, stamp, settings) or open_source(path, settings)
    try:
        yield source
    except BaseException:
        _close(source)
        raise
    if KEEPS and source.origin.kind == "pdf":
        _last.append(_Kept(path, stamp, settings, source))
    else:
        _close(source)


def _taken(path: Path, stamp: _Stamp, settings: Settings) -> Source | None:
    """The open source when it is of this file as it is now; any other is closed."""
    if not _last:
        return None
    kept = _last.pop()
    if kept[:3] == (path, stamp, settings):
        return kept.source
    _close(kept.source)
    return None


def _stamp(path: Path) -> _Stamp:
    """What changes when a file is written or replaced; all 0 when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino


def _close(source: Source) -> None:
    source.__exit__(None, None, None)

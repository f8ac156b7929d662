"""Files appear whole: written under a temporary name in the same folder, then moved into place together."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chosa.errors import OutputFailed

_UNFINISHED = ".unfinished-"


class Placement:
    """The files of one run that are being written. ``commit`` moves all of them; leaving without it, none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: list[str] = []

    def path(self, name: str) -> Path:
        """Where to write the file that will be called ``name``."""
        self._names.append(name)
        return self.folder / (_UNFINISHED + name)

    def commit(self) -> None:
        """Move every file into place. Each appears whole; documents.csv and its kin go one after another."""
        for name in self._names:
            os.replace(self.folder / (_UNFINISHED + name), self.folder / name)
        self._names.clear()

    def abandon(self) -> None:
        for name in self._names:
            (self.folder / (_UNFINISHED + name)).unlink(missing_ok=True)


@contextmanager
def placing(folder: Path) -> Iterator[Placement]:
    """Write files that appear together at the end, or not at all. Raises OutputFailed."""
    placement = Placement(folder)
    try:
        yield placement
        placement.commit()
    except OSError as error:
        raise OutputFailed(why_not_written(folder, error)) from error
    finally:
        placement.abandon()


def why_not_written(folder: Path, error: OSError) -> str:
    """The sentence a person can act on."""
    if error.errno == errno.ENOSPC:
        return f"the disk is full; {folder} keeps its earlier tables. Free space and run again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder} cannot be written to; choose another directory with -o"
    return f"{folder}: {error.strerror or error}; earlier tables are unchanged"

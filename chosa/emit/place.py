"""Files appear whole: written under a temporary name in the same folder, then moved into place together."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
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

    def scratch(self) -> Path:
        """A folder for what is only needed until the files are in place."""
        folder = self.folder / (_UNFINISHED + "scratch")
        folder.mkdir(exist_ok=True)
        return folder

    def commit(self) -> None:
        """Move every file into place. Each appears whole; documents.csv and its kin go one after another."""
        for name in self._names:
            os.replace(self.folder / (_UNFINISHED + name), self.folder / name)
        self._names.clear()

    def abandon(self) -> None:
        for name in self._names:
            (self.folder / (_UNFINISHED + name)).unlink(missing_ok=True)
        shutil.rmtree(self.folder / (_UNFINISHED + "scratch"), ignore_errors=True)


@contextmanager
def placing(folder: Path) -> Iterator[Placement]:
    """Write files that appear together at the end, or not at all. Raises OutputFailed."""
    placement = Placement(folder)
    try:
        yield placement
        placement.commit()
    except (OSError, sqlite3.Error) as error:
        raise OutputFailed(why_not_written(folder, error)) from error
    finally:
        placement.abandon()


def why_not_written(folder: Path, error: OSError | sqlite3.Error) -> str:
    """The sentence a person can act on."""
    if isinstance(error, sqlite3.Error):
        full = error.sqlite_errorname == "SQLITE_FULL"
        number, said = errno.ENOSPC if full else None, str(error)
    else:
        number, said = error.errno, error.strerror or str(error)
    if number == errno.ENOSPC:
        return f"the disk is full; {folder} keeps its earlier tables. Free space and run again"
    if number in (errno.EDQUOT, errno.EFBIG):
        return f"no more may be written ({said}); {folder} keeps its earlier tables. Raise the limit"
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder} cannot be written to ({said}); choose another directory with -o"
    return f"{folder}: {said}; earlier tables are unchanged"

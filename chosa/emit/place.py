"""Files appear whole: written under a temporary name in the same folder, then moved into place together."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

    def clear(self) -> None:
        """Throw away what a killed run left unfinished."""
        for path in self.folder.glob(_UNFINISHED + "*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def commit(self) -> None:
        """Move every file into place. Each appears whole; documents.csv and its kin go one after another."""
        for name in self._names:
            os.replace(self.folder / (_UNFINISHED + name), self.folder / name)
        self._names.clear()

    def abandon(self) -> None:
        """Throw away what is not in place."""
        with suppress(OSError):
            self.clear()


@contextmanager
def placing(folder: Path) -> Iterator[Placement]:
    """Write files that appear together at the end, or not at all. Raises OutputFailed."""
    placement = Placement(folder)
    try:
        placement.clear()
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
        return f"the disk is full; no half-written table is in {folder}. Free space and run again"
    if number in (errno.EDQUOT, errno.EFBIG):
        return f"no more may be written ({said}); no half-written table is in {folder}. Raise the limit"
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder} cannot be written to ({said}); choose another directory with -o"
    return f"{folder}: {said}; no half-written table is there"

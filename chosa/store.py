"""What was read is kept by content hash, so that nothing is read twice and a killed run resumes.

An entry is a file named by its key; it appears by rename, so it is there whole or not at all.
A damaged entry (disk fault, hand-edited) reads as absent.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from chosa.errors import StoreFailed
from chosa.places import CACHE_VARIABLE

T = TypeVar("T")

# zlib level: 1 packs scenes to about a seventh at 100 MB/s; higher levels win little for triple the time.
PACKING = 1
_SUFFIX = ".z"


def key_of(*parts: str | int | float | None) -> str:
    """A key over all that an entry depends on; no two different lists of parts share one."""
    whole = hashlib.sha256()
    for part in parts:
        text = repr(part).encode("utf-8", "surrogatepass")
        whole.update(f"{len(text)}:".encode() + text)
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries. Safe for several processes and runs at once: the last writer wins, and all
    writers of one key write the same."""

    root: Path

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / (key[2:] + _SUFFIX)

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def get(self, key: str, decode: Callable[[bytes], T]) -> T | None:
        """The entry, or None when it is absent or damaged (a damaged one is removed)."""
        path = self._path(key)
        try:
            return decode(zlib.decompress(path.read_bytes()))
        except FileNotFoundError:
            return None
        except Exception:  # whatever a decoder says about damaged bytes: the entry is worth nothing
            path.unlink(missing_ok=True)
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep the entry. Raises StoreFailed."""
        self.put_packed(key, zlib.compress(content, PACKING))

    def packed(self, key: str) -> bytes | None:
        """The entry as it travels to another store, None when it is absent."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def put_packed(self, key: str, content: bytes) -> None:
        """Keep an entry that came from another store. Raises StoreFailed."""
        try:
            self._write(self._path(key), content)
        except OSError as error:
            raise StoreFailed(
                f"what was read cannot be kept in {self.root} ({error.strerror or error}); "
                f"free space there, or name another folder with {CACHE_VARIABLE}, and run again"
            ) from error

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def drop(self, key: str) -> None:
        """Forget the entry."""
        self._path(key).unlink(missing_ok=True)

    def entries(self) -> Iterator[Path]:
        return self.root.glob(f"*/*{_SUFFIX}")

    def size(self) -> tuple[int, int]:
        """(number of entries, bytes on disk)."""
        sizes = [path.stat().st_size for path in self.entries()]
        return len(sizes), sum(sizes)

    def clear(self, older_than_days: float | None = None) -> int:
        """Forget everything, or what was written more than so many days ago; how many entries went."""
        if older_than_days is None:
            count = self.size()[0]
            shutil.rmtree(self.root, ignore_errors=True)
            return count
        before = time.time() - older_than_days * 86_400
        # Writes that a kill cut off are worth nothing, whatever they are called.
        files = (path for path in self.root.glob("*/*") if path.is_file())
        old = [path for path in files if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

"""What a call reads, packed up for a worker that does not see this machine's files; and unpacked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chosa.inputs import WEB_PAGES, pictures_of
from chosa.store import Store


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file with what belongs to it, or a folder of tables, called ``name``; and entries of the store.
    Names of files are relative to where ``name`` lies."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    entries: tuple[tuple[str, bytes], ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(len(content) for _, content in (*self.files, *self.entries))


def pack(path: Path | None, store: Store, needs: Sequence[str]) -> Parcel:
    """Raises OSError when a file is not there any more. An entry that is not there is left out."""
    belongings = _belongings(path) if path else ()
    files = tuple((p.relative_to(path.parent).as_posix(), p.read_bytes()) for p in belongings) if path else ()
    entries = tuple((key, content) for key in needs if (content := store.packed(key)) is not None)
    return Parcel(path.name if path else "", files, entries)


def _belongings(path: Path) -> Sequence[Path]:
    """A taxonomy's tables, a web page and its pictures, or the file alone."""
    if path.is_dir():
        return sorted(path.glob("*.csv"))
    return (path, *pictures_of(path)) if path.suffix.lower() in WEB_PAGES else (path,)


def unpack(parcel: Parcel, folder: Path) -> tuple[Path | None, Store]:
    """The file or folder, and a store with the entries, both below this empty folder."""
    documents, store = folder / "documents", Store(folder / "store")
    for name, content in parcel.files:
        path = documents / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for key, content in parcel.entries:
        store.put_packed(key, content)
    return documents / parcel.name if parcel.name else None, store

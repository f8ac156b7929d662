"""Files and folders as typed -> the documents of a run, each known by the hash of its bytes.

Pictures that belong to a web page are part of that page, not documents of their own. What belongs is
decided by listing the folder beside the page and looking for each name in the page's source; no path
that a document names is ever opened.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

WEB_PAGES = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".svg"})
DOCUMENTS = frozenset({".pdf", ".txt", ".text"}) | WEB_PAGES | PICTURES

# Folders a browser saves a page's pictures in: NAME_files (Chrome, Firefox), NAME.files (old Edge).
SAVED_FOLDERS = ("_files", ".files", "-files")
# How deep below a web page its pictures are looked for: page.html, images/, images/chart/.
PICTURE_DEPTH = 2
# Bytes of a web page that are searched for the names of its pictures; larger pages are refused when read.
LARGEST_PAGE = 100_000_000
HASH_BLOCK = 1024 * 1024  # bytes read at once
ID_LENGTH = 12  # hex digits of SHA-256: two of a million documents share one with p = 0.002


@dataclass(frozen=True, slots=True)
class Document:
    """One input. ``digest`` is over everything that is read for it (a web page with its pictures),
    ``sha256`` over the file alone. ``problem`` says why it cannot be read, "" when it can;
    ``twin`` is the id of an earlier input with the same bytes. ``stamp`` is (time of the last change in ns,
    size) before its bytes were hashed."""

    id: str
    path: Path
    given: str
    sha256: str = ""
    digest: str = ""
    size: int | None = None
    problem: str = ""
    twin: str = ""
    stamp: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Whether the file is another than the one that was hashed: what was read of it is worth nothing."""
        return self.stamp is not None and self.stamp != _stamp(self.path)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents in the order given (folders sorted by name), and files of folders left out."""

    documents: tuple[Document, ...]
    skipped: tuple[str, ...]


def find_inputs(paths: Sequence[str | Path]) -> Inputs:
    """What there is to read under these files and folders. A missing path is a document with a problem."""
    _pictures_below.cache_clear()
    files: list[tuple[Path, str]] = []
    skipped: list[str] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            kept, left = _in_folder(path)
            files += [(file, str(file)) for file in kept]
            skipped += map(str, left)
        else:
            files.append((path, str(given)))
    return Inputs(tuple(_named(_once(files))), tuple(skipped))


def _once(files: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """The same path typed twice (a file and its folder) is one input."""
    seen: dict[str, tuple[Path, str]] = {}
    for path, given in files:
        seen.setdefault(os.path.abspath(path), (path, given))
    return list(seen.values())


def _in_folder(folder: Path) -> tuple[list[Path], list[Path]]:
    """Files of a folder to read, and files that are no kind chosa reads."""
    files = sorted(p for p in _walk(folder) if not _hidden(p, folder))
    pages = [p for p in files if p.suffix.lower() in WEB_PAGES]
    parts = {part for page in pages for part in pictures_of(page)}
    wanted = [p for p in files if p.suffix.lower() in DOCUMENTS and p not in parts]
    skipped = [p for p in files if p.suffix.lower() not in DOCUMENTS and not _saved_with(p, pages)]
    return wanted, skipped


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below; links to folders are not followed (they may run in circles)."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        yield from (Path(root) / name for name in sorted(names))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _saved_with(path: Path, pages: Iterable[Path]) -> bool:
    """Style sheets and scripts that a browser saved with a page are not worth a note."""
    return any(
        path.is_relative_to(page.with_name(page.stem + end)) for page in pages for end in SAVED_FOLDERS
    )


def pictures_of(page: Path) -> tuple[Path, ...]:
    """Pictures in or below the web page's folder whose name its source mentions, sorted."""
    try:
        if not page.is_file():  # a pipe or a device would never end
            return ()
        with page.open("rb") as file:
            source = file.read(LARGEST_PAGE)
    except OSError:
        return ()
    below = _pictures_below(page.parent)
    return tuple(path for path, spellings in below if any(spelling in source for spelling in spellings))


@lru_cache(maxsize=256)  # a folder with a thousand pages is looked through once per run
def _pictures_below(folder: Path) -> tuple[tuple[Path, frozenset[bytes]], ...]:
    """Pictures in or below the folder, sorted, each with how a page may spell its name."""
    depth = len(folder.parts) + PICTURE_DEPTH
    found = []
    for root, folders, names in os.walk(folder, followlinks=False):
        if len(Path(root).parts) >= depth:
            folders.clear()
        found += [Path(root) / n for n in names if os.path.splitext(n)[1].lower() in PICTURES]
    # No pipes, devices, broken links.
    return tuple((path, _spellings(path.name)) for path in sorted(found) if path.is_file())


def _spellings(name: str) -> frozenset[bytes]:
    """The name as it stands or percent-encoded, in either common encoding."""
    plain = name.encode("utf-8", "surrogateescape"), name.encode("cp932", "ignore")
    return frozenset(filter(None, (*plain, quote(plain[0]).encode())))


def _named(files: Iterable[tuple[Path, str]]) -> Iterator[Document]:
    """Documents with ids; a second file with the same bytes gets an id of its own and names its twin."""
    first: dict[str, str] = {}
    taken: dict[str, int] = {}
    for path, given in files:
        document = _hashed(path, given)
        count = taken[document.id] = taken.get(document.id, 0) + 1
        if count > 1:
            document = replace(document, id=f"{document.id}-{count}", twin=first.get(document.digest, ""))
        if document.digest and not document.problem:
            first.setdefault(document.digest, document.id)
        yield document


def _hashed(path: Path, given: str) -> Document:
    """Hash of the bytes; a file that cannot be read gets an id from its name instead."""
    stamp = _stamp(path)
    try:
        sha256, size = _sha256(path)
        digest = _digest(path, sha256)
    except OSError as error:
        nameless = hashlib.sha256(given.encode("utf-8", "surrogateescape")).hexdigest()
        reason = error.strerror or type(error).__name__
        problem = f"{path.name}: {reason.lower()}; check the name and whether you may read the file"
        return Document(nameless[:ID_LENGTH], path, given, problem=problem)
    problem = f"{path.name} is empty (0 bytes); get the file again from where it came" if size == 0 else ""
    return Document(sha256[:ID_LENGTH], path, given, sha256, digest, size, problem, stamp=stamp)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size


def _digest(path: Path, sha256: str) -> str:
    """The file's own hash, joined with those of the pictures that belong to a web page."""
    parts = pictures_of(path) if path.suffix.lower() in WEB_PAGES else ()
    if not parts:
        return sha256
    whole = hashlib.sha256(sha256.encode())
    for part in parts:
        whole.update(part.name.encode("utf-8", "surrogateescape") + _sha256(part)[0].encode())
    return whole.hexdigest()


def _sha256(path: Path) -> tuple[str, int]:
    """Hex digest and size in bytes. Only regular files: a pipe or a device would never end."""
    if path.exists() and not path.is_file():
        raise OSError(0, "not a regular file")
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(HASH_BLOCK):
            whole.update(block)
            size += len(block)
    return whole.hexdigest(), size

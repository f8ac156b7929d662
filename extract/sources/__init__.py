"""Kinds of input; each yields scenes. The first bytes choose the source, not the name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from extract.scene import Scene
from extract.settings import Settings

Kind = Literal["pdf", "html", "image", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file itself says: kind, number of pages (None where it has none), and its own metadata.

    ``files`` are the names of the pictures that belong to a web page; ``outline`` is the PDF outline
    as (level, title, page), clean even where the text layer is not.
    """

    name: str
    kind: Kind
    pages: int | None
    title: str = ""
    author: str = ""
    created: str = ""
    url: str = ""
    outline: tuple[tuple[int, str, int], ...] = ()
    files: tuple[str, ...] = ()


class Source(Protocol):
    """An open document: its scenes can be seen one at a time, in document order."""

    origin: Origin

    def __len__(self) -> int:
        """How many scenes it has (pages; a web page's text, then its pictures)."""
        ...

    def see(self, index: int) -> Scene:
        """Scene ``index``, 0-based. Raises PageFailed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_source(path: Path, settings: Settings) -> Source:
    """The source for this file. Raises UnreadableFile, PasswordNeeded."""
    raise NotImplementedError

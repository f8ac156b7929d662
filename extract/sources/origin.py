"""Record: what a file says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "html", "image", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file itself says: kind, number of pages (None where it has none), and its own metadata.

    ``files`` are the names of the pictures that belong to a web page; ``outline`` is the PDF outline
    as (level, title, page), clean even where the text layer is not. ``repaired``: it was damaged, and
    what is read was put together again; pages may be missing.
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
    repaired: bool = False

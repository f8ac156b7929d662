"""Record: a page, or picture of a web page, that could not be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailedPage:
    """A page, or picture of a web page, that could not be read."""

    page: int | None
    image: str | None
    message: str

"""Record: how a run tells whoever watches it how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Someone who watches a run."""

    def begin(self, what: str, total: int) -> None:
        """A stretch of work with so many steps starts."""
        ...

    def step(self, count: int = 1) -> None:
        """So many steps of it are done."""
        ...

    def estimate(self, pages: int, seconds: float) -> None:
        """So many pages need OCR, which will take about so long."""
        ...


class Quiet:
    """Nobody watches."""

    def begin(self, what: str, total: int) -> None:
        pass

    def step(self, count: int = 1) -> None:
        pass

    def estimate(self, pages: int, seconds: float) -> None:
        pass

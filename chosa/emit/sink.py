"""The contract of an output format: tables are announced once, rows come in batches, then it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chosa.schema import Table


class Sink(Protocol):
    """One output format of a run. Rows of several tables arrive interleaved, document by document."""

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        """Append rows to a table."""
        ...

    def close(self) -> None:
        """Finish every file; nothing is written after this."""
        ...

    def abandon(self) -> None:
        """Let go of every file, which will be thrown away; raises nothing."""
        ...

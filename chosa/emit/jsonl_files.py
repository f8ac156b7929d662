"""One JSON Lines file per table: each row an object, empty cells null, text untouched."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

import msgspec

from chosa.emit.place import Placement
from chosa.schema import Table


class JsonlSink:
    """observations.jsonl and its kin."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        self._files: dict[str, IO[bytes]] = {
            t.name: placement.path(f"{t.name}.jsonl").open("wb") for t in tables
        }
        self._encoder = msgspec.json.Encoder()

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        file = self._files[table.name]
        for row in rows:
            file.write(self._encoder.encode(row) + b"\n")

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def abandon(self) -> None:
        for file in self._files.values():
            with suppress(OSError):
                file.close()

"""One CSV file per table: UTF-8, line feeds, comma, minimal quotes (RFC 4180 but for the line ends)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from chosa.emit.cells import cell
from chosa.emit.place import Placement
from chosa.schema import Table, names, values


class CsvSink:
    """observations.csv and its kin; a table without rows still gets its header."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        self._files: dict[str, IO[str]] = {}
        self._writers: dict[str, Any] = {}
        for table in tables:
            file = placement.path(f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            self._files[table.name] = file
            self._writers[table.name] = csv.writer(file, lineterminator="\n")
            self._writers[table.name].writerow(names(table.row))

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        self._writers[table.name].writerows([cell(v) for v in values(row)] for row in rows)

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def abandon(self) -> None:
        for file in self._files.values():
            with suppress(OSError):
                file.close()

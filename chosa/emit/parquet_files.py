"""One Parquet file per table, in row groups, so that memory does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from chosa.emit.place import Placement
from chosa.schema import Table, values

_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
GROUP_ROWS = 10_000  # rows held before a row group is written: about 15 MB of observations


class ParquetSink:
    """observations.parquet and its kin; empty text stays empty text, empty numbers are null."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        self._waiting: dict[str, list[Any]] = {table.name: [] for table in tables}
        self._schemas = {table.name: _schema(table) for table in tables}
        self._tables = {table.name: table for table in tables}
        self._writers = {
            table.name: pq.ParquetWriter(
                placement.path(f"{table.name}.parquet"), self._schemas[table.name], compression="zstd"
            )
            for table in tables
        }

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        waiting = self._waiting[table.name]
        waiting.extend(rows)
        if len(waiting) >= GROUP_ROWS:
            self._write_group(table)

    def _write_group(self, table: Table) -> None:
        waiting = self._waiting[table.name]
        columns = zip(*(values(row) for row in waiting), strict=True)
        schema = self._schemas[table.name]
        arrays = [pa.array(cells, type=field.type) for cells, field in zip(columns, schema, strict=True)]
        self._writers[table.name].write_table(pa.table(arrays, schema=schema))
        waiting.clear()

    def close(self) -> None:
        for name, writer in self._writers.items():
            if self._waiting[name]:
                self._write_group(self._tables[name])
            writer.close()

    def abandon(self) -> None:
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()


def _schema(table: Table) -> pa.Schema:
    """The table's columns, each with its meaning as field metadata."""
    return pa.schema(
        [
            pa.field(column.name, _TYPES[column.kind], metadata={"meaning": column.meaning})
            for column in table.columns
        ]
    )

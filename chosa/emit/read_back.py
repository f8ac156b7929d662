"""The tables of an earlier run, row by row, as they were before their text was defused."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from chosa.emit.cells import undefused
from chosa.errors import NothingThere
from chosa.schema import Table

R = TypeVar("R")

# A snippet can be a whole paragraph; Python's own limit is 128 KiB.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read_rows(
    folder: Path, table: Table, row: type[R], wanted: Callable[[Mapping[str, str]], bool] | None = None
) -> Iterator[R]:
    """Rows of one table, or those whose cells are wanted. Raises NothingThere as ``read_cells``."""
    columns = [(c.name, _READ[c.kind]) for c in table.columns]
    for cells in filter(wanted, read_cells(folder, table)):
        yield row(**{name: read(cells[name]) for name, read in columns})


def read_cells(folder: Path, table: Table) -> Iterator[Mapping[str, str]]:
    """Rows of one table as they stand in the file, which is far cheaper. Raises NothingThere when the
    directory has none or they are of another version."""
    path = folder / f"{table.name}.csv"
    if not path.is_file():
        raise NothingThere(f"{folder} has no {path.name}; run: chosa run INPUT... -o {folder}")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        missing = [c.name for c in table.columns if c.name not in (rows.fieldnames or ())]
        if missing:
            raise NothingThere(f"{path} lacks the column {missing[0]} (another version wrote it); run again")
        yield from rows


def _integer(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


_READ: dict[str, Callable[[str], Any]] = {"string": undefused, "integer": _integer, "number": _number}

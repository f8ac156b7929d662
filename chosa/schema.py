"""What a table is: an ordered list of columns, each with its type and its meaning.

A table's row is a frozen dataclass; its fields are the columns. The meaning stands beside the field,
so that the CSV header, the data package, the Excel help row and the data dictionary cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, Literal, get_args, get_type_hints

Kind = Literal["string", "integer", "number"]
_KINDS: dict[type, Kind] = {str: "string", int: "integer", float: "number"}


def column(meaning: str, *, ja: str = "", choices: tuple[str, ...] = (), default: Any = "") -> Any:
    """A dataclass field that is a column: what it means, in English and (for Excel's help row) Japanese.

    ``choices`` are the only values it may have (empty is always allowed where the default is empty).
    """
    return field(default=default, metadata={"meaning": meaning, "ja": ja, "choices": choices})


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the outputs need it. ``required``: never empty."""

    name: str
    kind: Kind
    meaning: str
    ja: str
    choices: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the output: its row type, what a row is, its key and what its keys point to.

    ``links`` are (column, table, column of that table).
    """

    name: str
    row: type
    meaning: str
    key: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return _columns(self.row, self.key)


@cache
def _columns(row: type[Any], key: tuple[str, ...]) -> tuple[Column, ...]:
    hints = get_type_hints(row)
    return tuple(
        Column(
            name=f.name,
            kind=_kind(hints[f.name]),
            meaning=f.metadata["meaning"],
            ja=f.metadata["ja"],
            choices=f.metadata["choices"],
            required=f.name in key,
        )
        for f in fields(row)
    )


def _kind(hint: Any) -> Kind:
    """``int | None`` is an integer column that may be empty; everything textual is a string."""
    kinds = [arg for arg in (get_args(hint) or (hint,)) if arg is not type(None)]
    return _KINDS.get(kinds[0], "string") if len(kinds) == 1 else "string"


def values(row: Any) -> tuple[Any, ...]:
    """The cells of a row, in column order."""
    cells: tuple[Any, ...] = _getter(row.__class__)(row)
    return cells


@cache
def _getter(row: Any) -> Callable[[Any], Any]:
    return attrgetter(*names(row))


@cache
def names(row: type[Any]) -> tuple[str, ...]:
    """The column names of a row type, in order."""
    return tuple(f.name for f in fields(row))

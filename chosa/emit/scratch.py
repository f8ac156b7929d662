"""A small database for what only shows over all documents: in memory while little, on disk when much."""

from __future__ import annotations

import sqlite3

CACHE_KIB = 4096  # held in memory; what is more goes to a temporary file that ends with the connection


def scratch_base(tables: str) -> sqlite3.Connection:
    """An empty database with these tables. Nothing in it outlives the process, so nothing is journaled."""
    base = sqlite3.connect("")
    base.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE_KIB}; {tables}"
    )
    return base

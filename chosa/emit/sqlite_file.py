"""One SQLite file with all tables and three views: facts, crosswalk, timeline."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from chosa.emit.place import Placement
from chosa.schema import Table, values

CACHE_KIB = 32_768  # held in memory while rows are written and sorted; the rest is on disk
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}

# A fact is shown by its best sighting: accepted or corrected before review, a chart before a sentence.
VIEWS = """
CREATE VIEW facts AS
SELECT * FROM (
  SELECT o.*, count(*) OVER (PARTITION BY fact_id) AS sightings, row_number() OVER (
    PARTITION BY fact_id
    ORDER BY status IN ('accepted', 'corrected') DESC, confidence DESC, source = 'chart' DESC, observation_id
  ) AS rank
  FROM observations o WHERE status <> 'rejected'
) WHERE rank = 1;
CREATE VIEW crosswalk AS
SELECT kind, id, group_concat(label, ' | ') AS labels, sum(occurrences) AS occurrences
FROM (SELECT * FROM labels WHERE id <> '' ORDER BY kind, id, label) GROUP BY kind, id;
CREATE VIEW timeline AS
SELECT f.item_id, f.segment_id, f.question_id, d.year, d.publisher, d.survey_name, f.value, f.unit, f.base_n,
       f.status, f.document_id, f.page, f.observation_id
FROM facts f JOIN documents d USING (document_id)
WHERE f.item_id <> '' AND d.same_report_as = '' AND f.edition_of_report = 'this'
ORDER BY f.item_id, f.segment_id, d.year;
CREATE INDEX observations_item ON observations (item_id, segment_id);
CREATE INDEX observations_fact ON observations (fact_id);
CREATE INDEX readings_observation ON readings (observation_id);
"""


class SqliteSink:
    """chosa.sqlite; empty text stays empty text, empty numbers are NULL."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        path = placement.path("chosa.sqlite")
        path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path)
        # The file is thrown away unless it is finished, so nothing is gained by journaling or syncing.
        self._base.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE_KIB};"
        )
        self._tables = tuple(tables)
        for table in tables:
            self._base.execute(_create(table))

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self._base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', map(values, rows))

    def close(self) -> None:
        for table in self._tables:
            if table.key:
                self._base.execute(_key(table))
        self._base.executescript(VIEWS)
        self._base.commit()
        self._base.close()

    def abandon(self) -> None:
        self._base.close()


def _create(table: Table) -> str:
    """The statement; names come from our own row types, never from a document."""
    columns = ", ".join(f'"{column.name}" {_TYPES[column.kind]}' for column in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


def _key(table: Table) -> str:
    """The key is made when all rows are there: sorted once, instead of each row finding its place."""
    columns = ", ".join(f'"{name}"' for name in table.key)
    return f'CREATE UNIQUE INDEX "{table.name}_key" ON "{table.name}" ({columns})'

"""The crosswalk over all documents: equal labels put together, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chosa.emit.scratch import scratch_base
from chosa.schema import names, values
from chosa.tables import LabelRow

_COLUMNS = names(LabelRow)
# Of equal labels the best score counts, of equal scores the first seen; occurrences are added up.
_HIGHER = "coalesce(excluded.score, 0) > coalesce(score, 0)"
_BETTER = ", ".join(
    f"{name} = CASE WHEN {_HIGHER} THEN excluded.{name} ELSE {name} END"
    for name in ("runner_up", "runner_up_score", "decided_by", "why", "score")
)
_ADD = f"""
INSERT INTO labels VALUES ({", ".join("?" * len(_COLUMNS))})
ON CONFLICT (kind, label, id) DO UPDATE SET occurrences = occurrences + excluded.occurrences, {_BETTER}
"""


class Crosswalk:
    """Takes the label rows of one document after the other."""

    def __init__(self) -> None:
        columns = ", ".join(_COLUMNS)
        self._base = scratch_base(
            f"CREATE TABLE labels ({columns}, PRIMARY KEY (kind, label, id)) WITHOUT ROWID"
        )

    def add(self, rows: Iterable[LabelRow]) -> None:
        self._base.executemany(_ADD, map(values, rows))

    def rows(self) -> Iterator[LabelRow]:
        """One row per kind, label and id, sorted."""
        found = self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM labels ORDER BY kind, label, id")
        return (LabelRow(*cells) for cells in found)

"""Decisions about the rows of a run while they are made: each is on disk before it is shown as done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from chosa.corrections import (
    ACTIONS,
    Correction,
    about,
    append_corrections,
    part_ids,
    parts_text,
    problem_of,
    read_corrections,
    standing,
    unfolded,
)
from chosa.emit.cells import cell
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere, UsageError
from chosa.observation import OBSERVATIONS, Observation
from chosa.review.data import SHOWN, PlaceKey, review_data, shown_cells
from chosa.tables import DOCUMENTS, DocumentRow

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


class Desk:
    """The tables of one directory and the decisions about them. Raises NothingThere when it has none."""

    def __init__(self, folder: Path, who: str) -> None:
        self._folder = folder
        self._who = who
        self._documents = {d.document_id: d for d in read_rows(folder, DOCUMENTS, DocumentRow)}
        self._rows = {o.observation_id: o for o in read_rows(folder, OBSERVATIONS, Observation)}
        self._decisions = [c for c in read_corrections(folder) if c.action != "label"]
        self._made: dict[str, Correction] = {}  # new row's id -> the split that made it
        self._about: set[str] = set()  # ids of rows that any decision was ever about
        for c in self._decisions:
            self._remember(c)
        self.pictures, self._scales = _pictures(folder)
        self._data = self._as_read()
        self._number = {row[0]: n for n, row in enumerate(self._data["rows"])}
        self._deciding = Lock()

    def _as_read(self) -> dict[str, Any]:
        """What the page shows of the rows as the run left them."""
        keys: list[PlaceKey] = []

        def picture_of(key: PlaceKey) -> tuple[str, float] | None:
            keys.append(key)
            number = len(keys) - 1
            return (f"picture/{number}", self._scales[number]) if self.pictures.get(number) else None

        return review_data(self._folder, picture_of, served=True)

    def _remember(self, c: Correction) -> None:
        """A split's new rows come from the row it split, so the tables' own copies are left aside."""
        self._about.add(c.observation_id)
        if c.action == "split" and self._root(c.observation_id) in self._rows:
            self._made |= dict.fromkeys(part_ids(c), c)

    def data(self) -> dict[str, Any]:
        """What the page shows: the rows with the decisions made since the run."""
        live = self._live()
        touched = {self._root(id) for id in self._about}
        rows: list[list[Any]] = []
        for row in self._data["rows"]:
            id = row[0]
            if id in self._made:
                continue
            rows += self._family(id, live) if id in touched else [row]
        return self._data | {"rows": rows}

    def decide(
        self, id: str, action: str, field: str = "", after: str = "", why: str = "", parts: Any = ()
    ) -> dict[str, Any]:
        """Keep one decision. ``parts`` are the rows of a split, field -> text.

        Returns the row's family as the page shows it: the row and what was ever split off it, and the ids
        of those that are no more. Raises NothingThere, UsageError, OutputFailed.
        """
        if action not in ACTIONS or action == "label":
            raise UsageError(f"unknown action {action!r}")
        with self._deciding:
            made = self._decision(self._row(id), action, field, after, why, parts)
            problem = problem_of(made)
            if problem:
                raise UsageError(problem)
            append_corrections(self._folder, [made])
            self._decisions.append(made)
            self._remember(made)
            root = self._root(id)
            rows = self._family(root, self._live())
        there = {row[0] for row in rows}
        made_here = (part for part in self._made if self._root(part) == root)
        return {"rows": rows, "gone": [part for part in made_here if part not in there]}

    def _row(self, id: str) -> Observation:
        """The row as it stands now. Raises NothingThere."""
        root, live = self._root(id), self._live()
        there = self._after(self._rows[root], live) if root in self._rows else ()
        for row in there:
            if row.observation_id == id:
                return row
        raise NothingThere(f"no row has the id {id!r}")

    def _decision(
        self, row: Observation, action: str, field: str, after: str, why: str, parts: Any
    ) -> Correction:
        """What is asked for as a line of corrections.csv."""
        id, before = row.observation_id, ""
        if action == "undo":
            id, before = self._to_undo(row)
            row = self._row(id)
        elif action == "set":
            before = cell(getattr(row, field, ""))
        elif action == "split":
            changes = _changes(row, parts)
            after = parts_text(changes)
            before = parts_text([{name: cell(getattr(row, name)) for part in changes for name in part}])
        read = self._rows.get(id, row)
        return Correction(
            when=datetime.now(UTC).isoformat(timespec="microseconds"),
            who=self._who,
            action=action,
            field=field,
            before=before,
            after=after,
            why=why,
            **(about(read, self._documents[read.document_id]) | {"value": cell(row.value)}),
        )

    def _to_undo(self, row: Observation) -> tuple[str, str]:
        """(row, time) of the decision to take back: the row's latest, else the split that made the row."""
        latest = self._live().get(row.observation_id)
        made_by = latest[-1] if latest else self._made.get(row.observation_id)
        if not made_by:
            raise UsageError("there is nothing to take back")
        return made_by.observation_id, made_by.when

    def _live(self) -> dict[str, list[Correction]]:
        live: defaultdict[str, list[Correction]] = defaultdict(list)
        for c in standing(self._decisions):
            live[c.observation_id].append(c)
        return live

    def _root(self, id: str) -> str:
        """The row of the tables that this one was split off; itself when it was not."""
        while id in self._made:
            id = self._made[id].observation_id
        return id

    def _after(self, row: Observation, live: dict[str, list[Correction]]) -> Iterator[Observation]:
        """Where the last run applied decisions that were taken back since, what it read is only known again
        after the next run: until then the row is for review."""
        taken_back = row.observation_id in self._about and row.observation_id not in live
        if taken_back and row.status in ("corrected", "rejected"):
            row = replace(row, status="review")
        for each, _ in unfolded(row, lambda id: live.get(id, ())):
            yield each.row

    def _family(self, id: str, live: dict[str, list[Correction]]) -> list[list[Any]]:
        """The row and what is split off it, as the page shows them; all at the place of the row."""
        *shown, readings = self._data["rows"][self._number[id]]
        rest = shown[len(SHOWN) :]
        return [
            [*shown_cells(o), *rest, readings if o.observation_id == id else []]
            for o in self._after(self._rows[id], live)
        ]


def _changes(row: Observation, parts: Any) -> list[dict[str, str]]:
    """What each row of a split has otherwise than the row it comes from; that it says nothing new is found
    later. Raises UsageError."""
    try:
        wished = msgspec.convert(parts, list[dict[str, str]])
    except msgspec.ValidationError as error:
        raise UsageError("a split needs its rows") from error
    names = dict.fromkeys(name for part in wished for name in part)
    told = [
        {name: part[name] if name in part else cell(getattr(row, name, "")) for name in names}
        for part in wished
    ]
    same = {name for name in names if all(part[name] == cell(getattr(row, name, "")) for part in told)}
    return [{name: text for name, text in part.items() if name not in same} for part in told]


def _pictures(folder: Path) -> tuple[dict[int, str], dict[int, float]]:
    """(data addresses, scales) of the pages pictured in review.html, by the number of the place."""
    path = folder / "review.html"
    found = _DATA.search(path.read_text(encoding="utf-8")) if path.exists() else None
    places = msgspec.json.decode(found[1])["places"] if found else []
    return {n: p["src"] for n, p in enumerate(places)}, {n: p["scale"] for n, p in enumerate(places)}

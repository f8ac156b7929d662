"""Decisions about the rows of a run while they are made: each is on disk before it is shown as done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from chosa.corrections import (
    ACTIONS,
    FIELDS,
    Correction,
    about,
    append_corrections,
    decided,
    problem_of,
    read_corrections,
    standing,
)
from chosa.emit.cells import cell
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere, UsageError
from chosa.observation import OBSERVATIONS, Observation
from chosa.review.data import PlaceKey, review_data
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
        self.pictures, self._scales = _pictures(folder)
        self._data = self._as_read()

    def _as_read(self) -> dict[str, Any]:
        """What the page shows of the rows as the run left them."""
        keys: list[PlaceKey] = []

        def picture_of(key: PlaceKey) -> tuple[str, float] | None:
            keys.append(key)
            number = len(keys) - 1
            return (f"picture/{number}", self._scales[number]) if self.pictures.get(number) else None

        return review_data(self._folder, picture_of, served=True)

    def data(self) -> dict[str, Any]:
        """What the page shows: the rows with the decisions made since the run."""
        number = {name: n for n, name in enumerate(self._data["columns"])}
        changes = {
            id: self._row(id) for id in {c.observation_id for c in self._decisions} if id in self._rows
        }
        for row in self._data["rows"] if changes else ():
            changed = changes.get(row[number["observation_id"]])
            if changed:
                for name in (*FIELDS, "status"):
                    row[number[name]] = getattr(changed, name)
        return self._data

    def decide(self, id: str, action: str, field: str = "", after: str = "", why: str = "") -> dict[str, Any]:
        """Keep one decision; the row's columns after it. Raises NothingThere, UsageError, OutputFailed."""
        if id not in self._rows:
            raise NothingThere(f"no row has the id {id!r}")
        if action not in ACTIONS or action == "label":
            raise UsageError(f"unknown action {action!r}")
        row = self._row(id)
        correction = Correction(
            when=datetime.now(UTC).isoformat(timespec="milliseconds"),
            who=self._who,
            action=action,
            field=field,
            before=cell(getattr(row, field, "")) if action == "set" else "",
            after=after,
            why=why,
            **about(self._rows[id], self._documents[self._rows[id].document_id]),
        )
        problem = problem_of(correction)
        if problem:
            raise UsageError(problem)
        append_corrections(self._folder, [correction])
        self._decisions.append(correction)
        changed = self._row(id)
        return {name: getattr(changed, name) for name in (*FIELDS, "status")}

    def _row(self, id: str) -> Observation:
        """The row after the decisions that stand. Where the last run applied decisions that were taken back
        since, what it read is only known again after the next run: until then the row is for review."""
        stand = standing([c for c in self._decisions if c.observation_id == id])
        row = self._rows[id]
        if not stand and row.status in ("corrected", "rejected"):
            return replace(row, status="review")
        return decided(row, stand)


def _pictures(folder: Path) -> tuple[dict[int, str], dict[int, float]]:
    """(data addresses, scales) of the pages pictured in review.html, by the number of the place."""
    path = folder / "review.html"
    found = _DATA.search(path.read_text(encoding="utf-8")) if path.exists() else None
    places = msgspec.json.decode(found[1])["places"] if found else []
    return {n: p["src"] for n, p in enumerate(places)}, {n: p["scale"] for n, p in enumerate(places)}

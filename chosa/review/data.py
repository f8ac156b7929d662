"""The rows of a run as the review page's script wants them: short rows, shared documents and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from chosa.emit.read_back import read_rows
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import (
    CHARTS,
    DOCUMENTS,
    NOTES,
    PAGES,
    READINGS,
    ChartRow,
    DocumentRow,
    NoteRow,
    PageRow,
    ReadingRow,
)

PlaceKey = tuple[str, int | None, str]
# A place's picture: (address, pixels per unit of its boxes), None where there is none.
PictureOf = Callable[[PlaceKey], tuple[str, float] | None]

# Columns of an observation that the page shows, as they are.
SHOWN = (
    "observation_id", "page", "image", "source", "question", "question_id", "segment", "segment_id",
    "item", "item_alt", "item_id", "item_runner_up", "value", "unit", "qualifier", "base_n", "base_n_source",
    "status", "confidence", "witnesses", "x0", "y0", "x1", "y1", "snippet", "citation",
)  # fmt: skip
# Then the numbers of its document, place and chart in the lists of the data, and its witnesses.
COLUMNS = (*SHOWN, "document", "place", "chart", "readings")


def review_data(
    folder: Path, picture_of: PictureOf, served: bool = False, most: int | None = None
) -> dict[str, Any]:
    """Everything the script needs, as JSON values. ``served``: pictures are addresses, not data.
    ``most``: no more rows than this, those for review before others; None for all.

    Raises NothingThere."""
    documents = list(read_rows(folder, DOCUMENTS, DocumentRow))
    observations, left_out = _observations(folder, most)
    readings = _readings(folder, {o.observation_id for o in observations})
    number = {d.document_id: n for n, d in enumerate(documents)}
    places = _places(folder, observations)
    place_number = {key: n for n, key in enumerate(places)}
    charts = _charts(folder, {o.chart_id for o in observations})
    chart_number = {c.chart_id: n for n, c in enumerate(charts)}
    return {
        "served": served,
        "left_out": left_out,
        "documents": [{"id": d.document_id, "file": _name(d), "title": d.title} for d in documents],
        "charts": [
            {"document": number[c.document_id], "page": c.page, "title": c.title, "x": [c.x0, c.x1]}
            for c in charts
        ],
        "places": [_place(page, notes, picture_of) for page, notes in places.values()],
        "columns": COLUMNS,
        "rows": [
            [
                *shown_cells(o),
                number[o.document_id],
                place_number.get(_key(o), -1),
                chart_number.get(o.chart_id, -1),
                readings.get(o.observation_id, []),
            ]
            for o in observations
        ],
    }


def shown_cells(o: Observation) -> list[Any]:
    """The row's cells under ``SHOWN``."""
    return [getattr(o, name) for name in SHOWN]


def _key(row: Observation | PageRow | NoteRow) -> PlaceKey:
    return row.document_id, row.page, row.image


def _name(document: DocumentRow) -> str:
    return document.file.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _observations(folder: Path, most: int | None) -> tuple[list[Observation], int]:
    """The rows to show, in the order of the table, and how many were left out; never many more in memory
    than are shown."""
    if most is None:
        return list(read_rows(folder, OBSERVATIONS, Observation)), 0
    doubtful = Counter(o.status == "review" for o in read_rows(folder, OBSERVATIONS, Observation))
    left = {True: min(doubtful[True], most), False: max(0, most - doubtful[True])}
    kept = []
    for o in read_rows(folder, OBSERVATIONS, Observation):
        if left[o.status == "review"] > 0:
            left[o.status == "review"] -= 1
            kept.append(o)
    return kept, doubtful.total() - len(kept)


def _readings(folder: Path, wanted: Collection[str]) -> dict[str, list[list[Any]]]:
    found: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for r in read_rows(folder, READINGS, ReadingRow):
        if r.observation_id not in wanted:
            continue
        found[r.observation_id].append([r.method, r.engine, r.value, r.text, r.confidence, r.why])
    return found


def _charts(folder: Path, used: Collection[str]) -> list[ChartRow]:
    """Charts that have rows."""
    return [c for c in read_rows(folder, CHARTS, ChartRow) if c.chart_id in used]


def _places(
    folder: Path, observations: Iterable[Observation]
) -> dict[PlaceKey, tuple[PageRow, list[NoteRow]]]:
    """Pages that have rows, each with the doubts about it."""
    used = {_key(o) for o in observations}
    notes: defaultdict[PlaceKey, list[NoteRow]] = defaultdict(list)
    for note in read_rows(folder, NOTES, NoteRow):
        if note.severity != "info":
            notes[_key(note)].append(note)
    pages = (page for page in read_rows(folder, PAGES, PageRow) if _key(page) in used)
    return {_key(page): (page, notes[_key(page)]) for page in pages}


def _box(note: NoteRow) -> list[float]:
    """The note's box, [] when it is about the whole page."""
    if note.x0 is None or note.y0 is None or note.x1 is None or note.y1 is None:
        return []
    return [note.x0, note.y0, note.x1, note.y1]


def _place(page: PageRow, notes: Iterable[NoteRow], picture_of: PictureOf) -> dict[str, Any]:
    address, scale = picture_of(_key(page)) or ("", 1.0)
    return {
        "width": page.width,
        "height": page.height,
        "src": address,
        "scale": scale,
        "notes": [[note.code, note.message, *_box(note)] for note in notes],
    }

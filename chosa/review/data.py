"""The rows of a run as the review page's script wants them: short rows, shared documents and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from chosa.emit.read_back import read_cells, read_rows
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
_NO_GROUP: tuple[str, Iterator[ReadingRow]] = ("", iter(()))

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
    parts = review_parts(folder, picture_of, served, most)
    return {name: list(part) if isinstance(part, Iterator) else part for name, part in parts.items()}


def review_parts(
    folder: Path, picture_of: PictureOf, served: bool = False, most: int | None = None
) -> dict[str, Any]:
    """As ``review_data``, but its long lists are iterators over the tables: nobody holds all rows."""
    documents = list(read_rows(folder, DOCUMENTS, DocumentRow))
    used = _used(folder, most)
    number = {d.document_id: n for n, d in enumerate(documents)}
    places = _places(folder, used.places)
    place_number = {key: n for n, key in enumerate(places)}
    charts = _charts(folder, used.charts)
    chart_number = {c.chart_id: n for n, c in enumerate(charts)}
    return {
        "served": served,
        "left_out": used.left_out,
        "documents": [{"id": d.document_id, "file": _name(d), "title": d.title} for d in documents],
        "charts": [
            {"document": number[c.document_id], "page": c.page, "title": c.title, "x": [c.x0, c.x1]}
            for c in charts
        ],
        "places": (_place(page, notes, picture_of) for page, notes in places.values()),
        "columns": COLUMNS,
        "rows": (
            [
                *shown_cells(o),
                number[o.document_id],
                place_number.get(_key(o), -1),
                chart_number.get(o.chart_id, -1),
                readings,
            ]
            for o, readings in _shown(folder, used.rows)
        ),
    }


def shown_cells(o: Observation) -> list[Any]:
    """The row's cells under ``SHOWN``."""
    return [getattr(o, name) for name in SHOWN]


def _key(row: Observation | PageRow | NoteRow) -> PlaceKey:
    return row.document_id, row.page, row.image


def _name(document: DocumentRow) -> str:
    return document.file.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class _Used:
    """What is shown: the rows (None: all), their places and charts; and how many rows are left out."""

    rows: Collection[str] | None
    places: Collection[PlaceKey]
    charts: Collection[str]
    left_out: int


def _used(folder: Path, most: int | None) -> _Used:
    """Of more rows than ``most`` those for review go first, in the order of the table."""
    first = _First(folder, most) if most is not None else None
    rows, places, charts = set(), set(), set()
    for o in read_rows(folder, OBSERVATIONS, Observation, first.wanted if first else None):
        places.add(_key(o))
        charts.add(o.chart_id)
        if first:
            rows.add(o.observation_id)
    return _Used(rows if first else None, places, charts, first.left_out if first else 0)


class _First:
    """Which rows of the table, asked for one after the other, are among the ``most`` to show."""

    def __init__(self, folder: Path, most: int) -> None:
        review = Counter(c["status"] == "review" for c in read_cells(folder, OBSERVATIONS))
        self._left = {True: min(review[True], most), False: max(0, most - review[True])}
        self.left_out = max(0, review.total() - most)

    def wanted(self, cells: Mapping[str, str]) -> bool:
        doubtful = cells["status"] == "review"
        self._left[doubtful] -= 1
        return self._left[doubtful] >= 0


def _shown(folder: Path, ids: Collection[str] | None) -> Iterator[tuple[Observation, list[list[Any]]]]:
    """The rows to show, each with its witnesses, which stand in the same order in their table."""

    def wanted(cells: Mapping[str, str]) -> bool:
        return ids is None or cells["observation_id"] in ids

    groups = groupby(read_rows(folder, READINGS, ReadingRow, wanted), key=lambda r: r.observation_id)
    id, readings = next(groups, _NO_GROUP)
    for o in read_rows(folder, OBSERVATIONS, Observation, wanted):
        its: list[list[Any]] = []
        if id == o.observation_id:
            its = [[r.method, r.engine, r.value, r.text, r.confidence, r.why] for r in readings]
            id, readings = next(groups, _NO_GROUP)
        yield o, its


def _charts(folder: Path, used: Collection[str]) -> list[ChartRow]:
    """Charts that have rows."""
    return [c for c in read_rows(folder, CHARTS, ChartRow) if c.chart_id in used]


def _places(folder: Path, used: Collection[PlaceKey]) -> dict[PlaceKey, tuple[PageRow, list[NoteRow]]]:
    """Pages that have rows, each with the doubts about it."""
    notes: defaultdict[PlaceKey, list[NoteRow]] = defaultdict(list)
    for note in read_rows(folder, NOTES, NoteRow):
        if note.severity != "info" and _key(note) in used:
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

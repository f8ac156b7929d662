"""corrections.csv: what people decided about rows and labels, applied by every later run.

The file only grows (one line per decision, so two people's files merge with git); of several decisions
about the same field of the same row the latest counts, and ``undo`` takes the earlier ones back. A decision
finds its row by observation_id; where a new version or another file of the same report gave it another id,
by what it is about: page, question, segment and item in the document of the same bytes or the same title.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from chosa.emit.cells import cell, undefused
from chosa.errors import OutputFailed, UsageError
from chosa.observation import QUALIFIERS, UNITS, Observation
from chosa.rows import DocumentRows
from chosa.tables import DocumentRow, LabelRow, ReadingRow

FILE_NAME = "corrections.csv"
ACTIONS = ("accept", "reject", "set", "label", "undo")
# What a person may change about a row; everything else follows from the document.
FIELDS = (
    "value",
    "item",
    "segment",
    "question",
    "unit",
    "qualifier",
    "base_n",
    "item_id",
    "segment_id",
    "question_id",
)
LABEL_KINDS = ("item", "segment", "question")
_NUMBERS = {"value": float, "base_n": int}
_CHOICES = {"unit": UNITS, "qualifier": QUALIFIERS}


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. ``action`` set changes ``field`` from ``before`` to ``after``; label gives the label
    ``before`` of kind ``field`` the id ``after`` wherever it stands; the rest says which row is meant."""

    when: str
    who: str
    action: str
    observation_id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    document_sha256: str = ""
    title: str = ""
    page: str = ""
    image: str = ""
    question: str = ""
    segment: str = ""
    item: str = ""
    value: str = ""
    unit: str = ""


COLUMNS = tuple(f.name for f in fields(Correction))


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The decisions in a directory, oldest first; () when there are none. Raises UsageError on a bad line."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        found = [_checked(path, number, row) for number, row in enumerate(rows, 2)]
    return tuple(sorted(found, key=lambda correction: correction.when))


def _checked(path: Path, number: int, row: dict[str, Any]) -> Correction:
    """One line as a Correction. A line that means nothing is named, not passed over."""
    correction = Correction(**{name: undefused(row.get(name) or "") for name in COLUMNS})
    problem = problem_of(correction)
    if problem:
        raise UsageError(f"{path}, line {number}: {problem}; mend or delete the line")
    return correction


def problem_of(correction: Correction) -> str:
    """Why the decision means nothing, "" when it means something."""
    if correction.action not in ACTIONS:
        return f"unknown action {correction.action!r}; known: {', '.join(ACTIONS)}"
    if correction.action == "label" and correction.field not in LABEL_KINDS:
        return f"unknown kind of label {correction.field!r}; known: {', '.join(LABEL_KINDS)}"
    if correction.action != "set":
        return ""
    if correction.field not in FIELDS:
        return f"unknown field {correction.field!r}; known: {', '.join(FIELDS)}"
    try:
        typed(correction.field, correction.after)
    except ValueError:
        return f"{correction.after!r} is no {correction.field}"
    return ""


def typed(field: str, text: str) -> Any:
    """The text as the field's type. Raises ValueError."""
    if field in _CHOICES and text not in _CHOICES[field]:
        raise ValueError(text)
    return _NUMBERS[field](text) if field in _NUMBERS else text


def append_corrections(folder: Path, corrections: Sequence[Correction]) -> None:
    """Add decisions to the file, each line whole (one write), and on disk when this returns."""
    path = folder / FILE_NAME
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not path.exists() or path.stat().st_size == 0:
        writer.writerow(COLUMNS)
    writer.writerows([cell(getattr(c, name)) for name in COLUMNS] for c in corrections)
    try:
        with path.open("ab") as file:
            file.write(text.getvalue().encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputFailed(f"{path}: {error.strerror or error}; the decision was not kept") from error


def about(observation: Observation, document: DocumentRow) -> dict[str, str]:
    """The columns of a Correction that say which row is meant."""
    return {
        "observation_id": observation.observation_id,
        "document_sha256": document.sha256,
        "title": document.title,
        "page": str(observation.page or ""),
        "image": observation.image,
        "question": observation.question,
        "segment": observation.segment,
        "item": observation.item,
        "value": cell(observation.value),
        "unit": observation.unit,
    }


_NOISE = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Text as compared here: width, case, spaces and punctuation do not count."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


_Place = tuple[str, ...]
# (kind, label, question) -> canonical id, "" when none fits.
IdOf = Callable[[str, str, str], str]


class Corrector:
    """Applies decisions to the rows of one document after the other, and counts which found their row."""

    def __init__(self, corrections: Sequence[Correction], id_of: IdOf | None = None) -> None:
        live = standing(corrections)
        self._id_of = id_of
        self._by_id: dict[str, list[Correction]] = defaultdict(list)
        self._by_place: dict[_Place, list[Correction]] = defaultdict(list)
        self._labels = {(c.field, folded(c.before)): c for c in live if c.action == "label"}
        for correction in live:
            if correction.action != "label":
                self._by_id[correction.observation_id].append(correction)
                for place in _places(correction):
                    self._by_place[place].append(correction)
        self._rows = [c for c in live if c.action != "label"]
        self._used: set[int] = set()

    def apply(self, rows: DocumentRows) -> DocumentRows:
        """The document's rows after the decisions about them."""
        if not self._by_id and not self._labels:
            return rows
        meant = self._meant(rows)
        changed, added = [], []
        for observation in rows.observations:
            found = meant.get(observation.observation_id, [])
            self._used.update(map(id, found))
            changed.append(decided(self._relabelled(observation), found, self._id_of))
            added += _witnesses(rows, observation, found)
        return replace(
            rows,
            observations=tuple(changed),
            readings=_in_order(rows, added),
            labels=tuple(map(self._label_row, rows.labels)),
        )

    def _meant(self, rows: DocumentRows) -> dict[str, list[Correction]]:
        """Decisions by observation id; those whose id is gone, by the one row at the place they name."""
        ids = {o.observation_id for o in rows.observations}
        meant = {id: list(self._by_id[id]) for id in ids if id in self._by_id}
        at: dict[_Place, list[Observation]] = defaultdict(list)
        for observation in rows.observations:
            for place in _places_of(observation, rows.document):
                at[place].append(observation)
        for place, there in at.items():
            for correction in self._by_place.get(place, ()):
                if correction.observation_id in ids:
                    continue
                same = there if len(there) == 1 else [o for o in there if cell(o.value) == correction.value]
                if len(same) == 1 and correction not in meant.get(same[0].observation_id, []):
                    meant.setdefault(same[0].observation_id, []).append(correction)
        return meant

    def _relabelled(self, o: Observation) -> Observation:
        """The row with the ids that people gave to its labels."""
        changes: dict[str, Any] = {}
        for kind in LABEL_KINDS:
            given = self._labels.get((kind, folded(getattr(o, kind)))) if getattr(o, kind) else None
            if given:
                changes[f"{kind}_id"] = given.after
        if "item_id" in changes:
            changes["item_score"] = 100.0 if changes["item_id"] else None
        return replace(o, **changes) if changes else o

    def _label_row(self, row: LabelRow) -> LabelRow:
        given = self._labels.get((row.kind, folded(row.label)))
        if not given:
            return row
        return replace(row, id=given.after, score=100.0, decided_by="correction", why=given.why)

    @property
    def applied(self) -> int:
        """Decisions about rows that found theirs, so far."""
        return len(self._used)

    def stale(self) -> list[Correction]:
        """Decisions about rows that no document's rows answered."""
        return [c for c in self._rows if id(c) not in self._used]


def standing(corrections: Sequence[Correction]) -> list[Correction]:
    """The decisions that stand: an undo takes back all earlier ones about its row."""
    live: list[Correction] = []
    for correction in corrections:
        if correction.action == "undo":
            live = [c for c in live if c.observation_id != correction.observation_id]
        else:
            live.append(correction)
    return live


def _places(c: Correction) -> list[_Place]:
    what = (c.page, c.image, folded(c.question), folded(c.segment), folded(c.item), c.unit)
    return [(whole, *what) for whole in _documents(c.document_sha256, c.title)]


def _places_of(o: Observation, document: DocumentRow) -> list[_Place]:
    what = (str(o.page or ""), o.image, folded(o.question), folded(o.segment), folded(o.item), o.unit)
    return [(whole, *what) for whole in _documents(document.sha256, document.title)]


def _documents(sha256: str, title: str) -> list[str]:
    """The names under which a document may be known: its bytes, its title."""
    return [sha256] * bool(sha256) + [f"title:{folded(title)}"] * bool(folded(title))


def decided(
    observation: Observation, corrections: Iterable[Correction], id_of: IdOf | None = None
) -> Observation:
    """The row after the decisions, oldest first. A label put right loses the id of the wrong one and gets
    the one that ``id_of`` finds for it."""
    for c in corrections:
        if c.action == "set":
            changes = {c.field: typed(c.field, c.after)}
            if c.field in LABEL_KINDS:
                changes[f"{c.field}_id"] = id_of(c.field, c.after, observation.question) if id_of else ""
            observation = replace(observation, status="corrected", **changes)
        elif c.action == "reject":
            observation = replace(observation, status="rejected")
        elif observation.status != "corrected":
            observation = replace(observation, status="accepted")
    return observation


def _witnesses(
    rows: DocumentRows, observation: Observation, corrections: Sequence[Correction]
) -> list[ReadingRow]:
    """A person's decision is a witness like any other."""
    heard = sum(r.observation_id == observation.observation_id for r in rows.readings) if corrections else 0
    return [
        ReadingRow(
            observation_id=observation.observation_id,
            number=heard + n,
            method="correction",
            engine=c.who,
            value=float(c.after) if c.action == "set" and c.field == "value" else None,
            text=f"{c.field}: {c.before} -> {c.after}" if c.action == "set" else c.action,
            confidence=1.0,
            why=c.why,
        )
        for n, c in enumerate(corrections, 1)
    ]


def _in_order(rows: DocumentRows, added: Sequence[ReadingRow]) -> tuple[ReadingRow, ...]:
    """Readings in the order of their observations, each observation's in theirs."""
    if not added:
        return rows.readings
    order = {o.observation_id: n for n, o in enumerate(rows.observations)}
    return tuple(sorted((*rows.readings, *added), key=lambda r: (order[r.observation_id], r.number)))

"""Decisions onto the rows of a document: what they change, which found their row, which are stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chosa.corrections.decision import (
    LABEL_KINDS,
    Correction,
    Part,
    part_ids,
    parts_of,
    standing,
    typed,
)
from chosa.corrections.places import Finder, folded
from chosa.emit.cells import cell
from chosa.observation import Observation
from chosa.rows import DocumentRows
from chosa.tables import LabelRow, ReadingRow

# (kind, label, question) -> canonical id, "" when none fits.
IdOf = Callable[[str, str, str], str]
NO_SUCH_ROW = "no row is about this"


@dataclass(frozen=True, slots=True)
class Decided:
    """A row after the decisions about it. ``parts`` are split off it, each with the decision that did;
    ``unheeded`` are the decisions that judged another reading of the row."""

    row: Observation
    heeded: tuple[Correction, ...] = ()
    unheeded: tuple[Correction, ...] = ()
    parts: tuple[tuple[Observation, Correction], ...] = ()


class Corrector:
    """Applies decisions to the rows of one document after the other, and counts which found their row.

    ``present``: the sha256 of every document of the run; a decision about one of them is not looked for in
    others.
    """

    def __init__(
        self,
        corrections: Sequence[Correction],
        id_of: IdOf | None = None,
        present: frozenset[str] = frozenset(),
    ) -> None:
        live = standing(corrections)
        self._id_of = id_of
        self._labels = {(c.field, folded(c.before)): c for c in live if c.action == "label"}
        self._rows = [c for c in live if c.action != "label"]
        self._finder = Finder(self._rows, present)
        self._used: set[int] = set()
        self._unheeded: dict[int, str] = {}

    def apply(self, rows: DocumentRows) -> DocumentRows:
        """The document's rows after the decisions about them."""
        if not self._rows and not self._labels:
            return rows
        meant = self._finder.meant(rows)
        changed: list[Observation] = []
        added: list[ReadingRow] = []
        heard = Counter(r.observation_id for r in rows.readings) if meant else Counter()
        for observation in rows.observations:
            for each, made_by in self._unfolded(self._relabelled(observation), meant):
                self._note(each)
                changed.append(each.row)
                decisions = (*([made_by] if made_by else []), *each.heeded)
                added += _witnesses(each.row, decisions, heard[each.row.observation_id])
        return replace(
            _counted(rows, changed),
            observations=tuple(changed),
            readings=_in_order(rows, changed, added),
            labels=tuple(map(self._label_row, rows.labels)),
        )

    def _unfolded(
        self, observation: Observation, meant: Mapping[str, Sequence[Correction]]
    ) -> Iterator[tuple[Decided, Correction | None]]:
        def of(id: str) -> Sequence[Correction]:
            return meant.get(id) or self._finder.about(id)

        return unfolded(observation, of, self._id_of)

    def _note(self, each: Decided) -> None:
        self._used.update(map(id, each.heeded))
        now = f"the row reads {cell(each.row.value)} {each.row.item!r} now"
        self._unheeded.update((id(c), now) for c in each.unheeded)

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

    def stale(self) -> list[tuple[Correction, str]]:
        """Decisions about rows that changed nothing, each with the reason."""
        return [(c, self._unheeded.get(id(c), NO_SUCH_ROW)) for c in self._rows if id(c) not in self._used]


def unfolded(
    observation: Observation,
    decisions: Callable[[str], Sequence[Correction]],
    id_of: IdOf | None = None,
    made_by: Correction | None = None,
) -> Iterator[tuple[Decided, Correction | None]]:
    """The row after the decisions about it, then the rows split off it after the decisions about them; each
    with the decision that made it."""
    after = decided(observation, decisions(observation.observation_id), id_of)
    yield after, made_by
    for part, split in after.parts:
        yield from unfolded(part, decisions, id_of, split)


def decided(
    observation: Observation, corrections: Sequence[Correction], id_of: IdOf | None = None
) -> Decided:
    """The row after the decisions, oldest first. A label put right loses the id of the wrong one and gets
    the one that ``id_of`` finds for it."""
    row, read = observation, cell(observation.value)
    heeded, unheeded, parts = [], [], []
    for c in corrections:
        if c.action == "set":
            row = _with(row, {c.field: c.after}, id_of)
        elif c.action == "split":
            first, *others = parts_of(c)
            parts += [(_part(row, id, part, id_of), c) for id, part in zip(part_ids(c), others, strict=True)]
            row = _with(row, first, id_of)
        elif c.value not in ("", read, cell(row.value)):
            unheeded.append(c)
            continue
        elif c.action == "reject":
            row = replace(row, status="rejected")
        else:
            row = replace(row, status="corrected" if row.status == "corrected" else "accepted")
        heeded.append(c)
    return Decided(row, tuple(heeded), tuple(unheeded), tuple(parts))


def _with(row: Observation, part: Part, id_of: IdOf | None) -> Observation:
    """The row with these fields as a person says they are."""
    changes = {field: typed(field, text) for field, text in part.items()}
    for kind in LABEL_KINDS:
        if kind in changes and f"{kind}_id" not in changes and changes[kind] != getattr(row, kind):
            changes[f"{kind}_id"] = id_of(kind, changes[kind], row.question) if id_of else ""
    return replace(row, status="corrected", **changes)


def _part(row: Observation, id: str, part: Part, id_of: IdOf | None) -> Observation:
    """A row that a split adds: at the place of the one it was split off, a fact of its own."""
    return replace(_with(row, part, id_of), observation_id=id, fact_id=id, witnesses="correction")


def _counted(rows: DocumentRows, changed: Sequence[Observation]) -> DocumentRows:
    """Pages and charts with the number of rows that they have after splits."""
    if len(changed) == len(rows.observations):
        return rows
    on_page = Counter((o.page, o.image) for o in changed)
    in_chart = Counter(o.chart_id for o in changed)
    pages = (replace(p, observations=on_page[p.page, p.image]) for p in rows.pages)
    charts = (replace(c, observations=in_chart[c.chart_id]) for c in rows.charts)
    return replace(rows, pages=tuple(pages), charts=tuple(charts))


def _witnesses(o: Observation, corrections: Sequence[Correction], heard: int) -> list[ReadingRow]:
    """A person's decision is a witness like any other."""
    return [
        ReadingRow(
            observation_id=o.observation_id,
            number=heard + n,
            method="correction",
            engine=c.who,
            value=_told(c, o),
            text=f"{c.field}: {c.before} -> {c.after}"
            if c.action == "set"
            else f"{c.action} {c.after}".strip(),
            confidence=1.0,
            why=c.why,
        )
        for n, c in enumerate(corrections, 1)
    ]


def _told(c: Correction, o: Observation) -> float | None:
    """The number that the decision states, if any."""
    if c.action == "set":
        return float(c.after) if c.field == "value" else None
    return o.value if c.action == "split" else None


def _in_order(
    rows: DocumentRows, changed: Sequence[Observation], added: Sequence[ReadingRow]
) -> tuple[ReadingRow, ...]:
    """Readings in the order of their observations, each observation's in theirs."""
    if not added:
        return rows.readings
    order = {o.observation_id: n for n, o in enumerate(changed)}
    return tuple(sorted((*rows.readings, *added), key=lambda r: (order[r.observation_id], r.number)))

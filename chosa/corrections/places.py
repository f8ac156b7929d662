"""Which row a decision means when the row's id is gone: a new version, or another file of the same report.

In the same bytes a row is known by its page and its labels, or by its box: what a person set about the
number in that box holds whatever labels a new version gives it. In another file, which only its title or
name ties to the first, labels and number must be the same: two years of one survey share title and labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from chosa.corrections.decision import Correction, file_name, part_ids
from chosa.emit.cells import cell
from chosa.observation import Observation
from chosa.rows import DocumentRows

SAME_BOX = 0.5  # share of the smaller box that two versions' boxes of one number have in common
_NOISE = re.compile(r"[\W_]+")
_Labels = tuple[str, str, str, str]


def folded(text: str) -> str:
    """Text as compared here: width, case, spaces and punctuation do not count."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Finder:
    """The decisions of a run by what they are about; ``present``: the sha256 of every document in it."""

    def __init__(self, live: Sequence[Correction], present: frozenset[str] = frozenset()) -> None:
        self._present = present
        self._by_id: defaultdict[str, list[Correction]] = defaultdict(list)
        for c in live:
            self._by_id[c.observation_id].append(c)
        made = {id for c in live if c.action == "split" for id in part_ids(c)}
        self._by_document: defaultdict[str, list[str]] = defaultdict(list)
        for id, those in self._by_id.items():
            for name in _names(those[0].document_sha256, those[0].title, those[0].file):
                if id not in made:
                    self._by_document[name].append(id)

    def about(self, id: str) -> Sequence[Correction]:
        """The decisions that name this id."""
        return self._by_id.get(id, ())

    def meant(self, rows: DocumentRows) -> dict[str, list[Correction]]:
        """Decisions by the id of the document's row they are about, under whatever id they were made."""
        ids = {o.observation_id for o in rows.observations}
        meant = {id: list(self._by_id[id]) for id in ids if id in self._by_id}
        document = rows.document
        names = _names(document.sha256, document.title, file_name(document.file))
        homeless = dict.fromkeys(id for name in names for id in self._by_document.get(name, ()))
        at = _by_labels(rows.observations) if homeless else {}
        for id in homeless:
            if id in ids:
                continue
            row, those = self._found(self._by_id[id], rows, at)
            if row and those:
                kept = meant.setdefault(row.observation_id, [])
                kept += those
                kept.sort(key=lambda c: c.when)
        return meant

    def _found(
        self, those: Sequence[Correction], rows: DocumentRows, at: Mapping[_Labels, Sequence[Observation]]
    ) -> tuple[Observation | None, Sequence[Correction]]:
        """The row that decisions about one row mean here, and those of them that hold for it."""
        first = those[0]
        labels = (folded(first.question), folded(first.segment), folded(first.item), first.unit)
        alike = at.get(labels, ())
        if first.document_sha256 != rows.document.sha256:
            if first.document_sha256 in self._present:
                return None, ()
            return _only([o for o in alike if cell(o.value) in _values(those)], first), those
        here = [o for o in alike if _on_page(o, first)]
        row = _only(here, first)
        if row:
            return row, those
        boxed = [o for o in rows.observations if o.unit == first.unit and _on_page(o, first)]
        return _only([o for o in boxed if _overlap(o, first)], first), [c for c in those if c.action == "set"]


def _names(sha256: str, title: str, file: str) -> list[str]:
    """The names under which a document may be known: its bytes, its title, its file's name."""
    named = [sha256] if sha256 else []
    return [*named, *(f"{kind}:{folded(text)}" for kind, text in (("t", title), ("f", file)) if folded(text))]


def _by_labels(observations: Iterable[Observation]) -> dict[_Labels, list[Observation]]:
    at: defaultdict[_Labels, list[Observation]] = defaultdict(list)
    for o in observations:
        at[folded(o.question), folded(o.segment), folded(o.item), o.unit].append(o)
    return at


def _only(rows: Sequence[Observation], c: Correction) -> Observation | None:
    """The one row that is meant: of several the one with the number, or in the place, that was decided
    about; None when that leaves more than one or none."""
    for alike in (_same_number, _on_page, _overlap):
        if len(rows) > 1:
            rows = [o for o in rows if alike(o, c)] or rows
    return rows[0] if len(rows) == 1 else None


def _same_number(o: Observation, c: Correction) -> bool:
    return cell(o.value) == c.value


def _values(those: Iterable[Correction]) -> set[str]:
    """The number as it was read when decided about, and as people set it."""
    return {c.value for c in those} | {c.after for c in those if c.action == "set" and c.field == "value"}


def _on_page(o: Observation, c: Correction) -> bool:
    return (str(o.page or ""), o.image) == (c.page, c.image)


def _overlap(o: Observation, c: Correction) -> bool:
    """Whether the row's box is the one that was decided about."""
    corners = c.box.split()
    if len(corners) != 4 or o.x0 is None or o.y0 is None or o.x1 is None or o.y1 is None:
        return False
    x0, y0, x1, y1 = map(float, corners)
    common = max(0.0, min(x1, o.x1) - max(x0, o.x0)) * max(0.0, min(y1, o.y1) - max(y0, o.y0))
    smaller = min((x1 - x0) * (y1 - y0), (o.x1 - o.x0) * (o.y1 - o.y0))
    return common > 0 and common >= SAME_BOX * smaller

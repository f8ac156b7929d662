"""Labels from a wrong-language text layer, matched against the taxonomy garbled the same way.

``HRARAI—H ot 2BE`` cannot be led back to カスタマーサクセス白書; but reading the drawn label with the same
wrong
model gives nearly the same debris (normalize/garble.py makes that table). What is found here is never
certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from normalize import settings
from normalize.fold import plain
from normalize.rank import Ranked
from normalize.tables import rows
from normalize.taxonomy import KINDS, Kind, Taxonomy

_DASHES = re.compile(r"[-‐-―−ー~_=]+")
_SPACE = re.compile(r"\s+")
HEAD = 0.6  # share of a reading's length that a cut-off label must have to be compared with its beginning


class GarbledRanker:
    """Ranks candidates by the readings of their wordings; the nearest reading of an id counts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._readings: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
        self._owners: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        for row in rows("garbled"):
            for kind in KINDS:
                if row["kind"] == kind and row["id"] in taxonomy.concepts[kind]:
                    self._readings[kind].append(debris(row["garbled"]))
                    self._owners[kind].append((row["id"], row["wording"]))

    def rank(self, labels: Sequence[str], kind: Kind) -> list[list[Ranked]]:
        """Per label its candidates, best first; scores 0-100 stay below those of legible labels."""
        readings = self._readings[kind]
        if not readings:
            return [[] for _ in labels]
        ranked = []
        for label in labels:
            own = debris(label)
            scores = process.cdist([own], readings, scorer=fuzz.ratio)[0]
            best: dict[str, Ranked] = {}
            for score, reading, (concept_id, wording) in zip(
                scores, readings, self._owners[kind], strict=True
            ):
                likeness = max(float(score), _beginning(own, reading))
                if concept_id not in best or likeness > best[concept_id].score:
                    best[concept_id] = Ranked(concept_id, likeness, wording)
            scaled = [Ranked(r.id, r.score * settings.GARBLED / 100.0, r.wording) for r in best.values()]
            ranked.append(sorted(scaled, key=lambda r: (-r.score, r.id))[: settings.CANDIDATES])
        return ranked


def debris(text: str) -> str:
    """Garbled text as it is compared: no spaces, one dash, one case."""
    return _SPACE.sub("", _DASHES.sub("-", plain(text))).casefold()


def _beginning(own: str, reading: str) -> float:
    """Likeness with the beginning of a longer reading: labels of a chart are cut off where the dump cut
    them."""
    if not HEAD * len(reading) <= len(own) < len(reading):
        return 0.0
    return 0.95 * fuzz.ratio(own, reading[: len(own)])

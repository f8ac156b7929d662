"""Labels from a wrong-language text layer, matched against the taxonomy garbled the same way.

``HRARAI—H ot 2BE`` cannot be led back to カスタマーサクセス白書; but reading the drawn label with the same
wrong
model gives nearly the same debris (normalize/garble.py makes that table). What is found here is never
certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize import settings
from normalize.fold import plain
from normalize.rank import Ranked
from normalize.tables import rows
from normalize.taxonomy import KINDS, Kind, Taxonomy

_DASHES = re.compile(r"[-‐-―−ー~_=]+")
_SPACE = re.compile(r"\s+")
_NOTE = re.compile(r"\s*\([^()]*\)?\s*$")


class GarbledRanker:
    """Ranks candidates by the readings of their wordings; the nearest reading of an id counts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._readings: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
        self._owners: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        for row in rows("garbled"):
            for kind in KINDS:
                if row["kind"] == kind and row["id"] in taxonomy.concepts[kind]:
                    forms = dict.fromkeys((debris(row["garbled"]), head(row["garbled"])))
                    self._readings[kind] += forms
                    self._owners[kind] += [(row["id"], row["wording"])] * len(forms)

    def rank(
        self, labels: Sequence[str], kind: Kind, facets: frozenset[str] = frozenset()
    ) -> list[list[Ranked]]:
        """Per label its candidates, best first; scores 0-100 stay below those of legible labels."""
        if not self._readings[kind]:
            return [[] for _ in labels]
        return [self._rank_one(label, kind, facets) for label in labels]

    def _rank_one(self, label: str, kind: Kind, facets: frozenset[str]) -> list[Ranked]:
        own = list(dict.fromkeys((debris(label), head(label))))
        likeness = process.cdist(own, self._readings[kind], scorer=Levenshtein.normalized_similarity).max(
            axis=0
        )
        best: dict[str, Ranked] = {}
        for score, (concept_id, wording) in zip(likeness, self._owners[kind], strict=True):
            if concept_id not in best or score > best[concept_id].score:
                best[concept_id] = Ranked(concept_id, float(score), wording)
        concepts = self._taxonomy.concepts[kind]
        ranked = [
            Ranked(r.id, self._scaled(r.score, facets.intersection(concepts[r.id].facets)), r.wording)
            for r in best.values()
        ]
        return sorted(ranked, key=lambda r: (-r.score, r.id))[: settings.CANDIDATES]

    @staticmethod
    def _scaled(likeness: float, asked: frozenset[str]) -> float:
        return settings.GARBLED * likeness + (settings.GARBLED_FACET if asked else 0.0)


def debris(text: str) -> str:
    """Garbled text as it is compared: no spaces, one dash."""
    return _SPACE.sub("", _DASHES.sub("-", plain(text)))


def head(text: str) -> str:
    """The debris without a bracket at its end: what is left of 複数回答 and other notes."""
    return debris(_NOTE.sub("", plain(text))) or debris(text)

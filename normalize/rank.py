"""Fuzzy candidates of a label, best first: shared bigrams, then weighted edits, then the question's facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize import settings
from normalize.candidates import CandidateIndex
from normalize.fold import fold
from normalize.guards import guard
from normalize.similarity import similarity
from normalize.taxonomy import KINDS, Kind, Taxonomy
from normalize.wording import take_apart


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate id with its score (0-100) and the wording that was nearest; ``taken`` by another label."""

    id: str
    score: float
    wording: str
    taken: bool = False


class Ranker:
    """Ranks candidates; what it computes for a label is remembered, so a label seen again costs nothing."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._wordings: dict[Kind, list[tuple[str, str, str]]] = {}
        self._indexes: dict[Kind, CandidateIndex] = {}
        self._seen: dict[tuple[Kind, str], list[Ranked]] = {}
        for kind in KINDS:
            wordings = {}
            for text, concept_id in taxonomy.wordings(kind):
                wordings.setdefault(fold(text), (fold(text), concept_id, text))
            self._wordings[kind] = list(wordings.values())
            self._indexes[kind] = CandidateIndex([key for key, _, _ in self._wordings[kind]])

    def rank(self, labels: Sequence[str], kind: Kind, facets: frozenset[str] = frozenset()) -> list[list[Ranked]]:
        """Per label its candidates, best first; ``facets`` are those the question asks for (empty: unknown)."""
        new = list(dict.fromkeys(label for label in labels if (kind, label) not in self._seen))
        if new:
            self._compare(new, kind)
        return [self._in_context(self._seen[kind, label], kind, facets) for label in labels]

    def _compare(self, labels: list[str], kind: Kind) -> None:
        variants = [(i, key) for i, label in enumerate(labels) for key in _variants(label)]
        nearest = self._indexes[kind].nearest([key for _, key in variants], settings.CANDIDATES, settings.COSINE)
        best: list[dict[str, Ranked]] = [{} for _ in labels]
        for (i, key), positions in zip(variants, nearest, strict=True):
            own = guard(key)
            for position in positions:
                other, concept_id, text = self._wordings[kind][position]
                if not own.agrees(guard(other)):
                    continue
                score = 100.0 * similarity(key, other)
                if concept_id not in best[i] or score > best[i][concept_id].score:
                    best[i][concept_id] = Ranked(concept_id, score, text)
        for label, found in zip(labels, best, strict=True):
            self._seen[kind, label] = sorted(found.values(), key=lambda r: (-r.score, r.id))

    def _in_context(self, ranked: list[Ranked], kind: Kind, facets: frozenset[str]) -> list[Ranked]:
        if not facets:
            return ranked
        concepts = self._taxonomy.concepts[kind]
        moved = [
            replace(r, score=min(settings.MAX_FUZZY, r.score + settings.FACET_BONUS))
            if facets.intersection(concepts[r.id].facets)
            else replace(r, score=r.score - settings.FACET_MALUS)
            for r in ranked
        ]
        return sorted(moved, key=lambda r: (-r.score, r.id))


def _variants(label: str) -> list[str]:
    """Keys to compare: the label without decoration, and without notes when it has any."""
    wording = take_apart(label)
    keys = [fold(wording.text)]
    if wording.notes:
        keys.append(fold(wording.head))
    return [key for key in dict.fromkeys(keys) if key]

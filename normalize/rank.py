"""Fuzzy candidates of a label, best first: shared bigrams, then weighted edits, then the question's facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from normalize import settings
from normalize.candidates import CandidateIndex
from normalize.fold import fold
from normalize.guards import guard
from normalize.sense import sense, sense_key
from normalize.similarity import misread, similarity
from normalize.taxonomy import KINDS, Kind, Taxonomy
from normalize.wording import asked, take_apart

GENERAL = frozenset({"answer", "stat"})  # facets at home under every question


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate id with its score (0-100) and the wording that was nearest; ``taken`` by another label."""

    id: str
    score: float
    wording: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling of a wording that labels are compared with: its key, or the sense of that key."""

    form: str
    key: str
    id: str
    text: str


class Ranker:
    """Ranks candidates; what it computes for a label is remembered, so a label seen again costs nothing."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._forms: dict[Kind, list[_Form]] = {}
        self._indexes: dict[Kind, CandidateIndex] = {}
        self._senses: dict[Kind, dict[str, _Form]] = {}
        self._seen: dict[tuple[Kind, str], list[Ranked]] = {}
        for kind in KINDS:
            wordings = [(fold(text), concept_id, text) for text, concept_id in taxonomy.wordings(kind)]
            forms = {
                form: _Form(form, key, i, text)
                for key, i, text in reversed(wordings)
                for form in (sense(key), key)
            }
            self._forms[kind] = list(forms.values())
            self._indexes[kind] = CandidateIndex([f.form for f in self._forms[kind]])
            self._senses[kind] = _unshared(wordings)

    def rank(
        self, labels: Sequence[str], kind: Kind, facets: frozenset[str] = frozenset()
    ) -> list[list[Ranked]]:
        """Per label its candidates, best first; ``facets`` are those the question asks for (empty:
        unknown)."""
        new = list(dict.fromkeys(label for label in labels if (kind, label) not in self._seen))
        if new:
            self._compare(new, kind)
        return [self._in_context(self._seen[kind, label], kind, facets) for label in labels]

    def _compare(self, labels: list[str], kind: Kind) -> None:
        keys = [(i, key) for i, label in enumerate(labels) for key in _variants(label, kind)]
        forms = {(i, form): key for i, key in keys for form in (sense(key), key)}
        nearest = self._indexes[kind].nearest(
            [form for _, form in forms], settings.CANDIDATES, settings.COSINE
        )
        best: list[dict[str, Ranked]] = [{} for _ in labels]
        for ((i, form), key), positions in zip(forms.items(), nearest, strict=True):
            for other in (self._forms[kind][position] for position in positions):
                score = self._score(form, key, other, kind)
                if score > 0.0:
                    _keep_best(best[i], Ranked(other.id, score, other.text))
        for i, key in keys:
            same = self._senses[kind].get(sense_key(key))
            if same and guard(key).agrees(guard(same.key)):
                _keep_best(best[i], Ranked(same.id, settings.SENSE, same.text))
        for label, found in zip(labels, best, strict=True):
            self._seen[kind, label] = sorted(found.values(), key=lambda r: (-r.score, r.id))

    def _score(self, form: str, key: str, other: _Form, kind: Kind) -> float:
        """Score of one wording for one form of a label, 0 when something exact parts them."""
        own, its = guard(key), guard(other.key)
        as_written = form == key and other.form == other.key
        pairs = self._indexes[kind].pairs
        if as_written and own.damaged(its) and (glyphs := misread(key, other.key, pairs)):
            return max(settings.MAX_FUZZY - settings.MISREAD_MALUS * glyphs, score_of(form, other.form))
        if not own.agrees(its):
            return 0.0
        score = score_of(form, other.form)
        return score if as_written else score * settings.SENSE / 100.0

    def _in_context(self, ranked: list[Ranked], kind: Kind, facets: frozenset[str]) -> list[Ranked]:
        if not facets:
            return ranked
        moved = []
        for r in ranked:
            own = self._taxonomy.concepts[kind][r.id].facets
            if facets.intersection(own):
                r = replace(r, score=min(settings.MAX_FUZZY, r.score + settings.FACET_BONUS))
            elif not GENERAL.intersection(own):
                r = replace(r, score=r.score - settings.FACET_MALUS)
            moved.append(r)
        return sorted(moved, key=lambda r: (-r.score, r.id))


def _variants(label: str, kind: Kind) -> list[str]:
    """Keys to compare: the label without decoration, without notes when it has any, a question also
    shortened."""
    wording = take_apart(label)
    keys = [fold(wording.text)]
    if wording.notes and not wording.narrowed:
        keys.append(fold(wording.head))
    if kind == "question":
        keys += map(fold, asked(wording.text))
    return [key for key in dict.fromkeys(keys) if key]


def score_of(form: str, other: str) -> float:
    """Similarity on the scale of scores. English is compared by words elsewhere: here only misreadings
    pass."""
    if form.isascii() and Levenshtein.distance(form, other) > len(form) * settings.ENGLISH_EDITS:
        return 0.0
    score = min(settings.MAX_FUZZY, 100.0 * similarity(form, other))
    return (
        score
        if len(form) >= settings.SHORT
        else min(score, settings.MAX_FUZZY - settings.SHORT_MALUS * (form != other))
    )


def _keep_best(best: dict[str, Ranked], new: Ranked) -> None:
    if new.id not in best or new.score > best[new.id].score:
        best[new.id] = new


def _unshared(wordings: list[tuple[str, str, str]]) -> dict[str, _Form]:
    """Sense keys of several words that belong to one id only."""
    owners: dict[str, dict[str, _Form]] = {}
    for key, concept_id, text in wordings:
        owners.setdefault(sense_key(key), {}).setdefault(
            concept_id, _Form(sense_key(key), key, concept_id, text)
        )
    return {s: next(iter(ids.values())) for s, ids in owners.items() if " " in s and len(ids) == 1}

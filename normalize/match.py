"""A label in, a canonical id or a refusal out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalize import settings
from normalize.assign import one_to_one
from normalize.bands import bands_of, parse_band
from normalize.fold import fold
from normalize.garbled import GarbledRanker
from normalize.lookup import Found, Lookup
from normalize.rank import Ranked, Ranker
from normalize.sense import spelled
from normalize.similarity import misread
from normalize.taxonomy import Taxonomy, load_taxonomy
from normalize.units import parse_period
from normalize.wording import GROUP, metric_and_answer, metric_and_trend, parts, sides, take_apart

LabelKind = Literal["item", "segment", "question"]
DecidedBy = Literal["exact", "alias", "fuzzy", "correction", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One canonical id a label might mean, score 0-100."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """A label's canonical id, or a refusal: ``id`` None with ``why``. Scores 0-100."""

    label: str
    kind: LabelKind
    id: str | None
    score: float
    decided_by: DecidedBy
    runner_up: Candidate | None = None
    why: str = ""

    @property
    def margin(self) -> float:
        """Points between the id and the best other candidate."""
        return self.score - (self.runner_up.score if self.runner_up else 0.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a candidate must reach: ``floor`` and ``margin`` in points; ``trust`` scales what seems
    certain."""

    floor: float
    margin: float
    trust: float


LEGIBLE = Bar(settings.FLOOR, settings.MARGIN, 1.0)
GARBLED = Bar(settings.GARBLED_FLOOR, settings.GARBLED_MARGIN, settings.GARBLED / 100.0)


# facets whose short words are everyday words
EVERYDAY_FACETS = frozenset({"ai_use", "channel", "churn_reason", "department", "skill", "team", "when"})
TRENDING = frozenset({"kpi", "health_score"})  # facets whose items go up and down


class Matcher:
    """Matches labels against a taxonomy (the built-in one when none is given)."""

    def __init__(self, taxonomy: Taxonomy | None = None) -> None:
        self.taxonomy = taxonomy or load_taxonomy()
        self._lookup = Lookup(self.taxonomy)
        self._ranker = Ranker(self.taxonomy)
        self._garbled = GarbledRanker(self.taxonomy)
        self._facets: dict[tuple[str, bool], frozenset[str]] = {}

    def match(
        self,
        labels: Sequence[str],
        kind: LabelKind,
        question: str = "",
        garbled: bool = False,
        dimension: str | None = None,
    ) -> list[Match]:
        """One Match per label. ``labels`` are the distinct labels that stand together (one chart's
        items go to distinct ids); ``question`` is their question as worded, "" when unknown;
        ``dimension`` is what bands are of that do not say it (``bands_of``), None: what those of
        ``labels`` are.
        ``garbled``: the labels come from a text layer in the wrong language; scores stay low."""
        bar = GARBLED if garbled else LEGIBLE
        facets = self._facets_asked(kind, question, garbled)
        decided = [self._certain(label, kind, question, bar) for label in labels]
        decided = self._bands_alike(labels, decided, kind, dimension)
        if question:
            decided = [self._in_context(match, facets) for match in decided]
        open_labels = [i for i, match in enumerate(decided) if match is None]
        if open_labels:
            taken = {match.id for match in decided if match and match.id}
            unsure = [labels[i] for i in open_labels]
            ranker = self._garbled if garbled else self._ranker
            ranked = ranker.rank(unsure, kind, facets)
            chosen = one_to_one(ranked, taken, bar.floor)
            for i, own, pick in zip(open_labels, ranked, chosen, strict=True):
                verdict = _verdict(labels[i], kind, own, pick, bar)
                decided[i] = verdict if garbled else self._derived(verdict) or verdict
        matches = [match for match in decided if match is not None]
        return [_with_twin(match, matches) for match in matches]

    def nearest(self, label: str, kind: LabelKind) -> Candidate | None:
        """The best candidate of a label, accepted or not."""
        ranked = self._ranker.rank([label], kind)[0]
        return Candidate(ranked[0].id, ranked[0].score) if ranked else None

    def _certain(self, label: str, kind: LabelKind, question: str, bar: Bar) -> Match | None:
        """What needs no similarity: known keys, bands, compositions; also labels with nothing to compare."""
        if not fold(label):
            return Match(label, kind, None, 0.0, "none", why="no letters or digits")
        found = (
            self._lookup.find(label, kind) or self._band(label, kind, question) or self._composed(label, kind)
        )
        if not found:
            return None
        by: DecidedBy = "exact" if found.score in (settings.EXACT, settings.BAND) else "alias"
        return Match(label, kind, found.id, found.score * bar.trust, by, why=found.why)

    def _in_context(self, match: Match | None, facets: frozenset[str]) -> Match | None:
        """A short everyday word (価格, 訪問) names its concept only under a question that asks for such
        things."""
        concept = (
            self.taxonomy.concepts["item"].get(match.id or "") if match and match.kind == "item" else None
        )
        if not match or not concept or len(fold(match.label)) > settings.EVERYDAY:
            return match
        if concept.facet not in EVERYDAY_FACETS or facets.intersection(concept.facets):
            return match
        why = f"too short to mean {concept.id} outside a question of its kind"
        return Match(match.label, match.kind, None, 0.0, "none", Candidate(concept.id, match.score), why)

    def _band(self, label: str, kind: LabelKind, question: str, dimension: str = "") -> Found | None:
        if kind == "question":
            return None
        wording = take_apart(label)
        texts = [wording.text, wording.head]
        if kind == "segment":
            texts += [GROUP.sub("", text) for text in texts]
        for text in dict.fromkeys(texts):
            if band := parse_band(text, question, dimension):
                return Found(band.id, settings.BAND, f"a band of {band.dimension}")
            if kind == "segment" and (period := parse_period(text)):
                return Found(period.id, settings.BAND, "a period")
        return None

    def _bands_alike(
        self, labels: Sequence[str], decided: Sequence[Match | None], kind: LabelKind, dimension: str | None
    ) -> list[Match | None]:
        """A band that does not say of what (300名未満) is of what those beside it are (従業員300名以上)."""
        out = list(decided)
        if None not in decided or kind == "question":
            return out
        dimension = bands_of(labels) if dimension is None else dimension
        for i, match in enumerate(decided if dimension else ()):
            if match is None and (found := self._band(labels[i], kind, "", dimension)):
                out[i] = Match(labels[i], kind, found.id, found.score, "alias", why=found.why)
        return out

    def _composed(self, label: str, kind: LabelKind) -> Found | None:
        """``metric:answer`` for items, ``A × B`` and ``A vs. B`` for segments, when both sides are known."""
        text = take_apart(label).text
        if kind == "item" and (pair := metric_and_answer(text)):
            sign, pieces = "=", list(pair)
        elif kind == "segment" and (split := sides(text)):
            sign, pieces = f" {split[0]} ", split[1]
        else:
            return None
        ids = [self._known(piece, kind) for piece in pieces]
        if not all(ids):
            return None
        return Found(sign.join(filter(None, ids)), settings.ALIAS, f"composed of {len(pieces)} known labels")

    def _derived(self, verdict: Match) -> Match | None:
        """An item the taxonomy does not have, made of items it has: MRRの増加 -> kpi.mrr=trend.up (rather
        than a mediocre match), NPS・解約率 -> kpi.churn + kpi.nps (rather than none; in one order, however
        worded)."""
        if verdict.kind != "item" or (verdict.id and verdict.score >= settings.DERIVED):
            return None
        text = take_apart(verdict.label).text
        if split := metric_and_trend(spelled(fold(text))):
            metric = self._lookup.find(split[0], "item")
            if metric and self._facet(metric.id) in TRENDING:
                return _derived(verdict, f"{metric.id}=trend.{split[1]}")
        ids = set() if verdict.id else {self._known(piece, "item") for piece in parts(text)}
        return (
            _derived(verdict, " + ".join(sorted(filter(None, ids))))
            if len(ids) > 1 and None not in ids
            else None
        )

    def _facet(self, concept_id: str) -> str:
        return self.taxonomy.concepts["item"][concept_id].facet

    def _known(self, piece: str, kind: LabelKind) -> str | None:
        found = self._lookup.find(piece, kind) or self._band(piece, kind, "")
        return found.id if found else None

    def _facets_asked(self, kind: LabelKind, question: str, garbled: bool) -> frozenset[str]:
        """The facets a question's answers come from; empty when the question is unknown."""
        if kind != "item" or not question:
            return frozenset()
        if (question, garbled) not in self._facets:
            title = question.rpartition("｜")[0] or question  # a matrix row asks what its title asks
            (match,) = self.match([title], "question", garbled=garbled)
            concept = self.taxonomy.concepts["question"].get(match.id or "")
            self._facets[question, garbled] = frozenset(concept.facets if concept else ())
        return self._facets[question, garbled]


def _derived(verdict: Match, made: str) -> Match:
    return Match(verdict.label, verdict.kind, made, settings.DERIVED, "alias", why="made of known items")


def _with_twin(match: Match, chart: Sequence[Match]) -> Match:
    """A label refused because another has its id gets it after all when the other is the same label,
    misread."""
    if match.id or not match.runner_up or match.runner_up.score < settings.FLOOR:
        return match
    for other in chart:
        if other.id == match.runner_up.id and misread(fold(match.label), fold(other.label)):
            why = f"the same label as {other.label!r}, misread"
            return Match(match.label, match.kind, other.id, match.runner_up.score, "fuzzy", why=why)
    return match


def _verdict(label: str, kind: LabelKind, ranked: list[Ranked], pick: Ranked | None, bar: Bar) -> Match:
    """Accept the picked candidate, or say why not."""
    if not ranked:
        return Match(label, kind, None, 0.0, "none", why="nothing like it in the taxonomy")
    best = pick or ranked[0]
    other = next((r for r in ranked if r.id != best.id and not r.taken), None)
    runner_up = Candidate(other.id, other.score) if other else None
    accepted = Match(label, kind, best.id, best.score, "fuzzy", runner_up, f"like {best.wording!r}")
    if best.score < bar.floor:
        why = f"nearest is {best.id} ({best.wording}) at {best.score:.0f}, below {bar.floor:.0f}"
    elif pick is None:
        why = f"{best.id} goes to another label of the chart"
    elif runner_up and accepted.margin < bar.margin:
        rival = f"{runner_up.id} {runner_up.score:.0f}"
        return replace(accepted, id=None, decided_by="none", why=f"too close to call: {best.id}, {rival}")
    else:
        return accepted
    nearest = Candidate(best.id, best.score)
    return Match(label, kind, None, best.score, "none", nearest, why)

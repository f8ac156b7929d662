"""Labels the taxonomy does not know, grouped over all documents: one group, one thing to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize import settings
from normalize.candidates import CandidateIndex
from normalize.fold import fold
from normalize.guards import guard
from normalize.rank import score_of
from normalize.sense import sense_key
from normalize.taxonomy import Kind
from normalize.wording import take_apart

# score at which two unknown labels are one group; above FLOOR: nobody has vouched for either wording
ALIKE = 90.0


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A label without an id, as it stands in one document."""

    label: str
    kind: Kind
    document: str
    question: str = ""
    occurrences: int = 1


@dataclass(frozen=True, slots=True)
class Cluster:
    """Labels that say the same, the most frequent wording first."""

    kind: Kind
    labels: tuple[str, ...]
    documents: tuple[str, ...]
    questions: tuple[str, ...]
    occurrences: int


def cluster_labels(unknown: Iterable[UnknownLabel]) -> list[Cluster]:
    """Groups of unknown labels, those in most documents first.

    Two labels are joined when their keys or senses are equal or alike and nothing exact (polarity, numbers)
    parts them; groups are the connected components.
    """
    by_kind: dict[Kind, list[UnknownLabel]] = defaultdict(list)
    for one in unknown:
        if fold(one.label):
            by_kind[one.kind].append(one)
    clusters = [cluster for kind, own in by_kind.items() for cluster in _cluster_kind(kind, own)]
    return sorted(clusters, key=lambda c: (-len(c.documents), -c.occurrences, c.kind, c.labels))


def _cluster_kind(kind: Kind, unknown: Sequence[UnknownLabel]) -> list[Cluster]:
    keys = sorted({_key(one.label) for one in unknown})
    group = _components(keys)
    members: dict[int, list[UnknownLabel]] = defaultdict(list)
    for one in unknown:
        members[group[_key(one.label)]].append(one)
    return [_cluster(kind, own) for own in members.values()]


def _cluster(kind: Kind, own: Sequence[UnknownLabel]) -> Cluster:
    counts: Counter[str] = Counter()
    for one in own:
        counts[one.label] += one.occurrences
    labels = tuple(sorted(counts, key=lambda label: (-counts[label], label)))
    documents = tuple(sorted({one.document for one in own}))
    questions = tuple(sorted({one.question for one in own if one.question}))
    return Cluster(kind, labels, documents, questions, sum(counts.values()))


def _components(keys: Sequence[str]) -> dict[str, int]:
    """Number of its component for each key (union-find)."""
    parent = list(range(len(keys)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    senses: dict[str, int] = {}
    for i, key in enumerate(keys):
        same = senses.setdefault(sense_key(key) or key, i)
        if guard(key).agrees(guard(keys[same])):
            parent[root(i)] = root(same)
    nearest = CandidateIndex(keys).nearest(keys, settings.CANDIDATES, settings.COSINE)
    for i, others in enumerate(nearest):
        for j in others:
            if j > i and guard(keys[i]).agrees(guard(keys[j])) and score_of(keys[i], keys[j]) >= ALIKE:
                parent[root(j)] = root(i)
    return {key: root(i) for i, key in enumerate(keys)}


def _key(label: str) -> str:
    return fold(take_apart(label).text)

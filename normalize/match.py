"""A label in, a canonical id or a refusal out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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


class Matcher:
    """Matches labels against a taxonomy."""

    def match(
        self, labels: Sequence[str], kind: LabelKind, question: str = "", garbled: bool = False
    ) -> list[Match]:
        """One Match per label. ``labels`` are the distinct labels that stand together (one chart's
        items go to distinct ids); ``question`` is their question as worded, "" when unknown."""
        return [Match(label, kind, None, 0.0, "none", why="not tried") for label in labels]

"""One chart's labels to distinct ids: the assignment with the highest total score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from normalize import settings
from normalize.rank import Ranked


def one_to_one(ranked: Sequence[list[Ranked]], taken: Collection[str], floor: float) -> list[Ranked | None]:
    """Per label the candidate it gets among those at ``floor`` or better, None when its id goes to another
    label.

    ``taken`` ids belong to labels decided with certainty; candidates of theirs are marked in ``ranked`` (in
    place).
    """
    for own in ranked:
        own[:] = [replace(r, taken=True) if r.id in taken else r for r in own]
    free = [[r for r in own if not r.taken and r.score >= floor] for own in ranked]
    first = [own[0].id for own in free if own]
    contested = len(set(first)) < len(first)
    picked = _assigned(free) if contested else [own[0] if own else None for own in free]
    return [_unless_far_behind(pick, own) for pick, own in zip(picked, ranked, strict=True)]


def _assigned(free: Sequence[list[Ranked]]) -> list[Ranked | None]:
    """The one-to-one choice with the highest total score (Hungarian method)."""
    ids = sorted({r.id for own in free for r in own})
    column = {concept_id: j for j, concept_id in enumerate(ids)}
    scores = np.zeros((len(free), len(ids)))
    for i, own in enumerate(free):
        for r in own:
            scores[i, column[r.id]] = r.score
    picked: list[Ranked | None] = [None] * len(free)
    for i, j in zip(*linear_sum_assignment(scores, maximize=True), strict=True):
        picked[i] = next((r for r in free[i] if r.id == ids[j]), None)
    return picked


def _unless_far_behind(pick: Ranked | None, own: Sequence[Ranked]) -> Ranked | None:
    """A label whose best id another label has does not fall back on one that is much less like it."""
    return pick if pick and own[0].score - pick.score <= settings.FALLBACK else None

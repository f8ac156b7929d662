"""Sample sizes printed in a column of their own beside the names of a plot's rows: 「男性 | 560 | ▇▇▇」.

Cross tables drawn as bars print them between names and bars, columns under their names. A column of
whole numbers is taken for sizes when its head says so, or when it stands between names and bars and
counts more than any percentage could.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from extract.charts.turn import Direction, turned
from extract.scene import Box, Scene, hull

WHOLE = re.compile(r"[(\[]?(?:[nN]\s?=\s?)?(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s?(?:人|名|社|件|票|世帯)?[)\]]?")
HEAD = re.compile(
    r"[(\[]?(?:[nN]数?|回答者?数|有効回答数?|人数|件数|社数|標本数|サンプル数|調査数|該当者?数|母数|実数|人|件)[)\]]?[=:]?[)\]]?"
)
# Share of the rows that must have a size, and of rows whose size must line up with the others.
MOST_ROWS = 0.8
# Sizes line up at their right edges or middles within this many em.
ALIGNED = 0.6
# A percentage is no more than this; a size of a group worth a row mostly is.
LARGEST_SHARE = 100


@dataclass(frozen=True, slots=True)
class Sizes:
    """The size of each row (None where none is printed) and the words they and their head are made of."""

    of_row: tuple[int | None, ...]
    words: frozenset[int]


def find_sizes(
    scene: Scene, words: Sequence[int], edges: Sequence[tuple[float, float]], direction: Direction, em: float
) -> Sizes | None:
    """The column of sizes among the words before the baseline; None without one."""
    where = {w: turned(scene.words[w].box, direction) for w in words if scene.words[w].text.strip()}
    rows = [
        sorted((w for w in where if low <= where[w].cy < high), key=lambda w: where[w].x0)
        for low, high in edges
    ]
    nearest = [row[-1] if len(row) > 1 else None for row in rows]
    farthest = [row[0] if len(row) > 1 else None for row in rows]
    for column, between in ((nearest, True), (farthest, False)):
        found = _sizes(scene, column, where, em)
        if found is None:
            continue
        head = _head(scene, where, [w for w in column if w is not None], em)
        large = max(n for n in found if n is not None) > LARGEST_SHARE
        if head is not None or (between and large):
            own = {w for w, n in zip(column, found, strict=True) if w is not None and n is not None}
            return Sizes(found, frozenset(own | ({head} if head is not None else set())))
    return None


def _sizes(
    scene: Scene, column: Sequence[int | None], where: dict[int, Box], em: float
) -> tuple[int | None, ...] | None:
    """The numbers of a column where most rows have one and all of them line up."""
    found = tuple(_whole(scene.words[w].text) if w is not None else None for w in column)
    boxes = [where[w] for w, n in zip(column, found, strict=True) if w is not None and n is not None]
    if len(boxes) < max(2, MOST_ROWS * len(column)):
        return None
    for edge in ([b.x1 for b in boxes], [b.cx for b in boxes]):
        if max(edge) - min(edge) <= ALIGNED * em:
            return found
    return None


def _whole(text: str) -> int | None:
    match = WHOLE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return int(match["n"].replace(",", "")) if match else None


def _head(scene: Scene, where: dict[int, Box], column: Sequence[int], em: float) -> int | None:
    """The word before the column's first row that says that it counts respondents."""
    box = hull(where[w] for w in column)
    return next(
        (
            w for w, other in where.items()
            if other.cy < box.y0 and min(other.x1, box.x1) > max(other.x0, box.x0) - em
            and HEAD.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", scene.words[w].text)))
        ),
        None,
    )  # fmt: skip

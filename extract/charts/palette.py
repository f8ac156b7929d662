"""Which of a few colours a mark has: bars to legend entries, segments to series."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.color import SAME_DRAWN, SAME_TRACED, distance


def nearest(color: str, palette: Sequence[str], traced: bool = False) -> int | None:
    """Index of the palette's colour most like this one, None when none is near enough to be the same."""
    if len(color) != 7:
        return None
    best = min(
        (i for i, other in enumerate(palette) if len(other) == 7),
        key=lambda i: distance(color, palette[i]),
        default=None,
    )
    limit = SAME_TRACED if traced else 2 * SAME_DRAWN
    return best if best is not None and distance(color, palette[best]) <= limit else None


def palette_of(colors: Sequence[str], traced: bool = False) -> list[str]:
    """Distinct colours in order of first appearance."""
    found: list[str] = []
    for color in colors:
        if nearest(color, found, traced) is None:
            found.append(color)
    return found

"""Which of a few colours a mark has: bars to legend entries, segments to series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.charts.color import SAME_DRAWN, SAME_TRACED, distance

# RGB distances within which traced fills may be one, the loosest first: compression shifts a small fill by
# up to the first; large fills of a scan differ by less than the last, and pale series copied in grey by 20.
TRACED = (SAME_TRACED, 28.0, 20.0, 12.0)


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


def groupings(colors: Sequence[str], traced: bool) -> Iterator[list[int]]:
    """Ways to sort fills into series, the loosest first: for each fill the number of its colour."""
    before = 0
    for limit in TRACED if traced else (2 * SAME_DRAWN,):
        found: list[str] = []
        numbers = []
        for color in colors:
            number = min(range(len(found)), key=lambda i: distance(color, found[i]), default=None)
            if number is None or distance(color, found[number]) > limit:
                number = len(found)
                found.append(color)
            numbers.append(number)
        if len(found) > before:
            before = len(found)
            yield numbers

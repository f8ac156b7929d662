"""Answers named over the first bar instead of in a legend: each name stands over (or near) its segment.

Reports of public bodies print them so; names over slim segments are staggered or stand beside them, so
their order counts as well as their place.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.draft import Name
from extract.charts.ground import Ground
from extract.charts.labels import parse_value
from extract.charts.namedvalues import Block, find_blocks
from extract.charts.plots import Bar
from extract.charts.wording import lines_to_names

# Names stand at most this many em over the bar (two staggered rows of two lines), the first try.
REACHES = (2.6, 4.5, 6.5)
# The same answer begins at most this many em further along in another row.
OTHER_ROW = 6.0
# A name may begin this many em beside its segment.
BESIDE = 4.0


def names_over(
    ground: Ground, bars: Sequence[Bar], series: Sequence[int], names: tuple[Name, ...]
) -> tuple[Name, ...]:
    """Series named by the words over the first row's segments, one to each and in their order."""
    if any(name.text for name in names) or ground.plot.direction != "h":
        return names
    first = ground.plot.chains[0].bars
    fullest = max((chain.bars for chain in ground.plot.chains), key=len)  # tracing may lose a slim one
    told = first if len(first) == len(fullest) else fullest
    of_bar = {bar.mark: s for bar, s in zip(bars, series, strict=True)}
    if len({of_bar[bar.mark] for bar in told}) < len(names):
        return names
    slack = 0.0 if told is first else OTHER_ROW * ground.em
    for reach in REACHES:
        blocks = _blocks_over(ground, first, reach)
        if len(blocks) == len(told) and all(
            _may_name(block, bar, ground.em, slack) for block, bar in zip(blocks, told, strict=True)
        ):
            found = lines_to_names([block.names for block in blocks])
            by_series = {of_bar[bar.mark]: name for bar, name in zip(told, found, strict=True)}
            return tuple(by_series.get(k, name) for k, name in enumerate(names))
    return names


def _blocks_over(ground: Ground, first: Sequence[Bar], reach: float) -> list[Block]:
    """The texts over the bar, from left to right."""
    top, em = first[0].box.y0, ground.em
    left, right = first[0].box.x0 - 2 * em, first[-1].box.x1 + BESIDE * em
    words = [
        w for w in ground.region.words
        if top - reach * em <= ground.scene.words[w].box.cy < top
        and left <= ground.scene.words[w].box.x0 and ground.scene.words[w].box.x1 <= right
        and parse_value(ground.scene.words[w].text) is None
    ]  # fmt: skip
    return sorted(
        (b for b in find_blocks(ground.scene, words) if b.names and not b.labels), key=lambda b: b.box.cx
    )


def _may_name(block: Block, bar: Bar, em: float, more: float) -> bool:
    """Over its segment; beside it only where that is slimmer than the name."""
    slack = more + (BESIDE * em if bar.box.width < block.box.width else 0.5 * em)
    return bar.box.x0 - slack <= block.box.cx <= bar.box.x1 + slack

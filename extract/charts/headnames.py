"""Answers named over the first bar instead of in a legend: each name stands over (or near) its segment.

Reports of public bodies print them so; names over slim segments are staggered or stand beside them, so
their order counts as well as their place. They may stand under the last bar as well, and where there is
but one bar some over it and some, of slim segments, at leader lines under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    chains = ground.plot.chains
    for heads in _candidates(ground):
        first = chains[0].bars if heads.over else chains[-1].bars
        found = _named(ground, first, heads.blocks, bars, series, names)
        if found is not None:
            return found
    return names


@dataclass(frozen=True, slots=True)
class _Heads:
    """Texts from left to right that may name segments, and whether they stand at the first bar."""

    blocks: tuple[Block, ...]
    over: bool


def _candidates(ground: Ground) -> list[_Heads]:
    """Texts over the first bar, then under the last, then both of a single bar; near ones first."""
    over = [blocks for reach in REACHES for blocks in _blocks_at(ground, reach, True)]
    under = [blocks for reach in REACHES for blocks in _blocks_at(ground, reach, False)]
    found = [_Heads(tuple(b), True) for b in over] + [_Heads(tuple(b), False) for b in under]
    if len(ground.plot.chains) == 1:
        both = [(*a, *b) for a in over for b in under if a and b]
        found += [_Heads(tuple(sorted(b, key=lambda t: t.box.cx)), True) for b in both]
    return found


def _named(
    ground: Ground,
    first: Sequence[Bar],
    blocks: Sequence[Block],
    bars: Sequence[Bar],
    series: Sequence[int],
    names: tuple[Name, ...],
) -> tuple[Name, ...] | None:
    """The series named by these texts, when they are as many as the segments and stand at them."""
    fullest = max((chain.bars for chain in ground.plot.chains), key=len)  # tracing may lose a slim one
    told = first if len(first) == len(fullest) else fullest
    of_bar = {bar.mark: s for bar, s in zip(bars, series, strict=True)}
    if len(blocks) != len(told) or len({of_bar[bar.mark] for bar in told}) < len(names):
        return None
    slack = 0.0 if told is first else OTHER_ROW * ground.em
    if not all(_may_name(block, bar, ground.em, slack) for block, bar in zip(blocks, told, strict=True)):
        return None
    found = lines_to_names([block.names for block in blocks])
    by_series = {of_bar[bar.mark]: name for bar, name in zip(told, found, strict=True)}
    return tuple(by_series.get(k, name) for k, name in enumerate(names))


def _blocks_at(ground: Ground, reach: float, over: bool) -> list[list[Block]]:
    """The texts over the first bar or under the last, from left to right; then word by word, as the names of
    slim segments stand as near to each other as the words of one name."""
    row = ground.plot.chains[0 if over else -1].bars
    em, box = ground.em, row[0].box
    low, high = (box.y0 - reach * em, box.y0) if over else (box.y1, box.y1 + reach * em)
    left, right = box.x0 - 2 * em, row[-1].box.x1 + BESIDE * em
    words = [
        w for w in ground.region.words
        if low <= ground.scene.words[w].box.cy < high
        and left <= ground.scene.words[w].box.x0 and ground.scene.words[w].box.x1 <= right
        and parse_value(ground.scene.words[w].text) is None
    ]  # fmt: skip
    apart = [block for w in words for block in find_blocks(ground.scene, [w])]
    return [
        sorted((b for b in blocks if b.names and not b.labels), key=lambda b: b.box.cx)
        for blocks in (find_blocks(ground.scene, words), apart)
    ]


def _may_name(block: Block, bar: Bar, em: float, more: float) -> bool:
    """Over its segment; beside it only where that is slimmer than the name."""
    slack = more + (BESIDE * em if bar.box.width < block.box.width else 0.5 * em)
    return bar.box.x0 - slack <= block.box.cx <= bar.box.x1 + slack

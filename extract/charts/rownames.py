"""Which words name the rows of a bar plot: before the baseline, over the bars, in them, or behind them.

Each place offers columns of words; the nearest that has words for most rows names them. A column of
another script on the far side is the translation; a column with fewer, spread out words further out
heads groups of rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.charts.draft import Name
from extract.charts.labels import read_labels
from extract.charts.names import COVERAGE, Column, column_names, find_columns, nearest_column, spread_out
from extract.charts.periods import name_places
from extract.charts.plots import BarPlot
from extract.charts.sizes import find_sizes
from extract.charts.turn import turned
from extract.charts.wording import script
from extract.scene import Box, Scene, hull

# Headers of groups are set like the names they head: their type differs by less than this share.
HEADER_SIZE = 0.3
# Names behind the bars, or over columns, begin within this many em of them.
BEHIND = 15.0
DIMENSION = re.compile(
    r".{1,10}別|性・?年[代齢]|年[代齢](?:層|階級)?|職[業種]|業[種態]|地[域区方]|居住(?:地域?|エリア)|エリア"
    r"|(?:企業|従業員|事業所)?規模|(?:従業員|社員)数|役職|学歴|学年|(?:世帯|個人)?年収|(?:世帯|家族)構成|未?既?婚姻?"
    r"|雇用形態|就業形態|部門|部署|全体|(?:年間|年)?売上(?:高|規模)?|資本金|職位|役割|(?:ビジネス|収益)モデル"
    r"|.{1,6}(?:年数|期間|規模|区分|形態|種別|単価|フェーズ)"
)
# The row of everyone: what stands under headings beside it are breakdowns.
EVERYONE = re.compile(r"(?:回答者)?全体|全回答者|総数|合計|総計|計|全国|TOTAL|ALL", re.IGNORECASE)
# A header is at least this long, and this many em before the name of its row (em, characters).
HEADER_GAP, HEADER_LENGTH = 1.0, 2
# A header level with a row stands within this share of the rows' pitch from it.
LEVEL = 0.3


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a plot in bar coordinates: the y range of each, and where its bars lie."""

    edges: tuple[tuple[float, float], ...]
    bars: tuple[Box | None, ...]


def name_rows(scene: Scene, words: Sequence[int], plot: BarPlot, rows: Rows, em: float) -> tuple[Name, ...]:
    """One name per row, empty where none is printed. ``words`` are no ticks and no legend."""
    before = [w for w in words if turned(scene.words[w].box, plot.direction).x1 <= plot.box.x0 + 0.5 * em]
    sizes = find_sizes(scene, before, rows.edges, plot.direction, em)
    if sizes is None:
        return _name_rows(scene, words, plot, rows, em)
    names = _name_rows(scene, [w for w in words if w not in sizes.words], plot, rows, em)
    if not any(name.text for name in names):
        return _name_rows(scene, words, plot, rows, em)
    return tuple(
        replace(
            name,
            base_n=n if name.base_n is None else name.base_n,
            words=name.words + (tuple(sizes.words) if k == 0 else ()),
        )
        for k, (name, n) in enumerate(zip(names, sizes.of_row, strict=True))
    )


def _name_rows(scene: Scene, words: Sequence[int], plot: BarPlot, rows: Rows, em: float) -> tuple[Name, ...]:
    """One name per row from the nearest place that has words for most rows."""
    box, direction = plot.box, plot.direction
    texts = [w for w in words if not _is_measure(scene, w)]
    where = {w: turned(scene.words[w].box, direction) for w in words}
    before = [w for w in words if where[w].x1 <= box.x0 + 0.5 * em]
    after = [w for w in texts if box.x1 <= where[w].x0 <= box.x1 + BEHIND * em]
    heads = _leading(scene, before, rows, em) if direction == "h" else frozenset()
    column = _before(scene, [w for w in before if w not in heads], plot, rows)
    column = column or _beside_zero(where, texts, plot, rows)
    if column is not None:
        names = column_names(scene, column)
        heading = [w for w in before if w in heads or where[w].x1 < column.box.x0]
        names = _with_headers(scene, names, heading, plot, rows, em)
        return _with_translation(scene, names, after, plot, rows)
    places = [(low + high) / 2 for low, high in rows.edges]
    printed = name_places(scene, words, places, box, direction, em) if direction == "v" else None
    if printed is not None and sum(bool(name.text) for name in printed.names) >= COVERAGE * len(places):
        return printed.names
    for candidates in (_over(where, texts, rows, box, em), _inside(where, texts, rows), after):
        columns = find_columns(scene, candidates, rows.edges, direction)
        found = nearest_column([replace_box(c) for c in columns], scene, direction)
        if found is not None:
            return column_names(scene, found)
    return tuple(Name("") for _ in rows.edges)


def _is_dimension(text: str) -> bool:
    """Whether a header says by what the rows are told apart (性別, 年代, 業種別): it names no group."""
    return bool(DIMENSION.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text))))


def _leading(scene: Scene, words: Sequence[int], rows: Rows, em: float) -> frozenset[int]:
    """Headers of groups of rows that stand in line with the first name of their group.

    They begin at one place, apart from the name behind them, at less than half of the rows; where every
    row has such a word it is part of the names.
    """
    found: list[int] = []
    for low, high in rows.edges:
        own = [w for w in words if low <= scene.words[w].box.cy < high]
        if len(own) < 2:
            continue
        first, second = sorted(own, key=lambda w: scene.words[w].box.x0)[:2]
        one, other = scene.words[first], scene.words[second]
        level = abs(one.box.cy - other.box.cy) < 0.5 * em
        if level and len(one.text) >= HEADER_LENGTH and other.box.x0 - one.box.x1 >= HEADER_GAP * em:
            found.append(first)
    starts = [scene.words[w].box.x0 for w in found]
    aligned = bool(starts) and max(starts) - min(starts) <= 0.5 * em
    numbers = any(read_labels(scene, [w]) for w in found)
    told = len(found) == 1 and _is_dimension(scene.words[found[0]].text)
    few = (len(found) >= 2 or told) and len(found) <= len(rows.edges) / 2
    return frozenset(found) if aligned and few and not numbers else frozenset()


def replace_box(column: Column) -> Column:
    """Columns in and behind the bars are nearest at their left: mirrored so that one rule serves both."""
    return replace(column, box=Box(-column.box.x1, column.box.y0, -column.box.x0, column.box.y1))


def _before(scene: Scene, words: Sequence[int], plot: BarPlot, rows: Rows) -> Column | None:
    """The names' column before the baseline: wording rather than numbers with a percent sign."""
    texts = [w for w in words if not _is_measure(scene, w)]
    for candidates in (texts, words):
        columns = find_columns(scene, candidates, rows.edges, plot.direction)
        column = nearest_column(columns, scene, plot.direction)
        if column is not None:
            return column
    return None


def _beside_zero(where: dict[int, Box], texts: Sequence[int], plot: BarPlot, rows: Rows) -> Column | None:
    """Names next to the zero line, on the side of each row where its bar is not."""
    if not plot.two_sided:
        return None
    beside = [w for w in texts if where[w].x1 <= plot.baseline or where[w].x0 >= plot.baseline]
    inside = [w for w in beside if plot.box.x0 <= where[w].cx <= plot.box.x1]
    found = tuple(tuple(w for w in inside if low <= where[w].cy < high) for low, high in rows.edges)
    if not inside:
        return None
    column = Column(hull(where[w] for w in inside), found)
    return column if column.coverage >= COVERAGE else None


def _is_measure(scene: Scene, word: int) -> bool:
    """A percentage or a number with decimals: printed as a value, hardly ever as a name."""
    labels = read_labels(scene, [word])
    return bool(labels) and all(label.unit in ("percent", "point") or label.decimals for label in labels)


def _over(where: dict[int, Box], texts: Sequence[int], rows: Rows, plot: Box, em: float) -> list[int]:
    """Words between a row's bar and the row before, beginning at the baseline."""
    found = []
    for w in texts:
        box = where[w]
        for (low, high), bar in zip(rows.edges, rows.bars, strict=True):
            if (
                bar is not None
                and low - em <= box.cy < bar.y0
                and abs(box.x0 - plot.x0) < 2 * em
                and box.cy < high
            ):
                found.append(w)
                break
    return found


def _inside(where: dict[int, Box], texts: Sequence[int], rows: Rows) -> list[int]:
    """Words within a row's bar."""
    return [
        w for w in texts
        if any(bar is not None and bar.holds(where[w].cx, where[w].cy) for bar in rows.bars)
    ]  # fmt: skip


def _with_translation(
    scene: Scene, names: tuple[Name, ...], after: Sequence[int], plot: BarPlot, rows: Rows
) -> tuple[Name, ...]:
    """Names with the other language printed behind the bars, where there is one."""
    if any(name.alt for name in names):
        return names
    for column in find_columns(scene, after, rows.edges, plot.direction):
        if column.coverage < COVERAGE or not spread_out(column, scene, plot.direction):
            continue
        others = column_names(scene, column)
        pairs = [(a, b) for a, b in zip(names, others, strict=True) if a.text and b.text]
        unlike = sum(script(a.text) != script(b.text) for a, b in pairs)
        if pairs and unlike > 0.5 * len(pairs):
            return tuple(
                replace(a, alt=b.text, words=a.words + b.words) for a, b in zip(names, others, strict=True)
            )
    return names


def _with_headers(
    scene: Scene, names: tuple[Name, ...], words: Sequence[int], plot: BarPlot, rows: Rows, em: float
) -> tuple[Name, ...]:
    """Names with the header of their group: each row belongs to the header nearest to it.

    Headers stand in one column, fewer than the rows and centred on theirs, in the names' type; text
    beside the chart has more lines, another size, or no place of its own at the rows.
    """
    sizes = [scene.words[w].size for name in names for w in name.words]
    usual = sorted(sizes)[len(sizes) // 2] if sizes else em
    alike = [w for w in words if abs(scene.words[w].size - usual) <= HEADER_SIZE * usual]
    columns = find_columns(scene, alike, rows.edges, plot.direction)
    if not columns or len(alike) != len(words):
        return names
    column = max(columns, key=lambda c: c.box.x1)
    heads = [(k, row) for k, row in enumerate(column.rows) if row]
    if not 2 <= len(heads) <= len(names) / 2 or any(len(row) > 2 for _, row in heads):
        return names
    if any(read_labels(scene, [w]) for w in column.words):
        return names  # values of the chart beside
    texts = column_names(scene, column)
    breakdown = _is_breakdown(names, heads)
    out = []
    for k, (name, of) in enumerate(zip(names, _heads_of_rows(scene, names, heads, rows, plot), strict=True)):
        text = texts[of].text
        own = breakdown or _is_dimension(text) or EVERYONE.fullmatch(names[k].text)
        out.append(replace(name, group="" if own else text, words=name.words + column.rows[of]))
    return tuple(out)


def _is_breakdown(names: Sequence[Name], heads: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
    """Whether the headers say by what everyone is broken down: a row of everyone stands over them, and no
    name stands under two of them."""
    everyone = any(EVERYONE.fullmatch(name.text) for name in names[: heads[0][0] + 1])
    texts = [name.text for name in names if name.text]
    return everyone and len(set(texts)) == len(texts)


def _heads_of_rows(
    scene: Scene,
    names: Sequence[Name],
    heads: Sequence[tuple[int, tuple[int, ...]]],
    rows: Rows,
    plot: BarPlot,
) -> list[int]:
    """The index of each row's header: the last one before it where headers stand level with the first
    name of their group, else the nearest."""
    centres = [(low + high) / 2 for low, high in rows.edges]
    middles = {
        k: sum(turned(scene.words[w].box, plot.direction).cy for w in row) / len(row) for k, row in heads
    }
    start = next((k for k, name in enumerate(names) if not EVERYONE.fullmatch(name.text)), 0)
    pitch = rows.edges[start][1] - rows.edges[start][0]
    if heads[0][0] == start and abs(middles[start] - centres[start]) < LEVEL * pitch:
        return [max((k for k in middles if k <= row), default=start) for row in range(len(names))]
    return [min(middles, key=lambda k: abs(middles[k] - centre)) for centre in centres]

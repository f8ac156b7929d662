"""Rows of a bar plot: which bars share a category, and where each series has its place in a row.

Grouped bars repeat a pattern of colours at a constant pitch. Seen modulo the pitch every series has
one phase; the largest gap between the phases separates the groups. So rows stay right where bars
of 0 % are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.charts.plots import Bar, BarPlot

# Distances between rows are multiples of the pitch within this share of it.
RHYTHM = 0.08


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one series in one row, with the bar drawn there (None for a missing bar)."""

    band: int
    series: int
    y: float
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Bands:
    """Rows from the first category to the last. ``edges[k]`` is the y range that belongs to row k."""

    centres: tuple[float, ...]
    edges: tuple[tuple[float, float], ...]
    slots: tuple[Slot, ...]
    pitch: float


def chain_bands(plot: BarPlot) -> tuple[tuple[float, ...], tuple[tuple[float, float], ...], float]:
    """Centres, edges and pitch when every chain is a row of its own."""
    centres = tuple(chain.box.cy for chain in plot.chains)
    pitch = min((b - a for a, b in pairwise(centres)), default=plot.thickness * 2)
    return centres, band_edges(centres, pitch), pitch


def band_edges(centres: Sequence[float], pitch: float) -> tuple[tuple[float, float], ...]:
    """Half way to the neighbours, never further than 0.75 pitch (gaps between blocks of rows)."""
    edges = []
    for k, centre in enumerate(centres):
        low = centre - pitch / 2 if k == 0 else max((centres[k - 1] + centre) / 2, centre - 0.75 * pitch)
        high = (
            centre + pitch / 2
            if k == len(centres) - 1
            else min((centre + centres[k + 1]) / 2, centre + 0.75 * pitch)
        )
        edges.append((low, high))
    return tuple(edges)


def arrange(bars: Sequence[Bar], series: Sequence[int], count: int) -> Bands:
    """Rows of grouped bars; ``series[i]`` is the series (0 .. count-1) of ``bars[i]``."""
    pitch = pitch_of(bars, series)
    phases = _phases(bars, series, count, pitch) if count > 1 else None
    rows = _rows_by_gap(bars, series) if phases is None else _rows_by_phase(bars, series, phases, pitch)
    return _to_bands(rows, bars, series, count, pitch)


def pitch_of(bars: Sequence[Bar], series: Sequence[int]) -> float:
    """The distance of neighbouring rows: the smallest recurring distance between bars of one series."""
    steps = []
    for s in set(series):
        own = sorted(bar.box.cy for bar, t in zip(bars, series, strict=True) if t == s)
        steps += [b - a for a, b in pairwise(own)]
    thickness = max(bar.box.height for bar in bars)
    steps = [step for step in steps if step > 0.5 * thickness]
    if not steps:
        return max(thickness * 1.6, max(b.box.y1 for b in bars) - min(b.box.y0 for b in bars) + thickness)
    low = min(steps)
    near = sorted(step for step in steps if step < 1.5 * low)
    return near[len(near) // 2]


def _phases(bars: Sequence[Bar], series: Sequence[int], count: int, pitch: float) -> list[float] | None:
    """Each series' place in the rhythm, rising from the row's start; None without a rhythm."""
    origin = min(bar.box.cy for bar in bars)
    phases: list[float] = []
    for s in range(count):
        own = [(bar.box.cy - origin) / pitch for bar, t in zip(bars, series, strict=True) if t == s]
        if not own:
            phases.append(float("nan"))
            continue
        first = own[0] % 1.0
        turns = [(value - first + 0.5) % 1.0 - 0.5 for value in own]
        if max(turns) - min(turns) > 2 * RHYTHM:
            return None
        phases.append((first + sorted(turns)[len(turns) // 2]) % 1.0)
    present = sorted(p for p in phases if p == p)
    gaps = [(b - a, b) for a, b in pairwise(present)] + [(present[0] + 1 - present[-1], present[0])]
    start = max(gaps)[1]
    return [origin / pitch + start + ((p - start + 1e-9) % 1.0) if p == p else p for p in phases]


def _rows_by_phase(
    bars: Sequence[Bar], series: Sequence[int], phases: Sequence[float], pitch: float
) -> list[tuple[float, dict[int, Bar]]]:
    """Rows as (centre of the row, bar of each series), rows without any bar included."""
    present = [p for p in phases if p == p]
    middle = (min(present) + max(present)) / 2
    rows: dict[int, dict[int, Bar]] = {}
    for bar, s in zip(bars, series, strict=True):
        rows.setdefault(round(bar.box.cy / pitch - phases[s]), {})[s] = bar
    return [((k + middle) * pitch, rows.get(k, {})) for k in range(min(rows), max(rows) + 1)]


def _rows_by_gap(bars: Sequence[Bar], series: Sequence[int]) -> list[tuple[float, dict[int, Bar]]]:
    """Rows cut where a series would occur twice or the gap is wider than within a row."""
    ordered = sorted(zip(bars, series, strict=True), key=lambda pair: pair[0].box.cy)
    gaps = [b[0].box.y0 - a[0].box.y1 for a, b in pairwise(ordered) if a[1] != b[1]]
    inner = min(gaps, default=0.0)
    reach = inner + 0.35 * ordered[0][0].box.height
    rows: list[dict[int, Bar]] = []
    for bar, s in ordered:
        last = max(rows[-1].values(), key=lambda b: b.box.cy) if rows else None
        if last is None or s in rows[-1] or bar.box.y0 - last.box.y1 > reach:
            rows.append({})
        rows[-1][s] = bar
    return [(sum(b.box.cy for b in row.values()) / len(row), row) for row in rows]


def _to_bands(
    rows: Sequence[tuple[float, dict[int, Bar]]],
    bars: Sequence[Bar],
    series: Sequence[int],
    count: int,
    pitch: float,
) -> Bands:
    offsets = []
    for s in range(count):
        own = sorted(row[s].box.cy - centre for centre, row in rows if s in row)
        offsets.append(own[len(own) // 2] if own else 0.0)
    slots = tuple(
        Slot(k, s, row[s].box.cy if s in row else centre + offsets[s], row.get(s))
        for k, (centre, row) in enumerate(rows)
        for s in range(count)
    )
    centres = tuple(centre for centre, _ in rows)
    return Bands(centres, band_edges(centres, pitch), slots, pitch)

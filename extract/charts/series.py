"""Which series a bar belongs to: by its colour in the legend, by the words in it or at its label."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.bands import Bands
from extract.charts.draft import Name
from extract.charts.ground import Ground
from extract.charts.labels import parse_value, read_labels
from extract.charts.names import reading_order
from extract.charts.palette import nearest, palette_of
from extract.charts.plots import Bar, BarPlot
from extract.charts.slots import Placement
from extract.charts.wording import join

# A legend names the series when it explains this share of the bars; what is left has no name.
NAMED_SHARE = 0.6


def tell_series(ground: Ground, bars: Sequence[Bar], traced: bool) -> tuple[list[int], tuple[Name, ...]]:
    """The series of each bar by its colour, and the series' names; no names = one series.

    Without a legend several colours only mean several series when every row has the same colours in
    the same order; otherwise some bars of one series are highlighted.
    """
    legend = ground.region.legend
    if legend is not None:
        colors = [entry.color for entry in legend.entries]
        found = [nearest(bar.fill, colors, traced) for bar in bars]
        hit = sorted({s for s in found if s is not None})
        missed = palette_of([bar.fill for bar, s in zip(bars, found, strict=True) if s is None], traced)
        if hit and sum(s is not None for s in found) >= NAMED_SHARE * len(found):
            names = tuple(_entry_name(ground, s) for s in hit) + tuple(Name("") for _ in missed)
            return [
                hit.index(s) if s is not None else len(hit) + (nearest(bar.fill, missed, traced) or 0)
                for bar, s in zip(bars, found, strict=True)
            ], names
    colors = palette_of([bar.fill for bar in bars], traced)
    found_all = [nearest(bar.fill, colors, traced) or 0 for bar in bars]
    if len(colors) > 1 and _repeats(bars, found_all, len(colors)):
        return found_all, tuple(Name("") for _ in colors)
    return [0] * len(bars), ()


def _repeats(bars: Sequence[Bar], series: Sequence[int], count: int) -> bool:
    """Whether colours come in touching groups that all show the same order."""
    ordered = [s for _, s in sorted(zip(bars, series, strict=True), key=lambda pair: pair[0].box.cy)]
    return (
        len(ordered) >= 2 * count
        and ordered == ordered[:count] * (len(ordered) // count)
        and len(set(ordered[:count])) == count
    )


def series_by_order(plot: BarPlot, traced: bool) -> tuple[list[int], tuple[Name, ...]]:
    """Unnamed series of stacked bars: by colour where colours differ within the chains, else by place."""
    colors = palette_of([bar.fill for bar in plot.bars], traced)
    by_color = [nearest(bar.fill, colors, traced) or 0 for bar in plot.bars]
    longest = max(len(chain.bars) for chain in plot.chains)
    if len(colors) >= longest:
        return by_color, tuple(Name("") for _ in colors)
    return [k for chain in plot.chains for k in range(len(chain.bars))], tuple(
        Name("") for _ in range(longest)
    )


def names_inside(
    ground: Ground, bars: Sequence[Bar], series: Sequence[int], names: tuple[Name, ...]
) -> tuple[Name, ...]:
    """Series named by the words inside their segments, where no legend names them."""
    if any(name.text for name in names):
        return names
    scene = ground.scene
    found: dict[int, dict[str, list[int]]] = {}
    for bar, s in zip(bars, series, strict=True):
        box = scene.marks[bar.mark].box
        inside = [
            w for w in ground.region.words
            if box.grown(0.2 * ground.em).holds(scene.words[w].box.cx, scene.words[w].box.cy)
            and parse_value(scene.words[w].text) is None
        ]  # fmt: skip
        if inside:
            text = join([scene.words[w].text for w in reading_order(scene, inside)])
            found.setdefault(s, {}).setdefault(text, []).extend(inside)
    return tuple(_most_said(found.get(s, {})) for s in range(len(names)))


def names_at_labels(
    ground: Ground, bands: Bands, placement: Placement, names: tuple[Name, ...]
) -> tuple[Name, ...]:
    """Unnamed series named by the words printed next to their value labels."""
    if not names or any(name.text for name in names):
        return names
    scene = ground.scene
    said: list[dict[str, list[int]]] = [{} for _ in names]
    for p, labels in placement.at.items():
        near = labels[0].box.grown(0.6 * labels[0].box.height)
        for w in ground.region.words:
            box = scene.words[w].box
            beside = near.shared(box) > 0 and abs(box.cx - near.cx) < 0.5 * max(
                box.width, labels[0].box.width
            )
            if beside and not read_labels(scene, [w]):
                said[bands.slots[p].series].setdefault(scene.words[w].text, []).append(w)
    return tuple(_most_said(texts) for texts in said)


def _most_said(texts: dict[str, list[int]]) -> Name:
    """The wording most bars of a series carry; the words of all."""
    best = max(texts, key=lambda text: len(texts[text]), default="")
    return Name(best, words=tuple(w for words in texts.values() for w in words))


def _entry_name(ground: Ground, index: int) -> Name:
    assert ground.region.legend is not None
    entry = ground.region.legend.entries[index]
    return Name(entry.label, entry.alt, entry.base_n, entry.words, entry.swatch)

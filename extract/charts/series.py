"""Which series a bar belongs to: by its colour in the legend, by the words in it or at its label."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.bands import Bands
from extract.charts.color import distance
from extract.charts.draft import Label, Name
from extract.charts.ground import Ground
from extract.charts.labels import parse_value, read_labels
from extract.charts.namedvalues import split_named
from extract.charts.names import reading_order
from extract.charts.palette import groupings, nearest, palette_of
from extract.charts.plots import Bar, BarPlot
from extract.charts.slots import Placement
from extract.charts.turn import turned
from extract.charts.wording import join
from extract.scene import Box, Scene

# A legend names the series when it explains this share of the bars; what is left has no name.
NAMED_SHARE = 0.6
# Segments name themselves when this share of them carries a name, and one that comes again elsewhere.
SELF_NAMED = 0.75
# So many segments in the legend's order are no chance.
FEWEST_KNOWN = 2
# Fills of one series differ by less than this within a page (RGB distance).
ONE_COLOR = 8.0
# Names of series under their bars stand at most this many em below them.
UNDER = 3.0


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
    for sorted_ in groupings([bar.fill for bar in bars], traced):
        count = max(sorted_) + 1
        if count > 1 and _repeats(bars, sorted_, count):
            return sorted_, tuple(Name("") for _ in range(count))
    return [0] * len(bars), ()


def named_by_order(
    ground: Ground, series: Sequence[int], names: tuple[Name, ...]
) -> tuple[list[int], tuple[Name, ...]]:
    """The series of stacked bars, those without a name named by their place in the legend.

    Where the full rows have as many segments as the legend entries, and the segments whose colours are
    found follow each other as in the legend (or the other way round), the rest does too: a key may be
    traced in the colour of its outline.
    """
    legend = ground.region.legend
    if legend is None or not names:
        return list(series), names
    series, names = _once_in_a_stack(ground, series, names)
    if all(name.text for name in names):
        return list(series), names
    rows = _stacks(ground.plot, series)
    full = next((row for row in rows if len(row) == len(legend.entries) == len(set(row))), None)
    if full is None:
        return list(series), names
    entries = [_entry_name(ground, k) for k in range(len(legend.entries))]
    for order in (entries, entries[::-1]):
        known = [names[s].words == entry.words for s, entry in zip(full, order, strict=True) if names[s].text]
        if len(known) >= FEWEST_KNOWN and all(known):
            told = dict(zip(full, order, strict=True))
            return list(series), tuple(told.get(s, name) for s, name in enumerate(names))
    return list(series), names


def _once_in_a_stack(
    ground: Ground, series: Sequence[int], names: tuple[Name, ...]
) -> tuple[list[int], tuple[Name, ...]]:
    """The series without fills that were near enough to a key, but stand in one stack with a nearer one: the
    key of the farther fill was not seen."""
    out, named = list(series), list(names)
    bars = ground.plot.bars
    at = iter(range(len(bars)))
    for stack in [[next(at) for _ in chain.bars] for chain in ground.plot.chains]:
        for s in range(len(names)):
            key = _color_of(ground, names[s])
            own = sorted(
                (i for i in stack if out[i] == s), key=lambda i: distance(bars[i].fill, key or bars[i].fill)
            )
            if key is None or len(own) < 2 or distance(bars[own[0]].fill, bars[own[-1]].fill) <= ONE_COLOR:
                continue
            near, far = bars[own[0]].fill, bars[own[-1]].fill
            named.append(Name(""))
            for i, bar in enumerate(bars):
                if out[i] == s and distance(bar.fill, far) < distance(bar.fill, near):
                    out[i] = len(named) - 1
    return out, tuple(named)


def _color_of(ground: Ground, name: Name) -> str | None:
    """The colour of the legend's entry with this name."""
    entries = ground.region.legend.entries if ground.region.legend else ()
    return next((entry.color for entry in entries if name.text and entry.words == name.words), None)


def _stacks(plot: BarPlot, series: Sequence[int]) -> list[list[int]]:
    """The series of each stack, from its start to its end."""
    left = iter(series)
    return [[next(left) for _ in chain.bars] for chain in plot.chains]


def _repeats(bars: Sequence[Bar], series: Sequence[int], count: int) -> bool:
    """Whether colours come in touching groups that all show the same order."""
    ordered = [s for _, s in sorted(zip(bars, series, strict=True), key=lambda pair: pair[0].box.cy)]
    return (
        len(ordered) >= 2 * count
        and ordered == ordered[:count] * (len(ordered) // count)
        and len(set(ordered[:count])) == count
    )


def series_by_color(plot: BarPlot, traced: bool) -> tuple[list[int], tuple[Name, ...]] | None:
    """Unnamed series of stacked bars by colour, None where colours do not differ within the stacks."""
    longest = max(len(chain.bars) for chain in plot.chains)
    enough = [g for g in groupings([b.fill for b in plot.bars], traced) if max(g) + 1 >= longest]
    found = next((g for g in enough if _once_each(plot, g)), enough[0] if enough else None)
    return None if found is None else (found, tuple(Name("") for _ in range(max(found) + 1)))


def series_by_place(plot: BarPlot) -> tuple[list[int], tuple[Name, ...]]:
    """Unnamed series of stacked bars by their order in the stacks."""
    longest = max(len(chain.bars) for chain in plot.chains)
    series = [k for chain in plot.chains for k in range(len(chain.bars))]
    return series, tuple(Name("") for _ in range(longest))


def _once_each(plot: BarPlot, series: Sequence[int]) -> bool:
    """Whether no stack shows a series twice."""
    return all(len(set(stack)) == len(stack) for stack in _stacks(plot, series))


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
            text = join([_wording(scene, w) for w in reading_order(scene, inside)])
            found.setdefault(s, {}).setdefault(text, []).extend(inside)
    return tuple(_most_said(found.get(s, {})) for s in range(len(names)))


def series_by_words(ground: Ground) -> tuple[list[int], tuple[Name, ...]] | None:
    """Series of stacked bars whose segments each carry their own name, None where they do not.

    The names must differ within every stack and come again in others; then a segment that is missing, or
    two fills that look alike, put no name to the wrong segment.
    """
    inside = [_words_inside(ground, bar) for bar in ground.plot.bars]
    scene = ground.scene
    texts = [join([_wording(scene, w) for w in words]) for words in inside]
    known = {text for text in texts if text and texts.count(text) > 1}
    texts, inside = _own_names(ground, texts, inside, known)
    left = iter(texts)
    stacks = [[text for _ in chain.bars if (text := next(left))] for chain in ground.plot.chains]
    again = sum(text in known for text in texts)
    if again < SELF_NAMED * len(texts) or any(len(set(stack)) < len(stack) for stack in stacks):
        return None
    order = list(dict.fromkeys(text for text in texts if text))
    names = tuple(
        Name(text, words=tuple(w for t, words in zip(texts, inside, strict=True) if t == text for w in words))
        for text in order
    )
    series = [order.index(text) if text else len(order) for text in texts]
    return series, (*names, Name("")) if "" in texts else names


def _words_inside(ground: Ground, bar: Bar) -> list[int]:
    """The words in a segment that are no values, in reading order."""
    scene, box = ground.scene, ground.scene.marks[bar.mark].box
    found = [
        w for w in ground.region.words
        if box.holds(scene.words[w].box.cx, scene.words[w].box.cy)
        and scene.words[w].text.strip() and parse_value(scene.words[w].text) is None
    ]  # fmt: skip
    return list(reading_order(scene, found))


def _wording(scene: Scene, word: int) -> str:
    """What a word in a segment says beside its value: 「増えた」 of 「増えた 44%」."""
    line, _ = split_named(scene, word)
    return line.text if line is not None else ""


def values_inside(ground: Ground) -> tuple[Label, ...]:
    """The percentages that stand in one word with the name of their segment."""
    scene, known = ground.scene, {label.word for label in ground.labels}
    boxes = [scene.marks[bar.mark].box for bar in ground.plot.bars]
    inside = [
        w for w in ground.region.words
        if w not in known and any(box.holds(scene.words[w].box.cx, scene.words[w].box.cy) for box in boxes)
    ]  # fmt: skip
    found = [label for w in inside for label in split_named(scene, w)[1]]
    return tuple(label for label in found if label.unit == "percent" and label.word not in known)


def _own_names(
    ground: Ground, texts: Sequence[str], inside: Sequence[list[int]], known: set[str]
) -> tuple[list[str], list[list[int]]]:
    """Names of the segments; where that of a slim neighbour reaches in, the one nearest the middle."""
    scene = ground.scene
    own, words = list(texts), list(inside)
    for k, bar in enumerate(ground.plot.bars):
        if texts[k] in known:
            continue
        box = scene.marks[bar.mark].box
        single = [w for w in inside[k] if _wording(scene, w) in known]
        if len(inside[k]) > 1 and single:
            best = min(single, key=lambda w: _off(scene.words[w].box, box))
            own[k], words[k] = _wording(scene, best), [best]
    return own, words


def _off(word: Box, segment: Box) -> float:
    return abs(word.cx - segment.cx) + abs(word.cy - segment.cy)


def names_under(
    ground: Ground, bars: Sequence[Bar], series: Sequence[int], names: tuple[Name, ...]
) -> tuple[Name, ...]:
    """Unnamed series named by the words that stand under each of their bars, the same in every group:
    years in the inner row of an axis of two rows."""
    if len(names) < 2 or any(name.text for name in names):
        return names
    scene, plot = ground.scene, ground.plot
    where = {w: turned(scene.words[w].box, plot.direction) for w in ground.region.words}
    found: list[dict[str, list[int]]] = [{} for _ in names]
    for bar, s in zip(bars, series, strict=True):
        under = [
            w for w, box in where.items()
            if box.x1 <= plot.baseline + 0.2 * ground.em and bar.box.y0 <= box.cy <= bar.box.y1
            and plot.baseline - box.x1 <= UNDER * ground.em and scene.words[w].text.strip()
        ]  # fmt: skip
        if under:
            nearest_ = max(under, key=lambda w: where[w].x1)
            found[s].setdefault(scene.words[nearest_].text.strip(), []).append(nearest_)
    if any(len(texts) != 1 for texts in found) or any(len(w) < 2 for t in found for w in t.values()):
        return names
    said = [next(iter(texts)) for texts in found]
    if len(set(said)) < len(said):
        return names
    return tuple(_most_said(texts) for texts in found)


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

"""Where the charts of a scene are: plots found by their marks, each with the words it may claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.charts.bases import stated_bases
from extract.charts.claims import first_reading
from extract.charts.draft import Legend, Region
from extract.charts.holenames import named_by_holes, named_by_rings
from extract.charts.labels import parse_value
from extract.charts.palette import nearest
from extract.charts.panelnames import panel_names
from extract.charts.sites import Plot, find_plots, text_size
from extract.charts.titles import (
    TextLine,
    Title,
    clean_title,
    find_shared_title,
    find_title,
    group_of,
    population,
    question_type,
    subtitle,
    text_lines,
)
from extract.charts.wave import is_period
from extract.charts.wording import join
from extract.notes import Note
from extract.scene import Box, Scene, hull

# What a legend loses in share of explained colours by standing a plot's size away.
AWAY_COST = 1.0
# Titles of small multiples are names, not questions.
SHORT_TITLE = 16
# Share of a plot's colours a legend must explain to be its legend.
LEGEND_SHARE = 0.5
# Share of the names that charts of one set of answers have in common (OCR misreads some).
SAME_NAMES = 0.7
LINES = ("line", "polyline")


def find_regions(scene: Scene, legends: Sequence[Legend]) -> tuple[list[Region], list[Note]]:
    """Every chart's region, top to bottom.

    Each plot is read once with all words of the page: only what can be read is a chart, and the
    words it uses for names, values and axis are no title of itself or of another.
    """
    plots = sorted(find_plots(scene, legends), key=lambda plot: (plot.box.y0, plot.box.x0))
    first = without_borrowed(scene, [(plot, choose_legend(scene, plot, legends)) for plot in plots])
    titles = panel_names(scene, [plot.box for plot in plots if plot.kind == "sectors"])
    words = [w for w in range(len(scene.words)) if w not in titles]
    read = [(plot, legend, _first_reading(scene, plot, legend, words)) for plot, legend in first]
    known = [(plot, legend, found) for plot, legend, found in read if found is not None]
    if not known:
        return [], []
    in_legends = {w for legend in legends for entry in legend.entries for w in entry.words}
    used_words = in_legends.union(*(found.used for _, _, found in known))
    used_words |= _in_tables(scene, [plot.box for plot, _, _ in known])
    lines = text_lines(scene, [i for i in range(len(scene.words)) if i not in used_words])
    lines = [line for line in lines if parse_value(line.text) is None or is_period(line.text)]
    boxes = [plot.box for plot, _, _ in known]
    regions = []
    for k, (plot, legend, found) in enumerate(known):
        others = boxes[:k] + boxes[k + 1 :]
        regions.append(chart_region(scene, plot, legend, found.used, others, lines))
    named = share_titles(scene, regions, lines, [found.names for _, _, found in known])
    return named_by_rings(scene, named_by_holes(scene, named)), []


def _in_tables(scene: Scene, plots: Sequence[Box]) -> set[int]:
    """Words in the cells of tables: no title of a chart beside them. A grid around a plot is its frame."""
    tables = [g.box for g in scene.grids if g.box is not None and not any(g.box.shared(p) > 0 for p in plots)]
    return {
        i for i, word in enumerate(scene.words)
        if any(table.holds(word.box.cx, word.box.cy) for table in tables)
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FirstReading:
    """The words beside the legend's that a reading of a plot uses, and the names it found."""

    used: frozenset[int]
    names: frozenset[str]


def _first_reading(
    scene: Scene, plot: Plot, legend: Legend | None, words: Sequence[int]
) -> FirstReading | None:
    """The plot read with these words of the page, None when nothing can be read there."""
    draft = first_reading(scene, plot.kind, plot.box, plot.marks, legend, words)
    if draft is None:
        return None
    in_legend = {w for entry in legend.entries for w in entry.words} if legend else set()
    names = frozenset(name.text for name in (*draft.categories, *draft.series) if name.text)
    return FirstReading(frozenset(draft.words) - in_legend, names)


def chart_region(
    scene: Scene,
    plot: Plot,
    legend: Legend | None,
    used: frozenset[int],
    others: Sequence[Box],
    lines: Sequence[TextLine],
) -> Region:
    """What a plot may claim: ``used`` words it needs, ``others`` are the boxes of the other plots, ``lines``
    those of the page that no plot uses."""
    near = territory(scene, plot.box, others, None)  # names shared with the facet beside it stay outside
    own = [scene.words[w].box for w in used if near.holds(scene.words[w].box.cx, scene.words[w].box.cy)]
    chart = hull([plot.box, *own])
    frame = find_frame(scene, chart)
    limits = territory(scene, plot.box, others, frame)
    inside = _words_in(scene, limits)
    em = _near_size(scene, inside, plot.box) or text_size(scene)
    whole = chart | legend.box if legend is not None and near.holds(legend.box.cx, legend.box.cy) else chart
    if legend is not None and legend.box.y1 <= plot.box.cy and near.holds(legend.box.cx, legend.box.cy):
        chart = chart | legend.box
    bold = _bold_labels(scene, plot.box)
    title = find_title(lines, chart, em, others, frame, bold, whole, plot.box) or Title("")
    text = title.text
    if scene.titles:
        text = clean_title(text, scene.titles) if text else scene.titles[0]
    under = subtitle(lines, title, chart, others)
    said = set(title.words) | ({w for e in legend.entries for w in e.words} if legend else set())
    return Region(
        scene=scene, kind=plot.kind, plot=plot.box, box=limits, marks=plot.marks,
        words=tuple(i for i in sorted(used.union(inside)) if i not in said),
        legend=legend, title=text, title_words=title.words,
        question_type=question_type(text) or question_type(join([line.text for line in under])),
        bases=_stated(title, inside, limits, said, lines) or _stated_in(under),
        group=title.group or population(lines, scene),
    )  # fmt: skip


def _stated(
    title: Title, inside: Sequence[int], limits: Box, used: set[int], lines: Sequence[TextLine]
) -> tuple[tuple[str, int], ...]:
    """Sample sizes in the title, else in the lines of the region that are neither title nor legend."""
    if title.base_n is not None:
        return (("", title.base_n),)
    free = set(inside) - used
    named = [b for line in lines if set(line.words) <= set(title.words) for b in stated_bases(line.text)]
    if named:  # the title's brackets list the groups' sizes
        return tuple(named)
    own = [
        line for line in lines if free & set(line.words) and limits.holds(line.box.cx, line.box.cy)
    ]  # a line that only reaches in belongs to the chart beside
    return tuple(base for line in own for base in stated_bases(line.text))


def _stated_in(lines: Sequence[TextLine]) -> tuple[tuple[str, int], ...]:
    """The one sample size that the lines under a title state; nothing when they state several."""
    found = [base for line in lines for base in stated_bases(line.text)]
    return (("", found[0][1]),) if len({n for _, n in found}) == 1 else tuple(found)


def _bold_labels(scene: Scene, plot: Box) -> bool:
    """Whether a good part of the words in and around the plot is bold."""
    near = plot.grown(0.4 * min(plot.width, plot.height))
    words = [word for word in scene.words if near.holds(word.box.cx, word.box.cy)]
    return sum(word.bold for word in words) > 0.3 * len(words)


def share_titles(
    scene: Scene, regions: Sequence[Region], lines: Sequence[TextLine], names: Sequence[frozenset[str]]
) -> list[Region]:
    """Small multiples: charts of one layout under one heading get the question ``heading｜own title``.

    Where their own titles name groups, the heading is the question: they say so, or the charts have the
    same answers and other sample sizes.
    """
    out = list(regions)
    for group in _siblings(regions):
        members = [regions[i] for i in group]
        titles = [Title(r.title, r.title_words, box=_hull_of(scene, r.title_words)) for r in members]
        if not all(title.words for title in titles):
            continue
        others = [r.plot for i, r in enumerate(regions) if i not in group]
        em = text_size(scene)
        shared = find_shared_title(lines, [r.plot for r in members], titles, em, others)
        if shared is None or shared.text in {title.text for title in titles}:
            continue
        groups_by_size = _differ_in_size(members, [names[i] for i in group])
        for i, region in zip(group, members, strict=True):
            own_group = group_of(region.title) or (region.title if groups_by_size else "")
            out[i] = replace(
                region,
                title=shared.text if own_group else f"{shared.text}｜{region.title}",
                question_type=region.question_type or question_type(shared.text),
                group=own_group or region.group or shared.group,
                bases=region.bases or ((("", shared.base_n),) if shared.base_n is not None else ()),
                title_words=region.title_words + shared.words,
            )
    return out


def _differ_in_size(members: Sequence[Region], names: Sequence[frozenset[str]]) -> bool:
    """Whether charts with the same answers each have a sample size of their own: groups of respondents."""
    sizes = [dict(region.bases).get("") for region in members]
    same_names = all(len(names[0] & other) >= SAME_NAMES * len(names[0] | other) for other in names)
    return None not in sizes and len(set(sizes)) > 1 and same_names and bool(names[0])


def _siblings(regions: Sequence[Region]) -> list[list[int]]:
    """Charts of one kind and size with one legend, or side by side with short titles."""
    groups: list[list[int]] = []
    for i, region in enumerate(regions):
        for group in groups:
            first = regions[group[0]]
            alike = region.kind == first.kind and _same_size(region.plot, first.plot)
            row = min(region.plot.y1, first.plot.y1) - max(region.plot.y0, first.plot.y0) > 0.5 * min(
                region.plot.height, first.plot.height
            )
            groups_told = bool(group_of(region.title)) and bool(group_of(first.title))
            short = max(len(region.title), len(first.title)) <= SHORT_TITLE
            one_legend = region.legend is not None and region.legend is first.legend
            if alike and (one_legend or groups_told or (row and short)):
                group.append(i)
                break
        else:
            groups.append([i])
    return [group for group in _rows_joined(regions, groups) if len(group) > 1]


def _rows_joined(regions: Sequence[Region], groups: Sequence[list[int]]) -> list[list[int]]:
    """Rows of equally many charts under each other, each under its like, as one grid."""
    out: list[list[int]] = []
    for group in sorted(groups, key=lambda g: regions[g[0]].plot.y0):
        above = next((g for g in out if 1 < len(group) <= len(g) and _under(regions, g, group)), None)
        if above is None:
            out.append(list(group))
        else:
            above += group
    return out


def _under(regions: Sequence[Region], above: Sequence[int], group: Sequence[int]) -> bool:
    """Whether each chart of a row stands under one of another row, drawn to the same measure."""
    pairs = [
        (regions[i], next((regions[k] for k in above if _in_column(regions[i].plot, regions[k].plot)), None))
        for i in group
    ]
    return all(
        other is not None and one.kind == other.kind and _same_size(one.plot, other.plot)
        and max(len(one.title), len(other.title)) <= SHORT_TITLE
        for one, other in pairs
    )  # fmt: skip


def _in_column(one: Box, other: Box) -> bool:
    return min(abs(one.x0 - other.x0), abs(one.cx - other.cx)) <= 0.02 * max(one.width, other.width)


def _same_size(one: Box, other: Box) -> bool:
    """Whether two plots are drawn to one measure: bars differ in length, so one side may differ."""
    wide, high = sorted((one.width, other.width)), sorted((one.height, other.height))
    level = abs(one.y1 - other.y1) < 0.1 * high[1]
    return (wide[1] <= 1.25 * wide[0] and (level or high[1] <= 1.25 * high[0])) or (
        level and high[1] <= 1.1 * high[0]
    )


def _hull_of(scene: Scene, words: Sequence[int]) -> Box | None:
    return hull(scene.words[w].box for w in words) if words else None


def _words_in(scene: Scene, box: Box) -> list[int]:
    return [i for i, word in enumerate(scene.words) if box.holds(word.box.cx, word.box.cy)]


def _near_size(scene: Scene, words: Sequence[int], plot: Box) -> float | None:
    near = plot.grown(0.15 * max(plot.width, plot.height))
    close = [
        word for word in (scene.words[w] for w in words)
        if word.text.strip() and near.holds(word.box.cx, word.box.cy)
    ]  # fmt: skip
    names = [word for word in close if parse_value(word.text) is None]  # values may be set much larger
    sizes = sorted(word.size for word in names or close)
    return sizes[len(sizes) // 2] if sizes else None


def choose_legend(scene: Scene, plot: Plot, legends: Sequence[Legend]) -> Legend | None:
    """The legend that explains the plot's colours and stands near it; it may serve several plots."""
    best: tuple[float, Legend] | None = None
    for legend in legends:
        found = _entries_of(scene, plot, legend)
        share = sum(entry is not None for entry in found) / max(len(found), 1)
        if share < LEGEND_SHARE:
            continue
        score = share - AWAY_COST * min(_away(legend, plot), 2.0)
        if best is None or score > best[0]:
            best = (score, legend)
    return best[1] if best else None


def without_borrowed(
    scene: Scene, chosen: Sequence[tuple[Plot, Legend | None]]
) -> list[tuple[Plot, Legend | None]]:
    """The choices without legends of another chart: a plot that shows one colour of many, further from
    the legend than a plot that shows several, has that colour by chance."""
    kept: list[tuple[Plot, Legend | None]] = []
    for plot, legend in chosen:
        others = [other for other, its in chosen if its is legend and other is not plot]
        lent = legend is not None and any(_owns(scene, legend, other, plot) for other in others)
        kept.append((plot, None if lent else legend))
    return kept


def _owns(scene: Scene, legend: Legend, owner: Plot, borrower: Plot) -> bool:
    """Whether the legend is the one plot's and tells the other nothing."""
    apart = owner.box.shared(borrower.box) <= 0 and _away(legend, owner) < _away(legend, borrower)
    return apart and _shown(scene, owner, legend) > 1 == _shown(scene, borrower, legend)


def _shown(scene: Scene, plot: Plot, legend: Legend) -> int:
    """How many of the legend's entries the plot shows."""
    return len({entry for entry in _entries_of(scene, plot, legend) if entry is not None})


def _entries_of(scene: Scene, plot: Plot, legend: Legend) -> list[int | None]:
    """The entry that explains each mark of the plot, None where none does."""
    data = [scene.marks[m] for m in plot.marks]
    data = [mark for mark in data if plot.kind == "lines" and mark.kind in LINES] or data
    colors = [entry.color for entry in legend.entries]
    # A line may be printed over its key in another blend: what is near enough for pixels is for lines.
    return [nearest(m.fill or m.stroke, colors, m.seen_by == "pixels" or plot.kind == "lines") for m in data]


def _away(legend: Legend, plot: Plot) -> float:
    """Distance of the legend from the plot, in sizes of the plot."""
    return _apart(legend.box, plot.box) / max(plot.box.width, plot.box.height, 1.0)


def _apart(one: Box, other: Box) -> float:
    dx = max(one.x0 - other.x1, other.x0 - one.x1, 0.0)
    dy = max(one.y0 - other.y1, other.y0 - one.y1, 0.0)
    return dx + dy


def find_frame(scene: Scene, plot: Box) -> Box | None:
    """The smallest frame, panel or picture around the plot with its axis and names."""
    boxes = [mark.box for mark in scene.marks if mark.kind in ("rect", "area")] + [
        p.box for p in scene.pictures
    ]
    page = scene.width * scene.height
    around = [
        box for box in boxes
        if box.x0 <= plot.x0 and box.y0 <= plot.y0 and box.x1 >= plot.x1 and box.y1 >= plot.y1
        and 1.05 * plot.area < box.area < 0.9 * page
    ]  # fmt: skip
    return min(around, key=lambda box: box.area, default=None)


def territory(scene: Scene, plot: Box, others: Sequence[Box], frame: Box | None) -> Box:
    """How far a chart may look for its words: its frame, else up to the neighbouring plots."""
    box = frame or Box(0.0, 0.0, scene.width, scene.height)
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    for other in others:
        beside = min(other.y1, plot.y1) - max(other.y0, plot.y0) > 0
        over = min(other.x1, plot.x1) - max(other.x0, plot.x0) > 0
        if beside and other.x0 >= plot.x1:
            x1 = min(x1, other.x0)
        elif beside and other.x1 <= plot.x0:
            x0 = max(x0, other.x1)
        elif over and other.y0 >= plot.y1:
            y1 = min(y1, other.y0)
        elif over and other.y1 <= plot.y0:
            y0 = max(y0, other.y1)
    return Box(x0, y0, x1, y1)

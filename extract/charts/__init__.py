"""The one chart reader; sees scenes only.

scene -> legends, plots -> regions (title, legend, words of each chart)
      -> bars | sectors | lines | boxplots (what is drawn, by the kind of the marks)
      -> findings (what it means: segment, item, unit, readings)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.charts.callouts import with_callouts
from extract.charts.cards import read_cards
from extract.charts.claims import READERS
from extract.charts.disputes import settle
from extract.charts.draft import ChartDraft
from extract.charts.findings import draft_to_chart
from extract.charts.labels import read_labels
from extract.charts.legend import find_legends
from extract.charts.pixels import tell_apart
from extract.charts.refusals import refused_charts
from extract.charts.regions import find_regions
from extract.charts.tickruns import parted_ticks
from extract.finding import Chart, Finding, Taken
from extract.notes import Note
from extract.scene import Box, Scene

# Shapes on a page of charts; the busiest of 489 report pages has 1 400. Cost grows with their square.
MOST_MARKS = 4000
# Fewer percentages left over in a chart of lines stand in a remark.
FEWEST_LOST = 3


@dataclass(frozen=True, slots=True)
class ChartsReading:
    """The charts of one scene, what they report, and which words they used."""

    charts: tuple[Chart, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    taken: Taken = field(default_factory=Taken)


def read_charts(scene: Scene) -> ChartsReading:
    """Every chart of the scene."""
    if not scene.marks:
        return ChartsReading()
    if len(scene.marks) > MOST_MARKS:
        drawing = f"{len(scene.marks)} drawn shapes on one page are a map or a mosaic, not a chart"
        return ChartsReading(notes=(Note("chart-given-up", drawing, scene.page, scene.image),))
    scene = parted_ticks(tell_apart(scene))
    legends = find_legends(scene.words, scene.marks)
    regions, notes = find_regions(scene, legends)
    drafts: list[ChartDraft] = []
    words: set[int] = set()
    for region in regions:
        draft = READERS[region.kind](region)
        if draft is not None:
            drafts.append(with_callouts(draft, frozenset(words)))
            words |= set(drafts[-1].words) | set(region.title_words)
    drafts = with_cards(scene, drafts, words)
    words |= {w for draft in drafts for w in (*draft.words, *draft.region.title_words)}
    charts: list[Chart] = []
    findings: list[Finding] = []
    for draft in settle(drafts):
        if draft.cells:
            chart, found = draft_to_chart(draft, f"c{len(charts) + 1}")
            charts.append(chart)
            findings += found
            notes += [doubt_note(chart, doubt) for doubt in draft.doubts]
    notes += [note for chart in charts if (note := lost_note(scene, chart, words)) is not None]
    notes += refused_charts(scene)
    return ChartsReading(tuple(charts), tuple(findings), tuple(notes), Taken(frozenset(words)))


def lost_note(scene: Scene, chart: Chart, words: set[int]) -> Note | None:
    """A doubt when percentages are printed in a chart of lines that nothing was read from: a line is lost."""
    if chart.type != "line":
        return None
    box = chart.box
    beyond = max(box.height, 0.5 * box.width)  # the line that was not seen runs over or under the others
    area = Box(box.x0, box.y0 - beyond, box.x1, box.y1 + beyond)
    inside = [w for w, word in enumerate(scene.words) if area.holds(word.box.cx, word.box.cy)]
    lost = [v.text for v in read_labels(scene, inside) if v.unit == "percent" and v.word not in words]
    if len(lost) < FEWEST_LOST:
        return None
    return doubt_note(chart, f"{len(lost)} printed values belong to no line: {', '.join(lost[:5])}")


def with_cards(scene: Scene, drafts: Sequence[ChartDraft], words: set[int]) -> list[ChartDraft]:
    """The drafts with the cards among the words that none of them uses.

    Gauges side by side with their names below are cards too: a draft without any name gives way to them.
    """
    nameless = {id(d) for d in drafts if not any(name.text for name in (*d.series, *d.categories))}
    bare = {w for d in drafts if id(d) in nameless for w in (*d.words, *d.region.title_words)}
    cards = read_cards(scene, words - bare)
    told = {w for draft in cards for w in (*draft.words, *draft.region.title_words)}
    return [d for d in drafts if id(d) not in nameless or not told & set(d.words)] + cards


def doubt_note(chart: Chart, doubt: str) -> Note:
    """A reader's doubt about a chart it read."""
    box = chart.box
    return Note("chart-unsure", doubt, chart.page, chart.image, (box.x0, box.y0, box.x1, box.y1))

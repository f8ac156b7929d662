"""Record: a chart while it is read: its region, its legend, and the cells a type reader found in it.

    Scene --regions--> Region --bars|sectors|lines|boxplots--> ChartDraft --findings--> Chart, Finding

A type reader is a pure function ``read_...(region) -> ChartDraft | None``. It says what is drawn
(series, categories, cells); what that means in the tables (segment, item, unit, qualifier) is
decided in one place, ``extract.charts.findings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.finding import QuestionType, Unit
from extract.scene import Box, Scene

RegionKind = Literal["bars", "sectors", "lines", "boxes", "cards", "radar", "bubbles"]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A swatch with its name. ``words`` are indices into ``scene.words``; ``mark`` the swatch itself."""

    label: str
    color: str
    swatch: Box
    words: tuple[int, ...] = ()
    base_n: int | None = None
    alt: str = ""
    mark: int = -1


@dataclass(frozen=True, slots=True)
class Legend:
    """Swatches that belong together, in reading order."""

    entries: tuple[LegendEntry, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Region:
    """What one chart may claim of a scene.

    ``plot`` is the hull of the data marks (or of the axes where they are drawn), ``box`` the whole
    territory with labels, legend and title. ``marks`` are the data marks, ``words`` all words of the
    territory that are not title, legend or note. ``title`` is the question as worded near the chart.
    ``bases`` are the sample sizes printed for the chart as a whole ("") or after the words given.
    ``group`` is the one group of respondents the whole chart is about, "" for everyone.
    """

    scene: Scene
    kind: RegionKind
    plot: Box
    box: Box
    marks: tuple[int, ...]
    words: tuple[int, ...]
    legend: Legend | None = None
    title: str = ""
    title_words: tuple[int, ...] = ()
    note_words: tuple[int, ...] = ()
    question_type: QuestionType = ""
    bases: tuple[tuple[str, int], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed value: the number, how it is printed, and where.

    ``unit`` is None when the label itself does not say (``47.6`` without a sign). ``decimals`` are the
    digits after the point. ``word`` is the index in ``scene.words``; ``confidence`` that of the
    weakest character. ``text`` is what is printed, ``box`` around just these characters.
    """

    text: str
    value: float
    unit: Unit | None
    decimals: int
    box: Box
    word: int
    confidence: float = 1.0
    engine: str = "text"
    scale: float = 1.0
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A series or category as worded: line breaks joined, sample size and translation split off."""

    text: str
    alt: str = ""
    base_n: int | None = None
    words: tuple[int, ...] = ()
    box: Box | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value told by geometry: bar length, angle or height; ``slack`` in the value's unit."""

    value: float
    slack: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a chart. ``series`` and ``category`` index the draft's names, None = the only one.

    ``label`` is None for a mark without a printed value; ``mark`` (index into ``scene.marks``) is None
    for a value without a visible mark (0.0 %). ``measure`` comes from the *other* labels or the axis,
    never from the cell's own label; None when nothing proves the scale.
    """

    series: int | None
    category: int | None
    label: Label | None
    mark: int | None
    measure: Measure | None
    box: Box
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class ChartDraft:
    """A chart as drawn. ``parts_of`` says what sums to 100 %: the series of each category (stacked
    bars), all categories (a pie), or nothing (grouped bars, lines)."""

    type: str
    region: Region
    series: tuple[Name, ...]
    categories: tuple[Name, ...]
    cells: tuple[Cell, ...]
    parts_of: Literal["category", "chart", "nothing"] = "nothing"
    axis_range: tuple[float, float] | None = None
    unit: Unit = "percent"
    scale: float = 1.0
    words: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()

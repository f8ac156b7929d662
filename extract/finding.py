"""Record: one number a document reports, with every reading of it; and the chart it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.notes import Note
from extract.scene import Box, Scene

Source = Literal["chart", "table", "prose"]
Unit = Literal[
    "percent", "point", "count", "score", "ratio", "currency_jpy", "currency_usd",
    "age", "year", "month", "day", "hour", "minute",
]  # fmt: skip
Qualifier = Literal["exact", "approx", "at_least", "at_most", "range_low", "range_high", "vague", "measured"]
QuestionType = Literal["single", "multiple", ""]
BaseSource = Literal["printed", "inherited", "inferred", ""]
Edition = Literal["this", "prior"]
Status = Literal["accepted", "review"]
ItemBound = Literal[
    "quoted", "named", "said", "before", "quoted apart", "apart", "reworded", "carried", "twin"
]
GroupBound = Literal["clause", "sentence", "carried", "everyone", "everyone, others named", "twin"]
QuestionBound = Literal["asked", "topic", "heading", "chart", "beside", "none", "twin"]


@dataclass(frozen=True, slots=True)
class Binding:
    """By what in the text a number of the prose has its labels, nearest first.

    ``item``: ``quoted`` a quotation that touches the number (「A」が47％, 47％が「A」と回答); ``named`` words
    that touch it (満足度は47％, A：47％); ``said`` what its people do, behind it (47％の企業が…している);
    ``before`` words before it with others between; ``quoted apart``, ``apart``: with another number or
    clause between; ``reworded``: made plain from the sentence; ``carried``: from an earlier sentence.
    ``group``: ``clause`` named with no other number between, ``sentence`` with numbers between,
    ``carried`` from an earlier sentence or from whom the question was put to, ``everyone`` none was named,
    ``everyone, others named`` a group was spoken of and left again.
    ``question``: ``asked`` with a verb (について聞いた), ``topic`` named as one, ``heading``, ``chart`` the
    title of the one chart that prints it, ``beside`` the nearest chart's, ``none``. ``twin``: a call-out
    with the labels of the sentence that says the same. ``numbers``: how many the sentence holds;
    ``odd``: the item does not look like a label (cut at a particle, longer than a line).
    ``framed``: the group is set as the frame of what follows (A層では, A層の場合, A層に聞いた, 【A層】).
    ``beside``: items of the sentence's other numbers, and what was asked; ``lost``: it states a share that
    became no row.
    """

    item: ItemBound
    group: GroupBound
    question: QuestionBound
    numbers: int = 1
    odd: bool = False
    framed: bool = False
    beside: tuple[str, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One attempt at one number by one method.

    ``value is None`` means "looked and could not read it"; a method that was never tried leaves no
    Reading at all. ``slack`` is how far the value may honestly be off, in the value's unit.
    """

    method: Literal["label", "geometry", "arithmetic", "format", "echo", "repair"]
    engine: str
    value: float | None
    text: str = ""
    box: Box | None = None
    confidence: float = 1.0
    slack: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One number at one place, before its labels get ids. Field meanings as in observations.csv.

    ``question``, ``segment`` and ``item`` are as worded, line breaks joined; segment "" is everyone.
    ``chart`` is the key of its Chart within the page ("" for prose and tables). ``names_confidence`` is
    that of the weakest letter in the words of item and segment, 1.0 for a text layer. ``fact`` to
    ``witnesses`` are decided by ``extract.weigh``. ``binding`` is the prose reader's alone.
    """

    source: Source
    value: float
    unit: Unit
    item: str
    segment: str = ""
    question: str = ""
    question_type: QuestionType = ""
    item_alt: str = ""
    scale: float = 1.0
    qualifier: Qualifier = "exact"
    base_n: int | None = None
    base_n_source: BaseSource = ""
    page: int | None = None
    image: str | None = None
    box: Box | None = None
    chart: str = ""
    snippet: str = ""
    edition: Edition = "this"
    readings: tuple[Reading, ...] = ()
    names_confidence: float = 1.0
    fact: str = ""
    status: Status = "review"
    confidence: float = 0.0
    witnesses: str = ""
    binding: Binding | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart as read: key unique within the page (``c1``, ``c2`` ...).

    ``bases`` maps a series, category or "" (everyone) to the sample size printed for it.
    ``axis_range`` is the value axis (min, max) in the unit of the labels, None when it has none.
    """

    key: str
    box: Box
    type: str
    title: str
    series: tuple[str, ...]
    categories: tuple[str, ...]
    origin: Literal["vector", "raster", "mixed"]
    question_type: QuestionType = ""
    unit: Unit = "percent"
    axis_range: tuple[float, float] | None = None
    bases: tuple[tuple[str, int], ...] = ()
    page: int | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reader used of a scene: indices into ``scene.words``, so that no number is read twice."""

    words: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything read from one scene by itself; the unit of work that is cached and shipped."""

    scene: Scene
    charts: tuple[Chart, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    taken: Taken = Taken()


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """Who asked whom, when and how many; empty when the document does not say. Dates ISO 8601."""

    title: str = ""
    publisher: str = ""
    survey_name: str = ""
    edition: str = ""
    year: str = ""
    fieldwork_start: str = ""
    fieldwork_end: str = ""
    method: str = ""
    region: str = ""
    population: str = ""
    sample_size: int | None = None
    release_date: str = ""
    url: str = ""
    weighted: str = ""

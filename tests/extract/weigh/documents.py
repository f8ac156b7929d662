"""Small documents for the tests of the witnesses: labelled bars, bare bars, numbers told in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.finding import Binding, Chart, Finding, Reading, SurveyFacts
from extract.scene import Box
from extract.weigh import Weighed, weigh

HERE = Box(0, 0, 10, 10)


def bar(
    item: str, value: float, drawn: float | None = None, *, n: int | None = None, engine: str = "text",
    segment: str = "SaaS", confidence: float = 1.0, chart: str = "c1", text: str = "", at: float = 0.0,
) -> Finding:  # fmt: skip
    """A labelled bar: printed ``value``, drawn as ``drawn`` give or take half a point, ``at`` on the page."""
    box = Box(value + len(item), at, value + len(item) + 10, at + 5)
    readings = [Reading("label", engine, value, text or f"{value:.1f}%", box, confidence)]
    if drawn is not None:
        readings.append(Reading("geometry", "bars", drawn, "", box, slack=0.5))
    return Finding(
        source="chart", value=value, unit="percent", item=item, segment=segment, question="利用ツール",
        page=1, base_n=n, base_n_source="printed" if n else "", box=box, chart=chart,
        readings=tuple(readings),
    )  # fmt: skip


def bare(item: str, drawn: float, segment: str = "SaaS") -> Finding:
    """A bar without a number."""
    reading = Reading("geometry", "bars", drawn, "", HERE, slack=0.5)
    return Finding(
        source="chart", value=drawn, unit="percent", item=item, segment=segment, question="利用ツール",
        qualifier="measured", page=1, box=HERE, chart="c1", readings=(reading,),
    )  # fmt: skip


def told(snippet: str, value: float, item: str, segment: str = "", **more: Any) -> Finding:
    """A number in a sentence of the text layer; ``engine="ocr"`` for a recognised one."""
    engine = more.pop("engine", "text")
    label = Reading("label", engine, value, more.pop("text", f"{value:g}%"), confidence=0.99)
    fields = {"source": "prose", "unit": "percent", "question": "利用ツール", "page": 2} | more
    fields.setdefault("binding", Binding("quoted", "clause" if segment else "everyone", "heading"))
    return Finding(value=value, item=item, segment=segment, snippet=snippet, readings=(label,), **fields)


def chart(kind: str = "hbar_grouped", bases: Sequence[tuple[str, int]] = ()) -> Chart:
    return Chart(
        "c1", HERE, kind, "利用ツール", ("SaaS",), (), "vector",
        axis_range=(0, 100), bases=tuple(bases), page=1,
    )  # fmt: skip


def heard(findings: Sequence[Finding], *charts: Chart, told: Sequence[tuple[str, int]] = ()) -> Weighed:
    return weigh(findings, charts or (chart(),), SurveyFacts(), told)

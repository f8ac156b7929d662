"""What a sentence is about when it does not say so: the title of the chart that shows its number.

A sentence that asks (…について聞いた) names its question itself. One that only stands under a heading is
about the chart that prints the same share under a like label, wherever in the report. Under a heading that
names no topic (a summary, 「…が進んでいる」) it is about the one chart that has its label, else the chart it
stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.finding import Chart, Finding, PageReading, QuestionBound
from extract.prose.bases import likeness_of
from extract.prose.charted import as_charted
from extract.scene import Box, Scene

Asked = Literal["", "topic", "verb"]

ALIKE = 0.4  # share of the shorter label's character pairs from which a chart may show what is said
ALIKE_ABOUT = 0.8  # the same for item and group where the sentence only says 約8割
ABOUT = 5.0  # percentage points between 約8割 and what the chart prints
SHORT = 4  # characters: shorter labels (はい, 満足) are those of many questions
SAME = 0.05  # percentage points; charts and sentences print the same digits
LONG = 28  # characters from which a heading is a sentence, not the name of a topic
_TELLS = re.compile(
    r"\d\s?[%％割]|(?:[るたいだ]|[一-龥ァ-ヶー]に|[一-龥ァ-ヶー]へ|している|[しりい]く|ず|である)$|[はがを][^、]{3,}$"
)
# Headings of a part of the report, which are no topic of its own.
_PARTS = re.compile(
    r"サマリー?|まとめ|結論|総括|要約|概要|ハイライト|トピックス|ポイント|おわりに|終わりに|はじめに"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a question is known: ``asked`` in the text, or by the ``heading`` at ``box`` of ``page``."""

    asked: Asked
    heading: str = ""
    text: str = ""  # of the section so far
    box: Box | None = None
    page: int | None = None


def is_slide(scene: Scene) -> bool:
    """A page wider than high stands alone: its title is of this page, its charts go with its sentences."""
    return scene.page is not None and scene.width > scene.height > 0


def titled(
    findings: Sequence[Finding], seen: Sequence[Sighting], pages: Sequence[PageReading]
) -> list[Finding]:
    """The findings, those that the text does not ask for with the title of their chart as question."""
    shown = [f for p in pages for f in p.findings if f.question and f.source in ("chart", "table")]
    charts = [c for p in pages for c in p.charts if c.title]
    slides = {p.scene.page for p in pages if is_slide(p.scene)}
    titles = [_shown_as(f, s, shown) or _only_with(f, s, shown) for f, s in zip(findings, seen, strict=True)]
    agreed: dict[tuple[Sighting, str], set[str]] = {}
    for f, s, title in zip(findings, seen, titles, strict=True):
        if title:
            agreed.setdefault((replace(s, text=""), f.question), set()).add(title)
    out = []
    for f, s, title in zip(findings, seen, titles, strict=True):
        others = (
            agreed.get((replace(s, text=""), f.question), set())
            if s.asked == "topic" and _open(f, s)
            else set()
        )
        title = title or (next(iter(others)) if len(others) == 1 else "")
        f = as_charted(f, s.text, shown)
        out.append(_asking(f, title) if title else _titled(f, s, charts, f.page in slides))
    return out


def _open(f: Finding, seen: Sighting) -> bool:
    return seen.asked != "verb" and f.edition == "this"


def _titled(f: Finding, seen: Sighting, charts: Sequence[Chart], slide: bool) -> Finding:
    """Under a heading that names no topic, and on slides: the title of the chart beside the sentence."""
    named = seen.heading and seen.page == f.page and not (slide or tells(seen.heading))
    if not _open(f, seen) or seen.asked or named or _PARTS.search(seen.heading):
        return f
    beside = _beside(f, seen, charts)
    return _asking(f, beside.title, "beside") if beside is not None else f


def tells(heading: str) -> bool:
    """Whether a heading tells the news, as against naming a topic."""
    return len(heading) >= LONG or bool(_TELLS.search(heading))


def _asking(f: Finding, title: str, by: QuestionBound = "chart") -> Finding:
    """The finding under this title; the measure behind a stroke stays."""
    measure = f.question.partition("｜")[2]
    title = title.partition("｜")[0]
    bound = replace(f.binding, question=by) if f.binding is not None else None
    return replace(f, question=f"{title}｜{measure}" if measure else title, binding=bound)


def _shown_as(f: Finding, seen: Sighting, shown: Sequence[Finding]) -> str:
    """The title over the chart's number that this one repeats, on its own page if there are several."""
    if not _open(f, seen) or f.unit != "percent":
        return ""
    exact = f.qualifier == "exact"
    alike = [
        (s.page == f.page and s.image == f.image, likeness_of(f.segment, s.segment), likeness, -n)
        for n, s in enumerate(shown)
        if s.unit == f.unit
        and abs(s.value - f.value) <= (SAME if exact else ABOUT)
        and (likeness := likeness_of(f.item, s.item)) >= (ALIKE if exact else ALIKE_ABOUT)
        and (exact or likeness_of(f.segment, s.segment) >= ALIKE_ABOUT)
    ]
    return shown[-max(alike)[3]].question if alike else ""


def _only_with(f: Finding, seen: Sighting, shown: Sequence[Finding]) -> str:
    """The title of the one chart that has this label, under a heading that names no topic."""
    named = seen.heading and not (_PARTS.search(seen.heading) or tells(seen.heading))
    if not _open(f, seen) or seen.asked or named or len(f.item) < SHORT:
        return ""
    titles = {s.question.partition("｜")[0] for s in shown if likeness_of(f.item, s.item) >= ALIKE_ABOUT}
    return next(iter(titles)) if len(titles) == 1 else ""


def _beside(f: Finding, seen: Sighting, charts: Sequence[Chart]) -> Chart | None:
    """The nearest chart of the page that stands under the same heading as the number."""
    here = [c for c in charts if f.page is not None and c.page == f.page]
    box = f.box
    if not here or box is None:
        return None
    top = seen.box.y0 if seen.box is not None and seen.page == f.page else 0.0
    under = [c for c in here if c.box.cy > top]
    return min(under, key=lambda c: _apart(box, c.box), default=None)


def _apart(a: Box, b: Box) -> float:
    """How far two boxes are from each other, in the unit of the page."""
    dx = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    dy = max(a.y0 - b.y1, b.y0 - a.y1, 0.0)
    return dx + dy

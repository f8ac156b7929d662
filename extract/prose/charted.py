"""Labels of a sentence whose number a chart prints: worded as the chart words them, if both mean the same.

「期間のみで分けている層は1.1％」 under a chart with 「期間のみ 1.1％」 states that answer. 「A」は38.4％が
効果を感じている, in a chart of those who feel an effect and those who do not, states it for the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.finding import Finding
from extract.prose.bases import likeness_of, plain

ALIKE = 0.4  # share of the shorter label's character pairs from which two groups may be one
ALIKE_ABOUT = 0.8  # the same from which two items are one
SAME = 0.05  # percentage points; charts and sentences print the same digits
SHORT = 3  # characters of the shortest label that tells an answer when another begins with it


def as_charted(f: Finding, section: str, shown: Sequence[Finding]) -> Finding:
    """The finding with the chart's wording of its labels; ``section`` is the text since its heading."""
    if f.unit != "percent" or f.qualifier != "exact" or f.edition != "this":
        return f
    same = [s for s in shown if s.unit == f.unit and abs(s.value - f.value) <= SAME and _near(f, s)]
    f = _item_of(f, same)
    same = [s for s in same if likeness_of(f.item, s.item) >= ALIKE_ABOUT]
    parts = {s.segment for s in same}
    if len(parts) != 1 or "" in parts:
        return f
    return _part_of(f, parts.pop(), same[0].question, section, shown)


def _near(f: Finding, s: Finding) -> bool:
    """Whether a chart's number may be this one: a decimal tells it anywhere, a whole number on its page."""
    return f.value != round(f.value) or (f.page == s.page and f.image == s.image)


def _item_of(f: Finding, same: Sequence[Finding]) -> Finding:
    """Named by the one label of the charts that the sentence's words begin with; a quoted one stays."""
    if f.binding is not None and f.binding.item.startswith("quoted"):
        return f
    own = plain(f.item)
    inside = {
        s.item for s in same if SHORT <= len(plain(s.item)) < len(own) and own.startswith(plain(s.item))
    }
    exact = any(plain(s.item) == own for s in same)
    return replace(f, item=inside.pop()) if len(inside) == 1 and not exact else f


def _part_of(f: Finding, part: str, question: str, section: str, shown: Sequence[Finding]) -> Finding:
    """In the group of the chart, when the sentence's own is everyone in that chart or says so twice."""
    whole, _, inner = f.segment.partition(" × ")
    if inner and likeness_of(inner, part) >= ALIKE_ABOUT and plain(whole) in plain(question):
        return replace(f, segment=part)  # 非運用層 × 実感層 under 「非運用層の利用状況」
    beside = {s.segment for s in shown if s.question == question}
    known = any(likeness_of(f.segment, g) >= ALIKE for g in beside)
    told = f.value != round(f.value) and plain(part) in plain(section)
    return f if known or len(beside) < 2 or not told else replace(f, segment=part)

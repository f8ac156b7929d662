"""What the numbers of a chart count when they do not say so themselves: captions, axis, title, arithmetic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median

from extract.charts.axis import Axis
from extract.charts.draft import Cell, Region
from extract.charts.labels import SCALE, SCALES, SUFFIX, UNITS
from extract.finding import Unit

# A caption is a unit and nothing else: （％）, 単位：億円, (千人). It stands at an axis or under the title.
CAPTION = re.compile(rf"[(\[]?(?:単位[:\s]*)?(?P<scale>{SCALE})?(?P<unit>{SUFFIX})[)\]]?")
# The same inside a title, alone or among other remarks:「推移（単位：億円）」,「施策（複数回答、単位：％）」.
IN_TITLE = re.compile(
    rf"[(\[](?:[^()\[\]]*[、,・/;:\s])?(?:単位[:\s]*)?(?P<scale>{SCALE})?(?P<unit>{SUFFIX})[)\]、,]"
)
# Rates per so many heads, as vital statistics print them at their axis: 「人口千対」「10万人当たり」.
PER_HEAD = re.compile(
    r"(?:人口|出生|出産|女子?)\s?(?:千|万|10万|十万|百万)\s?対|(?:千|万|10万|百万)人(?:当|あ)たり"
)
# What a title's own words say is counted, the most telling first.
TOPICS: tuple[tuple[re.Pattern[str], Unit], ...] = (
    (re.compile(r"指数|スコア|得点|点数|平均点|偏差値|NPS(?![A-Za-z])|score|index", re.IGNORECASE), "score"),
    (
        re.compile(
            r"割合|比率|構成比|シェア|普及率|[^倍確能効]率(?:$|[のをとは・（(])|percent|share|rate\b",
            re.IGNORECASE,
        ),
        "percent",
    ),
    (re.compile(r"売上高|金額|費用|予算額|[給料年]収額|市場規模"), "currency_jpy"),
    (re.compile(r"[人件社回個台校組]数|人口|number of|count", re.IGNORECASE), "count"),
)
# A caption stands at most this many sizes of its plot away.
NEAR_PLOT = 0.6
# Parts of a whole sum to 100 within this much (each part rounded to a whole percent).
SUM_SLACK = 2.5
# Numbers without a sign are no percentages when the middle one is larger: growth rates seldom are.
MOST_PERCENT = 200.0


def chart_unit(
    region: Region, axis: Axis | None, cells: Sequence[Cell], parts: bool = False
) -> tuple[Unit, float]:
    """Unit and scale of the values without a sign of their own. ``parts``: each row is a whole of parts."""
    own = [cell.label.unit for cell in cells if cell.label and cell.label.unit]
    if own:
        return max(dict.fromkeys(own), key=own.count), 1.0
    if axis is not None and axis.unit:
        return axis.unit, axis.scale
    bare = [abs(cell.label.value) for cell in cells if cell.label]
    caption = _caption(region, not bare or median(bare) <= MOST_PERCENT)
    if caption is not None:
        return caption
    scale = axis.scale if axis is not None else 1.0
    if parts and _sums_to_hundred(cells):
        return "percent", scale
    title = unicodedata.normalize("NFKC", region.title)
    values = [cell.label for cell in cells if cell.label]
    shares = all(abs(label.value) <= 100 for label in values) and not (parts and values)
    for pattern, unit in TOPICS:
        if pattern.search(title) and (unit != "percent" or shares):
            return unit, scale
    fractions = any(label.decimals for label in values)
    small = all(abs(label.value) <= 100 for label in values)
    return ("percent" if values and fractions and small else "count"), scale


def series_unit(name: str, values: Sequence[float], unit: Unit) -> tuple[Unit, float] | None:
    """Unit and scale of one series, whose values carry no sign, in a chart of another ``unit``.

    Its name says so (「登録者数（人、左軸）」, 「売上高」), or its values are no percentages; else None.
    """
    folded = unicodedata.normalize("NFKC", name)
    match = IN_TITLE.search(folded)
    if match:
        return UNITS[match["unit"]], SCALES[match["scale"] or ""]
    large = bool(values) and median(abs(v) for v in values) > MOST_PERCENT
    for pattern, told in TOPICS:
        if pattern.search(folded) and not (told == "percent" and large):
            return told, 1.0
    return ("count", 1.0) if unit == "percent" and large else None


def _caption(region: Region, may_be_percent: bool) -> tuple[Unit, float] | None:
    """The unit a caption states; a 「（％）」 beside numbers in the thousands is that of another axis."""
    texts = [region.scene.words[w].text for w in region.words]
    for text in _texts_near(region):
        match = CAPTION.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
        if match and match["unit"] not in ("年", "日"):  # 「（年）」 names the category axis
            if UNITS[match["unit"]] == "percent" and not may_be_percent:
                continue
            return UNITS[match["unit"]], SCALES[match["scale"] or ""]
    if any(PER_HEAD.search(unicodedata.normalize("NFKC", text)) for text in texts):
        return "ratio", 1.0
    match = IN_TITLE.search(unicodedata.normalize("NFKC", region.title))
    if match and UNITS[match["unit"]] == "percent" and not may_be_percent:
        return None
    return (UNITS[match["unit"]], SCALES[match["scale"] or ""]) if match else None


def _texts_near(region: Region) -> list[str]:
    """Words at the plot, those in the cells of a table beside it left out."""
    plot = region.plot
    near = plot.grown(NEAR_PLOT * max(plot.width, plot.height))
    tables = [g.box for g in region.scene.grids if g.box is not None and g.box.shared(plot) <= 0]
    words = [region.scene.words[w] for w in region.words]
    return [
        w.text for w in words
        if near.holds(w.box.cx, w.box.cy) and not any(t.holds(w.box.cx, w.box.cy) for t in tables)
    ]  # fmt: skip


def _sums_to_hundred(cells: Iterable[Cell]) -> bool:
    sums: dict[int | None, float] = {}
    for cell in cells:
        value = cell.label.value if cell.label else cell.measure.value if cell.measure else 0.0
        sums[cell.category] = sums.get(cell.category, 0.0) + value
    good = sum(abs(total - 100) <= SUM_SLACK for total in sums.values())
    return bool(sums) and good * 2 > len(sums)

"""What a chart as drawn means in the tables: the one place where segment and item are decided.

Item is the answer option and segment the group of respondents, whichever of them is on the axis
and whichever in the legend; over time the period is the segment, unless the series are groups.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from extract.charts.draft import Cell, ChartDraft, Label, Name
from extract.charts.titles import GROUP_NAME
from extract.charts.units import series_unit
from extract.charts.wave import is_period
from extract.finding import Chart, Finding, QuestionType, Reading, Unit
from extract.scene import hull, letters_confidence

SINCE_LAST = "前回比"  # the group of a change since the last survey
# Groups by class limits and by what they are: 「25～29歳」「50～99名」「未導入企業」「子育て世帯」.
RESPONDENTS = re.compile(
    r"\d[\d,]*(?:[~\-–―]|から)\d*[\d,]*(?:歳|代|人|名).{0,3}|[\d,]+(?:歳|人|名)(?:以上|以下|未満|超)"
    r"|.{1,12}(?:企業|世帯|経験者|利用者|加入者|就業者|労働者|従業員)"
)


def draft_to_chart(draft: ChartDraft, key: str) -> tuple[Chart, tuple[Finding, ...]]:
    """The chart's record and its findings, in the order of the draft's cells."""
    series_are_items = items_are_series(draft)
    region = draft.region
    chart = Chart(
        key=key,
        box=hull([region.plot, *(cell.box for cell in draft.cells)]),
        type=draft.type,
        title=region.title,
        series=tuple(name.text for name in draft.series),
        categories=tuple(name.text for name in draft.categories),
        origin=_origin(draft),
        question_type=_question_type(draft),
        unit=draft.unit,
        axis_range=draft.axis_range,
        bases=_bases(draft),
        page=region.scene.page,
        image=region.scene.image,
    )
    draft = _with_series_units(draft)
    findings = tuple(_finding(draft, cell, chart, series_are_items) for cell in draft.cells)
    return chart, findings


def _with_series_units(draft: ChartDraft) -> ChartDraft:
    """The draft with units for the bare values of a series in a chart whose other values carry signs.

    Two scales in one chart: the percentages of the line say nothing about the counts.
    """
    signed = {cell.series for cell in draft.cells if cell.label and cell.label.unit is not None}
    bare = {cell.series for cell in draft.cells if cell.label and cell.label.unit is None} - signed
    if not signed or not bare or len(draft.series) < 2:
        return draft
    cells = list(draft.cells)
    for k in bare - {None}:
        own = [i for i, cell in enumerate(cells) if cell.series == k]
        said = "".join(draft.region.scene.words[w].text for w in draft.series[k or 0].words)
        values = [label.value for i in own if (label := cells[i].label)]
        told = series_unit(said or draft.series[k or 0].text, values, draft.unit)
        if told is None:
            continue
        unit, scale = told
        for i in own:
            label = cells[i].label
            scaled = replace(label, scale=label.scale * scale) if label else None
            cells[i] = replace(cells[i], unit=unit, label=scaled)
    return replace(draft, cells=tuple(cells))


def items_are_series(draft: ChartDraft) -> bool:
    """Whether the series are the answers and the categories the groups.

    Parts that make a whole are answers. Otherwise the rows of bars are the answers and the series
    the groups, unless the rows are groups by name; over time the periods are the segments and the
    series the items.
    """
    if draft.parts_of == "category":
        return True
    if not draft.categories or all(not name.text for name in draft.categories):
        return True
    series_are_groups = all(is_group(name.text) for name in draft.series)
    if draft.series and not series_are_groups and all(is_group(name.text) for name in draft.categories):
        return True
    periods = sum(bool(is_period(name.text)) for name in draft.categories)
    if not draft.series or periods * 2 <= len(draft.categories):
        return False
    names = [name.text for name in draft.series]
    return not all(is_period(name) for name in names) and not series_are_groups


def is_group(text: str) -> bool:
    """Whether a name says who answered: 男性, 25～29歳, 大企業, 未導入企業."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return bool(GROUP_NAME.fullmatch(folded) or RESPONDENTS.fullmatch(folded))


def _finding(draft: ChartDraft, cell: Cell, chart: Chart, series_are_items: bool) -> Finding:
    series = draft.series[cell.series] if cell.series is not None and draft.series else Name("")
    category = draft.categories[cell.category] if cell.category is not None and draft.categories else Name("")
    item, group = (series, category) if series_are_items else (category, series)
    base = _base(draft, item, group)
    value = cell.label.value if cell.label else _rounded(cell)
    label = cell.label
    return Finding(
        source="chart",
        value=value,
        unit=_unit(draft, cell),
        item=item.text,
        segment=_segment(draft, category, group, cell),
        question=chart.title,
        question_type=chart.question_type,
        item_alt=item.alt,
        scale=_scale(draft, label),
        qualifier=("approx" if label.approx else "exact") if label else "measured",
        base_n=base,
        base_n_source="printed" if base is not None else "",
        page=chart.page,
        image=chart.image,
        box=cell.box,
        chart=chart.key,
        snippet=label.text if label else "",
        readings=tuple(_readings(cell)),
        names_confidence=letters_confidence(draft.region.scene.words[w] for w in (*item.words, *group.words)),
    )


def _segment(draft: ChartDraft, row: Name, group: Name, cell: Cell) -> str:
    """The group of the cell, within the group that heads its row, within the group of the whole chart.

    Points beside percentages are changes since the last survey.
    """
    changed = cell.label is not None and cell.label.unit == "point" and draft.unit == "percent"
    nested = (draft.region.group, row.group, group.text, SINCE_LAST if changed else "")
    return " × ".join(dict.fromkeys(name for name in nested if name))


def _unit(draft: ChartDraft, cell: Cell) -> Unit:
    if cell.label and cell.label.unit:
        return cell.label.unit
    return cell.unit or draft.unit


def _scale(draft: ChartDraft, label: Label | None) -> float:
    """The axis' multiplier counts for bare numbers; one with a unit of its own says all of itself."""
    if label is None:
        return draft.scale
    return label.scale * (draft.scale if label.unit is None else 1.0)


def _readings(cell: Cell) -> list[Reading]:
    found = []
    if cell.label:
        label = cell.label
        found.append(Reading("label", label.engine, label.value, label.text, label.box, label.confidence))
    if cell.measure:
        measure = cell.measure
        found.append(
            Reading(
                "geometry",
                "marks",
                round(measure.value, 4),
                box=cell.box,
                slack=round(measure.slack, 4),
                why=measure.why,
            )
        )
    return found


def _rounded(cell: Cell) -> float:
    """A measured value to the digits its slack can vouch for."""
    assert cell.measure is not None
    digits = 1 if cell.measure.slack < 1 else 0
    return round(cell.measure.value, digits)


def _base(draft: ChartDraft, item: Name, group: Name) -> int | None:
    """The sample size of the group; of the answer's own row where that carries it; of the whole chart."""
    if group.base_n is not None:
        return group.base_n
    if item.base_n is not None:
        return item.base_n
    bases = draft.region.bases
    named = [n for said, n in bases if group.text and said and _says(said, group.text)]
    if len(set(named)) == 1:
        return named[0]
    whole = {n for said, n in bases}
    return whole.pop() if len(whole) == 1 else None


def _says(sentence: str, name: str) -> bool:
    """Whether the name occurs in the sentence, spelling and blanks aside."""
    first, second = (re.sub(r"\s", "", unicodedata.normalize("NFKC", t)).lower() for t in (sentence, name))
    return second in first


def _bases(draft: ChartDraft) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for name in (*draft.series, *draft.categories):
        base = name.base_n
        if base is None:
            said = {n for words, n in draft.region.bases if words and name.text and _says(words, name.text)}
            base = said.pop() if len(said) == 1 else None
        if base is not None:
            found[name.text] = base
    whole = {n for _, n in draft.region.bases}
    if not found and len(whole) == 1:
        found[""] = whole.pop()
    return tuple(found.items())


def _question_type(draft: ChartDraft) -> QuestionType:
    if draft.region.question_type:
        return draft.region.question_type
    return "single" if draft.parts_of != "nothing" and draft.unit == "percent" else ""


def _origin(draft: ChartDraft):  # type: ignore[no-untyped-def]
    marks = {draft.region.scene.marks[c.mark].seen_by for c in draft.cells if c.mark is not None}
    words = {draft.region.scene.words[w].seen_by for w in draft.words}
    if marks <= {"vector"} and words <= {"text"}:
        return "vector"
    return "raster" if "vector" not in marks and "text" not in words else "mixed"

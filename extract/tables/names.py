"""Header and stub cells -> the name of a column or row, its sample size and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding import Unit
from extract.tables.cells import UNIT_WORDS, fold, is_everyone, named_unit
from extract.tables.matrix import Entry, Matrix

SIZE = re.compile(r"[(（\[]?\s*[nNｎＮ]\s*[=＝:：]\s*([\d,，]+)\s*[)）\]]?")
# Words of the measure in a header: they give the unit, and the name only where nothing else does.
MEASURE = re.compile(
    rf"(度数|実数|回答者?数|件数|人数|企業数|社数|票数|割合|構成比率?|比率|単位|[nN]|{UNIT_WORDS})"
)
# A mark that sends the reader to a footnote is no part of a name.
FOOTNOTE = re.compile(
    r"\s*(?:[※＊*†‡]+\s*[\d０-９]*[)）]?|[(（]?注\s*[\d０-９]*[)）]|(?<![\d０-９(（])[\d０-９]{1,2}[)）]|[¹²³⁴⁵⁶⁷⁸⁹]+)$"
)
# 人　件　費: characters set apart to fill the cell.
SPACED = re.compile(r"[^\x00-\x7f](?:[\s\u3000]+[^\x00-\x7f])+")
CORNER = frozenset({"区分", "項目", "分類", "種別", "内訳", "選択肢", "回答", "カテゴリ", "カテゴリー"})
# A line of this name compares the others.
CHANGE = re.compile(
    r"(対?(前回|前年|前年度|前期|前年同期|前々回))?(増減|増減数|増減率|増減ポイント|増減幅|差|差分|比|伸び率|変化|変化率|変化量|比増減)"
    r"(\s*[(（].*[)）])?|(change|difference|diff\.?|YoY|delta|Δ)( (in|vs\.?) .*)?(\s*[(（].*[)）])?",
    re.IGNORECASE,
)
# What respondents are told apart by: over a list of answers it is the question, no group of people.
VARIABLE = re.compile(
    r"性別|年[代齢](層|別)?|職業|職種|職位|役職|業種|業界|地域|エリア|居住地|都道府県|従業員(数|規模)|企業規模|"
    r"勤続年数|学歴|年収|世帯構成|家族構成|婚姻状況|"
    r"gender|sex|age( group)?|region|country|industry|sector|company size|role|position|occupation|job title|"
    r"tenure|education|income|marital status",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A column or a row by name. ``parts`` from the outermost heading inwards.

    ``only_measure``: the heading says how it is measured (割合), not who or what.
    """

    parts: tuple[str, ...]
    base_n: int | None = None
    unit: Unit | None = None
    scale: float = 1.0
    only_measure: bool = False

    @property
    def name(self) -> str:
        """Parts joined with a blank; a bracketed part closes up: 平均給与月額（国ベース）."""
        text = ""
        for part in self.parts:
            text += ("" if not text or part[0] in "(（" else " ") + part
        return text

    @property
    def everyone(self) -> bool:
        """Whether, as a group, it is all respondents."""
        return self.only_measure or is_everyone(self.name)


def entries_to_line(entries: Sequence[Entry | None]) -> Line:
    """The line named by these cells (spanning cells once); units and sizes split off."""
    parts: list[str] = []
    measures: list[str] = []
    base_n, unit, scale = None, None, 1.0
    seen: set[tuple[int, int]] = set()
    for entry in entries:
        if entry is None or entry.origin in seen or not entry.text.strip():
            continue
        seen.add(entry.origin)
        text = entry.text.strip()
        size = SIZE.search(text)  # before footnotes: 「（n=84）」 ends like one
        if size:
            base_n = int(re.sub(r"\D", "", size[1]))
            text = SIZE.sub("", text).strip()
        text = FOOTNOTE.sub("", text)
        if SPACED.fullmatch(text):
            text = re.sub(r"\s+", "", text)
        told = named_unit(text)
        if told:
            unit, scale = told
        if text:
            bare = strip_unit(text)
            is_measure = not bare or MEASURE.fullmatch(fold(bare).strip("()[] "))
            if not is_measure and not any(char.isalnum() for char in bare):
                continue
            (measures if is_measure else parts).append(bare)
    named = tuple(p for p in parts or measures if p)
    return Line(named, base_n, unit, scale, only_measure=not parts)


def strip_unit(text: str) -> str:
    """割合（%） -> 割合; the unit in brackets is no part of the name."""
    return re.sub(rf"[（(\[]\s*(単位\s*[:：]?\s*)?({UNIT_WORDS}|％)\s*[)）\]]\s*$", "", text).strip()


def column_line(matrix: Matrix, headers: Sequence[int], column: int) -> Line:
    return entries_to_line([matrix.rows[r][column] for r in headers])


def row_line(
    matrix: Matrix, stubs: Sequence[int], row: int, first: int = 0, section: Entry | None = None
) -> Line:
    """Outer stubs left blank go on from the row above (性別 男性 / 女性), down from row ``first``; a row
    without a name of its own keeps to its cells. ``section``: the heading over the row and its neighbours."""
    entries = [matrix.rows[row][c] for c in stubs]
    if is_named(entries[-1] if entries else None):
        entries[:-1] = [going_on(matrix, column, row, first) for column in stubs[:-1]]
    line = entries_to_line(entries)
    return line if section is None or line.everyone else entries_to_line([section, *entries])


def named_like_above(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Rows without any name go on from the row above: the shares under counts."""
    found: list[Line] = []
    for line in lines:
        found.append(found[-1] if not line.name and found else line)
    return tuple(found)


def is_named(entry: Entry | None) -> bool:
    return entry is not None and bool(entry.text.strip())


def going_on(matrix: Matrix, column: int, row: int, first: int) -> Entry | None:
    """The cell, or the nearest filled one above it; 全体 goes on nowhere."""
    above = (matrix.rows[r][column] for r in range(row, first - 1, -1))
    found = next((e for e in above if is_named(e)), None)
    own = matrix.rows[row][column]
    return own if found is None or is_everyone(found.text) else found


def naming_stubs(matrix: Matrix, stubs: Sequence[int], rows: Sequence[int]) -> tuple[int, ...]:
    """Stub columns that name the rows: the first alone where it tells all rows apart."""
    for count in range(1, len(stubs)):
        names = [tuple(e.text if (e := matrix.rows[r][c]) else "" for c in stubs[:count]) for r in rows]
        if all(any(name) for name in names) and len(set(names)) == len(rows) > 1:
            return tuple(stubs[:count])
    return tuple(stubs)

"""Which rows and columns of a matrix are headers, stubs, sample sizes, and which hold results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.tables.cells import Value, cell_values, fold, is_blank, is_everyone
from extract.tables.matrix import Entry, Matrix
from extract.tables.periods import is_year
from extract.tables.sections import is_section, section_rows, title_rows

SAMPLE_SIZE = re.compile(
    r"[(\[]?((有効)?(回答(者|企業|社|件|票)?数?|サンプル(数|サイズ)?|標本(数|サイズ)?|回収(票)?数)|調査(対象者?)?数|"
    r"該当(者|企業)?数?|集計(対象)?(者|件|企業|社)?(数|母数)?|母数|基数|[nN]数?|(un)?(weighted )?base|"
    r"total n|sample( size)?|(number of )?respondents)[)\]]?\s*([(\[].*[)\]])?\s*[=:：]?",
    re.IGNORECASE,
)
# Head words of a measure, not of a group: a column "SaaS 度数" counts SaaS.
SERIAL = re.compile(
    r"(No\.?|Rank(ing)?|ID|順|番号|コード|順位|位|電話.*|TEL|〒|郵便番号|ページ|頁|連番|#)", re.IGNORECASE
)
# Columns of a statistical test report nothing about respondents.
TEST = re.compile(
    r"[ptzF]\s?[-‐]?\s?(値|values?)|[pP]|有意(差|確率|水準)?|(カイ二乗|χ2|t)?検定(結果)?|sig\.?",
    re.IGNORECASE,
)
# Two different heads of this kind make a list of companies (電話 or FAX may be answers to a question).
DIRECTORY = re.compile(
    r"(本社)?所在地|住所|設立(年月日?|日)?|創業|代表者(名|氏名)?|資本金|会社名|商号|事業内容",
    re.IGNORECASE,
)
# A row with one of these is about an office or a shop, and its numbers are opening hours or beds.
CONTACT = re.compile(r"https?://|www\.|\d{2,5}-\d{1,4}-\d{3,4}|〒\s*\d{3}")
# A column or row of results holds numbers in at least this share of its filled cells.
NUMERIC = 0.6


@dataclass(frozen=True, slots=True)
class Roles:
    """Indices into the matrix: header rows, stub columns, result rows and columns, sample-size lines."""

    headers: tuple[int, ...]
    stubs: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    base_row: int | None = None
    base_column: int | None = None
    titles: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()


def values_of(entry: Entry | None) -> tuple[Value, ...]:
    return cell_values(entry.text) if entry else ()


def is_period(entry: Entry | None) -> bool:
    """A year or a date: a heading, not a result."""
    return entry is not None and is_year(entry.text)


def is_stack(entry: Entry | None) -> bool:
    """Numbers of many rows in one cell: no result, since no rule says whose they are, and no heading."""
    return entry is not None and bool(re.fullmatch(r"[\d.,▲△%-]+(\s+[\d.,▲△%-]+){3,}", fold(entry.text)))


def share_numeric(entries: Sequence[Entry | None]) -> float:
    """Share of the filled cells that are numbers (blank signs count as numbers not given)."""
    filled = [e for e in entries if e is not None and e.text.strip()]
    if not filled:
        return 0.0
    return sum(bool(values_of(e)) or is_blank(e.text) for e in filled) / len(filled)


def find_roles(matrix: Matrix) -> Roles | None:
    """The roles, or None when the matrix holds no results (a layout grid, a form, a list of words)."""
    titles = title_rows(matrix)
    headers = leading_headers(matrix, len(titles))
    body = [r for r in range(len(titles), len(matrix.rows)) if r not in headers]
    sections = section_rows(matrix, body)
    body = [r for r in body if r not in sections]
    if not body:
        return None
    columns = [
        c
        for c in range(matrix.width)
        if is_result_column([matrix.rows[r][c] for r in body], c, matrix, headers)
    ]
    if not columns:
        return None
    columns = drop_stub_numbers(columns, body, matrix, headers)
    if is_directory(matrix):
        return None
    stubs = [c for c in range(columns[0]) if any(has_words(matrix.rows[r][c]) for r in body)]
    stubs = [c for c in stubs if not is_serial(matrix, headers, body, c)] or stubs
    rows = [r for r in body if any(values_of(matrix.rows[r][c]) for c in columns)]
    rows = [r for r in rows if not any(CONTACT.search(e.text) for e in matrix.rows[r] if e is not None)]
    base_row = next((r for r in rows if any(names_size(matrix.rows[r][c]) for c in stubs)), None)
    if base_row is None:
        base_row = counts_of_everyone(matrix, rows, stubs, columns)
    base_column = next((c for c in columns if any(names_size(matrix.rows[r][c]) for r in headers)), None)
    if base_column is None:
        base_column = whole_column(matrix, headers, rows, columns)
    if base_column is not None and counts_of_shares(matrix, rows, columns, base_column):
        base_column = None
    rows = [r for r in rows if r != base_row]
    kept = [c for c in columns if c != base_column]
    if not rows or not kept or not (stubs or headers):
        return None
    return Roles(
        tuple(headers), tuple(stubs), tuple(rows), tuple(kept), base_row, base_column, tuple(titles),
        tuple(sections),
    )  # fmt: skip


def counts_of_everyone(
    matrix: Matrix, rows: Sequence[int], stubs: Sequence[int], columns: Sequence[int]
) -> int | None:
    """A first or last row called 全体 of whole numbers where all other rows are shares: the sample sizes."""
    for row in (rows[0], rows[-1]) if len(rows) > 2 else ():
        if not any(is_everyone(e.text) for c in stubs if (e := matrix.rows[row][c])):
            continue
        sizes = [v for c in columns for v in values_of(matrix.rows[row][c])]
        rest = [v for r in rows if r != row for c in columns for v in values_of(matrix.rows[r][c])]
        whole = all("." not in v.text and v.unit in (None, "count") for v in sizes)
        shares = all((v.unit == "percent" or "." in v.text) and 0 <= v.number <= 100 for v in rest)
        if (
            whole
            and shares
            and rest
            and min(v.number for v in sizes) > 0
            and max(v.number for v in sizes) > 100
        ):
            return row
    return None


def whole_column(
    matrix: Matrix, headers: Sequence[int], rows: Sequence[int], columns: Sequence[int]
) -> int | None:
    """A column called 計 in which every share is 100 and every other number is a sample size."""
    for column in (columns[0], columns[-1]) if len(columns) > 2 else ():
        heads = [e.text for r in headers if (e := matrix.rows[r][column]) is not None]
        values = [v for r in rows for v in values_of(matrix.rows[r][column])]
        shares = [v for v in values if v.unit == "percent" or "." in v.text]
        whole = shares and len(shares) < len(values) and all(v.number == 100 for v in shares)
        if whole and any(is_everyone(head) for head in heads):
            return column
    return None


def is_directory(matrix: Matrix) -> bool:
    """A list of companies: where they are, when founded, with what capital."""
    edge = [*matrix.rows[0], *matrix.column(0)]
    return len({e.text for e in edge if e is not None and DIRECTORY.fullmatch(fold(e.text))}) >= 2


def is_serial(matrix: Matrix, headers: Sequence[int], body: Sequence[int], column: int) -> bool:
    """A column of ranks or line numbers."""
    heads = [fold(e.text) for r in headers if (e := matrix.rows[r][column]) is not None]
    cells = [fold(e.text) for r in body if (e := matrix.rows[r][column]) is not None]
    if counts_up([matrix.rows[r][column] for r in body]) and len(cells) == len(body):
        return True
    return any(SERIAL.fullmatch(head) for head in heads) and all(re.fullmatch(r"\d*\D?", c) for c in cells)


def counts_of_shares(matrix: Matrix, rows: Sequence[int], columns: Sequence[int], counts: int) -> bool:
    """Whether the numbers called 回答数 are those who gave each answer: one other column has their shares."""
    others = [c for c in columns if c != counts]
    if len(others) != 1:
        return False
    pairs = [
        (n[0].number, share[0].number)
        for r in rows
        if (n := values_of(matrix.rows[r][counts])) and (share := values_of(matrix.rows[r][others[0]]))
    ]
    ratios = [n / share for n, share in pairs if share > 0]
    return len(ratios) > 1 and len(ratios) == len(pairs) and max(ratios) <= 1.1 * min(ratios)


def leading_headers(matrix: Matrix, first: int = 0) -> list[int]:
    """Rows from ``first`` on that hold no result: words, periods, units; spanning cells pull their rows
    along, a heading over rows ends them."""
    headers: list[int] = []
    for at, row in list(enumerate(matrix.rows))[first:]:
        if headers and is_section(matrix, at):
            break
        results = [e for e in row if (values_of(e) and not is_period(e)) or is_stack(e)]
        if not headers and heads_numbers(matrix, at):
            results = []
        spanned = any(e is not None and e.origin[0] < at and e.origin[0] in headers for e in row[1:])
        if results and not (spanned and len(results) < len(row) / 2):
            break
        headers.append(at)
    return headers if first + len(headers) < len(matrix.rows) else []


def heads_numbers(matrix: Matrix, row: int) -> bool:
    """Whether words of the row stand over numbers alone: 0回 beside 1~2回 and 3回以上 is no result."""
    for column, entry in enumerate(matrix.rows[row]):
        if column == 0 or not has_words(entry) or values_of(entry) or entry is matrix.rows[row][0]:
            continue
        below = [
            e
            for r in matrix.rows[row + 1 :]
            if (e := r[column]) is not None and e is not entry and e.text.strip()
        ]
        if len(below) > 1 and all(values_of(e) or is_blank(e.text) for e in below):
            return True
    return False


def is_result_column(
    entries: Sequence[Entry | None], at: int, matrix: Matrix, headers: Sequence[int]
) -> bool:
    if share_numeric(entries) < NUMERIC or not any(values_of(e) for e in entries):
        return False
    if all(is_period(e) for e in entries if e is not None and e.text.strip()):
        return False
    head = [fold(e.text) for r in headers if (e := matrix.rows[r][at]) is not None]
    told = any(SERIAL.fullmatch(text) or TEST.fullmatch(text) for text in head)
    return not told and not counts_up(entries)


def counts_up(entries: Sequence[Entry | None]) -> bool:
    """1, 2, 3, ...: the numbers of the lines, not results."""
    numbers = [v[0].number for e in entries if (v := values_of(e))]
    return (
        len(numbers) >= 3
        and numbers == [numbers[0] + i for i in range(len(numbers))]
        and numbers[0] in (0, 1)
    )


def drop_stub_numbers(
    columns: list[int], body: Sequence[int], matrix: Matrix, headers: Sequence[int]
) -> list[int]:
    """A first numeric column of ages or years that rises from row to row names the rows."""
    if len(columns) < 2:
        return columns
    first = [v[0] for r in body if (v := values_of(matrix.rows[r][columns[0]]))]
    numbers = [v.number for v in first]
    rising = all(a < b for a, b in pairwise(numbers))
    timely = all(v.unit in ("year", "age", "month") for v in first)
    return columns[1:] if rising and timely and len(numbers) > 1 else columns


def has_words(entry: Entry | None) -> bool:
    return entry is not None and bool(entry.text.strip()) and not is_blank(entry.text)


def names_size(entry: Entry | None) -> bool:
    return entry is not None and bool(SAMPLE_SIZE.fullmatch(fold(entry.text)))

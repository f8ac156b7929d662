"""Rules traced from a scan: parts hidden by letters, remains of letters beside them, tables in two frames."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.finding import Finding
from extract.scene import Box, Mark, Scene, Word
from extract.sources.grids import with_grids
from extract.sources.grids.mend import mended, straightened
from extract.sources.grids.rules import Rule
from extract.tables import read_ruled

NEAR = 1.8


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    return Word(text, Box(x, y, x + size * 0.6 * len(text), y + size), size)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, float]]:
    return [(f.item, f.segment, f.value) for f in findings]


def test_remains_of_letters_do_not_move_a_rule() -> None:
    rules = [Rule(173.0, 60, 530), *(Rule(171.6 - 0.2 * k, 70 + 20 * k, 80 + 20 * k) for k in range(6))]
    assert straightened(rules, NEAR)[0].at == 173.0


def test_a_rule_goes_on_under_the_word_that_hides_it() -> None:
    pieces = [Rule(100, 50, 120, True), Rule(100, 140, 200, True)]
    assert [(r.start, r.end) for r in mended(pieces, [], [Box(121, 95, 139, 107)], NEAR)] == [(50, 200)]
    assert len(mended(pieces, [], [Box(121, 110, 139, 120)], NEAR)) == 2
    assert len(mended([Rule(100, 50, 120), Rule(100, 140, 200)], [], [Box(121, 95, 139, 107)], NEAR)) == 2


def test_a_rule_is_led_on_under_a_word_to_the_next_rule_across() -> None:
    across = [Rule(50, 0, 300), Rule(200, 0, 300)]
    hidden = [Box(182, 95, 199, 107)]
    assert mended([Rule(100, 50, 180, True)], across, hidden, NEAR) == [Rule(100, 50, 200, True)]


def test_beyond_a_rule_across_only_numbers_set_flush_hide_it() -> None:
    across = [Rule(c, 0, 300) for c in (50, 70, 90)]
    seen = [Rule(100, 50, 70, True)]
    flush, centred = Box(72, 88, 88, 100), Box(72, 94, 88, 106)
    assert mended(seen, across, [flush], NEAR, [flush]) == [Rule(100, 50, 90, True)]
    assert mended(seen, across, [flush], NEAR) == seen
    assert mended(seen, across, [centred], NEAR, [centred]) == seen


def rules_of(xs: list[float], ys: list[float]) -> list[Mark]:
    level = [Mark("line", Box(xs[0], y, xs[-1], y), stroke="#000000") for y in ys]
    return level + [Mark("line", Box(x, ys[0], x, ys[-1]), stroke="#000000") for x in xs]


def test_a_table_without_row_names_takes_those_of_its_left_neighbour() -> None:
    left = (("区分", "人口"), ("2023年度", "636人"), ("2024年度", "641人"))
    right = (("(参考)面積", "(参考)戸数"), ("276点", "31戸"), ("275点", "32戸"))
    marks = rules_of([40, 120, 200], [90, 110, 130, 150]) + rules_of([230, 330, 430], [90, 110, 130, 150])
    words = [word(t, (44, 124)[c], 95 + 20 * r) for r, row in enumerate(left) for c, t in enumerate(row)]
    words += [word(t, (234, 334)[c], 95 + 20 * r) for r, row in enumerate(right) for c, t in enumerate(row)]
    scene = with_grids(Scene(595, 842, page=1, words=tuple(words), marks=tuple(marks)))
    assert told(read_ruled(scene).findings) == [
        ("人口", "2023年度", 636.0), ("人口", "2024年度", 641.0),
        ("(参考)面積", "2023年度", 276.0), ("(参考)戸数", "2023年度", 31.0),
        ("(参考)面積", "2024年度", 275.0), ("(参考)戸数", "2024年度", 32.0),
    ]  # fmt: skip


def test_rules_that_lean_a_little_are_no_line_of_a_chart() -> None:
    xs, ys = [40.0, 140, 240, 340], [90.0, 110, 130, 150]
    slope = 0.007

    def leaning(x: float, y: float) -> tuple[float, float]:
        return x - slope * y, y + slope * x

    marks = []
    for y in ys:
        points = tuple(leaning(x, y) for x in xs)
        for a, b in pairwise(points):
            marks.append(Mark("line", Box(a[0], a[1], b[0], b[1]), stroke="#555555", points=(a, b)))
    for x in xs:
        a, b = leaning(x, ys[0]), leaning(x, ys[-1])
        marks.append(Mark("line", Box(b[0], a[1], a[0], b[1]), stroke="#555555", points=(a, b)))
    rows = (("", "東", "西"), ("導入済み", "64.4%", "48.0%"), ("検討中", "12.5%", "16.9%"))
    words = [
        word(t, *leaning(xs[c] + 4, ys[r] + 5))
        for r, row in enumerate(rows) for c, t in enumerate(row) if t
    ]  # fmt: skip
    scene = with_grids(Scene(595, 842, page=1, words=tuple(words), marks=tuple(marks)))
    assert told(read_ruled(scene).findings)[0] == ("導入済み", "東", 64.4)


def test_the_strip_between_a_shading_and_its_rule_is_no_column() -> None:
    rows = (("区分", "割合"), ("東部", "44"), ("西部", "40"))
    words = tuple(
        word(text, x, 95 + 22 * r)
        for r, row in enumerate(rows)
        for text, x in zip(row, (48, 132), strict=True)
    )
    drawn = rules_of([40, 120, 124, 200], [90, 112, 134, 156])
    seen = tuple(replace(mark, seen_by="pixels", slack=0.2) for mark in drawn)
    grid = with_grids(Scene(595, 842, words=words, marks=seen)).grids[0]
    assert {cell.column for cell in grid.cells} == {0, 1}
    assert len(with_grids(Scene(595, 842, words=words, marks=tuple(drawn))).grids[0].cells) == 9

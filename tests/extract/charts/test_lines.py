"""What line charts say: series, periods, printed values where lines cross, years between printed years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.charts import read_charts
from extract.charts.callouts import with_callouts
from extract.charts.draft import ChartDraft, Region
from extract.charts.legend import find_legends
from extract.charts.lines import read_lines
from extract.charts.strokes import find_line_plots
from extract.scene import Box, Mark, Word
from tests.extract.charts.drawing import dot, polyline, rect, scene, square, word

BLUE, RED, GREEN = "#1f77b4", "#d62728", "#2ca02c"
LEFT, BOTTOM, PITCH, UNIT = 100.0, 300.0, 50.0, 2.0  # a point of value v lies UNIT * v above BOTTOM


def spot(k: int, value: float) -> tuple[float, float]:
    return LEFT + PITCH * (k + 0.5), BOTTOM - UNIT * value


def line(values: Sequence[float], color: str) -> list[Mark]:
    points = [spot(k, v) for k, v in enumerate(values)]
    return [polyline(points, color), *(dot(x, y, color) for x, y in points)]


def years(count: int, first: int = 2019) -> list[Word]:
    return [word(str(first + k), spot(k, 0)[0], BOTTOM + 12, align="centre") for k in range(count)]


def ticks() -> list[Word]:
    return [word(str(v), LEFT - 6, BOTTOM - UNIT * v, align="right") for v in (0, 20, 40, 60, 80, 100)]


def value(k: int, v: float, up: bool = True, text: str = "", color: str = "#000000") -> Word:
    x, y = spot(k, v)
    return word(text or f"{v:.1f}", x, y + (-10 if up else 10), color=color, align="centre")


def region(words: Sequence[Word], marks: Sequence[Mark]) -> Region:
    page = scene(words, marks)
    legends = find_legends(page.words, page.marks)
    said = {w for legend in legends for e in legend.entries for w in e.words}
    (box, data), *_ = find_line_plots(page, 8.0)
    free = tuple(i for i in range(len(words)) if i not in said)
    return Region(page, "lines", box, Box(0, 0, 600, 400), data, free, legends[0] if legends else None)


def rows(draft: ChartDraft | None) -> dict[tuple[str, str], float]:
    """Printed values by series and period."""
    assert draft is not None
    return {
        (
            draft.series[c.series].text if c.series is not None else "",
            draft.categories[c.category or 0].text,
        ): c.label.value
        for c in draft.cells
        if c.label
    }


def test_one_line_over_years() -> None:
    words = [*years(4), *ticks(), *(value(k, v) for k, v in enumerate([10.2, 30.5, 20.1, 44.4]))]
    assert rows(read_lines(region(words, line([10.2, 30.5, 20.1, 44.4], BLUE)))) == {
        ("", "2019"): 10.2,
        ("", "2020"): 30.5,
        ("", "2021"): 20.1,
        ("", "2022"): 44.4,
    }


def test_where_lines_cross_the_value_tells_whose_label_it_is() -> None:
    a, b = [30.0, 22.0, 20.0], [10.0, 21.0, 33.0]
    keys = [polyline([(400, 40), (418, 40)], BLUE), polyline([(400, 54), (418, 54)], RED)]
    words = [*years(3), *ticks(), word("男性", 422, 40), word("女性", 422, 54)]
    words += [value(0, 30.0), value(0, 10.0, False), value(2, 20.0, False), value(2, 33.0)]
    words += [
        value(1, 22.0, False, "21.0"),
        value(1, 21.0, True, "22.0"),
    ]  # each on the far side of the other line
    found = rows(read_lines(region(words, [*line(a, BLUE), *line(b, RED), *keys])))
    assert found[("男性", "2020")] == 22.0
    assert found[("女性", "2020")] == 21.0


def test_names_at_the_ends_of_the_lines() -> None:
    x, y = spot(3, 40)
    u, v = spot(3, 36)
    words = [
        *years(4),
        *ticks(),
        word("東日本", x + 8, y),
        word("西日本", u + 8, v + 2),
        value(0, 10.0),
        value(0, 60.0),
    ]
    found = rows(read_lines(region(words, [*line([10, 20, 30, 40], BLUE), *line([60, 50, 40, 36], RED)])))
    assert found == {("東日本", "2019"): 10.0, ("西日本", "2019"): 60.0}


def test_a_hollow_marker_read_as_a_letter_names_no_line() -> None:
    x, y = spot(3, 40)
    u, v = spot(3, 36)
    first = spot(0, 10)
    words = [*years(4), *ticks(), word("東日本", x + 8, y), word("西日本", u + 8, v + 2), value(0, 10.0)]
    words += [value(0, 60.0), word("C", first[0] - 2, first[1] + 4, size=6)]
    found = rows(read_lines(region(words, [*line([10, 20, 30, 40], BLUE), *line([60, 50, 40, 36], RED)])))
    assert found == {("東日本", "2019"): 10.0, ("西日本", "2019"): 60.0}


def test_boxed_names_beside_the_lines_go_by_the_colour_of_their_box() -> None:
    words = [
        *years(4),
        *ticks(),
        word("上位", 180, 232, align="centre"),
        word("下位", 180, 214, align="centre"),
        value(0, 30.0),
        value(3, 25.0, False),
    ]
    boxes = [rect(165, 226, 195, 238, "#aec7e8"), rect(165, 208, 195, 220, "#ff9896")]
    marks = [*line([30, 32, 34, 36], BLUE), *line([22, 23, 24, 25], RED), *boxes]
    found = rows(read_lines(region(words, marks)))
    assert found == {("上位", "2019"): 30.0, ("下位", "2022"): 25.0}


def test_years_between_printed_years() -> None:
    values = [float(10 + 3 * k % 17) for k in range(9)]
    shown = [
        word(text, spot(k, 0)[0], BOTTOM + 12, align="centre")
        for k, text in [(0, "1998"), (2, "2000"), (4, "02"), (6, "04"), (8, "2006（年）")]
    ]
    words = [*shown, *ticks(), value(3, values[3]), value(7, values[7])]
    found = rows(read_lines(region(words, line(values, BLUE))))
    assert found == {("", "2001"): values[3], ("", "2005"): values[7]}


def test_unlabelled_points_are_measured_on_the_axis() -> None:
    draft = read_lines(region([*years(3), *ticks()], line([12.5, 47.5, 80.0], BLUE)))
    assert draft is not None
    assert [c.measure.value for c in draft.cells if c.measure] == pytest.approx([12.5, 47.5, 80.0], abs=0.3)


def test_without_axis_and_labels_nothing_is_said() -> None:
    assert read_lines(region(years(3), line([12.5, 47.5, 80.0], BLUE))) is None


def test_one_label_for_two_points_at_one_place() -> None:
    keys = [square(405, 40, BLUE), square(405, 54, RED)]
    words = [
        *years(3),
        *ticks(),
        word("甲", 412, 40),
        word("乙", 412, 54),
        value(1, 30.0),
        value(0, 10.0),
        value(0, 50.0),
    ]
    found = rows(read_lines(region(words, [*line([10, 30, 20], BLUE), *line([50, 30, 45], RED), *keys])))
    assert found[("甲", "2020")] == found[("乙", "2020")] == 30.0


def test_two_points_make_a_line_when_they_carry_markers() -> None:
    words = [*years(2), *ticks(), value(0, 20.0), value(1, 70.0)]
    assert rows(read_lines(region(words, line([20, 70], BLUE)))) == {("", "2019"): 20.0, ("", "2020"): 70.0}


@pytest.mark.parametrize("dashed", [True, False])
def test_lines_of_one_colour_are_named_by_their_dashes_or_not_at_all(dashed: bool) -> None:
    black = "#000000"
    first, second = line([10, 30, 20], black), line([50, 60, 45], black)
    second[0] = replace(second[0], dashed=dashed)
    samples = [polyline([(400, 40), (416, 40)], black), polyline([(400, 54), (416, 54)], black)]
    samples[1] = replace(samples[1], dashed=dashed)
    words = [*years(3), *ticks(), word("甲", 422, 40), word("乙", 422, 54)]
    words += [value(k, v) for k, v in enumerate([10, 30, 20])] + [
        value(k, v) for k, v in enumerate([50, 60, 45])
    ]
    draft = read_lines(region(words, [*first, *second, *samples]))
    if dashed:
        assert rows(draft)[("甲", "2019")] == 10.0
        assert rows(draft)[("乙", "2019")] == 50.0
    else:
        assert draft is None or not {name.text for name in draft.series} & {"甲", "乙"}


def test_ends_of_slopes_with_name_and_value_beside_them_are_no_legend() -> None:
    words = [*years(2)]
    for name, first, last, color in (("防災", 20.0, 70.0, BLUE), ("教育", 60.0, 30.0, RED)):
        for k, v in ((0, first), (1, last)):
            x, y = spot(k, v)
            text = word(f"{v:.1f}%", x + (9 if k else -9), y, align="left" if k else "right", color=color)
            edge = text.box.x1 + 3 if k else text.box.x0 - 3
            words += [text, word(name, edge, y, align="left" if k else "right", color=color)]
    found = rows(read_lines(region(words, [*line([20, 70], BLUE), *line([60, 30], RED)])))
    assert found == {
        ("防災", "2019"): 20.0,
        ("防災", "2020"): 70.0,
        ("教育", "2019"): 60.0,
        ("教育", "2020"): 30.0,
    }


def test_sample_sizes_under_the_periods() -> None:
    names = [word(f"第{k + 1}回", spot(k, 0)[0], BOTTOM + 12, align="centre") for k in range(3)]
    sizes = [word(f"(n={100 + k})", spot(k, 0)[0], BOTTOM + 22, align="centre") for k in range(3)]
    words = [*names, *sizes, *ticks(), *(value(k, v) for k, v in enumerate([10.0, 30.0, 20.0]))]
    draft = read_lines(region(words, line([10, 30, 20], BLUE)))
    assert draft is not None
    assert [(n.text, n.base_n) for n in draft.categories] == [("第1回", 100), ("第2回", 101), ("第3回", 102)]


def test_a_note_states_a_value_at_a_year() -> None:
    keys = [square(405, 40, BLUE), square(405, 54, RED)]
    words = [
        *years(4),
        *ticks(),
        word("利用率", 412, 40),
        word("認知度", 412, 54),
        word("2021年", 250, 100),
        word("最高の認知度：62.0%", 250, 110),
    ]
    marks = [*line([10, 20, 30, 40], BLUE), *line([50, 55, 62, 60], RED), *keys]
    draft = read_lines(region(words, marks))
    assert draft is not None
    assert rows(with_callouts(draft, frozenset())) == {("認知度", "2021"): 62.0}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(3, 97), st.integers(3, 97)), min_size=3, max_size=8))
def test_every_label_finds_its_point(pairs: list[tuple[int, int]]) -> None:
    """Two lines, the upper point of each year labelled above, the lower below."""
    pairs = [(a, b if abs(a - b) > 3 else (a + 40) % 90 + 5) for a, b in pairs]
    keys = [square(505, 40, BLUE), square(505, 54, RED)]
    words = [*years(len(pairs)), *ticks(), word("甲", 512, 40), word("乙", 512, 54)]
    for k, (a, b) in enumerate(pairs):
        words += [value(k, a, a > b), value(k, b, b > a)]
    marks = [*line([a for a, _ in pairs], BLUE), *line([b for _, b in pairs], RED), *keys]
    expected = {
        (s, str(2019 + k)): float(v)
        for k, pair in enumerate(pairs)
        for s, v in zip("甲乙", pair, strict=True)
    }
    rise = min(max(values) - min(values) for values in zip(*pairs, strict=True))
    if rise > 2:  # a line that hardly rises is taken for a rule unless a legend has its colour
        assert rows(read_lines(region(words, marks))) == expected


def test_each_of_two_scales_has_its_own_unit() -> None:
    page = scene(
        [
            word("登録と利用の推移", 100, 60, size=12),
            *years(4),
            word("登録者数（人、左軸）", 130, 90),
            word("利用率（％、右軸）", 260, 90),
            *(value(k, v, text=f"{v * 40:,.0f}") for k, v in enumerate((40, 46, 52, 60))),
            *(value(k, v, up=False, text=f"{v}%") for k, v in enumerate((20.5, 24.0, 22.5, 30.0))),
        ],
        [
            *line([40, 46, 52, 60], BLUE),
            *line([20.5, 24.0, 22.5, 30.0], RED),
            polyline([(110, 90), (126, 90)], BLUE),
            polyline([(240, 90), (256, 90)], RED),
        ],
    )
    found = read_charts(page).findings
    assert {(f.item, f.unit) for f in found} == {("登録者数", "count"), ("利用率", "percent")}


@pytest.mark.parametrize(("values", "noted"), [((20.5, 24.0, 22.5, 30.0), True), ((20.5,), False)])
def test_printed_shares_of_a_line_that_was_not_seen_are_noted(values: tuple[float, ...], noted: bool) -> None:
    seen = [value(k, v, text=f"{v}") for k, v in enumerate((40, 46, 52, 60))]
    lost = [value(k, v, up=False, text=f"{v}%") for k, v in enumerate(values)]
    words = [word("登録の推移", 100, 60, size=12), *years(4), *ticks(), *seen, *lost]
    page = scene(words, line([40, 46, 52, 60], BLUE))
    assert any("belong to no line" in note.message for note in read_charts(page).notes) == noted

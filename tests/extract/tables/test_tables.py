"""Tables: which cells are results, what they are called, whom they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.finding import Finding, Taken
from extract.scene import Box, Grid, GridCell, Mark, Scene, Word
from extract.sources.grids import with_grids
from extract.tables import read_aligned, read_ruled
from extract.tables.cells import cell_values, named_unit

STEP, HIGH = 80.0, 20.0


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    return Word(text, Box(x, y, x + size * 0.6 * len(text), y + size), size)


def grid_of(*rows: str, caption: str = "", header_rows: int = 1) -> Scene:
    """A marked-up table; cells divided by |, an empty cell is one."""
    cells = [
        GridCell(r, c, text=text.strip(), header=r < header_rows)
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]
    return Scene(0, 0, unit="none", grids=(Grid(tuple(cells), caption=caption),))


def laid_out(*rows: str, y: float = 100.0) -> tuple[Word, ...]:
    """The words of a table without rules, cells divided by |, numbers flush right."""
    words = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row.split("|")):
            if text.strip():
                width = 6.0 * len(text.strip())
                x = 50.0 if c == 0 else 50 + STEP * (c + 1) - width
                words.append(word(text.strip(), x, y + HIGH * r))
    return tuple(words)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, float]]:
    return [(f.item, f.segment, f.value) for f in findings]


@pytest.mark.parametrize(
    ("text", "numbers", "unit"),
    [
        ("58.5%", [58.5], "percent"),
        ("2,050,134", [2050134.0], None),
        ("▲3.2ポイント", [-3.2], "point"),
        ("千円 346,384", [346384.0], "currency_jpy"),
        ("24 (5.8%)", [24.0, 5.8], None),
        ("12.3※1", [12.3], None),
        ("58.5%*2", [58.5], "percent"),
        ("100～999名", [], None),
        ("2026/4/1", [], None),
        ("03-1234-5678", [], None),
        ("9" * 400, [], None),
        ("1" + ",000" * 120, [], None),
        ("123456789012345", [123456789012345.0], None),
        ("+2.2pt", [2.2], "point"),
        ("１１ １２ ３１ ５４", [], None),
        ("導入済み", [], None),
        ("-", [], None),
        ("", [], None),
    ],
)
def test_what_a_cell_says(text: str, numbers: list[float], unit: str | None) -> None:
    values = cell_values(text)
    assert [v.number for v in values] == numbers
    assert not values or values[0].unit == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("（単位：千円）", ("currency_jpy", 1e3)),
        ("構成比（%）", ("percent", 1)),
        ("導入率", ("percent", 1)),
        ("企業名", None),
        ("支援の手段（複数回答、%）", ("percent", 1)),
        ("平均値", ("score", 1)),
        ("標準偏差", ("score", 1)),
        ("回答件数（件）", ("count", 1)),
    ],
)
def test_units_that_headers_name(text: str, unit: tuple[str, float] | None) -> None:
    assert named_unit(text) == unit


def test_sample_sizes_in_a_row_make_the_columns_groups() -> None:
    scene = grid_of("|全体|SaaS", "回答者数（n）|412|264", "自社で運用|58.5%|64.4%", "なし|12.1%|8.7%")
    found = read_ruled(scene).findings
    assert told(found) == [
        ("自社で運用", "", 58.5), ("自社で運用", "SaaS", 64.4), ("なし", "", 12.1), ("なし", "SaaS", 8.7),
    ]  # fmt: skip
    assert [f.base_n for f in found] == [412, 264, 412, 264]


def test_a_column_in_even_steps_is_an_axis_and_no_result() -> None:
    notes = ("この表は", "職員の", "構成を", "級ごとに", "示した", "もの")
    ticks = [f"{note}|{90 - 10 * i}%" for i, note in enumerate(notes)]
    assert read_ruled(grid_of("級別の構成|割合", *ticks)).findings == ()
    shares = [f"{note}|{v}%" for note, v in zip(notes, (40, 25, 15, 10, 6, 4), strict=True)]
    assert len(read_ruled(grid_of("級別の構成|割合", *shares)).findings) == 6


@pytest.mark.parametrize(
    ("total", "base", "items"),
    [
        pytest.param("合計||200", 200, 6, id="the sum of the others is the sample"),
        pytest.param("合計||201", None, 7, id="another number may be of others"),
    ],
)
def test_a_row_called_total_without_a_share(total: str, base: int | None, items: int) -> None:
    rows = ("回答の選択肢|割合|回答数", "使う|60.0%|120", "検討中|22.5%|45", "使わない|17.5%|35", total)
    found = read_ruled(grid_of(*rows)).findings
    assert len(found) == items
    assert {f.base_n for f in found if f.unit == "percent"} == {base}


def test_a_banner_heading_is_no_part_of_the_groups_name() -> None:
    cells = [
        GridCell(0, 0, rows=2), GridCell(0, 1, rows=2, text="全体"),
        GridCell(0, 2, columns=2, text="従業員規模"),
        GridCell(1, 2, text="100名未満"), GridCell(1, 3, text="100名以上"),
        *(GridCell(2, c, text=t) for c, t in enumerate(("n", "412", "120", "292"))),
        *(GridCell(3, c, text=t) for c, t in enumerate(("導入済み", "58.5%", "48.3%", "62.7%"))),
    ]  # fmt: skip
    found = read_ruled(Scene(0, 0, unit="none", grids=(Grid(tuple(cells)),))).findings
    assert told(found) == [
        ("導入済み", "", 58.5),
        ("導入済み", "100名未満", 48.3),
        ("導入済み", "100名以上", 62.7),
    ]
    assert [f.base_n for f in found] == [412, 120, 292]


def test_sample_sizes_in_a_column_make_the_rows_groups() -> None:
    scene = grid_of("|n|はい|いいえ", "全体|412|58.5%|41.5%", "SaaS|264|64.4%|35.6%")
    found = read_ruled(scene).findings
    assert told(found) == [
        ("はい", "", 58.5),
        ("いいえ", "", 41.5),
        ("はい", "SaaS", 64.4),
        ("いいえ", "SaaS", 35.6),
    ]
    assert [f.base_n for f in found] == [412, 412, 264, 264]


def test_columns_of_different_units_are_items() -> None:
    scene = grid_of("区分|平均年齢|人数", "東部|41.2歳|12人", "西部|38.0歳|9人")
    assert told(read_ruled(scene).findings) == [
        ("平均年齢", "東部", 41.2), ("人数", "東部", 12.0), ("平均年齢", "西部", 38.0), ("人数", "西部", 9.0),
    ]  # fmt: skip


def test_rows_that_make_100_list_the_answers_in_columns() -> None:
    scene = grid_of("|増えた|同じ|減った", "製造|20.0%|50.0%|30.0%", "小売|10.0%|60.0%|30.0%")
    assert told(read_ruled(scene).findings)[:2] == [("増えた", "製造", 20.0), ("同じ", "製造", 50.0)]


def test_years_are_the_groups() -> None:
    scene = grid_of("|2024年|2025年", "設置率|40.2%|49.6%")
    assert told(read_ruled(scene).findings) == [("設置率", "2024年", 40.2), ("設置率", "2025年", 49.6)]


def test_a_column_of_changes_lies_between_the_years() -> None:
    scene = grid_of("指標|2022年|2023年|増減", "継続率|88.2%|90.4%|+2.2pt", "解約率|5.1%|4.3%|▲0.8pt")
    found = [f for f in read_ruled(scene).findings if f.unit == "point"]
    assert told(tuple(found)) == [("継続率", "2022年→2023年", 2.2), ("解約率", "2022年→2023年", -0.8)]


def test_a_bare_change_of_shares_is_in_points() -> None:
    found = read_ruled(
        grid_of("|前回|今回|差", "ある|18.2|20.4|2.2", "ない|81.8|79.6|▲2.2", caption="利用（%）")
    ).findings
    assert {(f.segment, f.unit) for f in found} == {
        ("前回", "percent"), ("今回", "percent"), ("前回比", "point"),
    }  # fmt: skip


def test_rows_with_addresses_are_no_results() -> None:
    scene = grid_of("窓口|連絡先|受付", "北口|03-1234-5678|24時間", "南口|06-1234-5678|12時間")
    assert read_ruled(scene).findings == ()


def test_line_numbers_and_codes_are_no_results() -> None:
    scene = grid_of("No.|店名|評価", "1|北店|4.2点", "2|南店|3.9点", "3|東店|4.8点")
    assert [f.value for f in read_ruled(scene).findings] == [4.2, 3.9, 4.8]


def test_counts_and_shares_of_answers_are_about_everyone() -> None:
    scene = grid_of("項目|回答数|%", "満足|84|21.0", "普通|216|54.0", "不満|100|25.0", "合計|400|100.0")
    found = read_ruled(scene).findings
    assert told(found)[:3] == [("満足", "", 84.0), ("満足", "", 21.0), ("普通", "", 216.0)]
    assert {f.base_n for f in found if f.unit == "percent"} == {400}
    assert "合計" not in {f.item for f in found}


def test_the_sample_follows_from_counts_beside_shares() -> None:
    found = read_ruled(grid_of("属性|人数|割合", "北部|260|52.0%", "南部|240|48.0%")).findings
    assert {(f.base_n, f.base_n_source) for f in found if f.unit == "percent"} == {(500, "inferred")}


def test_a_variable_over_the_answers_belongs_to_the_question() -> None:
    scene = grid_of(
        "属性||人数|割合", "性別|男性|26|52.0%", "性別|女性|24|48.0%", "職位|部長|9|18.0%", caption="属性"
    )
    assert {(f.item, f.segment, f.question) for f in read_ruled(scene).findings} == {
        ("男性", "", "属性｜性別"), ("女性", "", "属性｜性別"), ("部長", "", "属性｜職位"),
    }  # fmt: skip


def test_a_blank_outer_stub_goes_on() -> None:
    scene = grid_of(
        "属性||人数|割合", "性別|男性|26|52.0%", "|その他|24|48.0%", "職位|部長|9|18.0%", "|その他|41|82.0%"
    )
    assert [f.question for f in read_ruled(scene).findings][::2] == ["性別", "性別", "職位", "職位"]


def test_sums_over_years_list_things() -> None:
    scene = grid_of(
        "費目|2023年度|2024年度", "人　件　費|120|130", "合　計|120|130", caption="費用（単位：千円）"
    )
    found = read_ruled(scene).findings
    assert told(found)[0] == ("人件費", "2023年度", 120.0)
    assert {(f.unit, f.scale) for f in found} == {("currency_jpy", 1e3)}


def test_means_on_a_scale_are_no_shares() -> None:
    scene = grid_of("設問|今回|前回", "使いやすさ|3.82|3.61", "価格|2.95|3.02")
    assert {f.unit for f in read_ruled(scene).findings} == {"score"}


def test_ranks_name_no_row() -> None:
    scene = grid_of(
        "順位|製品|満足度|回答者数", "1|アルファ|4.2点|120", "2|ベータ|4.0点|98", "3|ガンマ|3.7点|77"
    )
    found = read_ruled(scene).findings
    assert told(found) == [("アルファ", "", 4.2), ("ベータ", "", 4.0), ("ガンマ", "", 3.7)]
    assert [f.base_n for f in found] == [120, 98, 77]


def test_rankings_side_by_side_have_stubs_of_their_own() -> None:
    scene = grid_of("順位|全体|%|男性|%", "1位|価格|45.2|品質|40.0", "2位|品質|38.0|価格|39.3")
    assert told(read_ruled(scene).findings) == [
        ("価格", "", 45.2), ("品質", "", 38.0), ("品質", "男性", 40.0), ("価格", "男性", 39.3),
    ]  # fmt: skip


def test_a_footnote_mark_is_no_part_of_a_name() -> None:
    found = read_ruled(grid_of("|全体|SaaS", "訪問※1|16.0%|15.2%", "電話（注2）|54.0%|55.0%")).findings
    assert {f.item for f in found} == {"訪問", "電話"}


def test_a_list_of_companies_reports_nothing() -> None:
    scene = grid_of(
        "会社名|設立|資本金|所在地", "青葉社|2008年|1,000万円|北町", "若葉社|2012年|3,000万円|南町"
    )
    assert read_ruled(scene).findings == ()


def test_a_form_to_fill_in_reports_nothing() -> None:
    assert read_ruled(grid_of("氏名||住所|", "年齢||電話|03-1234-5678")).findings == ()


def test_a_single_column_of_numbers_is_about_everyone() -> None:
    scene = grid_of("|構成比（%）", "知っている|62.5", "知らない|37.5", caption="認知")
    found = read_ruled(scene).findings
    assert told(found) == [("知っている", "", 62.5), ("知らない", "", 37.5)]
    assert {f.question for f in found} == {"認知"}
    assert {f.unit for f in found} == {"percent"}


def ruled_scene() -> Scene:
    xs, ys = [40.0, 140, 240, 340], [90.0, 110, 130, 150]
    rules = [Mark("line", Box(xs[0], y, xs[-1], y), stroke="#000000") for y in ys]
    rules += [Mark("line", Box(x, ys[0], x, ys[-1]), stroke="#000000") for x in xs]
    rows = (("", "SaaS", "非SaaS"), ("導入済み", "64.4%", "48.0%"), ("検討中", "12.5%", "16.9%"))
    words = [word(t, xs[c] + 4, ys[r] + 5) for r, row in enumerate(rows) for c, t in enumerate(row) if t]
    words.append(word("表3 ツールの導入", 40, 70))
    return Scene(595, 842, page=1, words=tuple(words), marks=tuple(rules), text_source="text")


def test_ruled_cells_carry_their_box_and_caption() -> None:
    scene = with_grids(ruled_scene())
    found = read_ruled(scene)
    assert told(found.findings)[0] == ("導入済み", "SaaS", 64.4)
    assert {f.question for f in found.findings} == {"表3 ツールの導入"}
    for finding in found.findings:
        assert finding.box is not None
        assert any(w.box == finding.box or w.box.shared(finding.box) > 0 for w in scene.words)
    assert len(found.taken.words) == len(scene.words)


def test_the_axis_of_a_chart_over_its_table_is_no_caption() -> None:
    scene = ruled_scene()
    axis = tuple(word(text, 40 + 60 * k, 70) for k, text in enumerate(("0%", "20%", "40%", "60%")))
    found = read_ruled(with_grids(replace(scene, words=(*scene.words[:-1], *axis))))
    assert {f.question for f in found.findings} == {""}


def test_a_run_that_crosses_a_rule_is_cut_at_the_rule() -> None:
    scene = ruled_scene()
    joined = Word(
        "64.4%48.0%",
        Box(200, 115, 280, 125),
        10,
        edges=(200, 208, 216, 224, 232, 240, 248, 256, 264, 272, 280),
    )
    kept = tuple(w for w in scene.words if w.text not in ("64.4%", "48.0%"))
    crossed = Scene(595, 842, page=1, words=(*kept, joined), marks=scene.marks)
    assert told(read_ruled(with_grids(crossed)).findings)[:2] == [
        ("導入済み", "SaaS", 64.4),
        ("導入済み", "非SaaS", 48.0),
    ]


def test_gridlines_of_a_chart_are_no_table() -> None:
    scene = ruled_scene()
    bare = Scene(595, 842, page=1, words=(word("64.4%", 150, 112),), marks=scene.marks)
    assert read_ruled(with_grids(bare)).findings == ()


def test_numbers_in_line_make_a_table_without_rules() -> None:
    words = laid_out(
        "|全体|SaaS|非SaaS", "回答者数|412|264|148", "電話|54.1%|48.3%|-", "訪問|34.0%|27.5%|35.3%"
    )
    scene = Scene(595, 842, page=1, words=words)
    found = read_aligned(scene, Taken()).findings
    assert told(found) == [
        ("電話", "", 54.1), ("電話", "SaaS", 48.3),
        ("訪問", "", 34.0), ("訪問", "SaaS", 27.5), ("訪問", "非SaaS", 35.3),
    ]  # fmt: skip
    assert [f.base_n for f in found] == [412, 264, 412, 264, 148]


def test_labels_wrapped_over_lines_name_their_row() -> None:
    words = [word(t, x, 76) for t, x in (("今回", 250.0), ("前回", 330.0))]
    for y, lines, numbers in (
        (100.0, ("部署の間で知らせ", "合わない"), ("41.2%", "38.5%")),
        (150.0, ("人手が足りない",), ("28.4%", "22.0%")),
        (200.0, ("上役の賛同を得る", "までに時間が", "かかる"), ("12.3%", "14.4%")),
    ):
        start = y - 7 * (len(lines) - 1)
        words += [word(line, 50, start + 14 * at) for at, line in enumerate(lines)]
        words += [word(number, 250 + 80 * at, y) for at, number in enumerate(numbers)]
    found = read_aligned(Scene(595, 842, page=1, words=tuple(words)), Taken()).findings
    assert told(found)[::2] == [
        ("部署の間で知らせ合わない", "今回", 41.2),
        ("人手が足りない", "今回", 28.4),
        ("上役の賛同を得るまでに時間がかかる", "今回", 12.3),
    ]


def test_a_heading_over_several_rows_is_no_part_of_their_names() -> None:
    words = [word(t, x, 80) for t, x in (("n", 230.0), ("ある", 320.0), ("ない", 400.0))]
    rows = (
        ("男性", "260", "60.0%", "40.0%"),
        ("女性", "240", "65.0%", "35.0%"),
        ("無回答", "10", "50.0%", "50.0%"),
    )
    for at, row in enumerate(rows):
        words += [word(t, (110.0, 220.0, 310.0, 390.0)[c], 100 + 20 * at) for c, t in enumerate(row)]
    words.append(word("性別", 50, 120))
    found = read_aligned(Scene(595, 842, page=1, words=tuple(words)), Taken()).findings
    assert list(dict.fromkeys(f.segment for f in found)) == ["男性", "女性", "無回答"]


def test_years_and_ranks_down_the_side_are_no_results() -> None:
    years = laid_out("|導入率|満足度", "2021年|22.0%|70.1%", "2022年|31.5%|72.4%")
    found = read_aligned(Scene(595, 842, page=1, words=years), Taken()).findings
    assert told(found)[:2] == [("導入率", "2021年", 22.0), ("満足度", "2021年", 70.1)]


def test_a_title_over_the_first_column_heads_none() -> None:
    words = (
        *laid_out("|導入率|満足度", "製造|22.0%|70.1%", "小売|31.5%|72.4%"),
        word("業種ごとに見た導入率と満足度の違いと推移", 50, 84),
    )
    found = read_aligned(Scene(595, 842, page=1, words=words), Taken()).findings
    assert {f.question for f in found} == {"業種ごとに見た導入率と満足度の違いと推移"}


def test_numbers_of_many_rows_in_one_cell_are_no_results() -> None:
    scene = grid_of("部門|職員数", "総務 税務 土木 民生|11 12 31 54", "教育|28", "病院|9")
    assert [f.value for f in read_ruled(scene).findings] == [28.0, 9.0]


def test_columns_without_names_make_no_table() -> None:
    words = laid_out("電話|54.1%|48.3%", "訪問|34.0%|27.5%")
    assert read_aligned(Scene(595, 842, page=1, words=words), Taken()).findings == ()


def test_words_between_the_numbers_make_no_table_without_rules() -> None:
    words = laid_out("順位|全体|%|男性|%", "価格|45.2|品質|40.0", "品質|38.0|価格|39.3")
    assert read_aligned(Scene(595, 842, page=1, words=words), Taken()).findings == ()


def test_numbers_that_charts_have_taken_make_no_table() -> None:
    words = laid_out("|全体|SaaS", "電話|54.1%|48.3%", "訪問|34.0%|27.5%")
    scene = Scene(595, 842, page=1, words=words)
    assert read_aligned(scene, Taken(frozenset(range(len(words))))).findings == ()


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        (("区分|給与費|給与費", "区分|給料|手当", "2023年度|21,564円|4,278円"), ["給料", "手当"]),
        (("区分|月額|月額", "区分|1号級|最高号級", "1級|16,210円|24,760円"), ["月額 1号級", "月額 最高号級"]),
        (("区分|年齢|年齢", "区分|男性|女性", "本社|41.2歳|38.0歳"), ["年齢 男性", "年齢 女性"]),
    ],
)  # fmt: skip
def test_the_innermost_heading_names_the_item_unless_it_only_says_which(
    rows: tuple[str, ...], items: list[str]
) -> None:
    assert [f.item for f in read_ruled(spanning(*rows)).findings] == items


def spanning(*rows: str) -> Scene:
    """Like ``grid_of``; the same words in a row side by side, or in a column one over the other, are one
    cell."""
    table = [[text.strip() for text in row.split("|")] for row in rows]
    cells = []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            if text and ((c and row[c - 1] == text) or (r and table[r - 1][c] == text)):
                continue
            wide = next((k for k in range(c + 1, len(row)) if not text or row[k] != text), len(row)) - c
            high = (
                next((k for k in range(r + 1, len(rows)) if not text or table[k][c] != text), len(rows)) - r
            )
            cells.append(GridCell(r, c, high, wide, text=text))
    return Scene(0, 0, unit="none", grids=(Grid(tuple(cells)),))


def test_groups_within_groups_are_crossed() -> None:
    scene = spanning(
        "|東|東|西|西", "|男性|女性|男性|女性", "n|100|120|80|90", "使う|20.0%|30.0%|25.0%|40.0%"
    )
    assert [f.segment for f in read_ruled(scene).findings] == [
        "東 × 男性",
        "東 × 女性",
        "西 × 男性",
        "西 × 女性",
    ]


def test_a_word_without_letters_names_nothing() -> None:
    words = laid_out("区分|全体|SaaS", "使う|60.0%|58.1%", "検討中|22.5%|24.0%", "使わない|17.5%|17.9%")
    bare = tuple(replace(w, text="") if w.text == "検討中" else w for w in words)
    assert len(read_aligned(Scene(595, 842, words=words), Taken()).findings) == 6
    assert "検討中" not in {f.item for f in read_aligned(Scene(595, 842, words=bare), Taken()).findings}

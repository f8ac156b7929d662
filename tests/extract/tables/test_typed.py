"""Tables typed with blanks, tabs or strokes in a text dump."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import read_document
from extract.sources.grids.typed import tables_in_text, width_of

BLANKS = """結果の概要を示します。
表1 ツールの利用状況（%）

              全体    製造業    非製造業
回答者数       640       210        430
会計ソフト    48.3      41.0       51.9
その他         4.4        -         6.5

会計ソフトの利用が最も多いことがわかりました。
"""
TABS = "満足度の推移\n区分\t2022年\t2023年\n価格\t41.1%\t38.5%\n品質\t71.3%\t70.6%\n"
STROKES = "満足度\n| 項目 | 件数 | 割合 |\n|---|---:|---:|\n| 満足 | 132 | 33.0% |\n| 不満 | 268 | 67.0% |\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            BLANKS,
            [
                ("会計ソフト", "", 48.3), ("会計ソフト", "製造業", 41.0), ("会計ソフト", "非製造業", 51.9),
                ("その他", "", 4.4), ("その他", "非製造業", 6.5),
            ],
        ),
        (
            TABS,
            [
                ("価格", "2022年", 41.1), ("価格", "2023年", 38.5), ("品質", "2022年", 71.3),
                ("品質", "2023年", 70.6),
            ],
        ),
        (STROKES, [("満足", "", 132), ("満足", "", 33.0), ("不満", "", 268), ("不満", "", 67.0)]),
    ],
    ids=["blanks", "tabs", "strokes"],
)  # fmt: skip
def test_a_typed_table_is_read(tmp_path: Path, text: str, rows: list[tuple[str, str, float]]) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(text, encoding="utf-8")
    found = [f for f in read_document(path).findings if f.source == "table"]
    assert [(f.item, f.segment, f.value) for f in found] == rows
    assert len({f.question for f in found}) == 1
    assert not found[0].question.startswith("結果")


def test_what_is_no_table_stays_text() -> None:
    kept, grids = tables_in_text(BLANKS)
    assert len(grids) == 1
    assert "会計ソフトの利用が最も多い" in kept
    assert "48.3" not in kept
    prose = "利用率は48.3%でした。\n昨年は  41.0%  でした。\n1  2  3\n"
    assert tables_in_text(prose) == (prose, ())


def test_wide_characters_take_two_squares() -> None:
    assert [width_of(t) for t in ("ab", "表1", "ｱ", "")] == [2, 3, 1, 0]

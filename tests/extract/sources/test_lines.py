"""Lines of a text dump -> paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sources.lines import close_up, is_letter_spaced, text_to_paragraphs

WIDE = "利用者の多くが満足していると答えた割合は前回の調査から大きく増えており、特に若い世代で目立つ"


def paragraphs(text: str) -> list[str]:
    return [p.text for p in text_to_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{WIDE}\nことが分かった。", [f"{WIDE}ことが分かった。"], id="a full line goes on"),
        pytest.param("満足\n不満\n無回答", ["満足", "不満", "無回答"], id="short lines are labels"),
        pytest.param("46.1%\n12.3%", ["46.1%", "12.3%"], id="values are no numbered list"),
        pytest.param("はじめ\nに、", ["はじめに、"], id="no line starts with a particle"),
        pytest.param(f"{WIDE}。\n{WIDE}。", [f"{WIDE}。", f"{WIDE}。"], id="a sentence that ends, ends"),
        pytest.param(f"{WIDE}\n■次の話題", [WIDE, "■次の話題"], id="a marker starts anew"),
        pytest.param(f"{WIDE}\n[2023年] 設問", [WIDE, "[2023年] 設問"], id="a bracketed year starts anew"),
        pytest.param(
            "満足していると答えた層の回答の内訳を示したもの（n=120）\n次に、不満と答えた層について見ると、割合は",
            [
                "満足していると答えた層の回答の内訳を示したもの（n=120）",
                "次に、不満と答えた層について見ると、割合は",
            ],
            id="a sample size ends a label",
        ),
        pytest.param("前\n-----\n後", ["前", "後"], id="rulers part"),
        pytest.param("The answer is\nlong", ["The answer is", "long"], id="English labels stay apart"),
    ],
)
def test_text_to_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_a_double_spaced_dump_is_joined_across_its_blank_lines() -> None:
    lines = [WIDE, WIDE, "という結果だった。", WIDE, "ことになる。", "（了）", "付記", "以上", "終わり"]
    assert paragraphs("\n\n".join(lines))[:2] == [WIDE + WIDE + "という結果だった。", WIDE + "ことになる。"]


def test_kinds() -> None:
    kinds = [p.kind for p in text_to_paragraphs("■概要\n・項目その一\n※注意\n本文です。")]
    assert kinds == ["heading", "item", "note", "body"]


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("利 用 率 は 4 5 % で す", "利用率は45%です"),
        ("C S 部 門 の 役 割", "CS部門の役割"),
        ("満 足 度 12.5 %", "満足度12.5%"),
    ],
)
def test_letter_spaced_lines_are_closed_up(line: str, closed: str) -> None:
    assert is_letter_spaced(line)
    assert close_up(line) == closed


@pytest.mark.parametrize("line", ["はい いいえ 無回答", "第1回 利用者調査 結果", "Yes No", "10% 20% 30%"])
def test_lists_are_not_letter_spaced(line: str) -> None:
    assert not is_letter_spaced(line)


@given(st.text(st.sampled_from("満足は、 \n■%a"), max_size=200))
def test_no_text_is_lost(text: str) -> None:
    assert [c for c in "".join(paragraphs(text)) if c != " "] == [c for c in text if c not in " \n"]

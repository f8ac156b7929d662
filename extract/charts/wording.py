"""Lines of a printed label -> its name, its translation and its sample size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.charts.bases import split_base
from extract.charts.color import distance
from extract.charts.draft import Name
from extract.scene import Box, hull

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f々〆]")
LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uffee]")
# Pictographs before or behind a name illustrate it; stars and circled digits say something.
_ICON = "[\u2300-\u23ff\u2600-\u2604\u2607-\u26ff\u2700-\u2775\u2794-\u27bf\ufe0f\U0001f000-\U0001faff]"
ICONS = re.compile(rf"^{_ICON}+\s*(?=\S)|(?<=\S)\s*{_ICON}+$")
# The unit behind a name: 「満足度（%）」「回答者数(人)」.
# Where its axis stands may be said as well: 「登録者数（人、左軸）」.
_MEASURE = (
    r"(?:単位[:：])?(?:[%％]|pt|ポイント|[千万百]?[人件円社回個台校店歳年]|[百十]?[万億]円|時間|分|世帯)"
)
_AXIS = r"(?:[左右]|第?[12一二１２])(?:軸|目盛り?)|折れ?線(?:グラフ)?|棒(?:グラフ)?"
UNIT = re.compile(rf"(?<=\S)\s*[(（](?:{_MEASURE}|{_AXIS})(?:[、,，・/／:：\s](?:{_MEASURE}|{_AXIS}))*[)）]$")
OTHER_INK = 40.0  # RGB distance from which two lines are printed in two colours
OTHER_SIZE = 0.08  # share by which a translation is set smaller (or larger)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a label; ``words`` index the scene's words."""

    text: str
    size: float
    color: str
    box: Box
    words: tuple[int, ...] = ()


def join(parts: Sequence[str]) -> str:
    """Lines as one text: Latin words get a blank between them, Japanese does not."""
    text = ""
    for part in (p.strip() for p in parts):
        if not part:
            continue
        text += part if not text or _meets_tightly(text[-1], part[0]) else " " + part
    return text


def _meets_tightly(before: str, after: str) -> bool:
    return bool(WIDE.match(before) or WIDE.match(after)) or before in "-/(" or after in ")/"


def script(text: str) -> str:
    """``ja`` with any Japanese letter, ``latin`` with Latin ones only, "" with neither."""
    if JAPANESE.search(text):
        return "ja"
    return "latin" if LATIN.search(text) else ""


def _other_style(a: Line, b: Line) -> bool:
    return distance(a.color, b.color) > OTHER_INK or abs(a.size - b.size) > OTHER_SIZE * max(a.size, b.size)


def _translation_at(lines: Sequence[Line]) -> int | None:
    """Index of the first line of the translation: the script changes there once and for good."""
    scripts = [script(split_base(line.text)[0]) for line in lines]  # n=494 is no second language
    for k in range(1, len(lines)):
        above, below = set(scripts[:k]) - {""}, set(scripts[k:]) - {""}
        if len(above) == len(below) == 1 and above != below:
            return k
    return None


def lines_to_names(blocks: Sequence[Sequence[Line]]) -> tuple[Name, ...]:
    """One name per block of lines (at least one line each).

    A change of script between two lines is a translation when the style changes with it, or when
    every block changes script the same way; one mixed label among others is just a label.
    """
    cuts = [_translation_at(lines) for lines in blocks]
    always = len(blocks) > 1 and all(cut is not None for cut in cuts)
    names = []
    for lines, cut in zip(blocks, cuts, strict=True):
        if cut is not None and not always and not _other_style(lines[cut - 1], lines[cut]):
            cut = None
        names.append(_to_name(lines, cut))
    return tuple(names)


def _to_name(lines: Sequence[Line], cut: int | None) -> Name:
    main, base_n = split_base(ICONS.sub("", join([line.text for line in lines[:cut]])))
    main = UNIT.sub("", main)
    alt, alt_n = split_base(join([line.text for line in lines[cut:]])) if cut else ("", None)
    return Name(
        text=main,
        alt=alt,
        base_n=base_n if base_n is not None else alt_n,
        words=tuple(w for line in lines for w in line.words),
        box=hull(line.box for line in lines),
    )

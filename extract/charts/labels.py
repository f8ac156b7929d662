"""Printed numbers of a chart: which words are nothing but a value, and what they say.

A chart prints values bare (``47.6%``, ``▲3.2``, ``1,234件``, ``20 (33.9%)``); a number inside a
phrase (``10名未満``, ``2022年調査``) is a name and no label. What remains undecided here (is ``2019``
a year or a count?) is decided by where the number stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from extract.charts.draft import Label
from extract.finding import Unit
from extract.scene import Box, Scene, Word

# Folded text is compared: NFKC turns ％ into %, full-width digits into ASCII, ㎡ into m2.
MINUS = "-−‐‑–—▲△▼▽↓"
PLUS = "+±↑"
NUMBER = rf"(?P<sign>[{MINUS}{PLUS}]?)\s?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<point>\.\d+)?"
SCALES = {"": 1.0, "千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8, "十億": 1e9, "兆": 1e12}
UNITS: dict[str, Unit] = {
    "%": "percent", "パーセント": "percent", "pt": "point", "ポイント": "point", "点": "score",
    "件": "count", "人": "count", "名": "count", "社": "count", "票": "count", "組": "count",
    "回": "count", "個": "count", "台": "count", "校": "count", "世帯": "count", "店": "count",
    "円": "currency_jpy", "ドル": "currency_usd", "倍": "ratio", "歳": "age",
    "年": "year", "ヶ月": "month", "か月": "month", "カ月": "month",
    "日": "day", "時間": "hour", "分": "minute",
}  # fmt: skip
SUFFIX = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
SCALE = "|".join(sorted((s for s in SCALES if s), key=len, reverse=True))
ONE = re.compile(
    rf"(?P<about>約|およそ)?\s?(?P<currency>[¥$])?{NUMBER}\s?(?P<scale>{SCALE})?\s?(?P<unit>{SUFFIX})?"
)
# What may stand between and around the values of one word: 「20 (33.9%)」 「142; 55%」 「(12.0%)」.
FILLING = re.compile(r"(?:[\s()\[\]{}<>/;:|,、・*※†]|(?:対?前[回年]度?|昨年度?)[比差]?\s?(?=[+\-−–▲△±:]))*")
# A signed number in brackets behind an unsigned one says by how much it changed: 「43.1% (+2.4)」.
CHANGE = re.compile(r"[(\[].{0,5}$")
POINT_GAP = re.compile(r"(?<=\d)\s*\.\s*(?=\d)|(?<=\d)\s+(?=[%,])")


def parse_value(text: str) -> tuple[float, Unit | None, int, float] | None:
    """Value, unit, decimals and scale of a text that is one number and nothing else, or None."""
    found = _values(text)
    return found[0][:4] if len(found) == 1 else None


def prints_values(text: str) -> bool:
    """Whether the text is one or several values and nothing else."""
    return bool(_values(text))


def read_labels(scene: Scene, indices: Iterable[int]) -> tuple[Label, ...]:
    """The values printed by these words of the scene, in their order; words with other text give none."""
    found: list[Label] = []
    for index in indices:
        word = scene.words[index]
        for value, unit, decimals, scale, (start, end), approx in _values(word.text):
            found.append(
                Label(
                    text=word.text[start:end].strip(),
                    value=value,
                    unit=unit,
                    decimals=decimals,
                    box=part_box(word, start, end),
                    word=index,
                    confidence=min(word.doubts[start:end], default=word.confidence),
                    engine=word.seen_by,
                    scale=scale,
                    approx=approx,
                )
            )
    return tuple(_counted(found))


def _counted(labels: Sequence[Label]) -> list[Label]:
    """The bare whole number beside a percentage in one word counts: 「165 (51.9%)」."""
    shares = {label.word for label in labels if label.unit == "percent"}
    return [
        replace(label, unit="count")
        if label.unit is None and label.decimals == 0 and label.word in shares
        else label
        for label in labels
    ]


def part_box(word: Word, start: int, end: int) -> Box:
    """The box of ``text[start:end]``; the whole word's where its characters' places are not known."""
    if len(word.edges) != len(word.text) + 1 or (start, end) == (0, len(word.text)):
        return word.box
    low, high = word.edges[start], word.edges[end]
    if word.angle in (90, 270):
        return Box(word.box.x0, min(low, high), word.box.x1, max(low, high))
    return Box(min(low, high), word.box.y0, max(low, high), word.box.y1)


@lru_cache(maxsize=8192)  # every word is asked by several readers
def _values(text: str) -> tuple[tuple[float, Unit | None, int, float, tuple[int, int], bool], ...]:
    folded, places = fold_with_places(text)
    found: list[tuple[float, Unit | None, int, float, tuple[int, int], bool]] = []
    at = FILLING.match(folded).end()  # type: ignore[union-attr]
    while at < len(folded):
        match = ONE.match(folded, at)
        if match is None:
            return ()
        span = (places[match.start()], places[match.end() - 1] + 1)
        value, unit, decimals, scale = _read(match)
        changed = bool(found and match["sign"] and CHANGE.search(folded[: match.start()]))
        unit = "point" if changed and unit in (None, "percent") else unit
        found.append((value, unit, decimals, scale, span, bool(match["about"])))
        filled = FILLING.match(folded, match.end()).end()  # type: ignore[union-attr]
        if filled == match.end() < len(folded):
            return ()
        at = filled
    return tuple(found)


def _read(match: re.Match[str]) -> tuple[float, Unit | None, int, float]:
    point = match["point"] or ""
    value = float(match["digits"].replace(",", "") + point)
    if match["sign"] and match["sign"] not in PLUS:
        value = -value
    unit = UNITS.get(match["unit"] or "")
    if unit is None and match["currency"]:
        unit = "currency_jpy" if match["currency"] == "¥" else "currency_usd"
    return value, unit, max(len(point) - 1, 0), SCALES[match["scale"] or ""]


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """NFKC text without blanks inside numbers (``8 1.5 %``), and where each character came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char):
            folded.append(piece)
            places.append(place)
    joined = "".join(folded)
    drop = {i for match in POINT_GAP.finditer(joined) for i in range(*match.span()) if joined[i].isspace()}
    kept = [i for i in range(len(folded)) if i not in drop]
    return "".join(folded[i] for i in kept), [places[i] for i in kept]


def evenly_spaced(numbers: list[float], tolerance: float) -> bool:
    """Whether rising numbers keep their step within ``tolerance`` (share of the step)."""
    steps = [b - a for a, b in pairwise(numbers)]
    middle = sorted(steps)[len(steps) // 2] if steps else 0.0
    return bool(steps) and middle > 0 and all(abs(step - middle) <= tolerance * middle for step in steps)

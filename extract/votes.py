"""What the other pages of a document say about a doubtful katakana: one word, read in two ways.

A report prints its terms many times, on axes, in legends and in sentences. Where one word occurs in two
readings that differ in characters of one shape alone (オンポーディング, オンボーディング), and one of them
was never read without doubt while the other was, the other is the word. Whole words are compared and only
letters of one shape are changed, so two words a report really prints (バス, パス) stay two, and no digit
is ever touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.finding import Chart, Finding, PageReading
from extract.scene import Scene, Word

# Letters of one shape: dots and ring on a kana, and kanji drawn like katakana.
TWINS = (
    "ブプ",
    "バパ",
    "ビピ",
    "ベペ",
    "ボポ",
    "口ロ",
    "力カ",
    "工エ",
    "二ニ",
    "八ハ",
    "夕タ",
    "卜ト",
    "一ー",
)
_SHAPE = {char: twins[0] for twins in TWINS for char in twins}
# A word of katakana, with the kanji that may stand in one by mistake.
_WORD = re.compile(rf"[ァ-ヺー{''.join(c for c in _SHAPE if not 'ァ' <= c <= 'ヺ')}]+")
# Shorter words have twins that are words themselves (バス and パス, ベット and ペット).
SHORTEST = 4
# Confidence of its weakest letter in question from which a reading is without doubt. Of 7 words that 30
# scanned reports print in two readings, the wrong ones had .55-.86 at best, the right ones .90-.99.
SURE = 0.89


@dataclass(frozen=True, slots=True)
class Reading:
    """How often one reading of a word was seen, in sum of confidence, and how sure its best sight was."""

    weight: float = 0.0
    best: float = 0.0


def settled(pages: Sequence[PageReading]) -> tuple[PageReading, ...]:
    """The pages with every doubtful reading of a word replaced by the one the document is sure of."""
    winners = outvoted(w for page in pages for w in page.scene.words if w.seen_by == "ocr")
    if not winners:
        return tuple(pages)
    return tuple(_settled(page, winners) if _is_read(page.scene) else page for page in pages)


def outvoted(words: Iterable[Word]) -> dict[str, str]:
    """The readings that lose, each with the one that wins."""
    readings: dict[str, dict[str, Reading]] = defaultdict(dict)
    for text, sure in _katakana(words):
        shape = "".join(_SHAPE.get(c, c) for c in text)
        old = readings[shape].get(text, Reading())
        readings[shape][text] = Reading(old.weight + sure, max(old.best, sure))
    return {loser: winner for rivals in readings.values() for loser, winner in _decided(rivals)}


def _katakana(words: Iterable[Word]) -> Iterable[tuple[str, float]]:
    """Words of katakana with the confidence of their weakest letter that has a twin."""
    for word in words:
        if len(word.doubts) != len(word.text):
            continue
        for found in _WORD.finditer(word.text):
            doubts = word.doubts[found.start() : found.end()]
            doubted = [d for c, d in zip(found[0], doubts, strict=True) if c in _SHAPE]
            if doubted and len(found[0]) >= SHORTEST:
                yield found[0], min(doubted)


def _decided(rivals: Mapping[str, Reading]) -> Iterable[tuple[str, str]]:
    winner = max(rivals, key=lambda text: (rivals[text].weight, text))
    if rivals[winner].best < SURE:
        return
    for text, reading in rivals.items():
        if text != winner and reading.best < SURE:
            yield text, winner


def _is_read(scene: Scene) -> bool:
    return any(w.seen_by == "ocr" for w in scene.words)


def _settled(page: PageReading, winners: Mapping[str, str]) -> PageReading:
    def put(text: str) -> str:
        return _WORD.sub(lambda found: winners.get(found[0], found[0]), text)

    def of_finding(f: Finding) -> Finding:
        return replace(
            f, item=put(f.item), item_alt=put(f.item_alt), segment=put(f.segment), question=put(f.question)
        )

    def of_chart(c: Chart) -> Chart:
        return replace(
            c,
            title=put(c.title),
            series=tuple(map(put, c.series)),
            categories=tuple(map(put, c.categories)),
            bases=tuple((put(name), n) for name, n in c.bases),
        )

    words = tuple(replace(w, text=put(w.text)) if w.seen_by == "ocr" else w for w in page.scene.words)
    return replace(
        page,
        scene=replace(page.scene, words=words),
        charts=tuple(map(of_chart, page.charts)),
        findings=tuple(map(of_finding, page.findings)),
    )

"""May this text layer be believed? A verdict per block of text, with a score and a reason.

A text layer can be missing, can say what the page shows, or can be garbage: another language's OCR,
a permuted or absent ToUnicode map, bytes read in the wrong encoding. The judgement is made per block,
so that a page that is half good keeps its good half. Where the statistic is ``unsure``, or where numbers
are at stake, compare a recognised line of the rendered page with the layer by ``agrees``: no statistic
sees that digits were exchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rapidfuzz.distance import Levenshtein

from extract.sources.likeness import FEATURES, features, fold, is_unmapped, model
from extract.sources.radicals import count_radicals

VerdictName = Literal["good", "garbled", "missing", "unsure"]

# Characters of a block from which it is judged by itself; shorter ones are judged with their neighbours.
ENOUGH = 40
# Beliefs between which the statistic is unsure (of held-out blocks 2 % of good and 3 % of garbled ones).
GARBLED, GOOD = 0.25, 0.7
# Share of radicals standing for characters from which a block is garbled as it stands.
RADICALS = 0.005
# Similarity of a recognised line and the layer's line: above the first they agree, below the second not
# (rendered good lines reach .98-1.00, garbage 0-.38).
SAME, OTHER = 0.75, 0.4

# What each feature says when it speaks against a text; its index in FEATURES.
_REASONS = {
    "kana": "the kana do not follow each other as in Japanese",
    "kanji": "the kanji do not follow each other as in Japanese",
    "bad": "characters have no mapping",
    "weird": "characters of other scripts stand where Japanese is expected",
    "latin": "the letters form no words",
    "broken": "the letters form no words",
    "signs": "signs stand where words are expected",
    "isolated": "the letters form no words",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is the belief that the text says what the page shows, 0 (garbage) to 1."""

    verdict: VerdictName
    score: float
    reason: str


def judge_text(text: str) -> Verdict:
    """The verdict on one block by itself; ``unsure`` when it is too short or too odd to tell.

    Radicals that stand for characters (⾒ for 見) make a block garbled as it stands;
    ``extract.sources.radicals.unradical`` mends them without loss, so mend before judging.
    """
    if not text.strip():
        return Verdict("missing", 0.0, "no text")
    radicals = count_radicals(text)
    if radicals > RADICALS * len(text):
        return Verdict("garbled", 0.2, f"{radicals} radicals stand for characters")
    folded = fold(text)
    if _is_plain(folded):
        return Verdict("good", 0.9, "numbers only")
    known = model()
    found = features(folded, known)
    contributions = found * known.weights[:-1]
    belief = float(1 / (1 + np.exp(-(contributions.sum() + known.weights[-1]))))
    return Verdict(_name(belief), round(belief, 3), _reason(belief, contributions))


def judge_page(blocks: Sequence[str]) -> tuple[Verdict, ...]:
    """A verdict per block, in order.

    A short block is judged together with its neighbours; numbers by themselves are as good as the words
    around them, ``unsure`` where those are garbled.
    """
    alone = [judge_text(block) for block in blocks]
    return tuple(_in_company(i, blocks, alone) for i in range(len(blocks)))


def agrees(seen: str, claimed: str) -> Verdict:
    """Whether a line recognised from the rendered page is the line the text layer claims.

    Numbers weigh more than letters: two lines of like letters and unlike digits do not agree.
    """
    a, b = _bare(seen), _bare(claimed)
    if not b:
        return Verdict("missing", 0.0, "the layer has no text here")
    if not a:
        return Verdict("unsure", 0.5, "nothing was recognised here")
    same = Levenshtein.normalized_similarity(a, b)
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return Verdict("garbled", round(min(same, 0.3), 3), f"the page shows other digits: {seen!r}")
    if same >= SAME:
        return Verdict("good", round(same, 3), "the rendered line reads the same")
    name: VerdictName = "garbled" if same <= OTHER else "unsure"
    return Verdict(name, round(same, 3), f"the rendered line reads {seen!r}")


def _in_company(at: int, blocks: Sequence[str], alone: Sequence[Verdict]) -> Verdict:
    own = alone[at]
    text = blocks[at].strip()
    certain = own.verdict == "missing" or any(map(is_unmapped, text)) or "radicals" in own.reason
    if certain or (len(text) >= ENOUGH and not _is_plain(fold(text))):
        return own
    joined = judge_text("\n".join(_neighbourhood(at, blocks)))
    if _is_plain(fold(text)):
        worse = joined.verdict == "garbled"
        return Verdict("unsure", 0.5, "numbers among garbled words") if worse else own
    belief = (own.score * len(text) + joined.score * ENOUGH) / (len(text) + ENOUGH)
    return Verdict(_name(belief), round(belief, 3), joined.reason if joined.score < own.score else own.reason)


def _neighbourhood(at: int, blocks: Sequence[str]) -> list[str]:
    """The block with its neighbours on both sides until they are enough to judge."""
    low, high = at, at + 1
    while sum(len(b) for b in blocks[low:high] if not _is_plain(b)) < 2 * ENOUGH:
        if low == 0 and high == len(blocks):
            break
        low, high = max(0, low - 1), min(len(blocks), high + 1)
    return [b for b in blocks[low:high] if b.strip()]


def _name(belief: float) -> VerdictName:
    return "good" if belief >= GOOD else "garbled" if belief <= GARBLED else "unsure"


def _reason(belief: float, contributions: np.ndarray) -> str:
    return "reads like text" if belief >= GOOD else _REASONS[FEATURES[int(np.argmin(contributions))]]


def _is_plain(text: str) -> bool:
    """Whether a text holds no letters, or too few to be words: numbers, signs, one unit."""
    return sum(c.isalpha() for c in text) < 3 and not any(map(is_unmapped, text))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

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
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from extract.sources.likeness import FEATURES, count_odd, evidence, features, fold, model
from extract.sources.radicals import count_radicals

VerdictName = Literal["good", "garbled", "missing", "unsure"]

# Letters from which a block is judged by itself; with fewer it is judged with its neighbours, and with
# fewer than the second number nothing is called garbled.
ENOUGH, TOO_FEW = 40, 8
# Blocks looked at around one for its company: a column of a table has no words however far one looks.
FARTHEST = 60
# Beliefs between which the statistic is unsure. Low on purpose: what is unsure is compared with the page.
GARBLED, GOOD = 0.12, 0.7
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
        return _judge_signs(folded)
    known = model()
    found = features(folded, known)
    contributions = found * known.weights[:-1]
    belief = float(1 / (1 + np.exp(-(contributions.sum() + known.weights[-1]))))
    return Verdict(_name(belief, evidence(folded)), round(belief, 3), _reason(belief, contributions))


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
    own, folded = alone[at], fold(blocks[at])
    letters = evidence(folded)
    certain = own.verdict == "missing" or count_odd(folded)[0] > 0 or "radicals" in own.reason
    if certain or letters >= ENOUGH:
        return own
    joined = judge_text("\n".join(_neighbourhood(at, blocks)))
    if _is_plain(folded):
        worse = joined.verdict == "garbled"
        return Verdict("unsure", 0.5, "numbers among garbled words") if worse else own
    belief = (own.score * letters + joined.score * ENOUGH) / (letters + ENOUGH)
    reason = joined.reason if joined.score < own.score else own.reason
    return Verdict(_name(belief, letters + ENOUGH), round(belief, 3), reason)


def _neighbourhood(at: int, blocks: Sequence[str]) -> list[str]:
    """The block with its neighbours on both sides until they are enough to judge."""
    low, high = at, at + 1
    letters = evidence(fold(blocks[at]))
    while letters < 2 * ENOUGH and (low > 0 or high < len(blocks)):
        if high - low > FARTHEST:
            break
        if low > 0:
            low -= 1
            letters += evidence(fold(blocks[low]))
        if high < len(blocks):
            letters += evidence(fold(blocks[high]))
            high += 1
    return [b for b in blocks[low:high] if b.strip()]


def _judge_signs(folded: str) -> Verdict:
    """Numbers are good by themselves; signs without numbers or words say nothing."""
    solid = folded.replace(" ", "")
    if sum(c.isalnum() for c in solid) < len(solid) / 3:
        return Verdict("unsure", 0.5, "signs only")
    return Verdict("good", 0.9, "numbers only")


def _name(belief: float, letters: int) -> VerdictName:
    if belief >= GOOD:
        return "good"
    return "garbled" if belief <= GARBLED and letters >= TOO_FEW else "unsure"


def _reason(belief: float, contributions: NDArray[np.float64]) -> str:
    return "reads like text" if belief >= GOOD else _REASONS[FEATURES[int(np.argmin(contributions))]]


def _is_plain(text: str) -> bool:
    """Whether a text holds no letters, or too few to be words: numbers, signs, one unit."""
    return sum(map(str.isalpha, text)) < 3 and count_odd(text) == (0, 0)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

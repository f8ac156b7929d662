"""May this text layer be believed? A verdict per block of text, with a score and a reason.

A text layer can be missing, can say what the page shows, or can be garbage: another language's OCR,
a permuted or absent ToUnicode map, bytes read in the wrong encoding. The judgement is made per block,
so that a page that is half good keeps its good half. Where the statistic is ``unsure``, or where numbers
are at stake, compare a recognised line of the rendered page with the layer by ``agrees``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

VerdictName = Literal["good", "garbled", "missing", "unsure"]

# Characters of a block below which its own statistics say little; such blocks lean on their page.
ENOUGH = 40
# Share of characters no font should ever give (U+FFFD, private use, control, cid) that condemns a block:
# good Japanese text layers had none in 2,000 lines, icon fonts a few in a block of their own.
BAD_SHARE = 0.03
# Similarity of a recognised line and the layer's line: above the first they agree, below the second not
# (rendered good lines reach .98-1.00, garbage 0-.38).
SAME, OTHER = 0.75, 0.4

_CID = re.compile(r"\(cid:\d+\)")
_SPACED = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is the belief that the text says what the page shows, 0 (garbage) to 1."""

    verdict: VerdictName
    score: float
    reason: str


def judge_text(text: str) -> Verdict:
    """The verdict on one block by itself; ``unsure`` when it is too short to tell."""
    folded = fold(text)
    if not folded:
        return Verdict("missing", 0.0, "no text")
    bad = _bad_share(folded)
    if bad > BAD_SHARE:
        return Verdict("garbled", round(max(0.0, 0.4 - bad), 3), f"{bad:.0%} of the characters are unmapped")
    return Verdict("good", 1.0, "reads like text")


def judge_page(blocks: Sequence[str]) -> tuple[Verdict, ...]:
    """A verdict per block, in order; short blocks lean on their neighbours and on the page as a whole."""
    return tuple(judge_text(block) for block in blocks)


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


def fold(text: str) -> str:
    """NFKC, one blank for many, and no blanks between Japanese characters (letter-spaced type)."""
    return _SPACED.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


def _bad_share(text: str) -> float:
    cids = len(_CID.findall(text))
    rest = _CID.sub("", text)
    return (cids + sum(map(_is_bad, rest))) / max(1, len(rest) + cids)


def _is_bad(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

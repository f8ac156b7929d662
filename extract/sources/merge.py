"""Words of the text layer and words read from pixels of the same page -> one set of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extract.scene import Word

# Share of an OCR word's area that kept words must cover for it to be the same text once more.
SAME_PLACE = 0.4
# Numbers of the layer to compare before it is trusted or distrusted as a whole, and how many must agree.
ENOUGH, AGREEING = 3, 0.7

_NUMBER = re.compile(r"[0-9０-９][0-9０-９.,．，]*")


def merged_words(kept: Sequence[Word], read: Sequence[Word]) -> list[Word]:
    """The layer's words, and those read where the layer has none.

    Where the page was read because the layer lies, its remaining numerals are believed only if they
    agree with what was read at their places.
    """
    if not read:
        return list(kept)
    if not kept:
        return list(read)
    if not numbers_agree(kept, read):
        lying = {id(w) for w in kept if _NUMBER.search(w.text) and _rival(w, read) is not None}
        kept = [w for w in kept if id(w) not in lying]
    return list(kept) + [w for w in read if not _covered(w, kept)]


def numbers_agree(kept: Sequence[Word], read: Sequence[Word]) -> bool:
    """Whether the layer's numbers say what was read at their places; True when too few can be compared."""
    compared = agreeing = 0
    for word in kept:
        digits = _digits(word.text)
        if not digits:
            continue
        rival = _rival(word, read)
        if rival is None or not _digits(rival.text):
            continue
        compared += 1
        agreeing += digits in _digits(rival.text) or _digits(rival.text) in digits
    return compared < ENOUGH or agreeing >= AGREEING * compared


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", unicodedata.normalize("NFKC", text)))


def _rival(word: Word, read: Sequence[Word]) -> Word | None:
    """The word read at the place of this one."""
    best = max(read, key=lambda r: r.box.shared(word.box), default=None)
    if best is None or best.box.shared(word.box) < SAME_PLACE * min(best.box.area, word.box.area):
        return None
    return best


def _covered(word: Word, kept: Sequence[Word]) -> bool:
    covered = sum(word.box.shared(k.box) for k in kept)
    return covered >= SAME_PLACE * word.box.area

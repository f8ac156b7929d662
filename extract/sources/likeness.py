"""How much a text is like Japanese or English: the features that the legibility of a text layer rests on.

Two small models, trained by ``benchmarks/legible_train.py`` on texts of permissive licences: the
association of neighbouring characters in Japanese, log p(b|a)/p(b), and letter triples of English. The
association is used and not the likelihood, because kanji are rare and Latin garbage is common: likelihood
calls a line of rare kanji worse than a line of noise. What an association is worth depends on the scripts
of the two characters: two kana never seen side by side are odd, two kanji may be a name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MODEL = "legible.npz"
# Evidence of few characters counts less: sums are divided by their number plus this.
DAMPING = 8.0
STEPS = 16.0  # model values are stored in steps of 1/16
# Borders of the bins of associations; the first bin is for pairs never seen.
BINS = (-1.0, 0.5, 2.0, 3.5)
SCRIPTS = 3  # hiragana, katakana, kanji

FEATURES = ("kana", "kanji", "bad", "weird", "latin", "broken", "signs", "isolated")

_CID = re.compile(r"\(cid:\d+\)")
# Blanks between Japanese characters: letter-spaced type.
_SPACED = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")
_LATIN = re.compile(r"[A-Za-z]+")
# A word of letters in which the case changes in the middle, or letters and signs alternate.
_BROKEN = re.compile(
    r"^(?=.*[A-Za-z])(?:\w*[a-z][A-Z][a-z]*[A-Z]\w*|.*[A-Za-z][^\w\s.,'’&/:@+()-]+[A-Za-z].*)$"
)
_SIGNS = frozenset('~|\\^{}<>#$*;"!`_=§¬¦¢¥£«»°©®™“”‘’')
_SIGN = re.compile(f"[{re.escape(''.join(sorted(_SIGNS)))}]")
# Sums of money and limits: $5K, <$1M, >100.
_AMOUNT = re.compile(r"[<>]?[$¥€£]\s?(?=\d)|[<>](?=\s?\d)")
# Bullets and icons of private fonts, standing alone or before a word.
_BULLET = re.compile(r"(?:(?<=\s)|^)[\ue000-\uf8ff](?=\s|\w|$)", re.MULTILINE)
_NUMERAL_SET = frozenset("〇一二三四五六七八九十百千万億第")
_NUMERALS = np.array(sorted(map(ord, _NUMERAL_SET)), np.uint32)
_IN_ADDRESS = r"(?:https?:|www\.|@\w+\.|\.(?:com|jp|org|net|html?|pdf)\b)"
_MAYBE_ADDRESS, _ADDRESS = re.compile(_IN_ADDRESS), re.compile(rf"\S*{_IN_ADDRESS}\S*")


@dataclass(frozen=True, slots=True, eq=False)  # known by identity, so that what it says can be cached
class Model:
    """What the training left.

    ``codes`` are rising pairs of code points (first << 16 | second) with their ``associations``;
    ``worth`` is the log-odds of good against garbled text by scripts of the pair and bin of association,
    shape (9, 6); ``latin`` the log-odds of letter triples; ``weights`` those of the FEATURES, bias last.
    """

    codes: NDArray[np.uint32]
    associations: NDArray[np.float32]
    worth: NDArray[np.float32]
    latin: NDArray[np.float32]
    weights: NDArray[np.float64]


@cache
def model() -> Model:
    """The shipped model."""
    with (files("extract.sources") / MODEL).open("rb") as file, np.load(file) as stored:
        return Model(
            codes=np.cumsum(stored["gaps"].astype(np.uint64)).astype(np.uint32),
            associations=stored["associations"].astype(np.float32) / np.float32(STEPS),
            worth=stored["worth"].astype(np.float32) / np.float32(STEPS),
            latin=stored["latin"].astype(np.float32) / np.float32(STEPS),
            weights=stored["weights"].astype(np.float64),
        )


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """NFKC, one blank for many and none between Japanese characters, no bullets of private fonts."""
    bare = _BULLET.sub(" ", text)
    spaced = " ".join(unicodedata.normalize("NFKC", bare if bare.strip() else text).split())
    return _SPACED.sub("", spaced)


def features(folded: str, known: Model) -> NDArray[np.float64]:
    """The FEATURES of a folded text, each 0 where the text is silent about it."""
    cids = len(_CID.findall(folded)) if "(cid:" in folded else 0
    text = words_only(_CID.sub(" ", folded) if cids else folded)
    length = max(1, len(text) - text.count(" ") + cids)
    bad, weird = count_odd(text)
    (kana, kana_pairs), (kanji, kanji_pairs) = _japanese(text, known)
    tokens = text.split()
    words = [t for t in tokens if t[0].isascii() and any(map(str.isalpha, t))]
    latin, triples = _latin(text, known)
    return np.array(
        [
            kana / (kana_pairs + DAMPING),
            kanji / (kanji_pairs + DAMPING),
            min(1.0, 10 * (bad + cids) / (length + DAMPING)),
            min(1.0, 10 * weird / (length + DAMPING)),
            latin / (triples + DAMPING),
            sum(map(_is_broken, words)) / (len(words) + 2),
            len(_SIGN.findall(text)) / (length + DAMPING),
            sum(len(t) == 1 and t.isalpha() and t.isascii() for t in tokens) / (len(tokens) + 2),
        ]
    )


@lru_cache(maxsize=4096)  # asked of a text for its evidence, its features and its company
def count_odd(text: str) -> tuple[int, int]:
    """How many characters are unmapped, and how many foreign."""
    if text.isascii() and text.isprintable():
        return 0, 0
    odd = {c: is_unmapped(c) for c in set(text) if is_unmapped(c) or is_foreign(c)}
    bad = sum(text.count(c) for c, unmapped in odd.items() if unmapped)
    return bad, sum(map(text.count, odd)) - bad


@lru_cache(maxsize=4096)
def words_only(folded: str) -> str:
    """The text without what says nothing about legibility: addresses, amounts."""
    return _AMOUNT.sub(" ", _ADDRESS.sub(" ", folded) if _MAYBE_ADDRESS.search(folded) else folded)


@lru_cache(maxsize=4096)  # a block is asked for again by each of its neighbours
def evidence(folded: str) -> int:
    """How many characters of a folded text speak for or against it: letters outside addresses.

    One unmapped or foreign character says as much as four letters.
    """
    text = words_only(folded)
    bad, weird = count_odd(text)
    if bad + weird == 0:
        return sum(map(str.isalpha, text))
    plain = sum(c.isalpha() and not is_unmapped(c) and not is_foreign(c) for c in text)
    return plain + 4 * (bad + weird)


def association(first: str, second: str) -> float | None:
    """How much oftener than by chance ``second`` follows ``first`` in Japanese, as a logarithm.

    None for pairs the training texts never or hardly held. Characters are kana or kanji, no numerals.
    """
    known = model()
    code = np.uint32(ord(first) << 16 | ord(second))
    at = min(int(known.codes.searchsorted(code)), len(known.codes) - 1)
    return float(known.associations[at]) if known.codes[at] == code else None


def pair_codes(text: str) -> NDArray[np.uint32]:
    """Codes of the neighbouring Japanese characters of a folded text, blanks and numerals left out."""
    points = np.frombuffer(text.replace(" ", "").encode("utf-32-le", "surrogatepass"), np.uint32)
    japanese = (_script(points) >= 0) & ~np.isin(points, _NUMERALS)
    return ((points[:-1] << np.uint32(16)) | points[1:])[japanese[:-1] & japanese[1:]]


def pair_cells(text: str, known: Model) -> NDArray[np.intp]:
    """For each pair of a text its cell in the table of ``worth``: scripts and bin of association."""
    codes = pair_codes(text)
    if len(codes) == 0:
        return np.zeros(0, np.intp)
    at = np.minimum(np.searchsorted(known.codes, codes), len(known.codes) - 1)
    bins = np.where(known.codes[at] == codes, 1 + np.searchsorted(BINS, known.associations[at]), 0)
    scripts = _script(codes >> np.uint32(16)) * SCRIPTS + _script(codes & np.uint32(0xFFFF))
    return np.asarray(scripts * (len(BINS) + 2) + bins, np.intp)


def _japanese(text: str, known: Model) -> tuple[tuple[float, int], tuple[float, int]]:
    """Worth and number of the neighbouring Japanese characters: of two kana, and where a kanji is one."""
    sums, counts = [0.0, 0.0], [0, 0]
    if not text.isascii():
        solid = text.replace(" ", "")
        for a, b in pairwise(solid):
            if a > "\u3000" < b and (worth := _pair_worth(a + b, known)) is not None:
                at = int(worth[1])
                sums[at] += worth[0]
                counts[at] += 1
    return (sums[0], counts[0]), (sums[1], counts[1])


@lru_cache(maxsize=32768)
def _pair_worth(pair: str, known: Model) -> tuple[float, bool] | None:
    """What a pair of characters says, and whether a kanji is in it; None when one is not Japanese.

    ``pair_cells`` for one pair: arrays of one number cost twenty times as much.
    """
    first, second = script_of(pair[0]), script_of(pair[1])
    if first < 0 or second < 0 or pair[0] in _NUMERAL_SET or pair[1] in _NUMERAL_SET:
        return None
    code = np.uint32(ord(pair[0]) << 16 | ord(pair[1]))
    at = min(int(known.codes.searchsorted(code)), len(known.codes) - 1)
    place = 1 + bisect_left(BINS, float(known.associations[at])) if known.codes[at] == code else 0
    return float(known.worth[first * SCRIPTS + second, place]), 2 in (first, second)


def triples(word: str) -> NDArray[np.intp]:
    """Index of each letter triple of a word, with its borders."""
    letters = np.array([0, 0, *(ord(c) - 96 for c in word.lower()), 0], np.intp)
    return letters[:-2] * 729 + letters[1:-1] * 27 + letters[2:]


@lru_cache(maxsize=8192)
def is_unmapped(char: str) -> bool:
    """A character no font should give: the replacement character, private use, control, unassigned."""
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs")


@lru_cache(maxsize=8192)
def is_foreign(char: str) -> bool:
    """A letter or sign that Japanese reports do not print: other scripts, accents, foreign kanji."""
    if char.isascii() or char in _SIGNS or is_unmapped(char):
        return False
    if "\xa1" <= char <= "\xff":
        return char not in "²³¹¼½¾×÷±µ·"
    return char.isalpha() and not _is_written(char)


@cache
def _is_written(char: str) -> bool:
    """Whether Japanese has this letter; Greek and Cyrillic are in its standard, but not in its reports."""
    try:
        return not "\u0370" <= char <= "\u04ff" and bool(char.encode("cp932"))
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=8192)
def script_of(char: str) -> int:
    """0 hiragana, 1 katakana, 2 kanji, -1 anything else."""
    return int(_script(np.array([ord(char)], np.uint32))[0])


def _script(points: NDArray[np.uint32]) -> NDArray[np.int64]:
    """0 hiragana, 1 katakana, 2 kanji, -1 anything else (the middle dot too)."""
    kinds = np.full(points.shape, -1, np.int64)
    kinds[(points >= 0x3041) & (points <= 0x309F)] = 0
    kinds[(points >= 0x30A1) & (points <= 0x30FF) & (points != 0x30FB)] = 1
    kinds[(points >= 0x3400) & (points <= 0x9FFF) | (points == 0x3005)] = 2
    return kinds


def _latin(text: str, known: Model) -> tuple[float, int]:
    """Log-odds and number of the letter triples of all words but abbreviations."""
    found = [_word_worth(w, known) for w in _LATIN.findall(text) if len(w) > 1]
    return sum(f[0] for f in found), sum(f[1] for f in found)


@lru_cache(maxsize=16384)
def _word_worth(word: str, known: Model) -> tuple[float, int]:
    if word.isupper() and len(word) <= 5:
        return 0.0, 0
    scores = known.latin[triples(word)]
    return float(scores.sum()), len(scores)


@lru_cache(maxsize=16384)
def _is_broken(word: str) -> bool:
    return _BROKEN.match(word) is not None

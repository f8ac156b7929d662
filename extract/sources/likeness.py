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
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

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
_TOKEN = re.compile(r"\S+")
# A word of letters in which the case changes in the middle, or letters and signs alternate.
_BROKEN = re.compile(
    r"^(?=.*[A-Za-z])(?:\w*[a-z][A-Z][a-z]*[A-Z]\w*|.*[A-Za-z][^\w\s.,'’&/:@+()-]+[A-Za-z].*)$"
)
_SIGNS = frozenset('~|\\^{}<>#$*;"!`_=§¬¦¢¥£«»°©®™“”‘’')
# Sums of money and limits: $5K, <$1M, >100.
_AMOUNT = re.compile(r"[<>]?[$¥€£]\s?(?=\d)|[<>](?=\s?\d)")
# Bullets and icons of private fonts, standing alone or before a word.
_BULLET = re.compile(r"(?:(?<=\s)|^)[\ue000-\uf8ff](?=\s|\w|$)", re.MULTILINE)
_NUMERALS = np.array([ord(c) for c in "〇一二三四五六七八九十百千万億第"], np.uint32)
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@\w+\.|\.(?:com|jp|org|net|html?|pdf)\b)\S*")


@dataclass(frozen=True, slots=True)
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
    cids = len(_CID.findall(folded))
    text = words_only(_CID.sub(" ", folded))
    length = max(1, len(text) - text.count(" ") + cids)
    bad = cids + sum(is_unmapped(c) for c in text)
    weird = sum(is_foreign(c) for c in text)
    cells = pair_cells(text, known)
    worth, kanji = known.worth.reshape(-1)[cells], _with_kanji(cells)
    tokens = _TOKEN.findall(text)
    words = [t for t in tokens if t[0].isascii() and any(c.isalpha() for c in t)]
    latin, triples = _latin(text, known)
    return np.array(
        [
            float(worth[~kanji].sum()) / (int((~kanji).sum()) + DAMPING),
            float(worth[kanji].sum()) / (int(kanji.sum()) + DAMPING),
            min(1.0, 10 * bad / (length + DAMPING)),
            min(1.0, 10 * weird / (length + DAMPING)),
            latin / (triples + DAMPING),
            sum(bool(_BROKEN.match(w)) for w in words) / (len(words) + 2),
            sum(c in _SIGNS for c in text) / (length + DAMPING),
            sum(len(t) == 1 and t.isalpha() and t.isascii() for t in tokens) / (len(tokens) + 2),
        ]
    )


def words_only(folded: str) -> str:
    """The text without what says nothing about legibility: addresses, amounts."""
    return _AMOUNT.sub(" ", _ADDRESS.sub(" ", folded))


@lru_cache(maxsize=4096)  # a block is asked for again by each of its neighbours
def evidence(folded: str) -> int:
    """How many characters of a folded text speak for or against it: letters outside addresses.

    One unmapped or foreign character says as much as four letters.
    """
    return sum(4 if is_unmapped(c) or is_foreign(c) else c.isalpha() for c in words_only(folded))


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


def _with_kanji(cells: NDArray[np.intp]) -> NDArray[np.bool_]:
    scripts = cells // (len(BINS) + 2)
    return np.asarray((scripts // SCRIPTS == 2) | (scripts % SCRIPTS == 2), np.bool_)


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


def _script(points: NDArray[np.uint32]) -> NDArray[np.int64]:
    """0 hiragana, 1 katakana, 2 kanji, -1 anything else (the middle dot too)."""
    kinds = np.full(points.shape, -1, np.int64)
    kinds[(points >= 0x3041) & (points <= 0x309F)] = 0
    kinds[(points >= 0x30A1) & (points <= 0x30FF) & (points != 0x30FB)] = 1
    kinds[(points >= 0x3400) & (points <= 0x9FFF) | (points == 0x3005)] = 2
    return kinds


def _latin(text: str, known: Model) -> tuple[float, int]:
    found = [triples(w) for w in _LATIN.findall(text) if len(w) > 1 and not (w.isupper() and len(w) <= 5)]
    if not found:
        return 0.0, 0
    scores = known.latin[np.concatenate(found)]
    return float(scores.sum()), len(scores)

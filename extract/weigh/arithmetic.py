"""Can this percentage come from n respondents? The GRIM test, and what it says about n itself.

A share printed with d decimals must be k/n for some whole k (Brown & Heathers 2017, "The GRIM test").
With n below 100 * 10**d only some values are possible, so a value that is possible speaks for itself:
the rarer it is, the louder. Weighted data need not obey.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

# Half a unit of the last printed place, with room for the printer's own rounding (half up or even).
ROUNDING = 0.5 + 1e-6


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as printed: 47.6 with one decimal."""

    value: float
    decimals: int

    @property
    def half_step(self) -> float:
        """Half a unit of the last printed place, in points."""
        return ROUNDING / float(10**self.decimals)


def decimals_of(text: str) -> int:
    """Decimals of the first number in a printed text: "47.6%" -> 1, "8割" -> 0."""
    head, dot, tail = text.replace("．", ".").partition(".")
    if not dot or not head[-1:].isdigit():
        return 0
    return len(tail) - len(tail.lstrip("0123456789０１２３４５６７８９"))


def respondents(share: Share, n: int) -> int | None:
    """The k with k/n printed as ``share``, None when no whole number of respondents gives it."""
    if n <= 0 or not 0 <= share.value <= 100:
        return None
    k = round(share.value * n / 100)
    return k if abs(100 * k / n - share.value) <= share.half_step else None


def odds(share: Share, n: int) -> float:
    """How likely a random value printed like ``share`` would be possible with n, 0-1.

    Near 1 for n above 100 * 10**decimals, where the test sees nothing.
    """
    return min(1.0, (n + 1) / float(100 * 10**share.decimals + 1))


def chance(shares: Collection[Share], n: int) -> float:
    """How likely n would allow all these (distinct) values by accident."""
    return math.prod(odds(share, n) for share in shares)


@dataclass(frozen=True, slots=True)
class Fit:
    """How n explains a set of values: those it allows, those it does not, and the odds of an accident."""

    n: int
    misfits: frozenset[Share]
    accident: float


# Below one in fifty an accidental fit is taken for excluded; measured on generated groups in the tests.
ACCIDENT = 0.02
# Sample sizes above this are not inferred: values with one decimal no longer tell them apart.
LARGEST = 700
# One value in this many may be misread and still leave the base standing; it is then disputed.
PER_MISFIT = 6


def fit(shares: Iterable[Share], n: int) -> Fit:
    """Tests every distinct value against n; choosing which values to leave out costs its share of luck."""
    distinct = frozenset(shares)
    misfits = frozenset(share for share in distinct if respondents(share, n) is None)
    ways = math.comb(len(distinct), len(misfits))
    return Fit(n, misfits, min(1.0, ways * chance(distinct - misfits, n)))


def tolerable(found: Fit, values: int) -> bool:
    """No misfits, or so few among so many that they are misprints or misreadings."""
    return len(found.misfits) <= values // PER_MISFIT


def infer_base(shares: Iterable[Share]) -> Fit | None:
    """The n that alone explains the values, with the odds that a smaller one would have fitted by accident.

    The smallest fitting n is taken: its multiples fit as well, but then every k would have to share
    their factor. None when nothing fits or when an accident is not excluded.
    """
    distinct = frozenset(shares)
    if all(share.value == round(share.value) for share in distinct):
        distinct = frozenset(
            Share(share.value, 0) for share in distinct
        )  # 24.0, 36.0, 40.0: rounder than luck
    return smallest_base(distinct)


@lru_cache(maxsize=4096)
def smallest_base(distinct: frozenset[Share]) -> Fit | None:
    """As infer_base; the same values are asked again after a chart was read anew."""
    accident = 0.0
    alike = Counter(share.decimals for share in distinct)
    for n in range(2, LARGEST):
        accident += math.prod(odds(Share(0.0, decimals), n) ** count for decimals, count in alike.items())
        if accident > ACCIDENT:
            return None
        if all(respondents(share, n) is not None for share in distinct):
            return Fit(n, frozenset(), accident)
    return None


def choose_base(shares: Iterable[Share], candidates: Iterable[int]) -> Fit | None:
    """Which of the stated sample sizes explains the values; None where none or several do."""
    distinct = frozenset(shares)
    sizes = sorted(set(candidates))
    fits = [f for f in (fit(distinct, n) for n in sizes) if tolerable(f, len(distinct))]
    clean = [f for f in fits if not f.misfits] or fits
    if len(clean) != 1 or not distinct:
        return None
    accident = clean[0].accident * len(sizes)
    return Fit(clean[0].n, clean[0].misfits, accident) if accident <= ACCIDENT else None

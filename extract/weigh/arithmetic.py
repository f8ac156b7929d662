"""Can this percentage come from n respondents? The GRIM test, and what it says about n itself.

A share printed with d decimals must be k/n for some whole k (Brown & Heathers 2017, "The GRIM test").
With n below 100 * 10**d only some values are possible, so a value that is possible speaks for itself:
the rarer it is, the louder. Weighted data need not obey.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


def chance(shares: Sequence[Share], n: int) -> float:
    """How likely n would allow all the (distinct) values by accident."""
    return math.prod(odds(share, n) for share in set(shares))


def possible(shares: Sequence[Share], n: int) -> bool:
    return all(respondents(share, n) is not None for share in shares)


# Below one in fifty an accidental fit is taken for excluded; measured on generated groups in the tests.
ACCIDENT = 0.02
# Sample sizes above this are not inferred: values with one decimal no longer tell them apart.
LARGEST = 700


def infer_base(shares: Sequence[Share]) -> tuple[int, float] | None:
    """The n that alone explains the values, with the odds that a smaller one would have fitted by accident.

    The smallest fitting n is taken: its multiples fit as well, but then every k would have to share
    their factor. None when nothing fits or when an accident is not excluded.
    """
    accident = 0.0
    for n in range(2, LARGEST):
        accident += chance(shares, n)
        if accident > ACCIDENT:
            return None
        if possible(shares, n):
            return n, accident
    return None


def choose_base(shares: Sequence[Share], candidates: Sequence[int]) -> tuple[int, float] | None:
    """Which of the stated sample sizes explains the values, with the odds of an accident; None if unclear."""
    fitting = [n for n in sorted(set(candidates)) if possible(shares, n)]
    if len(fitting) != 1 or not shares:
        return None
    accident = sum(chance(shares, n) for n in set(candidates))
    return (fitting[0], accident) if accident <= ACCIDENT else None

"""Which printed sample size belongs to a group, whatever of its spellings the sentence uses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ALIKE = 0.48  # 0.8 of the share of the shorter wording's character pairs from which both may be one group
ENOUGH = 3  # character pairs below which a wording is too short to be told by its parts
AHEAD = 0.1  # by how much the best must lead the second best


def base_of(group: str, bases: Sequence[tuple[str, int]]) -> int | None:
    """The sample size stated for ``group``; None when no stated group is clearly the same one."""
    if not group or " vs. " in group or " × " in group or group == "前回比":
        return None
    key = _fold(group)
    scored = sorted(((_likeness(key, _fold(name)), n) for name, n in bases if name), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return None
    rivals = [s for s, n in scored if n != scored[0][1]]
    return scored[0][1] if not rivals or scored[0][0] - rivals[0] >= AHEAD else None


def likeness_of(a: str, b: str) -> float:
    """How alike two wordings of one label are, 0 to 1; 0 when only one denies or their numbers differ."""
    return _likeness(_fold(a), _fold(b))


def plain(text: str) -> str:
    """The letters and digits of a text alone, so that two printings of it compare."""
    return _fold(text)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def _negations(text: str) -> int:
    return len(re.findall(r"[非未不無]|ない|なし|なかった|せず|至って", text))


def _likeness(a: str, b: str) -> float:
    """1 for the same wording, less for one that ends the other, less for one that shares its parts."""
    if a == b:
        return 1.0
    if bool(_negations(a)) != bool(_negations(b)) or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return 0.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 2 and long.endswith(short):
        return 0.9
    pairs = [{t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b)]
    fewer = min(len(pairs[0]), len(pairs[1]))
    return 0.8 * len(pairs[0] & pairs[1]) / fewer if fewer >= ENOUGH else 0.0

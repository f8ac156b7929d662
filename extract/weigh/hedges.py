"""What a round figure in words stands for: 8割超 is 80 to 90, 約19% is 18 to 20, 2割弱 is 15 to 20."""

from __future__ import annotations

from extract.finding import Finding

HEDGED = ("approx", "vague", "at_least", "at_most")
# 約4割, 4割強 and 4割弱 lie within half a step of tens; other round figures within one point.
NEAR_TEN, NEAR_ONE = 5.0, 1.0
# 8割超 is told of what has not reached the next ten; 過半数 of anything up to two thirds or so.
NEXT_TEN, MAJORITY, LARGE_MAJORITY = 10.0, 50.0, 20.0


def stands_for(told: Finding, value: float) -> bool:
    """Whether the exact ``value`` may be told in the words of the hedged finding ``told``."""
    low, high = reach(told)
    return low <= value <= high


def reach(told: Finding) -> tuple[float, float]:
    """The values (unit of the finding) that its words may stand for."""
    tens = told.value % 10 == 0 and told.value > 0
    near = NEAR_TEN if tens else NEAR_ONE
    if told.qualifier == "at_least":
        further = LARGE_MAJORITY if told.value == MAJORITY else NEXT_TEN if tens else NEAR_ONE
        return told.value, told.value + further
    if told.qualifier == "at_most":
        return told.value - (NEXT_TEN if tens else NEAR_ONE), told.value
    return told.value - near, told.value + near

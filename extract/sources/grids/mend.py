"""Rules in pieces -> whole rules: pieces set on one line, and parts that letters hide put back.

Whoever traces rules in pixels wipes the words off first, and with them the parts of rules they touch.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.scene import Box
from extract.sources.grids.rules import Rule

# Share of a gap that must lie under words for the rule to go on through it.
HIDDEN = 0.9


def straightened(rules: Sequence[Rule], near: float) -> list[Rule]:
    """Each rule at the place of the longest one within ``near``: letters' remains move no rule."""
    places: list[float] = []
    found = []
    for rule in sorted(rules, key=lambda r: -r.length):
        at = min(places, key=lambda place: abs(place - rule.at), default=None)
        if at is None or abs(at - rule.at) > near:
            at = rule.at
            places.append(at)
        found.append(Rule(at, rule.start, rule.end, rule.traced))
    return found


def mended(rules: Sequence[Rule], across: Sequence[Rule], words: Sequence[Box], near: float) -> list[Rule]:
    """The rules joined where no more than ``near`` or a word parts them, and led on under words to the
    rules ``across``. ``words``: boxes whose x runs along the rules and whose y runs across them."""
    lines: dict[float, list[Rule]] = {}
    for rule in straightened(rules, near):
        lines.setdefault(rule.at, []).append(rule)
    found = []
    for at, pieces in lines.items():
        spans = [(w.x0 - near, w.x1 + near) for w in words if w.y0 - near <= at <= w.y1 + near]
        crossing = [r.at for r in across if r.start - near <= at <= r.end + near]
        found += [led_on(rule, spans, crossing, near) for rule in joined(pieces, spans, near)]
    return found


def joined(pieces: Sequence[Rule], hidden: Sequence[tuple[float, float]], near: float) -> list[Rule]:
    whole: list[Rule] = []
    for piece in sorted(pieces, key=lambda r: r.start):
        last = whole[-1] if whole else None
        if last is not None and (
            piece.start - last.end <= near or (piece.traced and under(last.end, piece.start, hidden))
        ):
            whole[-1] = Rule(last.at, last.start, max(last.end, piece.end), last.traced or piece.traced)
        else:
            whole.append(piece)
    return whole


def led_on(rule: Rule, hidden: Sequence[tuple[float, float]], crossing: Sequence[float], near: float) -> Rule:
    """The rule with its ends at the next rules across, where words alone lie between."""
    if not rule.traced:
        return rule
    before = max((c for c in crossing if c < rule.start - near), default=rule.start)
    after = min((c for c in crossing if c > rule.end + near), default=rule.end)
    start = before if under(before, rule.start, hidden) else rule.start
    end = after if under(rule.end, after, hidden) else rule.end
    return Rule(rule.at, start, end, True)


def under(start: float, end: float, hidden: Sequence[tuple[float, float]]) -> bool:
    """Whether words hide the stretch."""
    if end <= start:
        return False
    covered, reach = 0.0, start
    for a, b in sorted(hidden):
        a, b = max(a, reach), min(b, end)
        if b > a:
            covered, reach = covered + b - a, b
    return covered >= HIDDEN * (end - start)

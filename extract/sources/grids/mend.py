"""Rules in pieces -> whole rules: pieces set on one line, and parts that letters hide put back.

Whoever traces rules in pixels wipes the words off first, and with them the parts of rules they touch; strokes
of letters stay behind as short rules, and pieces of rules shorter than those are lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.scene import Box
from extract.sources.grids.rules import Rule

# How much of a rule may be missing without a word on it, in the page's unit: pieces of 18 pixels are lost.
LOST = 9.0
# Longest stroke of a letter, in heights of its word.
WIDEST_LETTER = 1.3


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
    """The rules joined where words or little else part them, and led on under words to the rules ``across``.
    ``words``: boxes whose x runs along the rules and whose y runs across them."""
    lines: dict[float, list[Rule]] = {}
    for rule in straightened([r for r in rules if not is_letter(r, words, near)], near):
        lines.setdefault(rule.at, []).append(rule)
    found = []
    for at, pieces in lines.items():
        spans = [(w.x0 - near, w.x1 + near) for w in words if w.y0 - near <= at <= w.y1 + near]
        crossing = [r.at for r in across if r.start - near <= at <= r.end + near]
        found += [led_on(rule, spans, crossing, near) for rule in joined(pieces, spans, near)]
    return found


def is_letter(rule: Rule, words: Sequence[Box], near: float) -> bool:
    """A short traced rule within a word is a stroke of a letter; of a true rule the rest will be found."""
    return rule.traced and any(
        w.x0 - near <= rule.start
        and rule.end <= w.x1 + near
        and w.y0 - near <= rule.at <= w.y1 + near
        and rule.length <= WIDEST_LETTER * max(w.height, near)
        for w in words
    )


def joined(pieces: Sequence[Rule], hidden: Sequence[tuple[float, float]], near: float) -> list[Rule]:
    whole: list[Rule] = []
    for piece in sorted(pieces, key=lambda r: r.start):
        last = whole[-1] if whole else None
        if last is not None and (
            piece.start - last.end <= near or (piece.traced and is_gap(last.end, piece.start, hidden))
        ):
            whole[-1] = Rule(last.at, last.start, max(last.end, piece.end), last.traced or piece.traced)
        else:
            whole.append(piece)
    return whole


def led_on(rule: Rule, hidden: Sequence[tuple[float, float]], crossing: Sequence[float], near: float) -> Rule:
    """The rule with its ends at the next rules across, where words and little else lie between; an end that
    is at a rule across stays there."""
    if not rule.traced:
        return rule
    start, end = rule.start, rule.end
    if all(abs(c - start) > near for c in crossing):
        before = max((c for c in crossing if c < start), default=start)
        start = before if is_gap(before, start, hidden) else start
    if all(abs(c - end) > near for c in crossing):
        after = min((c for c in crossing if c > end), default=end)
        end = after if is_gap(end, after, hidden) else end
    return Rule(rule.at, start, end, True)


def is_gap(start: float, end: float, hidden: Sequence[tuple[float, float]]) -> bool:
    """Whether nothing but words and a piece too short to be traced is missing."""
    covered, reach = 0.0, start
    for a, b in sorted(hidden):
        a, b = max(a, reach), min(b, end)
        if b > a:
            covered, reach = covered + b - a, b
    return end - start - covered <= LOST

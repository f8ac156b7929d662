"""Rules in pieces -> whole rules: pieces set on one line, and parts that letters hide put back.

Whoever traces rules in pixels wipes the words off first, and with them the parts of rules they touch; strokes
of letters stay behind as short rules, and pieces of rules shorter than those are lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.scene import Box
from extract.sources.grids.rules import Rule

# How much of a rule may be missing without a word on it, in the page's unit: pieces of 18 pixels are lost,
# the height of a narrow row at 150 dpi with the margins of its words.
LOST = 13.0
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


def mended(
    rules: Sequence[Rule],
    across: Sequence[Rule],
    words: Sequence[Box],
    near: float,
    numbers: Sequence[Box] = (),
) -> list[Rule]:
    """The rules joined where words or little else part them, and led on under words to the rules ``across``.
    ``words``: boxes whose x runs along the rules and whose y runs across them; ``numbers`` of them may be set
    flush with the rules."""
    lines: dict[float, list[Rule]] = {}
    for rule in straightened([r for r in rules if not is_letter(r, words, near)], near):
        lines.setdefault(rule.at, []).append(rule)
    found = []
    for at, pieces in lines.items():
        touching = [w for w in words if w.y0 - near <= at <= w.y1 + near]
        spans = [(w.x0 - near, w.x1 + near) for w in touching]
        flush = [(w.x0 - near, w.x1 + near) for w in numbers if min(abs(at - w.y0), abs(w.y1 - at)) <= near]
        crossing = sorted(r.at for r in across if r.start - near <= at <= r.end + near)
        found += [led_on(rule, spans, flush, crossing, near) for rule in joined(pieces, spans, near)]
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


def led_on(
    rule: Rule, hidden: Sequence[tuple[float, float]], flush: Sequence[tuple[float, float]],
    crossing: Sequence[float], near: float,
) -> Rule:  # fmt: skip
    """The rule with its ends at the next rules across, where words and little else lie between; beyond a rule
    across only under numbers that end at this one: other words stand in a wider cell."""
    if not rule.traced:
        return rule
    end = reach(rule.end, crossing, hidden, flush, near)
    mirrored = [[(-b, -a) for a, b in spans] for spans in (hidden, flush)]
    start = -reach(-rule.start, [-c for c in reversed(crossing)], mirrored[0], mirrored[1], near)
    return Rule(rule.at, start, end, True)


def reach(
    end: float, crossing: Sequence[float], hidden: Sequence[tuple[float, float]],
    flush: Sequence[tuple[float, float]], near: float,
) -> float:  # fmt: skip
    """How far a rule that was seen up to ``end`` goes on."""
    for place in crossing:
        if place <= end + near:
            continue
        at_rule = any(abs(c - end) <= near for c in crossing)
        words = flush if at_rule else hidden
        covered = any(a < place and b > end for a, b in words)
        if not is_gap(end, place, words) or (at_rule and not covered):
            break
        end = place
    return end


def is_gap(start: float, end: float, hidden: Sequence[tuple[float, float]]) -> bool:
    """Whether nothing but words and a piece too short to be traced is missing."""
    covered, reach = 0.0, start
    for a, b in sorted(hidden):
        a, b = max(a, reach), min(b, end)
        if b > a:
            covered, reach = covered + b - a, b
    return end - start - covered <= LOST

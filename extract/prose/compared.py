"""Differences and multiples: between two groups, since last time, from one year to another."""

from __future__ import annotations

import re

from extract.prose.context import group_worded
from extract.prose.sentence import VALUES
from extract.prose.walk import SINCE_LAST, Walk, add
from extract.prose.words import SINCE, is_group

_SAME_OF_TWO = re.compile(
    r"(?P<a>[^、]+?)の(?P<what>[^、の]{2,20})と(?P<b>[^、]+?)の(?P=what)(?:に|で|の間に|には)$"
)
_CHANGED = re.compile(
    r"の?(?:上昇|低下|下落|増加|減少|改善|悪化|増(?!え)|減(?!ら)|アップ|ダウン|上が[りっ]|下が[りっ]|伸び)"
)


def read_difference(w: Walk, i: int, left: str) -> None:
    """The difference or multiple at sign ``i``; none when its two sides cannot be told."""
    sign = w.sentence.signs[i]
    assert sign.quantity is not None
    group = _same_of_two(w, i) or _sides(w, i, left)
    items = w.items or ([w.drafts[-1].item] if w.drafts else [w.topic or w.context.item])
    if not group:
        return
    for item in items:
        for value in sign.quantity.values:
            add(w, (sign.start, sign.end), value, sign.quantity.unit, group, item, opened=not item)
    w.listed, w.period, w.fresh = [], "", False


def _same_of_two(w: Walk, i: int) -> str:
    """「A向けのスコアとB向けのスコアに10ポイント」 -> A vs. B, the score as item."""
    m = _SAME_OF_TWO.search(w.sentence.worded(0, i))
    if m is None or not (is_group(m["a"]) and is_group(m["b"])):
        return ""
    w.items = [m["what"]]
    return f"{group_worded(m['a'])} vs. {group_worded(m['b'])}"


def _sides(w: Walk, i: int, left: str) -> str:
    two = [group_worded(v.label) for v in w.bracket if is_group(v.label)]
    if len(two) == 2 and re.fullmatch(rf".*{VALUES}(?:は|で|と|、|の|約)*", w.sk[:i]):
        return " vs. ".join(two)  # （A層69％、B層36％）は33ポイント差
    own = w.group
    if own and re.search(r"(?:^|[とがは、])(?:全体|平均)を(?:約|およそ|さらに)?$", left):
        return f"{own} vs. 全体"  # 全体を14ポイント上回った
    of_last = w.of_group or re.fullmatch(r"の(?:約|およそ|ほぼ)?", left)
    if of_last and len(w.groups) > 1:
        own, w.than = w.groups[-2], own
    if w.of_group and len(w.groups) == 1 and w.last_maybe:
        w.items = [w.question] if w.question else w.items
        return f"{w.last_maybe} vs. {w.groups[0]}"
    if re.search(rf"(?:{SINCE.pattern})(?:調査)?(?:同[月期])?比(?:で|約|およそ|ほぼ|の)*$", left):
        return SINCE_LAST
    if w.everyone and w.groups and not w.than:
        return f"{w.groups[-1]} vs. 全体"
    if w.than and w.than != own:
        return f"{own} vs. {w.than}"
    if w.since or SINCE.search(w.sk[max(0, i - 25) : i]):
        dated = list(dict.fromkeys(p for p in w.periods if re.search(r"\d", p)))
        return f"{dated[0]}→{dated[1]}" if len(dated) == 2 else SINCE_LAST
    if _CHANGED.match(w.sk, i + 1):
        return SINCE_LAST  # 指数が3.5ポイント上昇: since when need not be said
    # The other side: named in this sentence, beside it, or in the sentence before.
    told = [*reversed(w.groups), w.context.other, w.context.group]
    other = next((g for g in told if g and g != own), "")
    return f"{own} vs. {other}" if own and other else ""

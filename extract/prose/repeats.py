"""Numbers that belong together: a vague word beside an exact number, a row shared out in order."""

from __future__ import annotations

import re

from extract.finding import Qualifier
from extract.prose.brackets import labelled_values
from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES
from extract.prose.walk import Walk, sign_at

NEAR = 6  # percentage points between a number and a vague word for it (8割 for 79.6％)
ABOVE = 10  # the same for 8割以上（86.8％）
OVER = 20  # percentage points by which a number may exceed its 半数以上
_VAGUE = ("vague", "at_least", "approx")
_BETWEEN = re.compile(
    rf"(?:[{VALUES}{SAMPLE}{ASIDE}]|に(?:留|とど)まり、?|と|で|、|という|と、|であり|回答者の|全体の|企業の"
    rf"|を占め|(?:となり|に達し|に上り|に(?:の|登)ぼり)、?|(?:と?なり、)?(?:{REFUSED}|\d+[年回期])連続で?|の人|、全体の|ほぼ|実に|が[^、]{{0,20}}と回答し|はいずれも|ともに|共に|引き続き|依然)*"
)
# AとBがともに半数を超え: said of all the numbers before.
_OF_BOTH = re.compile(r"[がはと、]*(?:と(?:も|共)に|共に|いずれも|どちらも|両者とも|すべて|全て)(?:約|ほぼ)?")
_ROW = re.compile(rf"{NUMBER}(?:(?:、|,|と|および|及び)(?:約)?{NUMBER})+")


_SHORT_OF = re.compile(
    rf"い?(?:に(?:満|み)たない|に(?:届|とど)かない|を(?:下回る|切る|割る)|未満の|弱の)?{NUMBER}"
)


def glosses_next(w: Walk, i: int) -> bool:
    """半数以上の55.3％, 5割を超える52.6％: the vague number only comments on the exact one behind it."""
    q = w.sentence.signs[i].quantity
    if q is not None and q.unit == "percent" and q.values[0][1] == "at_most" and _SHORT_OF.match(w.sk, i + 1):
        return True  # 半数に満たない46.2％
    if q is None or q.values[0][1] not in _VAGUE or q.unit != "percent":
        return False
    behind = w.sk[i + 1 : i + 3]
    if behind == f"、{NUMBER}":
        return _comments(w, i, i + 2)
    as_much = re.match(rf"に(?:あたる|当たる|相当する)({NUMBER})", w.sk[i + 1 :])
    if as_much:
        return _comments(w, i, i + 1 + as_much.start(1))  # 4分の3にあたる75.3％が
    return behind == f"の{NUMBER}" or behind.startswith(NUMBER)


def _comments(w: Walk, i: int, k: int) -> bool:
    """約80％、77.7％が; 5割を超え、56.9％となった: whether the rough number at ``i`` is the one at ``k``."""
    rough, exact = w.sentence.signs[i].quantity, w.sentence.signs[k].quantity
    if rough is None or exact is None or exact.unit != "percent" or exact.values[0][1] != "exact":
        return False
    apart = exact.values[0][0] - rough.values[0][0]
    return abs(apart) <= NEAR if rough.values[0][1] != "at_least" else 0 <= apart < ABOVE


def glosses_last(w: Walk, i: int) -> bool:
    """55.6％と半数を超え: the vague number only comments on the exact one before it."""
    q = w.sentence.signs[i].quantity
    if q is None or not w.drafts or q.unit != "percent" or q.values[0][1] not in (*_VAGUE, "at_most"):
        return False
    last = w.drafts[-1]
    apart = abs(last.value - q.values[0][0])
    if q.values[0][1] == "at_least" and last.value < q.values[0][0]:
        return False  # 47.6％であり、半数以上が: of other people
    short = q.values[0][1] == "at_most" and last.value <= q.values[0][0] and apart <= 2 * NEAR
    exact = last.unit == "percent" and last.qualifier == "exact" and (apart <= NEAR or short)
    between = w.sk[sign_at(w, last.end) : i]
    return (exact and bool(_BETWEEN.fullmatch(between))) or _glosses_both(w, q.values[0], between)


def _glosses_both(w: Walk, said: tuple[float, str], between: str) -> bool:
    """A（56.2％）とB（51.8％）がともに半数を超え: a comment on two exact numbers, which it fits."""
    two = [d for d in w.drafts if d.unit == "percent" and d.qualifier == "exact"][-2:]
    value, qualifier = said
    reach = (0, OVER) if qualifier == "at_least" else (-OVER, 0) if qualifier == "at_most" else (-NEAR, NEAR)
    fits = len(two) == 2 and all(reach[0] <= d.value - value <= reach[1] for d in two)
    return fits and bool(re.fullmatch(rf"[^{NUMBER}]{{0,2}}{_OF_BOTH.pattern}", between))


def same_again(w: Walk, i: int) -> list[int]:
    """Signs right behind number ``i`` that say the same again: 52.8%と半数以上が, 約8割（79.6%）が."""
    first = w.sentence.signs[i].quantity
    if first is None or first.unit != "percent" or len(first.values) > 1:
        return []
    m = re.match(
        rf"い?(?:と、?|で、?|、|という)?(?:[^、。{NUMBER}{QUOTE}]{{0,8}}初めて|ついに|ほぼ|実に|約)?({NUMBER}|{VALUES})",
        w.sk[i + 1 :],
    )
    if m is None:
        return []
    k = i + 1 + m.start(1)
    value, qualifier = first.values[0]
    second = w.sentence.signs[k].quantity
    if second is None:
        rough = qualifier != "exact" or "割" in w.sentence.raw(i, i + 1)
        return [k] if rough and _same_in_bracket(w, k, value, qualifier) else []
    other, vague = second.values[0]
    if qualifier != "exact" or second.unit != "percent":
        return []
    if vague == "at_most" and 0 <= other - value <= NEAR:
        return [k]  # 19.8％と、2割を下回った
    if vague not in _VAGUE:
        return []
    over = vague == "at_least" and 0 <= value - other <= OVER
    return [k] if over or abs(other - value) <= NEAR else []


def exact_behind(w: Walk, i: int, start: int, end: int) -> int:
    """The bracket behind a quoted answer that says exactly what its rough share says; 0 for none."""
    first = w.sentence.signs[i].quantity
    k = w.sk.find(f"{QUOTE}{VALUES}", start, end + 1) + 1
    if first is None or k == 0 or len(first.values) > 1:
        return 0
    value, qualifier = first.values[0]
    rough = qualifier != "exact" or "割" in w.sentence.raw(i, i + 1)
    return k if rough and _same_in_bracket(w, k, value, qualifier) else 0


def _same_in_bracket(w: Walk, k: int, value: float, qualifier: Qualifier) -> bool:
    inner = w.sentence.signs[k].inner
    values = labelled_values(w.sentence.text, *inner) if inner else []
    if len(values) != 1 or values[0].unit != "percent" or values[0].since:
        return False
    apart = values[0].values[0][0] - value
    return abs(apart) <= NEAR or (qualifier == "at_least" and 0 <= apart < ABOVE)


def row_from(w: Walk, i: int) -> list[int]:
    """それぞれ 83％、81％: numbers side by side from sign ``i``, when the words before share them out."""
    m = _ROW.match(w.sk, i)
    shared = re.search(r"それぞれ|各々|順に", w.sk[max(0, i - 8) : i])
    if m is None or not (shared or (w.pair and w.fresh and m[0].count(NUMBER) == len(w.pair))):
        return [i]
    return [i + k for k, c in enumerate(m[0]) if c == NUMBER]

"""A number -> drafts: with the items before it, or with what its people answered behind it."""

from __future__ import annotations

import re
from itertools import product

from extract.prose.bracketed import put_exact
from extract.prose.compared import read_difference
from extract.prose.context import group_worded
from extract.prose.phrases import Phrase
from extract.prose.predicates import Predicate, predicate
from extract.prose.repeats import exact_behind, glosses_last, glosses_next, row_from, same_again
from extract.prose.roles import SUMMED, take_label, take_left, take_line, take_touching
from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES
from extract.prose.walk import SINCE_LAST, Walk, add, dimension, set_group, set_items, sign_at
from extract.prose.words import RANKING, SINCE, is_bare, is_group

_OF_THOSE = re.compile(r"(?:^|[、。])(?:[そこ]の)?うち(?!に)|[そこ]の(?:うち)?(?:の|、)?(?:約|ほぼ|およそ)?$")
_GROWTH = re.compile(r"の(?P<what>成長|伸び|増加|減少|上昇|低下|削減|向上|増収|増益)(?:を|が|と)")
_NAMED_BEHIND = re.compile(rf"(?:と|で)[^、]{{0,14}}(?:の|回答)は({QUOTE})")
# 1位は19％の「A」、
_OF_BEHIND = re.compile(rf"の({QUOTE})(?:[、。や]|と(?!回答|答|感|考|思|し|す|い)|が続|で(?:あ|し))")
_COMPARING = re.compile(r"(?:より|から|比べて?|比で?)")
_STATED = re.compile(
    rf"[{VALUES}{ASIDE}{SAMPLE}]*(?:に|と|で)?(?:すぎ|過ぎ|とどま|留ま|だった|であ|でし|なり|なった|のぼ|上り|達し)|[でと]、"
)
_BY_SO_MUCH = re.compile(r"(?:上回|下回|上昇|低下|増|減|改善|悪化|[高低長短多少早遅](?=[いくかめ]))")
_SINCE_BY = re.compile(
    rf"(?:{SINCE.pattern})(?:調査)?度?同?[月期]?(?:比で?|から|より|と?比べて?)、?(?:約|およそ)?$"
)
_OF_ALL = re.compile(r"は(?:全体|全?回答者|全社員|調査対象者?)の(?:約|およそ|わずか|実に)?$")
_NO_RESULT = re.compile(
    r"(?:以内|OFF|オフ|引き|還元|台と低|の確率|ルール|付与|制|カード|を(?:貯|付与|進呈|獲得)|満点)"
)


def read_number(w: Walk, at: int, i: int, stop: int) -> int:
    """The number at sign ``i`` with the words from ``at``; the first sign behind what it used."""
    left = w.sk[at:i]
    if _OF_THOSE.search(left):
        _take_those(w)
    last: Phrase | None = None if take_label(w, at, i) or take_line(w, at, i) else take_left(w, at, i)
    if last is not None:
        take_touching(w, last)
    if not w.said and w.group == w.context.group and re.search(r"は全体の(?:約|およそ)?$", left):
        w.group = w.context.scope  # 月1回利用する人は全体の45％: of everyone again
    row = row_from(w, i)
    if len(row) > 1:
        return _read_row(w, row)
    again = same_again(w, i)
    w.done.update(again)
    behind = again[-1] + 1 if again else i + 1
    while w.sk[behind : behind + 1] in (ASIDE, SAMPLE) and behind + 1 < stop:
        behind += 1  # 83.1％（652人）が「あった」と回答
    said = predicate(w.sentence, behind, stop)
    _name_behind(w, behind, stop)
    if not _is_result(w, i):
        return said.end if said else i + 1
    if _is_difference(w, i, left):
        read_difference(w, i, left)
        return i + 1
    if said is None and w.group_new and w.group and not w.items and _counts_members(w, left):
        set_items(w, [w.group])  # 未経験者は全体の44％: they are the answer
        w.group, w.said, w.context.members = "", False, True
    _emit(w, i, said, bool(SUMMED.search(left[-14:])))
    if again and w.sk[again[-1]] == VALUES:
        put_exact(w, again[-1])
    elif said and said.quoted and (exact := exact_behind(w, i, behind, said.end)):
        put_exact(w, exact)  # 2割近くが「ある」（18.5％）と回答
        w.done.add(exact)
    return said.end if said else behind


def _counts_members(w: Walk, left: str) -> bool:
    """未経験者は全体の44％; then 週1回以上の利用者は3割弱: how many they are, not what they answered."""
    beside = w.context.members and re.search(r"は(?:約|およそ|わずか)?$", left) is not None
    return beside or _OF_ALL.search(left) is not None


def _take_those(w: Walk) -> None:
    """「このうち「毎年見直す」企業は」, 「その4割が」: of the people of the last number."""
    people = w.of_those or (w.drafts[-1].people if w.drafts else "") or w.context.people
    if not people:
        return
    set_group(w, people)
    w.nested = people
    for draft in w.drafts:
        draft.open, draft.maybe_group = False, ""  # what those people say is not theirs


def _name_behind(w: Walk, behind: int, stop: int) -> None:
    """Items that follow their number: 300％の成長を, 41％と最も多かったのは「特になし」."""
    if w.fresh:
        return
    growth = _GROWTH.match(w.sk, behind)
    named = _NAMED_BEHIND.match(w.sk, behind, stop)
    of = _OF_BEHIND.match(w.sk, behind)
    if of:
        set_items(w, [w.sentence.inner(of.start(1))])
    elif growth:
        set_items(w, [growth["what"]])
    elif named:
        set_items(w, [w.sentence.inner(named.start(1))])


def _is_result(w: Walk, i: int) -> bool:
    quantity = w.sentence.signs[i].quantity
    if quantity is None or glosses_next(w, i) or glosses_last(w, i):
        return False
    half = w.sentence.raw(i, i + 1).lstrip("約ほぼ").startswith("半")
    if half and re.search(rf"[{NUMBER}{VALUES}](?:の|と、?)(?:約|ほぼ)?$", w.sk[:i]):
        return False  # 72.4％の半分以下: half of that number, not of the people
    if quantity.unit in ("point", "ratio") and re.search(r"(?:つの|数|\d)$", w.sk[max(0, i - 4) : i]):
        return False
    return quantity.unit not in ("percent", "point", "ratio") or not _NO_RESULT.match(w.sk, i + 1)


def _is_difference(w: Walk, i: int, left: str) -> bool:
    quantity = w.sentence.signs[i].quantity
    assert quantity is not None
    if quantity.unit in ("point", "ratio"):
        return True
    if quantity.unit == "score":
        return bool(_BY_SO_MUCH.match(w.sk, i + 1) and re.search(r"(?:を|から|より|比べ)$", left))
    if w.sk[max(0, i - 2) : i] == f"{NUMBER}を" and _BY_SO_MUCH.match(w.sk, i + 1):
        return True  # 2人以上世帯の1,904万円を842万円下回った
    if quantity.unit == "percent" and _SINCE_BY.search(left) and _BY_SO_MUCH.match(w.sk, i + 1):
        return True  # 前年から12.4％増加
    before = w.drafts[-1].unit if w.drafts and re.search(rf"{NUMBER}から(?:約)?$", w.sk[:i]) else "percent"
    if quantity.unit == "percent" and before != "percent" and _BY_SO_MUCH.match(w.sk, i + 1):
        return True  # 前年の10.9万円から14％増えた
    if quantity.unit in ("percent", "score"):
        return False
    apart = w.than and _BY_SO_MUCH.match(w.sk, i + 1)  # 男性が女性より31分長い
    return bool(apart or (SINCE.search(left) and _COMPARING.search(left)))


def _read_row(w: Walk, row: list[int]) -> int:
    """それぞれ A％、B％: shared out among the groups, or among the items, that were listed before."""
    if _moved_each(w, row):
        return row[-1] + 1
    told = w.listed_groups + (list(w.pair) if w.pair else w.groups)
    groups = list(dict.fromkeys(g for g in told if g))[-len(row) :]
    items = w.items or [w.context.item]
    by_group = len(groups) == len(row) and len(items) == 1
    if not by_group and len(items) == 1:
        named = re.sub(r"(?<=.)(?:が|を|に)[^、とやがを]*$", "", items[0])
        parts = re.split(r"、|と|や|および|及び", named)
        items = parts if len(parts) == len(row) and all(parts) else items
    w.unshared = w.unshared or not (by_group or len(items) == len(row))
    for k, i in enumerate(row):
        sign = w.sentence.signs[i]
        assert sign.quantity is not None
        group = groups[k] if by_group else w.group
        item = items[k] if len(items) == len(row) else items[0]
        for value in sign.quantity.values:
            add(w, (sign.start, sign.end), value, sign.quantity.unit, group, item, opened=not item)
    w.done.update(row)
    said = predicate(w.sentence, row[-1] + 1, len(w.sk))
    if said and (said.quoted or said.answered):
        _fill(w, said.item, said.quoted)
    w.fresh, w.listed, w.listed_groups = False, [], []
    return row[-1] + 1


def _moved_each(w: Walk, row: list[int]) -> bool:
    """Aは16％、Bは54％で、前年からそれぞれ1.8ポイント、2.6ポイント上昇: of the shares just stated."""
    signs = [w.sentence.signs[i] for i in row]
    last = w.drafts[-len(row) :]
    points = all(s.quantity is not None and s.quantity.unit == "point" for s in signs)
    shares = len(last) == len(row) and all(d.unit == "percent" and d.item for d in last)
    if not (points and shares and SINCE.search(w.sk[sign_at(w, last[-1].end) : row[0]])):
        return False
    for sign, draft in zip(signs, last, strict=True):
        assert sign.quantity is not None
        for value in sign.quantity.values:
            add(w, (sign.start, sign.end), value, "point", SINCE_LAST, draft.item)
    w.done.update(row)
    w.fresh = False
    return True


def _emit(w: Walk, i: int, said: Predicate | None, summed: bool) -> None:
    _take_who(w, said)
    items, opened, metric = _choose(w, said, summed)
    if said and metric and w.about and any(d.open and d.metric for d in w.drafts):
        items, metric, opened = list(w.items), "", True  # one answer for several measures names the measure
    before = len(w.drafts)
    if w.sk.startswith(f"→{NUMBER}", i + 1) and not w.period:
        w.period = "前回"  # 3.2％→1.8％
    if said and said.about and not (w.question or w.context.question):
        w.question = said.about
    _add_all(w, i, items, metric, opened)
    if said is None and w.sk.startswith("が", i + 1) and not RANKING.match(w.sk[i + 2 : i + 12]):
        for draft in w.drafts[before:]:
            draft.carries = False  # its people are the subject of something that could not be read
    if said and _of_all_before(w, i, before):
        _fill(w, said.item, said.quoted or said.answered)
    if said is None and _STATED.match(w.sk, i + 1):
        w.maybe_group = ""  # the clause was what they do, and is done with
        for draft in w.drafts[before:]:
            draft.maybe_group, draft.open = "", draft.open and not draft.item
    w.group_new, w.grouped_by = False, w.grouped_by if w.group_new else ""
    if summed and len(w.items) > 1 and items and said is None:
        w.items = items  # what is compared with it is the sum too
    if said and not w.items:
        w.items = [said.item]
    w.fresh, w.touching, w.listed, w.listed_groups, w.period = False, False, [], [], ""


def _of_all_before(w: Walk, i: int, before: int) -> bool:
    """Whether what is said behind the number at sign ``i`` is said of the open numbers before it too."""
    if re.search(r"残(?:り|る)の?(?:約)?$", w.sk[max(0, i - 6) : i]):
        return False  # 残る17％は「どちらでもない」
    open_ones = [d for d in w.drafts[:before] if d.open and not d.item]
    waiting = (
        bool(open_ones)
        and w.sk[i - 1] == "の"
        and all(w.sentence.text[: d.start].rstrip().endswith("の") for d in open_ones)
    )  # A層の41％、B層の28％が「満足」と答えた
    return bool(waiting or w.group_new or w.about or not w.sk[max(0, i - 4) : i].endswith("の"))


def _add_all(w: Walk, i: int, items: list[str], metric: str, opened: bool) -> None:
    """A draft for each item, value and group of the number at sign ``i``."""
    sign, quantity = w.sentence.signs[i], w.sentence.signs[i].quantity
    assert quantity is not None
    pairs = [(item, value) for item in items for value in quantity.values]
    for group, (item, value) in product(_several(w), pairs):  # 20代、30代で57％: of both
        add(w, (sign.start, sign.end), value, quantity.unit, group, item, metric, opened)
    for n, (item, value) in enumerate(pairs):
        group = w.group
        if quantity.change:
            w.period_before, w.period = w.period or w.period_before, ""
            value, period = (value[0], "exact"), _period_of(w, i, n)
            group = f"{w.group} × {period}" if w.group and period != w.group else period
        add(w, (sign.start, sign.end), value, quantity.unit, group, item, metric, opened)


def _several(w: Walk) -> list[str]:
    """The groups listed right before the one in force, of its kind, that share its number."""
    kind = dimension(w.group)
    if not (kind and w.group_new) or w.period:
        return []
    told = [g for g in w.listed_groups if g != w.group]
    return told if all(dimension(g) == kind for g in told) else []


def _take_who(w: Walk, said: Predicate | None) -> None:
    """「41％の企業が」: whose share it is, unless the group was just named before the number."""
    if said is None or said.who[0] >= said.who[1] or (w.group_new and w.group):
        return
    who = w.sentence.worded(*said.who)
    if is_group(who) and not is_bare(who):
        set_group(w, group_worded(who))


def _period_of(w: Walk, i: int, n: int) -> str:
    """The period of the first and of the second value of 「58％から 71％に上昇」."""
    if n % 2 == 0 and w.period_before:
        return w.period_before
    words = [w.sentence.worded(k, k + 1) for k in range(i) if w.sk[k] == REFUSED]
    periods = [t for t in words if SINCE.search(t)]
    if n % 2:
        return periods[-1] if len(periods) > 1 else w.group
    return periods[0] if len(periods) > 1 else periods[-1] if periods else "前回"


def _choose(w: Walk, said: Predicate | None, summed: bool) -> tuple[list[str], bool, str]:
    """The items, whether they are open to a later answer, and the measure that was answered."""
    if said is not None:
        return _answered(w, said, summed)
    if summed and not w.fresh:
        return [], False, ""
    if summed and len(w.items) > 1:
        return ["".join(f"「{item}」" for item in w.items)], True, ""
    if w.listed and not w.fresh:
        return list(w.listed), True, ""
    return list(w.items) or [w.topic], True, ""


def _answered(w: Walk, said: Predicate, summed: bool) -> tuple[list[str], bool, str]:
    if w.maybe_group and w.items and said.item in w.items[0] and not said.quoted:
        return list(w.items), False, ""  # Aを利用している企業は20.0％と、5社に1社が利用している
    if w.maybe_group:
        set_group(w, w.maybe_group)
        return [said.item], False, ""
    if said.spent and w.topic:
        return [f"{w.topic}を{said.item}"], False, ""
    if not (w.items and w.fresh) or summed:
        return [said.item], False, ""
    if w.about or said.quoted or w.touching:
        return [said.item] * len(w.items), False, w.items[0]
    return list(w.items), False, ""


def _fill(w: Walk, item: str, certain: bool) -> None:
    """An answer stated once for several numbers of the sentence: those before it get it too."""
    for draft in w.drafts:
        if not draft.open or draft.unit != "percent" or (draft.item and not certain):
            continue
        if draft.maybe_group:
            draft.group, draft.item, draft.open = draft.maybe_group, item, False
        elif draft.metric:
            draft.question = f"{draft.question}（{item}）" if draft.question else item
            draft.open = False
        elif not draft.item:
            draft.item, draft.open = item, False

"""A bracket with values -> drafts: of the phrase before it, of its own labels, or parts of a number."""

from __future__ import annotations

import re

from extract.prose.brackets import Labelled, as_before, labelled_values
from extract.prose.context import group_worded
from extract.prose.nouns import items_of
from extract.prose.people import AMOUNTS, MEASURES, givers_of, is_known, owner_of
from extract.prose.phrases import Phrase
from extract.prose.predicates import predicate
from extract.prose.repeats import NEAR
from extract.prose.roles import take_entry, take_left
from extract.prose.sentence import NUMBER, QUOTE, REFUSED, VALUES
from extract.prose.walk import SIBLING, SINCE_LAST, Draft, Walk, add, set_group, set_items, set_part
from extract.prose.words import GIVERS, RANKING, SINCE, is_bare, is_group, is_relative, strip_leading

_WHO_SAID = re.compile(r"と(?:回答した|答えた|した|する)([^、。がはもをに]{1,20})[がはも]")
_EARLIER = re.compile(
    r"(?:\d+\s?(?:年|か月|カ月|ヶ月)前|前々?回|前年度?|昨年度?|一昨年度?|前期|前月|去年)(?:の)?(?:同[月期])?(?:調査|実績|結果)?(?:時|結果|時点)?"
)
_MANY = ("多く", "大半", "大多数", "ほとんど", "過半")
_VERBAL = re.compile(r"(?:ている|った|した|いる|ある|高い|低い|多い|[しなた]い)$")


def read_bracket(w: Walk, at: int, i: int, stop: int) -> int:
    """The values of the bracket at sign ``i``; the first sign behind it."""
    last = None if take_entry(w, at, i) else take_left(w, at, i)
    inner = w.sentence.signs[i].inner
    values = labelled_values(w.sentence.text, *inner) if inner else []
    values = as_before(values, w.bracket)
    w.bracket = values or w.bracket
    before = len(w.drafts)
    counted = last is not None and _is_count(w, last)
    if w.sk[i - 1 : i] == NUMBER and w.drafts and w.drafts[-1].end == w.sentence.signs[i - 1].end:
        _parts(w, w.drafts[-1], values)
    else:
        _name(w, last, i, values)
        for value in values:
            _labelled(w, value)
        w.listed, w.period, w.fresh = [], "", False
    said = predicate(w.sentence, i + 1, stop) if counted and values else None
    if said and len(w.drafts) == before + 1:
        w.drafts[-1].item = said.item
    if len(w.drafts) == before + 1 and w.drafts[-1].item.endswith(_MANY):
        _said_by_many(w, i, stop)
    who = _WHO_SAID.match(w.sk, i + 1, stop)
    if who and len(w.drafts) == before + 1:
        group = w.sentence.worded(who.start(1), who.end(1))
        if is_group(group) and not is_bare(group):
            w.drafts[-1].group = group_worded(group)
    return i + 1


def _is_count(w: Walk, p: Phrase) -> bool:
    """31人（25.4％）: the count of the same answer; beside 300名未満 is 300名以上（12.0％） a group."""
    if p.start >= p.end or w.sk[p.start : p.end] != REFUSED:
        return False
    quantity = w.sentence.signs[p.start].quantity
    if quantity is None or quantity.refusal:
        return False
    return not (w.group and quantity.values[0][1] in ("at_least", "at_most"))


def _said_by_many(w: Walk, i: int, stop: int) -> None:
    """利用者の多く（68.9％）は、…している: the bracket counts the people, what they do follows."""
    said = predicate(w.sentence, i + 1, stop)
    draft = w.drafts[-1]
    people = re.sub(r"の?(?:多く|大半|大多数|ほとんど|過半)$", "", draft.item)
    if said:
        draft.item = said.item
        draft.group = group_worded(people) if is_group(people) and not is_bare(people) else draft.group


def _name(w: Walk, p: Phrase | None, i: int, values: list[Labelled]) -> None:
    """What the phrase before the bracket makes of its values; 31人（25.4%）names nothing new."""
    if p is None or p.start >= p.end:
        if w.sk[i - 1 : i] == QUOTE and not set_part(w, w.sentence.inner(i - 1)):
            set_items(w, [w.sentence.inner(i - 1)])
        return
    text, sk = w.sentence.worded(p.start, p.end), w.sk[p.start : p.end]
    if _is_count(w, p) or (w.items and RANKING.match(text)) or _others(w, text, sk):
        return
    givers = givers_of(w, p)
    if givers:
        set_items(w, [givers])
    elif _as_part(w, p, text, sk):
        w.grouped_by = "bracket"
    elif _is_earlier(text, sk):
        w.period = re.sub(r"^.*の(?=\d{4})", "", text)
    elif is_bare(text) and (w.items or w.drafts):
        set_group(w, "")
    elif sk == QUOTE and not (w.items or w.context.item):
        _item(w, p, values)
    elif is_group(text) and (not is_relative(text) or (w.items and w.fresh) or (w.drafts and w.said)):
        set_group(w, group_worded(text))
        w.grouped_by = "bracket"
    elif QUOTE not in sk and _beside_group(w, text):
        set_group(w, group_worded(text))
    elif sk != QUOTE and w.fresh and w.items and (_VERBAL.search(text) or _own_subject(w, p)):
        _clause(w, p)
    else:
        _item(w, p, values)


def _beside_group(w: Walk, text: str) -> bool:
    """米国（68％）、ドイツ（60％）; AI導入センターは79％と、未導入センター（68％）: groups side by side."""
    if w.grouped_by == "bracket" and w.drafts and not w.fresh:
        return True
    return bool(w.drafts and w.said and w.group) and text[-SIBLING:] == w.group[-SIBLING:]


def _as_part(w: Walk, p: Phrase, text: str, sk: str) -> bool:
    """業種別に見ると、「情報通信」が73％、「建設」（55％）: a further part beside parts."""
    if set_part(w, group_worded(text)):
        return True
    beside = sk == QUOTE and w.by and w.by_label and bool(w.drafts)
    if beside:
        set_group(w, w.sentence.inner(p.start))
        w.by_label = True
    return beside


def _others(w: Walk, text: str, sk: str) -> bool:
    """「負担だ」層の満足度は32％と、「負担でない」と答えた層（66％）: the same measure, of others."""
    measured = len(w.items) == 1 and bool(w.drafts) and AMOUNTS.search(w.items[0])
    if not (measured and GIVERS.match(sk) and is_group(text)):
        return False
    set_group(w, group_worded(text))
    return True


def _is_earlier(text: str, sk: str) -> bool:
    """前回（28％）, 2018年の調査開始時（28％）."""
    return bool(
        SINCE.fullmatch(text)
        or _EARLIER.fullmatch(text)
        or (
            SINCE.search(text)
            and re.fullmatch(rf"(?:[^、]{{1,10}}の)?{REFUSED}(?:度|調査|時点|時|の[一-龥]{{2,6}}時)?", sk)
        )
    )


def _own_subject(w: Walk, p: Phrase) -> bool:
    """品ぞろえが豊富（41％）; not 1位が価格（41％）."""
    return w.sk[p.start - 1 : p.start] == "が" and w.sk[p.start - 2 : p.start - 1] != REFUSED


def _clause(w: Walk, p: Phrase) -> None:
    """料金が高い（39.9％）: the whole clause is the answer, not its subject."""
    start = max(w.sk.rfind(c, 0, p.start) for c in f"、,。：:{VALUES}{NUMBER}") + 1
    start += len(w.sk[start : p.end]) - len(strip_leading(w.sk[start : p.end]))
    if start < p.start and not re.search(rf"[{QUOTE}は]", w.sk[start : p.start]):
        set_items(w, [w.sentence.worded(start, p.end)])


def _item(w: Walk, p: Phrase, values: list[Labelled]) -> None:
    w.shared = w.shared or any(v.shared for v in values)
    owner = owner_of(w, p) if QUOTE not in w.sk[p.start : p.end] else None
    if owner and not ((is_known(w, owner[0]) and not w.drafts) or MEASURES.search(owner[1])):
        owner = None
    if owner:
        set_group(w, owner[0])
    w.listed = w.listed if w.shared else []
    set_items(w, [owner[1]] if owner else items_of(w, p.start, p.end))


def _labelled(w: Walk, value: Labelled) -> None:
    group, items = w.group, list(w.items) or [w.context.item]
    if not w.items and re.search(r"計\s*$", w.sentence.text[max(0, value.start - 3) : value.start]):
        return  # 男性（計40％）: the sum of answers that an earlier sentence told
    if w.parts and group and not w.items:
        group, items = "", [group]  # 中小企業（300人未満、37.6％）, of who answered
    elif value.label and is_bare(value.label):
        group = ""
    elif value.label and is_group(value.label):
        group = group_worded(value.label)
        w.groups.append(group)
    elif value.label:
        items = [value.label]
    if value.unit in ("point", "ratio"):
        group = f"{group} vs. {w.than}" if w.than and not value.since else SINCE_LAST
    elif value.since:
        earlier = f"{group} × {value.since}" if group else value.since
        group = SINCE_LAST if value.moved else earlier
    for item in items:
        for one in value.values:
            add(w, (value.start, value.end), one, value.unit, group, item)


def _parts(w: Walk, whole: Draft, values: list[Labelled]) -> None:
    """約9割（40.8%+50.5%）: the parts of the number before, named when the item names alternatives."""
    if len(values) == 1 and _says_exactly(whole, values[0]):
        return
    names = re.search(r"[（(](?P<list>[^（）()]+)[)）]", whole.item)
    parts = re.split(r"[・、/／]", names["list"]) if names else []
    shown = [v.values[0][0] for v in values]
    groups = all(is_group(v.label) and v.unit == whole.unit for v in values) and not whole.group
    within = groups and (len(values) == 1 or min(shown) <= whole.value <= max(shown))
    for n, value in enumerate(values):
        item = value.label or whole.item
        if names and len(parts) == len(values):
            item = whole.item[: names.start("list")] + parts[n] + whole.item[names.end("list") :]
        earlier = " × ".join(t for t in (whole.group, value.since) if t)
        group = (
            SINCE_LAST if value.unit == "point" or value.moved else earlier if value.since else whole.group
        )
        if within and value.label:
            item, group = whole.item, group_worded(value.label)  # 25％（男性22％、女性28％）
        for one in value.values:
            add(w, (value.start, value.end), one, value.unit, group, item)


def _says_exactly(whole: Draft, value: Labelled) -> bool:
    """約8割（79.6%）: the exact number in the bracket takes the place of the vague one."""
    close = value.unit == "percent" and abs(value.values[0][0] - whole.value) < NEAR
    if value.label or whole.qualifier == "exact" or not close:
        return False
    (whole.value, whole.qualifier), whole.start, whole.end = value.values[0], value.start, value.end
    return True


def put_exact(w: Walk, k: int) -> None:
    """The exact number in the bracket at sign ``k`` takes the place of the vague one before it."""
    inner = w.sentence.signs[k].inner
    if inner and w.drafts:
        value = labelled_values(w.sentence.text, *inner)[0]
        draft = w.drafts[-1]
        (draft.value, draft.qualifier), draft.start, draft.end = value.values[0], value.start, value.end

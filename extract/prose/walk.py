"""The state of a walk through one sentence, and the few ways in which it changes.

``take_*`` functions of the sibling modules read phrases into it; ``extract.prose.amounts`` turns it
into drafts at each number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.finding import Binding, Qualifier, Unit
from extract.prose.brackets import Labelled
from extract.prose.context import Context
from extract.prose.sentence import Sentence
from extract.prose.titles import Asked
from extract.prose.words import is_group

REACH = (40, 30)  # characters left and right of a number that its snippet may hold
# 分析できる社員は「十分にいる」が8％: whether there are such people was asked, not they.
_BEING = re.compile(r"(?:い(?:る|ない|た|なかった)|足り(?:て|ない|る).*|不足.*)$")
_SAME_ANSWER = re.compile(r"(?:同じ|同様の)(?:回答|答え|意見|評価)(?:の割合)?")
SIBLING = 3  # characters at the end that two groups of one kind share
SINCE_LAST = "前回比"  # the group of a change since the last survey


@dataclass(slots=True)
class Draft:
    """A number on its way to a finding; positions are those of the paragraph's text.

    ``open``: its item is missing or only guessed, a later answer of the sentence may fill it.
    ``carries``: an item of an earlier sentence may be meant. ``maybe_group``: 「…している企業」 read as
    item, which is a group after all when an answer follows.
    """

    start: int
    end: int
    value: float
    qualifier: Qualifier
    unit: Unit
    group: str = ""
    item: str = ""
    question: str = ""
    metric: str = ""
    snippet: tuple[int, int] = (0, 0)
    open: bool = False
    carries: bool = True
    maybe_group: str = ""
    asked: Asked = ""
    people: str = ""  # whom このうち points to, when the number counts people
    binding: Binding | None = None


@dataclass(slots=True)
class Walk:
    """What is known at this point of the sentence.

    items: what the next number is of; ``fresh`` until a number has used them; ``about`` when they are
    measures (満足度については); ``touching`` when they stand right before the number.
    ``header``: an answer stands above several labels, which then are groups.
    """

    sentence: Sentence
    context: Context
    drafts: list[Draft] = field(default_factory=list)
    done: set[int] = field(default_factory=set)  # numbers already read with an earlier one
    items: list[str] = field(default_factory=list)
    fresh: bool = False
    about: bool = False
    touching: bool = False
    topical: bool = False  # the items came with は: a further item makes them the question
    header: bool = False
    by: bool = False  # 規模別に見ると: even quoted labels are groups
    by_label: bool = False  # the group in force is a label of a list of groups
    parted: bool = False  # 規模別に: labels that touch numbers are groups of the item in force
    by_kind: bool = False  # 「サービス別で見ると」: what では names next are the parts
    graded: bool = False  # 満足度では: no share by itself, what people do under it is
    closing: bool = False  # behind the last number
    extreme: bool = False  # the part with the most or the least of them follows
    framed: set[str] = field(default_factory=set)  # groups set as frames of what follows
    owning: set[str] = field(default_factory=set)  # groups set with の before their share
    placed: str = ""  # a group named with では and a comma, of which the next one may be a part
    bracket: list[Labelled] = field(default_factory=list)  # the values of the last one
    listed: list[str] = field(default_factory=list)
    shared: bool = False  # 共に, それぞれ stands before the number
    unshared: bool = False  # それぞれ, but of what was not found
    topic: str = ""
    before: str = ""  # the item of an earlier clause without number, for labels that follow it
    question: str = ""
    mentioned: str = ""  # a quotation of a clause without number, for その割合は
    group: str = ""
    said: bool = False  # the sentence names a group itself
    nested: str = ""
    base: str = ""  # 30代では: men and women named next are those of it
    groups: list[str] = field(default_factory=list)
    listed_groups: list[str] = field(default_factory=list)
    group_new: bool = False  # named since the last number
    group_before: str = ""
    grouped_by: str = ""  # the marker that named the group
    of_group: bool = False  # named with の right before the number
    of_those: str = ""  # whom そのうち points to
    people: str = ""  # the people who do what the items in force say
    maybe_group: str = ""
    last_maybe: str = ""
    parts: bool = False  # 内訳は: groups named next are the answers themselves
    everyone: bool = False  # the sentence also names 全体
    pair: tuple[str, str] | None = None  # AとBを比べると: 前者, 後者
    than: str = ""
    since: bool = False
    period: str = ""
    period_before: str = ""
    year: str = ""  # the period that the sentence is about
    periods: list[str] = field(default_factory=list)
    opening: str = ""  # the group that a sentence without numbers is about

    @property
    def sk(self) -> str:
        return self.sentence.skeleton


def set_group(w: Walk, group: str) -> None:
    """The group spoken of from here on; いずれの and its like mean everyone."""
    w.by_label = False
    if re.match(r"(?:いずれ|すべて|全て|どの|各|全)", group):
        group = ""
    w.everyone = w.everyone or not group
    group = _pointed_at(w, group)
    if w.base and group and dimension(group) not in ("", dimension(w.base)):
        group = f"{w.base} × {group}"  # 30代では、男性は40％、女性は
    elif w.nested and group != w.nested and group[-SIBLING:] == w.nested[-SIBLING:]:
        w.nested = ""  # 経験者のうち…、未経験者の: beside it, not within
    elif w.nested and group != w.nested:
        group = f"{w.nested} × {group}"
    if not w.group_new:
        w.group_before = w.group
    w.group, w.group_new, w.said = group, True, True
    w.last_maybe = w.maybe_group or w.last_maybe
    w.of_group, w.maybe_group = False, ""
    if group:
        w.groups.append(group)


def _pointed_at(w: Walk, group: str) -> str:
    """The group of before that この業界 points at, else ``group`` as it stands."""
    pointed = re.fullmatch(
        r"(?:この|その|同)(業界|業種|年代|世代|[年世]代層|地域|職種|部門|層|グループ)", group
    )
    told = [g for g in (w.context.group, *w.groups) if g]
    if pointed is None or not told:
        return group
    return told[-1] if pointed[1] in ("業界", "業種") or told[-1].endswith(pointed[1]) else group


def set_part(w: Walk, label: str) -> bool:
    """業種別に見ると、「建設」が37％: whether the label is one of the parts, which then is the group."""
    items = w.items or ([w.context.lead] if w.context.lead else [])
    if re.match(r"[そこ]の", label):
        return False  # その割合は43.9％
    if w.extreme and items and label and not (is_group(label) or "別" in w.sk):
        w.extreme, w.parted, w.header, w.question = False, False, False, w.question or items[0]
        set_items(w, [label])  # 導入を計画している割合が最も高かったのはSFA: no people, an answer
        return True
    if not (w.parted and items and re.search(r"[^ぁ-んー]", label)) or (w.said and not w.by_label):
        return False
    w.items = items
    set_group(w, label)
    w.by_label = True
    return True


def dimension(group: str) -> str:
    """What a group is told apart by, when that is plain: age or sex; "" else."""
    if re.fullmatch(r"(?:男|女)(?:性|子)?|男女", group):
        return "sex"
    return "age" if re.fullmatch(r"[\d~～〜-]+\s?(?:歳|代)(?:代|以上|以下|未満|前半|後半)?", group) else ""


def set_items(w: Walk, items: list[str], about: bool = False) -> None:
    """What the next number is of. An item that came with は and was not used becomes the question."""
    waiting = w.drafts[-1] if w.drafts else None
    if waiting and not waiting.item and w.sk.startswith("だった", sign_at(w, waiting.end)):
        waiting.item = next(
            (i for i in items if re.search(r"\w", i)), ""
        )  # 65％だった参加率は: the item follows its number
    if w.fresh and len(w.items) == 1 and (w.topical or (w.about and not w.context.question)):
        w.question = w.items[0]
    if w.fresh and w.maybe_group and not _BEING.search(items[0] if items else ""):
        set_group(w, w.maybe_group)  # 導入している企業は「費用」が40％: they answer
    if len(items) == 1 and _SAME_ANSWER.fullmatch(items[0]) and waiting and waiting.item:
        items = [waiting.item]
    w.topical, w.people = False, ""
    w.items = [i for i in items if re.search(r"\w", i)]
    w.fresh, w.about, w.maybe_group = True, about, ""


def sign_at(w: Walk, position: int) -> int:
    """The first sign at or behind a position of the paragraph."""
    return next((k for k, s in enumerate(w.sentence.signs) if s.start >= position), len(w.sk))


def add(
    w: Walk, span: tuple[int, int], value: tuple[float, Qualifier], unit: Unit, group: str, item: str,
    metric: str = "", opened: bool = False,
) -> None:  # fmt: skip
    """One more draft, under the question, period and metric in force."""
    question = w.question or w.context.asked or (w.topic if item != w.topic else "")
    period = w.period or ("" if unit in ("point", "ratio") else w.year)
    if period:
        w.periods.append(period)
    if period and group != SINCE_LAST and " vs. " not in group:
        group = f"{group} × {period}" if group else period
    if metric:
        question = f"{question}｜{metric}" if question else metric
    asked: Asked = "verb" if w.question else w.context.asked_by if w.context.question else ""
    measure = metric or (w.items[0] if w.about and w.items else "")
    w.drafts.append(
        Draft(
            *span, *value, unit, group, item, question, measure,
            snippet=_clause_around(w.sentence, *span), open=opened, maybe_group=w.maybe_group,
            asked=asked, people=w.people if item in w.items else "",
        )
    )  # fmt: skip


def _clause_around(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The text around a number up to the next comma on either side."""
    text, left, right = sentence.text, start, end
    while left > sentence.start and start - left < REACH[0] and text[left - 1] not in "、。\n":
        left -= 1
    while right < sentence.end and right - end < REACH[1] and text[right] not in "、。\n":
        right += 1
    return left, right

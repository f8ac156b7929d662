"""A noun phrase -> the people it names: A層の満足度, 「…」と回答した社員, …している企業."""

from __future__ import annotations

import itertools
import re

from extract.prose.context import group_worded
from extract.prose.nouns import answer_of, item_of
from extract.prose.phrases import Phrase, cut
from extract.prose.sentence import QUOTE
from extract.prose.walk import Walk, set_group
from extract.prose.words import COMPOUND_HEAD, GIVERS, METRIC, QUOTED_GIVERS, is_bare, is_group, is_relative

MEASURES = re.compile(r"(?:率|割合|比率|度)$")
_ALWAYS = re.compile(r"(?:男性|女性|\d代|世代|層|大企業|中小企業|業)$")
_HEADS = re.compile(
    r"(?:家庭|事業者|自治体|店舗|部署|職場|企業|会社|回答者|人|方|方々|人々|者|層|社|社員|従業員|世帯|ユーザー)$"
)
_USED_AS = re.compile(
    r"^(?P<thing>.+?)を[^をが、]{1,12}として(?:使用|利用|活用|採用|導入|選択|使っ)(?:して)?(?:いる|いた)$"
)
# Nouns of what is done to the people before the の: 専任役員の設置率 is no share of the officers.
_DONE_TO_PEOPLE = re.compile(r"(?:設置|配置|採用|登用|育成|確保|雇用|任命|不足|有無)(?:率|割合|数|状況)?")
_THINKING = re.compile(r"と(?:感じ|考え|思|捉え|認識)")


def owner_of(w: Walk, p: Phrase) -> tuple[str, str] | None:
    """「A層の部門管理」 -> (A層, 部門管理)."""
    for m in re.finditer(r"(?:における|での|の)(?=.)", w.sk[p.start : p.end]):
        head = w.sentence.worded(p.start, p.start + m.start())
        if _DONE_TO_PEOPLE.match(w.sk, p.start + m.end()):
            continue
        if is_group(head) and (not is_relative(head) or len(head) < 14) and not is_bare(head):
            return group_worded(head), item_of(w, p.start + m.end(), p.end)
    return None


def is_known(w: Walk, group: str) -> bool:
    """Whether the document has spoken of this group, or it is one that any survey has."""
    if group in w.context.seen or group in {g for g, _ in w.context.bases}:
        return True
    return bool(_ALWAYS.search(group)) and not group.endswith("経営層")


def pair_of(text: str, between: str = "") -> tuple[str, str] | None:
    """「A層とB層」 -> (A層, B層)."""
    m = re.fullmatch(rf"(.+?)と(.+?){between}", text)
    return (group_worded(m[1]), group_worded(m[2])) if m and is_group(m[1]) and is_group(m[2]) else None


def givers_of(w: Walk, p: Phrase) -> str:
    """The answer in 「…」と回答した人 and its like; the people become the group when they are named."""
    sk = w.sk[p.start : p.end]
    m = GIVERS.match(sk) or QUOTED_GIVERS.match(sk)
    if m is None:
        return ""
    start, end = p.start, p.start + m.end("answer")
    who = w.sentence.worded(p.start + m.start("who"), p.start + m.end("who"))
    if _THINKING.match(w.sk[end : p.end]) and w.sk[end - 1] != QUOTE and is_bare(who):
        return ""
    start = _behind_places(w, start, end)
    named = re.sub(r"の$", "", who)
    if named and (is_group(named) or (m.re is QUOTED_GIVERS and len(named) < 12)) and _names_people(named):
        set_group(w, group_worded(named))
    if re.match(r"を(?:挙げ|あげ|選)", w.sk[end : p.end]) and QUOTE not in w.sk[start:end]:
        asked_of = re.match(r"^.{2,}?(?:に|として)(?=.{2,})", w.sk[start:end])
        start += asked_of.end() if asked_of else 0
    return answer_of(w, start, end)


def _behind_places(w: Walk, start: int, end: int) -> int:
    """Take in the groups named inside (A企業で「…」と回答した割合); where the answer itself begins."""
    inner = cut(w.sentence, start, end)
    for q, following in itertools.pairwise(inner):
        if q.marker == "where":
            text = w.sentence.worded(q.start, q.end)
            if is_group(text):
                set_group(w, group_worded(text))
            start = following.start
    return start


def _names_people(text: str) -> bool:
    return not (is_bare(text) or re.fullmatch(METRIC, text) or text in ("の", "ところ", "ケース"))


def take_people(w: Walk, p: Phrase, text: str) -> None:
    """A group as subject. …している企業 may be what they do (an item) or who answers (a group)."""
    if not is_relative(text):
        set_group(w, group_worded(text))
        return
    compound = COMPOUND_HEAD.match(text)
    if compound and not _HEADS.fullmatch(compound["head"]):
        set_group(w, group_worded(compound["head"]))
        w.items, w.fresh, w.about = [compound["clause"]], True, False
        w.header = p.marker == "topic"
        return
    clause = _HEADS.sub("", item_of(w, p.start, p.end))
    used = _USED_AS.match(clause)
    w.maybe_group = group_worded(text)
    w.items, w.fresh, w.about = [used["thing"] if used else clause], True, False
    w.header, w.group_new = p.marker == "topic", True

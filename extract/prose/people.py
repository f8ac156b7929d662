"""A noun phrase -> the people it names: A層の満足度, 「…」と回答した社員, …している企業."""

from __future__ import annotations

import itertools
import re

from extract.prose.context import group_worded
from extract.prose.nouns import answer_of, item_of
from extract.prose.phrases import Phrase, cut
from extract.prose.predicates import clean_clause
from extract.prose.sentence import NUMBER, QUOTE
from extract.prose.walk import Walk, dimension, set_group
from extract.prose.words import (
    BEING,
    GIVERS,
    METRIC,
    QUOTED_GIVERS,
    RELATIVE_GIVERS,
    Relative,
    is_bare,
    is_group,
    is_relative,
    relative,
)

MEASURES = re.compile(r"(?:率|割合|比率|度)$")
AMOUNTS = re.compile(r"(?:率|割合|比率|度|額|費|数|時間|点|スコア|単価|平均|意向|実感)$")
_ALWAYS = re.compile(r"(?:男性|女性|\d代|世代|層|大企業|中小企業|業)$")
_HEADS = re.compile(
    r"(?:家庭|事業者|自治体|店舗|部署|職場|企業|会社|回答者|人|方|方々|人々|者|層|社|社員|従業員|世帯|ユーザー)$"
)
_USED_AS = re.compile(
    r"^(?P<thing>.+?)を[^をが、]{1,12}として(?:使用|利用|活用|採用|導入|選択|使っ)(?:して)?(?:いる|いた)$"
)
# Nouns of what is done to the people before the の: 専任役員の設置率 is no share of the officers.
_ASKED = re.compile(r"(?:調査|回答)(?:対象)?(?:企業|者|会社|世帯)|対象(?:企業|者|世帯)|回答者(?:全体)?|全体")
_CLASSES = re.compile(r"(?:以上|以下|未満|超|以内)$")
_UNIT_NEXT = re.compile(r"(?:世帯|企業|会社|人|方|事業所|店舗|家庭|社員|顧客|組織|団体)の")
_DONE_TO_PEOPLE = re.compile(r"(?:設置|配置|採用|登用|育成|確保|雇用|任命|不足|有無)(?:率|割合|数|状況)?")
# 「開拓を目的とする企業」: no answer, what they are.
_AIMED = re.compile(r"を[一-龥ァ-ヶー]{1,6}$")
_QUOTED_DOING = re.compile(
    rf"(?P<about>[^{QUOTE}、]{{2,30}})[をにはが](?P<answer>{QUOTE})(?:に|と)?(?:し|す|取|行|使|利用|実施|受|選|購入|感|を示|を表)[^{QUOTE}、]{{0,8}}$"
)
_SAME_ANSWER = re.compile(r"(?:同じ|同様の)(?:評価|回答|答え|意見|認識|考え)")
_TOLD = re.compile(r"(?P<answer>.+)と(?:回答|答え|申告)(?:した|た|する|している|て(?:いる|いた))")
_PERSONS = re.compile(r"子(?:ども|供)(?:たち)?|本人|家族|両親")  # 子どもが「楽しい」と答えた割合
_SWITCH = re.compile(r"(?:一方|対して|反対|逆|これに対し|それに対し|他方)")
_THINKING = re.compile(r"と(?:感じ|考え|思|捉え|認識)")


_THEIR_RATE = re.compile(r"[^の、「」]{0,8}(?:(?<!比)率|意向|満足度|日数)")
_TEAM = re.compile(r"(?:部門|部署|チーム|組織|担当者?|専任者?)$")
_OF_TEAM = re.compile(r"(?:人数|人員|体制|規模|構成|有無|設置|所属|位置づけ|役割|責任者?)")


def owner_of(w: Walk, p: Phrase) -> tuple[str, str] | None:
    """「A層の部門管理」 -> (A層, 部門管理)."""
    for m in re.finditer(r"(?:における|での|の)(?=.)", w.sk[p.start : p.end]):
        head = w.sentence.worded(p.start, p.start + m.start())
        if _DONE_TO_PEOPLE.match(w.sk, p.start + m.end()) or "が" in w.sk[p.start + m.end() : p.end]:
            continue
        if _ASKED.fullmatch(head) and AMOUNTS.search(w.sentence.worded(p.start + m.end(), p.end)):
            return "", item_of(w, p.start + m.end(), p.end)  # 調査対象企業の利益率
        if w.sk[p.start + m.end() : p.end] == "数":
            continue  # 利用した自治体の数
        if _TEAM.search(head) and _OF_TEAM.match(w.sk, p.start + m.end()) and not is_known(w, head):
            continue  # 広報担当者の人数
        if _CLASSES.search(head) and _UNIT_NEXT.match(w.sk, p.start + m.end()):
            continue  # 年収500万円未満の世帯の満足度
        short = (
            not is_relative(head) or len(head) < 14 or _THEIR_RATE.fullmatch(w.sk, p.start + m.end(), p.end)
        )
        if is_group(head) and short and not is_bare(head):
            return group_worded(head), item_of(w, p.start + m.end(), p.end)
    return None


def known_head(w: Walk, group: str) -> str:
    """「採用の多いＡ層」: the clause only tells about a group that is known without it."""
    said = relative(group)
    if said is None or _HEADS.fullmatch(said.head):
        return group
    named = {g for g, _ in w.context.bases} | w.context.seen
    return said.head if said.head in named else group


def is_known(w: Walk, group: str) -> bool:
    """Whether the document has spoken of this group, or it is one that any survey has."""
    if group in w.context.seen or group in {g for g, _ in w.context.bases}:
        return True
    return bool(_ALWAYS.search(group)) and not group.endswith("経営層")


def asked_of(w: Walk, p: Phrase, text: str) -> str:
    """The question in 「20代の働く目的」, whose group is that of what follows; else the words as they are."""
    owner = owner_of(w, p)
    if owner is None or not is_known(w, owner[0]) or not text.startswith(f"{owner[0]}の"):
        return text
    set_group(w, owner[0])
    return text.removeprefix(f"{owner[0]}の")


def pair_of(text: str, between: str = "") -> tuple[str, str] | None:
    """「A層とB層」 -> (A層, B層)."""
    m = re.fullmatch(rf"(.+?)と(.+?){between}", text)
    return (group_worded(m[1]), group_worded(m[2])) if m and is_group(m[1]) and is_group(m[2]) else None


def givers_of(w: Walk, p: Phrase) -> str:
    """The answer in 「…」と回答した人 and its like; the people become the group when they are named."""
    sk = w.sk[p.start : p.end]
    m = GIVERS.match(sk) or QUOTED_GIVERS.match(sk) or _of_relative(w, p)
    if m is None or _AIMED.search(m["answer"]):
        return ""
    start, end = p.start, p.start + m.end("answer")
    who = w.sentence.worded(p.start + m.start("who"), p.start + m.end("who"))
    if _THINKING.match(w.sk[end : p.end]) and w.sk[end - 1] != QUOTE and is_bare(who):
        return ""
    start = _behind_places(w, start, end, named=bool(re.sub(r"の?(?:割合|比率|回答)?$", "", who)))
    named = re.sub(r"の$", "", who)
    if "の" in named and AMOUNTS.search(named) and not re.search(r"の(?:割合|比率|人?数)$", named):
        return ""  # 「満足」と回答した人の継続率: the measure is theirs
    if named and (is_group(named) or (m.re is QUOTED_GIVERS and len(named) < 12)) and _names_people(named):
        set_group(w, group_worded(named))
    if re.match(r"を(?:挙げ|あげ|選)", w.sk[end : p.end]) and QUOTE not in w.sk[start:end]:
        asked_of = re.match(r"^.{2,}?(?:に|として)(?=.{2,})", w.sk[start:end])
        start += asked_of.end() if asked_of else 0
    return answer_of(w, start, end)


def _of_relative(w: Walk, p: Phrase) -> re.Match[str] | None:
    """「満足」と回答したツールを導入している企業: the people are told by a clause of their own."""
    m = RELATIVE_GIVERS.match(w.sk[p.start : p.end])
    if m is None or not is_relative(w.sentence.worded(p.start + m.start("who"), p.start + m.end("who"))):
        return None
    return m


def _behind_places(w: Walk, start: int, end: int, named: bool) -> int:
    """Take in the groups named inside (A企業で「…」と回答した割合); where the answer itself begins."""
    front = re.match(rf"(?P<who>[^{QUOTE}、]{{1,20}}?)(?P<ga>に|が)(?={QUOTE})", w.sk[start:end])
    text = w.sentence.worded(start, start + front.end("who")) if front else ""
    being = front is not None and w.sentence.inner(start + front.end()) in BEING
    theirs = front is not None and (front["ga"] == "に" or not (named or being))
    if front and theirs and (is_group(text) or _PERSONS.fullmatch(text)):
        set_group(w, group_worded(w.sentence.worded(start, start + front.end("who"))))
        start += front.end()  # 20代に「満足」との回答が多く
    among = re.match(rf"([^{QUOTE}、をがは]{{1,12}})で(?=[^{QUOTE}、]*[をがに])", w.sk[start:end])
    if among and dimension(text := group_worded(w.sentence.worded(start, start + among.end(1)))):
        set_group(w, text)
        start += among.end()  # 10代で動画を見ていないと回答した人は
    inner = cut(w.sentence, start, end)
    for q, following in itertools.pairwise(inner):
        if q.marker == "where" and not (
            q.particle == "でも" and not is_group(w.sentence.worded(q.start, q.end))
        ):
            text = w.sentence.worded(q.start, q.end)
            if is_group(text):
                set_group(w, group_worded(text))
            start = following.start
    return start


def _names_people(text: str) -> bool:
    return not (is_bare(text) or re.fullmatch(METRIC, text) or text in ("の", "ところ", "ケース"))


def take_people(w: Walk, p: Phrase, text: str) -> None:
    """A group as subject. …している企業 may be what they do (an item) or who answers (a group)."""
    said = relative(text)
    if said is not None and w.graded and p.marker == "topic" and not w.drafts:
        w.question, w.fresh = w.items[0], False  # 採用の満足度では、不満を持つ企業は24.5％
    if said is None or (_measured(w) and QUOTE not in w.sk[p.start : p.end]):
        w.base = ""
        set_group(w, group_worded(text))
        direct = w.sk[p.end + len(p.particle) :][:1] in (NUMBER, QUOTE)
        w.base = w.group if dimension(w.group) == "sex" and not (direct or p.comma) else ""
        return
    if _contrasted(w, said):
        set_group(w, group_worded(text))
        return
    quoted = _QUOTED_DOING.match(w.sk, p.start, p.start + len(w.sk[p.start : p.end]))
    clause = item_of(w, p.start, p.end).removesuffix(said.head)
    clause = clause.removesuffix("の")
    if _SAME_ANSWER.match(clause):
        clause = (w.drafts[-1].item if w.drafts else "") or w.context.item or clause
    told = _TOLD.fullmatch(clause)
    clause = (
        clean_clause(told["answer"], answered=True) if told and QUOTE not in w.sk[p.start : p.end] else clause
    )
    used = _USED_AS.match(clause)
    if quoted:  # 休みを「9日以上」取る人: the answer is quoted
        clause, used = w.sentence.inner(quoted.start("answer")), None
        about = w.sentence.worded(quoted.start("about"), quoted.end("about"))
        w.question = w.question or ("" if w.context.question else about)
    if not _HEADS.fullmatch(said.head):
        set_group(w, group_worded(said.head))
    w.items, w.fresh, w.about = [used["thing"] if used else clause], True, False
    w.maybe_group = w.people = group_worded(text)
    w.header, w.group_new = p.marker == "topic", True


def _contrasted(w: Walk, said: Relative) -> bool:
    """効果を感じている層の43％が…。一方、感じていない層は7％: the same asked of the other ones."""
    last = relative(w.context.group)
    other = last is not None and last.head == said.head and bool(w.context.item)
    return bool(other and not w.drafts and _SWITCH.match(w.sk))


def _measured(w: Walk) -> bool:
    """Whether a measure waits for its groups: 完了率は、専任者を置く企業が81％."""
    again = (
        w.drafts and len(w.items) == 1 and w.drafts[-1].item == w.items[0] and is_relative(w.drafts[-1].group)
    )
    if len(w.items) != 1:
        return False
    last = w.drafts[-1] if w.drafts else None
    named = last is not None and bool(w.groups) and last.item == w.items[0] and last.group == w.groups[-1]
    below = named and w.header and last is not None and not last.people
    if (w.fresh and (w.topical or w.header) and not w.maybe_group) or below:
        return True
    return (w.fresh or bool(again)) and bool(AMOUNTS.search(w.items[0]))

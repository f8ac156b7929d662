"""One sentence -> its numbers with item, group and question: a walk from left to right.

Left of a number stand the phrases that say what it is of and among whom; behind it may stand what
its people answered. What is missing is filled from a later answer of the same sentence (40％、B群でも
50％が「増えた」と回答), then from the running context.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.prose.amounts import read_number
from extract.prose.bound import binding, lost, sharing
from extract.prose.bracketed import read_bracket
from extract.prose.context import Context, group_worded
from extract.prose.people import pair_of
from extract.prose.phrases import cut
from extract.prose.questions import Question, asked
from extract.prose.repeats import same_again
from extract.prose.roles import take_left
from extract.prose.sentence import LABEL, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES, Sentence, sample_size
from extract.prose.walk import Draft, Walk, set_group
from extract.prose.words import GIVERS, SINCE, is_bare, is_group, relative

# About the survey, not about the world; or a word that points to something unread.
_NOT_ASKED = re.compile(
    r"(?:(?:本|今回の|この)?(?:調査|アンケート)の)?(?:有効)?(?:回答率|回収率|応答率|回収数|回答数)$"
    r"|(?:弊社|当社|本サービス|本製品|本ツール)"  # what a vendor says of itself
    r"|(?:その|この)[^他の]{1,3}$|(?:これ|それ)(?:ら)?$|両者$|前者$|後者$"
)
# Who was asked, and how: its shares are conditions, not answers.
_WHO_WAS_ASKED = re.compile(
    r"^(?:なお、?)?(?:本|今回の|この)?(?:調査|回答|アンケート)?の?(?:調査|回答)?対象(?:者|企業|は)?は"
)
_CHOSEN = re.compile(r"^[「『]([^「」『』]+)[」』](?:と[^、]{2,8})?の?(?:人|方|者|企業|層|会社)$")
_YEARS = re.compile(
    r"(?:(?:19|20)\d\d年度?|前回|今回|前年|昨年|今年)(?:調査)?と.{0,6}(?:年度?|回|年)(?:調査)?"
)
_GOES_ON = re.compile(r"これに(?!対|伴|より)|(?:次|続|つ)いで|続いて|以下|反対に、?最|逆に、?最|最も")
_SAME_TOPIC = re.compile(
    rf"(?:次いで|ついで|続いて|次に|以下|これに|また|さらに|なお)?、?(?:[^、。がはを]{{0,4}}|第?\d位は|{REFUSED}は){QUOTE}"
)
# 「A機構が5月に実施した調査によると、」: who asked, not who answered.
_ACCORDING_TO = re.compile(
    rf"[^、。{NUMBER}{QUOTE}{VALUES}]{{0,60}}(?:実施|行|発表|公表|まとめ|調べ)[^、。{NUMBER}]{{0,40}}(?:調査|アンケート)[^、。]{{0,8}}"
    rf"(?:によると|によれば)[、,]"
    rf"|(?:[^、。{NUMBER}]{{1,12}}[、,])?[^、。{NUMBER}{QUOTE}{VALUES}]{{0,60}}(?:実施|行な?っ)(?:した|た)(?:調査|アンケート)では[、,]"
    rf"|[^、。{NUMBER}{VALUES}{QUOTE}]{{0,30}}{QUOTE}(?:によると|によれば)[、,]?"
)
_KIND = re.compile(r"[^、「」]{1,10}別")  # 業種別に見ると: no question, the last one's answer by trade
_DOING = re.compile(
    r"(?:導入|利用|実施|採用|活用|経験|実践|保有|希望|検討|提出|受験|参加|受講|取得|購入|使用|加入|契約|飲用|視聴|応募|登録)"
    r"(?:済み?|予定|意向)?(?:企業|者|社|店|層|世帯|法人)$"
)
_CLASSED = re.compile(
    r"^(?!.*(?:年商|資本金|売上高?|年収|従業員))[^、]{0,20}\d[\d.,]*\s?(?:[%％割]|万?円)(?:以上|未満|以下|超)の(?:企業|会社|人|世帯|層)$"
)
_USERS = re.compile(r"\d.*(?:以上|以下|未満)の?[一-龥]{2}者$")
_MEASURED = re.compile(r"(?:率|割合|比率|度|人数|件数|時間)$")


def read_clauses(sentence: Sentence, context: Context) -> list[Draft]:
    """Every result the sentence states, in order; ``context`` moves on."""
    w = Walk(sentence, context, group=context.group)
    carried = context.group
    if _WHO_WAS_ASKED.match(w.sk):
        return []
    share = re.match(
        rf"[^、。{NUMBER}{QUOTE}{VALUES}]+{VALUES}(?=に[^、。{NUMBER}{VALUES}]+(?:聞|尋|質問|たずね))", w.sk
    )
    if share:
        read_bracket(w, 0, share.end() - 1, len(w.sk))  # 利用者（全体の41％）に理由を聞いたところ
        w.done.add(share.end() - 1)
        for draft in w.drafts:
            people = relative(draft.item)
            draft.item = people.clause if people and is_bare(people.head) else draft.item
        w.items, w.fresh, w.maybe_group = [], False, ""
    at = _take_question(w)
    if w.sk.startswith(LABEL) and is_group(w.sentence.inner(0)):
        set_group(w, group_worded(w.sentence.inner(0)))
        w.framed.add(w.group)  # 【20代】「はい」40％
    if w.context.told and not (w.question or w.context.question) and _SAME_TOPIC.match(w.sk):
        w.question = w.context.told
    if w.context.parted and w.context.item and _GOES_ON.match(w.sk):
        w.parted, w.items = True, [w.context.item]
    _state_bases(w)
    events = [i for i, c in enumerate(w.sk) if c in (NUMBER, VALUES) and i >= at]
    for n, i in enumerate(events):
        if i in w.done:
            continue
        following = [e for e in events[n + 1 :] if e not in same_again(w, i)]
        stop = following[0] if following else len(w.sk)
        at = read_number(w, at, i, stop) if w.sk[i] == NUMBER else read_bracket(w, at, i, stop)
    if at < len(w.sk):
        take_left(w, at, len(w.sk), closing=True)
    drafts = _settled(w)
    w.context.framed |= w.framed
    said = {d.item for d in drafts} | {d.question for d in drafts} | {w.context.asked}
    missing = lost(sentence, drafts)
    for draft in drafts:
        bound = binding(sentence, draft, carried)
        beside = tuple(sorted((said | sharing(sentence, draft, drafts)) - {""}))
        framed = _framed(w, draft.group, w.owning if bound.group == "clause" else set())
        odd = bound.odd or w.unshared
        draft.binding = replace(bound, framed=framed, beside=beside, lost=missing, odd=odd)
    return drafts


def _framed(w: Walk, group: str, owning: set[str]) -> bool:
    """Whether every part of the group, times aside, was set as a frame (A層では) or owns the share."""
    parts = [part for part in group.split(" × ") if not SINCE.search(part)]
    return bool(parts) and " vs. " not in group and set(parts) <= w.context.framed | owning


def _take_question(w: Walk) -> int:
    """Let the sentence's question into the context; the first sign behind it."""
    question = asked(w.sentence)
    if question is None:
        source = _ACCORDING_TO.match(w.sk)
        return source.end() if source else 0
    w.pair = pair_of(question.parts) or _two_alike(question.parts) or w.pair
    if question.viewed and _YEARS.fullmatch(question.text):
        return question.end  # 2023年と2024年を比べると: when, not what
    if not question.text:
        set_group(w, question.scope)
        w.framed.add(w.group)
        return question.end
    chosen = _CHOSEN.match(question.text) if question.viewed else None
    if question.viewed and _KIND.fullmatch(question.text):
        w.parted = bool(w.context.item)
    elif chosen:
        w.items, w.group = [chosen[1]], question.scope
    elif question.viewed and (pair := pair_of(question.text)):
        w.pair = pair
    elif question.viewed and _parted(w, question):
        w.parted = w.header = True
    elif is_group(question.text) and not re.search(r"[かいる]$", question.text):
        w.context.ask("", group_worded(question.text))
        w.group = w.context.scope
    elif question.viewed and (_MEASURED.search(question.text) or question.parts in ("有無", "違い")):
        quoted = re.fullmatch(r".*[「『]([^「」『』]+)[」』][^「」『』]{1,12}", question.text)
        share = (
            quoted[1]
            if quoted
            else re.sub(r"(?<=[るたい])(?:企業|人|者|方|会社|世帯)?の?(?:割合|比率)$", "", question.text)
        )
        w.items, w.group = [share], question.scope
        w.fresh = w.topical = True
        w.parted = w.parted or question.parts in ("有無", "違い")
        w.header = w.by = bool(re.search(r"別(?:に|で)", w.sentence.worded(0, question.end)))
    else:
        w.context.ask(question.text, question.scope)
        w.nested = _nested(question)
        w.framed |= {w.nested} - {""}
        w.group = w.nested or question.scope
    return question.end


def _two_alike(text: str) -> tuple[str, str] | None:
    """部長と課長: no known groups, but of one kind."""
    m = re.fullmatch(r"([^、とのを]{2,10})と([^、とのを]{2,10})", text)
    return (m[1], m[2]) if m and m[1][-1] == m[2][-1] else None


def _parted(w: Walk, question: Question) -> bool:
    """「影響を受けていると答えた世帯を年収別に見ると」: the answer, over the parts named next."""
    if not re.search(r"別(?:に|で)", w.sentence.worded(0, question.end)):
        return False
    given = GIVERS.match(question.text)
    said = relative(question.text)
    if given is None and said is None:
        return False
    answer = given["answer"] if given else said.clause if said else ""
    w.items, w.group = [answer.strip("「」『』")], question.scope
    about = re.match(r"([^、「」]{2,30})について[、,]", w.sentence.text[w.sentence.start :])
    w.question = about[1] if about else ""
    return True


def _nested(question: Question) -> str:
    """「A層のツール利用状況」を見ると: groups named next are parts of the A層."""
    m = re.match(r"^([^「」『』をがはで]{1,24}?)の.", question.text)
    if m is None or not question.viewed or question.scope or not is_group(m[1]) or is_bare(m[1]):
        return ""
    return group_worded(m[1])


def _state_bases(w: Walk) -> None:
    """Sample sizes printed beside a group: A層（n=494）, 「Aの人（n=52）」層."""
    for i, c in enumerate(w.sk):
        n = sample_size(w.sentence.inner(i)) if c in (SAMPLE, VALUES, QUOTE) else None
        if not n:
            continue
        if c == QUOTE:
            group = re.sub(r"層$", "", w.sentence.worded(i, i + 1))
        else:
            phrases = cut(w.sentence, 0, i)
            group = w.sentence.worded(phrases[-1].start if phrases else i, i)
        w.context.state_base(group_worded(group), n)


def _is_the_answer(w: Walk, draft: Draft) -> bool:
    """肯定派は58％, テレワーク導入企業は19.0％: how many they are, where nothing is said of them."""
    if w.parts or _counts_users(w, draft) or re.search(r"(?:派|層|組)$|(?:割合|比率|率)が", draft.group):
        return True
    before = w.sentence.text[w.sentence.start : draft.start]
    told = re.search(r"は(?:全体の)?(?:約|わずか|およそ)?$", before) and not w.context.item
    if _CLASSED.search(draft.group) and re.search(r"[はがも](?:約|わずか|およそ)?$", before):
        return not w.context.item or _classes_go_on(w, draft)  # 月次解約率2％未満の企業が50.0％
    return bool(told and _DOING.search(draft.group))


def _counts_users(w: Walk, draft: Draft) -> bool:
    """週1回以上の利用者は6割: how many they are."""
    before = w.sentence.text[w.sentence.start : draft.start]
    return bool(_USERS.search(draft.group) and re.search(r"者は(?:約|全体の)?$", before))


def _classes_go_on(w: Walk, draft: Draft) -> bool:
    """…2％未満の企業が50.0％. 一方、6％以上の企業が24.3％: classes are the answers, one after the other."""
    return bool(_CLASSED.search(draft.group) and _CLASSED.search(w.context.item))


def _measured_last(w: Walk) -> None:
    """SNS別では、Aが64％、Bが59％の順に利用率が高い: what is measured comes behind its parts."""
    text = w.sentence.text[w.sentence.start : w.sentence.end]
    order = re.search(r"の順(?:に|で)([^、。はがを]{1,10}(?:率|割合|度))が(?:高|低)", text)
    if order is None or not re.match(r"[^、「」]{1,10}別", w.sk):
        return
    for draft in w.drafts:
        if draft.item and not draft.group:
            draft.group, draft.item = draft.item, order[1]


def _settled(w: Walk) -> list[Draft]:
    """The drafts that have an item; and what the next sentence may take for granted."""
    carried = w.before or (w.context.lead if w.parted else w.context.item)
    counted = ""
    asked = w.context.question if re.search(r"(?:率|割合)$", w.context.question) else ""
    for draft in w.drafts:
        counts = w.parts or _classes_go_on(w, draft) or _counts_users(w, draft)
        part = not draft.item and draft.group and draft.open and counts
        if not draft.item and draft.open and draft.carries and not part:
            draft.item = (counted if draft.unit == "point" else "") or carried or asked
        if not draft.item and draft.open and draft.unit == "percent" and _is_the_answer(w, draft):
            w.groups = [g for g in w.groups if g != draft.group]
            draft.item = counted = draft.group
            draft.group = ""
            continue
        carried = draft.item if draft.item and draft.unit == "percent" else carried
    for draft, following in pairwise(w.drafts):
        shared = re.fullmatch(r"[^をがは]+を([^をがは]{2,8})", following.item)
        if shared and re.fullmatch(r"[^をがは]+を", draft.item):
            draft.item += shared[1]  # 88％が電話を、61％がメールを利用していた
        if not draft.item and draft.open and draft.unit == "point":
            draft.item = following.item  # 3.3ポイント改善し、継続率は96.1％
    _measured_last(w)
    drafts = [d for d in w.drafts if re.search(r"\w", d.item) and not _NOT_ASKED.match(d.item)]
    groups = w.groups if drafts else [w.opening] if w.opening else []
    if not drafts and len(set(w.groups)) > 1:
        groups, w.context.group = [], w.context.scope  # two contrasted without numbers: neither goes on
    if groups and (w.said or not drafts):
        w.context.group = groups[-1] if len(set(groups)) == 1 else groups[0]
        others = (g for g in groups if g != w.context.group)
        w.context.other = next(others, w.context.other)
    w.context.seen.update(d.group for d in drafts if d.group)
    most = re.search(rf"({QUOTE})が(?:最多|(?:最も|もっとも)多|トップ|首位)", w.sk) if not w.drafts else None
    if most:
        w.context.item = w.context.lead = w.sentence.inner(most.start(1))  # 「A」が最多。B層では…
    w.context.told = w.question if drafts else ""
    w.context.parted = w.parted and w.by_label and bool(drafts)
    shares = [d for d in drafts if d.unit == "percent"]
    if shares:
        w.context.item, w.context.people = shares[-1].item, shares[-1].people
        w.context.lead = max(shares, key=lambda d: d.value).item
    return drafts

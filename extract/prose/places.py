"""Phrases with では, において, でも: mostly the group, else a measure, a question or a time."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.prose.context import group_worded
from extract.prose.nouns import items_of, quote_signs
from extract.prose.people import givers_of, known_head, owner_of, pair_of
from extract.prose.phrases import Phrase
from extract.prose.sentence import NUMBER, QUOTE, REFUSED
from extract.prose.walk import Walk, dimension, set_group, set_items, set_part
from extract.prose.words import GIVERS, POINTS_BACK, QUOTED_GIVERS, SINCE, TOPICS, is_bare, is_group

COUNT_ONLY = re.compile(r"約?[\d,.万]+\s?[人名社件]")
_QUOTES_ONLY = re.compile(rf"(?:{QUOTE}(?:や|と|・|、)?)+")
_AMOUNTS = re.compile(r"(?:率|割合|比率|人数|件数|額|度)$")
_ANSWERED_SO = re.compile(r"^[「『].+[」』]と(?:回答|答え|し)た?")
_SURVEY_OF = re.compile(rf"(?:{REFUSED}の?|今回の?|前回の?){{1,2}}(?:調査|時点)(?:時点)?")
_OF_WHOM = re.compile(r"を対象(?:と|に)し(?:た|て)[^、]{0,8}(?:調査|アンケート)$")
_MEASURE_NEXT = re.compile(
    rf"[、,][^、。「」はがを{NUMBER}{QUOTE}]{{1,16}}(?:率|度|割合|[額数]|時間|意向|スコア|点)[はが]{NUMBER}"
)
_ITEM_KINDS = re.compile(r"(?:項目|機能|サービス|商品|製品|ツール|選択肢|理由|目的|要素|施策|内容|手段)$")
_KINDS = re.compile(r"世帯|個人|企業|法人|家庭")
_NO_PLACE = re.compile(
    r"(?:同率|同数|トータル|平均|合計|計|累計|単独|結果|時点|段階|調査|回答|比較|ベース|最多|最高|最低|最大|トップ|位|中心|程度|様子|こと|[月年週][次率間]|通期|換算|[前後]|(?<!時)間)$"
)
_POINTS_AT_NOTHING = ("そ", "こ", "間", "間に", "この中", "中", "現在", "現時点", "これ", "それ", "今後")


def take_place(w: Walk, p: Phrase) -> None:
    """Take in a phrase that says among whom, of what, or when."""
    special = re.match(r"(?:特に|とくに|なかでも|中でも)(?!な|.*ない$)", w.sk[p.start : p.end])
    p = replace(p, start=p.start + special.end()) if special and special.end() < p.end - p.start else p
    text, sk = w.sentence.worded(p.start, p.end), w.sk[p.start : p.end]
    kind = p.particle.startswith("別") or text.endswith("別")
    w.by_kind = w.by_kind or kind
    if kind and not w.drafts and not _ITEM_KINDS.search(text.removesuffix("別")):
        w.parted = bool(w.items or w.context.item)
    if (sk == REFUSED and COUNT_ONLY.fullmatch(text)) or p.particle.startswith("別"):
        w.fresh = w.fresh and sk != REFUSED  # 「A」と答えた人は957人で、…: the answer has its number
        return
    if _OF_WHOM.search(text):
        return  # 国内企業を対象とした調査では: everyone who was asked
    if kind and QUOTE not in sk:
        return  # 職種別に見ると: parted, nothing asked
    if is_bare(text) and "別" in p.particle and not w.drafts:
        w.parts = True  # 回答企業を規模別にみると: who answered
    if _KINDS.fullmatch(text) and w.items and w.sk.startswith(NUMBER, p.end + len(p.particle)):
        set_group(w, text)  # 保有率は世帯で90％、個人で77％
    elif is_bare(text):
        set_group(w, "")
    elif re.match(r"に(?:絞|限)", p.particle) and (w.items or w.drafts) and not TOPICS.search(text):
        set_group(w, known_head(w, group_worded(text)))
        w.framed.add(w.group)
    elif not (_pair(w, p, text) or _quotations(w, p, sk) or _answer(w, p) or _people(w, p, text)):
        _thing(w, p, text)
    elif p.particle.startswith("のうち") and w.group_new:
        w.nested = w.group  # 30代女性のうち、子どもがいる人では


def _pair(w: Walk, p: Phrase, text: str) -> bool:
    pair = pair_of(text) if is_group(text) and p.particle.startswith("で") else None
    if pair is None or len(pair[0]) >= 25:
        return False
    w.groups.extend(pair)
    w.group, w.than = pair
    w.said = True
    return True


def _quotations(w: Walk, p: Phrase, sk: str) -> bool:
    """「A」「B」では: items; 「予算の変化」では: the question."""
    if not _QUOTES_ONLY.fullmatch(sk):
        return False
    quotes = [w.sentence.inner(p.start + k) for k in quote_signs(sk)]
    if len(quotes) == 1 and p.particle.startswith("のうち"):
        set_group(w, w.sentence.worded(p.start, p.end))
        return True  # 「聞いたことがある」のうち「理解している」とした人は
    if len(quotes) == 1 and p.particle == "で" and set_part(w, quotes[0]):
        return True
    if len(quotes) == 1 and p.particle == "では" and is_group(quotes[0]):
        set_group(w, quotes[0])
        w.framed.add(w.group)
        return True  # 「300人未満」では
    if len(quotes) > 1 or p.particle == "で":
        set_items(w, quotes)
    else:
        w.topic = quotes[0]
        w.question = quotes[0]
    return True


def _answer(w: Walk, p: Phrase) -> bool:
    if p.particle.startswith("のうち"):
        text = w.sentence.worded(p.start, p.end)
        told = QUOTE in w.sk[p.start : p.end] or GIVERS.match(w.sk[p.start : p.end])
        if is_group(text) and not is_bare(text) and told:
            set_group(w, group_worded(text))  # 「…」と回答した人のうち: they are the group of what follows
            w.of_those = w.group
            return True
    if _ANSWERED_SO.search(w.context.group) and w.context.item and QUOTED_GIVERS.match(w.sk[p.start : p.end]):
        set_group(
            w, group_worded(w.sentence.worded(p.start, p.end))
        )  # as the group before, by the other answer
        return True
    if (
        len(w.items) == 1
        and p.particle.startswith("では")
        and w.drafts
        and w.drafts[-1].unit not in ("percent", "point")
        and GIVERS.match(w.sk[p.start : p.end])
    ):
        set_group(w, group_worded(w.sentence.worded(p.start, p.end)))
        return True  # 通勤時間は41分で、「長い」と感じる人では52分: theirs
    if _MEASURE_NEXT.match(w.sk, p.end + len(p.particle)) and GIVERS.match(w.sk[p.start : p.end]):
        set_group(w, group_worded(w.sentence.worded(p.start, p.end)))
        w.framed.add(w.group)
        return True  # 「負担だ」と答えた人では、離職意向は41％
    givers = givers_of(w, p)
    if givers:
        set_items(w, [givers])
    return bool(givers)


def _people(w: Walk, p: Phrase, text: str) -> bool:
    named = is_group(text) or text in (g for g, _ in w.context.bases)
    if named:
        w.base = w.base if dimension(group_worded(text)) not in ("", dimension(w.base)) else ""
        set_group(w, known_head(w, group_worded(text)))
        w.base = w.group if dimension(w.group) else ""
        w.framed.add(w.group)
        if w.sk[p.start - 2 : p.start] == "のは" and p.comma:
            w.fresh = False  # 進んでいたのは小売業で、48％が「活用している」と回答
        w.placed = w.group if p.comma and p.particle in ("では", "においては") and not w.drafts else ""
    return named


def _thing(w: Walk, p: Phrase, text: str) -> None:
    if _AMOUNTS.search(text) and p.particle != "で":
        set_items(w, items_of(w, p.start, p.end))
        w.graded = text.endswith("度")
        return
    if _SURVEY_OF.fullmatch(w.sk[p.start : p.end]):
        w.period = "" if re.match(r"今回|本", text) else text
        return  # 2020年4月の第2回調査で53.2％
    dated = re.search(r"[るた]((?:19|20)\d\d年度?(?:\d+月)?)$", text)
    if dated:
        w.period = dated[1]
        return  # 利用が減少している2024年9月でも
    owner = owner_of(w, p)
    touches = w.sk.startswith(NUMBER, p.end + len(p.particle))
    if touches and p.particle == "で" and w.parted and set_part(w, group_worded(text)):
        return
    if _under_item(w, p, text) or (w.by_kind and p.particle == "では" and not TOPICS.search(text)):
        set_group(w, group_worded(text))
    elif owner:
        set_group(w, owner[0])
        w.framed.add(w.group)
        w.topic = owner[1]
    elif SINCE.search(text) and len(text) < 12:
        w.period, w.year = text, text if p.particle == "では" else w.year
    elif text in ("現在", "今回", "今年", "今年度", "直近"):
        w.year = ""
    elif text not in _POINTS_AT_NOTHING and not POINTS_BACK.match(text) and not _NO_PLACE.search(text):
        w.topic = text
        w.question = text if TOPICS.search(text) else w.question
        if TOPICS.search(text) and w.context.other and not w.said:
            w.group = w.context.scope  # of two groups named before, neither goes on


def _under_item(w: Walk, p: Phrase, text: str) -> bool:
    """「利用率は、マンションでは66％」: a label with で that touches its number names a group."""
    touches = w.sk.startswith(NUMBER, p.end + len(p.particle))
    named = p.particle in ("で", "では", "でも", "においては", "において") and bool(w.items)
    known = SINCE.search(text) or TOPICS.search(text) or POINTS_BACK.match(text) or _NO_PLACE.search(text)
    return touches and named and not known and text not in _POINTS_AT_NOTHING

"""What each phrase left of a number is there for; and the one that touches the number."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.prose.context import group_worded
from extract.prose.nouns import answer_of, item_of, items_of, quote_signs
from extract.prose.people import AMOUNTS, asked_of, owner_of
from extract.prose.phrases import Phrase, cut
from extract.prose.places import take_place
from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, VALUES
from extract.prose.subjects import RANKS, take_subject
from extract.prose.walk import SIBLING, Walk, set_group, set_items, set_part
from extract.prose.words import (
    GIVERS,
    METRIC,
    POINTS_BACK,
    RANKING,
    SINCE,
    TOPICS,
    is_bare,
    is_group,
    is_relative,
    relative,
    strip_leading,
)

SHARED = re.compile(r"共に|ともに|いずれも|どちらも|それぞれ|各々|各|同率|同じく|双方")
SUMMED = re.compile(r"合わせ|あわせ|合計|合算|(?<![会設統時家推生])計|(?<![満不充補])足[しす]|含め|加え")
_CLAUSE_END = re.compile(r"(?:であり|ており|おり|なり|たり|り|し|く|て|れ|え|け|み|き)$")
_NO_CLAUSE_END = re.compile(rf"(?:{QUOTE}|[一-龥]り|多く|高く|少なく|低く)$")
_BOTH_SAID = re.compile(
    r"と?(?:回答|答え|選択)(?:した|た|を選んだ)(?:人|方|方々|者|企業|会社|層)?(?:の割合|の合計)?$"
    r"|と?(?:いう|いった|の)(?:人|方|人々|声|意見|回答|企業|答え)(?:たち)?$"
)
_FOLLOWED = re.compile(r"(?:が|と|で)?(?:続|次[いぐ]|並[びぶん])")
_LISTED = re.compile(r"(?:や|(?<=[一-龥ァ-ヶーA-Za-z」])と)$")
_SUM_OF = re.compile(r"[」』]の(?:合計|計|合算)|を合わせ|の合計")
_PLACED = re.compile(r"(?:では|においては)[、,](?:特に|中でも)?$")
_AVERAGE = re.compile(
    r"(?:\d?[月年週日]|[1一]?(?:人|件|社|回|台|個|本|世帯)|全体|片道|往復|年間|月間|[1一]?か月|[1一]?カ月|[1一]?ヶ月)?(?:当たり|あたり)?の?平均(?:で|して)?"
    r"|\d+点満点(?:中|で)?|(?:[月年週日]|年間|月間|毎月|片道|往復)(?:に|あたり|当たり)?|中央値|およそ"
    r"|[1一](?:人|件|社|回|台|世帯)(?:当たり|あたり)(?:の?(?:年間|月間|月|年|1日))?(?:に|で)?"
)
_PERIOD = re.compile(
    rf"(?:{REFUSED}(?:度|時点|調査)?|\d+年前|(?:前々?回|前年|昨年|一昨年)度?(?:調査|実績|同期)?)"
    rf"(?:[{ASIDE}{REFUSED}]|[（(][^（）()]*[）)])?"
)


def take_left(w: Walk, start: int, end: int, closing: bool = False) -> Phrase | None:
    """Take in the phrases before a number; the last one, when it touches the number, is given back."""
    phrases = cut(w.sentence, start, end)
    w.closing = closing and start > 0
    w.since = w.since or bool(SINCE.search(w.sentence.raw(start, end)))
    w.shared = bool(SHARED.search(w.sk[start:end][-12:]))
    touches = phrases and phrases[-1].marker in ("bare", "of") and not closing
    last = phrases.pop() if touches else None
    if phrases and not closing and phrases[-1].marker == "comma" and phrases[-1].end + 1 == end:
        phrases[-1] = _headed(w, phrases[-1])
    for n, p in enumerate(p for p in phrases if p.start < p.end):
        take_phrase(w, p)
        opens = closing and start == 0 and (p.marker == "where" or (n == 0 and p.marker == "topic"))
        if opens and w.groups:
            w.opening = w.groups[-1]
    return last


def _headed(w: Walk, p: Phrase) -> Phrase:
    """「…が必要と答えた人、71.3％」: in a headline the comma stands for は."""
    text = w.sentence.worded(p.start, p.end)
    told = GIVERS.match(w.sk[p.start : p.end]) or is_relative(text)
    return replace(p, marker="topic") if told and not w.drafts else p


def take_phrase(w: Walk, p: Phrase) -> None:
    """Take in one phrase by its marker."""
    if (
        w.sk[p.end - 1 : p.end] == ASIDE
        and p.end - p.start > 1
        and _SUM_OF.search(w.sentence.inner(p.end - 1))
    ):
        p = replace(p, end=p.end - 1)  # 疲れを感じている人（「A」「B」の合計）は
    text, sk = w.sentence.worded(p.start, p.end), w.sk[p.start : p.end]
    if not text or not sk.strip(ASIDE):
        return
    if w.sk[: p.start].removesuffix("と").endswith(VALUES) and _BOTH_SAID.match(sk):
        _said_together(w, p)
        return
    asking = bool(TOPICS.search(text)) or is_relative(text)
    ends = p.marker == "comma" and _CLAUSE_END.search(sk) and not _NO_CLAUSE_END.search(sk)
    if p.marker == "clause" or ends:
        _end_clause(w, p, sk)
    elif p.marker == "colon":
        _label(w, p, text)
    elif p.marker == "where":
        take_place(w, p)
    elif p.marker == "than":
        w.than = group_worded(text) if is_group(text) else w.than
    elif p.marker == "comma":
        _listed(w, p, text, sk)
    elif p.marker == "about" and _as_topic(w, p, text) and (asking or not p.comma):
        w.question = asked_of(w, p, text) if asking else w.question
    elif _asks(w, p, text):
        w.context.ask(item_of(w, p.start, p.end), w.context.scope, "topic")
        w.group = w.context.scope
    else:
        take_subject(w, p)


def _said_together(w: Walk, p: Phrase) -> None:
    """『A（18％）』『B（47％）』と回答した方が6割: all that were just listed; after one nothing new."""
    chain = re.search(rf"(?:{QUOTE}{VALUES}(?:、|や|と|・|または)?)+$", w.sk[: p.start])
    quotes = [chain.start() + k for k in quote_signs(chain[0])] if chain else []
    if len(quotes) > 1:
        set_items(w, ["".join(f"「{w.sentence.inner(q)}」" for q in quotes)])


def _as_topic(w: Walk, p: Phrase, text: str) -> bool:
    """「利用目的として」「メリットとしては」, but not 「A層の上位項目としては」."""
    asked = p.particle.startswith("としては") and _topic_of(w, p, text)
    return p.particle == "として" or bool(asked)


def _topic_of(w: Walk, p: Phrase, text: str) -> bool:
    """Whether としては names what is asked: 「住民が望む施設」, but not a group as such."""
    if is_relative(text) or (TOPICS.search(text) and not owner_of(w, p)):
        return True
    return not is_group(text) and not owner_of(w, p) and not POINTS_BACK.match(text)


def _asks(w: Walk, p: Phrase, text: str) -> bool:
    """「継続売上については、」 at the head of a sentence puts a question."""
    ends = p.comma or w.sk.startswith("同様", p.end + len(p.particle))
    heads = p.marker == "about" and ends and not w.drafts and len(text) > 1
    return heads and not is_group(text) and not POINTS_BACK.match(text) and not owner_of(w, p)


def _end_clause(w: Walk, p: Phrase, sk: str) -> None:
    """A clause without number is over: what it named is not what the next number is of."""
    if w.fresh and not w.about and not w.closing:
        item = w.items[0] if w.items else ""
        measured = AMOUNTS.search(item) and not re.search(r"(?:で|ほど)(?:比率|割合)$", item)
        ranked = re.match(r"(?:[^、]{0,4})(?:最も多|もっとも多|最多|トップ)", sk)
        w.before = item if item and (w.topical or measured or ranked) else w.before
        w.items, w.fresh, w.topic = [], False, ""
    if w.group_new and w.grouped_by == "subject":
        w.group, w.group_new = w.group_before, False
    quotes = quote_signs(sk)
    w.mentioned = w.sentence.inner(p.start + quotes[-1]) if quotes else w.mentioned


def _label(w: Walk, p: Phrase, text: str) -> None:
    """「男性：」「導入の決め手：」: a label of what follows."""
    if is_group(text) and (not is_relative(text) or w.sk.startswith(QUOTE, p.end + len(p.particle))):
        set_group(w, group_worded(text))
        w.framed.add(w.group)
    elif not RANKS.match(w.sk[p.start : p.end]) and not re.fullmatch(METRIC, text):
        w.question = w.before = asked_of(w, p, text)


def _listed(w: Walk, p: Phrase, text: str, sk: str) -> None:
    if sk == QUOTE:
        w.listed.append(w.sentence.inner(p.start))
    elif _LISTED.search(sk) and VALUES not in sk and len(sk) > 2:
        w.listed.append(item_of(w, p.start, p.end - 1))
    elif TOPICS.search(text) and QUOTE not in sk and not w.drafts:
        w.question = text  # 「1on1の課題、1位は」
    elif is_group(text) and not is_relative(text) and not is_bare(text) and len(text) < 15:
        w.listed_groups.append(group_worded(text))
        set_group(w, group_worded(text))


def take_label(w: Walk, at: int, i: int) -> bool:
    """「在宅勤務が増えた：44.1％」: the whole stretch before a colon that touches number ``i``."""
    sk = w.sk[at:i]
    if not re.search(r"[：:…]$", sk) or len(sk) < 2:
        return False
    start = at + max(sk.rfind(c) for c in "、,") + 1
    start += len(w.sk[start:i]) - len(strip_leading(w.sk[start:i]))
    if start >= i - 1 or (QUOTE in w.sk[start : i - 1] and w.sk[i - 2] != QUOTE):
        return False
    text = w.sentence.worded(start, i - 1).rstrip("…")
    if re.search(r"[：:]", text):
        return False
    if is_group(text) and not is_relative(text) and (w.items or _names_groups(w)):
        set_group(w, group_worded(text))
    else:
        w.context.listing = w.context.listing or not w.drafts
        set_items(w, [item_of(w, start, i - len(sk) + len(sk.rstrip("：:…")))])
    return True


def _names_groups(w: Walk) -> bool:
    """Whether a line of a list that names people tells whose answer it is, and is no answer itself."""
    return bool(w.context.item) and not w.context.listing


def take_entry(w: Walk, at: int, i: int) -> bool:
    """「・全体的に高い状況にある（18.2%）」: all of a list's line before the bracket that ends it."""
    sk = w.sk[at:i]
    if at or i + 1 != len(w.sk) or sk[:1] not in ("・", "●", "•", "○", "■") or len(sk) < 3:
        return False
    text = w.sentence.worded(1, i)
    if re.search(rf"[、。：:{QUOTE}{NUMBER}{VALUES}]|(?:割合|比率|[率数])$", sk) or (
        is_group(text) and _names_groups(w)
    ):
        return False
    w.context.listing = True
    set_items(w, [text])
    return True


def take_line(w: Walk, at: int, i: int) -> bool:
    """「1位　味がよい　70.4％」: in a line that is no sentence, all before the number's white space."""
    signs, text = w.sentence.signs, w.sentence.text
    if "。" in w.sk or i <= at or not text[signs[i - 1].end : signs[i].start].isspace():
        return False
    start = at + (w.sk[at] in "、,／/|｜")
    while start < i and w.sk[start] == REFUSED and not is_group(w.sentence.worded(start, start + 1)):
        start += 1  # its rank
    last = (
        i + 1 == len(w.sk) or text[signs[i].end : signs[i + 1].start].isspace() or w.sk[i + 1] in "、,／/|｜"
    )
    label = w.sk[start:i]
    if not last or len(label) < 2 or re.search(rf"[はがをにでもの約、,{VALUES}{NUMBER}]$|[、,：:→]", label):
        return False
    text = w.sentence.worded(start, i)
    beside = bool(w.drafts and w.drafts[-1].group)
    if is_group(text) and (w.items or beside or (_names_groups(w) and not is_relative(text))):
        set_group(w, group_worded(text))
    else:
        w.context.listing = w.context.listing or not w.drafts
        set_items(w, [item_of(w, start, i)])
    return True


def take_touching(w: Walk, p: Phrase) -> None:
    """The phrase right before the number, bare or with の: a group, an item, a time, or only an adverb."""
    sk = w.sk[p.start : p.end]
    text = re.sub(r"(?:の?うち|実に|わずか|約)$", "", w.sentence.worded(p.start, p.end))
    text = re.sub(r"(?:である|を)$", "", text)
    given = re.fullmatch(r"(.+?)と(?:いう)?(?:回答|答え)(?:した|た)", sk)
    if given:
        set_items(w, [answer_of(w, p.start, p.start + given.end(1))])
    elif text in ("そ", "こ", "その", "この"):
        pass
    elif text in ("残り", "残る"):
        w.group, w.said = w.context.scope, False
    elif _says_nothing(text, sk) or _is_period(w, text, sk):
        pass
    elif p.marker == "of":
        _of(w, p, text, sk)
    else:
        w.touching = True
        _beside(w, p, text, sk)


def _says_nothing(text: str, sk: str) -> bool:
    if re.fullmatch(r"全体|(?:全国|全体の?)?平均", text):
        return True
    if sk == REFUSED and not SINCE.search(text) and (not is_group(text) or re.search(r"[人名社件]$", text)):
        return True
    running = re.fullmatch(
        rf"(?:{REFUSED}|\d+[年回期])(?:連続|中)(?:で|の)?|[\d,]+[人社名件]中の?|同(?:程度|水準|率)|横ばい|微?増加?|微?減少?|上昇|低下",
        sk,
    )
    ranking = RANKING.match(text) and not is_relative(text)  # but トップを務める人の82％
    return bool(not text or running or ranking or re.fullmatch(METRIC, text) or _AVERAGE.fullmatch(text))


def _is_period(w: Walk, text: str, sk: str) -> bool:
    if re.fullmatch(rf"対?(?:{SINCE.pattern})(?:調査)?度?同?[月期]?(?:比|差)で?", text):
        w.since = True
        return True  # 前回比1.6倍
    if re.fullmatch(rf"(?:{REFUSED}の?){{1,2}}調査", sk):
        w.period = text
        return True  # 7月調査の57.6％
    text = re.sub(r"(?<=[年度前])(?:に|には|は)$", "", text)
    if SINCE.fullmatch(text) or (SINCE.search(text) and _PERIOD.fullmatch(re.sub(r"(?:に|は)$", "", sk))):
        w.period = text
        return True
    return False


def _of(w: Walk, p: Phrase, text: str, sk: str) -> None:
    """「A層の 27.5％」「「A」の 59％」「収益の 6％」."""
    if set_part(w, group_worded(text)):
        pass
    elif sk == QUOTE and is_relative(w.sentence.inner(p.start)) and _told_of(w, p):
        set_group(w, w.sentence.inner(p.start))
    elif re.fullmatch(rf"(?:[^{QUOTE}]*[るたうすつぶむ])?{QUOTE}{ASIDE}?", sk):
        set_items(w, [w.sentence.inner(p.start + sk.index(QUOTE))])
    elif _compared(w, p, text):
        said = relative(text)
        quoted = w.sk[p.start] == QUOTE
        set_items(w, [w.sentence.inner(p.start) if quoted else said.clause if said else text])
    elif (
        _is_whole(text)
        and w.group_new
        and w.group
        and not w.items
        and re.search("(?<!で)は$", w.sk[: p.start])
    ):
        set_items(w, [w.group])  # 介護離職の経験者は全回答者の7％: they are the answer
        w.group = ""
    elif is_group(text):
        if not is_bare(text):
            near = w.group == w.placed and _PLACED.search(w.sk[: p.start]) and not is_relative(text)
            within = w.placed if near else ""
            w.owning.add(group_worded(text))
            set_group(w, group_worded(text))
            if within and within[-SIBLING:] != w.group[-SIBLING:] and " × " not in w.group:
                w.group = w.groups[-1] = f"{within} × {w.group}"  # 大企業では、課長職以上の41％
            w.of_group = True
    elif w.drafts and w.drafts[-1].item in w.items and _FOLLOWED.search(w.sk, p.end):
        set_items(w, items_of(w, p.start, p.end))  # 電話が41％で最も多く、メールの28％、…が続いた
    elif not w.fresh or w.sk.startswith("を占め", p.end + 2):
        w.topic = text


def _told_of(w: Walk, p: Phrase) -> bool:
    """「効果を感じている人」の4分の1は、…と回答: what they say follows their share."""
    return bool(re.match(rf"の(?:約|ほぼ|およそ)?{NUMBER}(?:は|が)", w.sk[p.end :]))


def _is_whole(text: str) -> bool:
    return bool(re.fullmatch(r"全体|全?回答者(?:全体)?|全社|調査対象(?:者|企業)?", text))


def _compared(w: Walk, p: Phrase, text: str) -> bool:
    """「なりたい社員は20％で、なりたくない社員の64％を下回った」: what the others say."""
    said, last = relative(text), w.drafts[-1] if w.drafts else None
    told = w.sentence.raw(p.end + 1, p.end + 2)
    over = told.endswith(("上回", "下回", "超え")) or re.match(
        r"(?:を|より)[^、。]{0,6}(?:上回|下回|超え)", w.sk[p.end + 2 :]
    )
    if (
        over
        and last
        and last.item
        and re.fullmatch(rf"{QUOTE}(?:企業|会社|人|方|世帯|層)", w.sk[p.start : p.end])
    ):
        return True  # 「増やす」企業が46％と、「減らす」企業の9％を上回った
    if (
        said is None
        or last is None
        or not re.match(r"(?:を|より)[^、。]{0,6}(?:上回|下回|超え)", w.sk[p.end + 2 :])
    ):
        return False
    doing = bool(last.item) and last.item in last.people  # what they do was the item, no answer of theirs
    return bool((doing and last.people.endswith(said.head)) or last.group == said.head)


def _beside(w: Walk, p: Phrase, text: str, sk: str) -> None:
    if not SHARED.fullmatch(text) and set_part(w, group_worded(text)):
        return
    if is_group(text):
        if not is_bare(text):
            set_group(w, group_worded(text))
            w.owning.add(w.group)
        return
    if SHARED.fullmatch(text) or SUMMED.match(text) or not re.search(r"[一-龥ァ-ヶーA-Za-z」』)）]$", text):
        return
    if w.header and QUOTE not in sk:
        set_group(w, group_worded(text))
        return
    set_items(w, items_of(w, p.start, p.start + len(re.sub(r"(?:である|を)$", "", sk))))

"""Phrases with は, が, も: rules tried in turn, the first that knows the phrase takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.prose.context import group_worded
from extract.prose.nouns import chosen_by_people, items_of, items_owned, such_as
from extract.prose.people import (
    AMOUNTS,
    MEASURES,
    asked_of,
    givers_of,
    is_known,
    owner_of,
    pair_of,
    take_people,
)
from extract.prose.phrases import Phrase
from extract.prose.places import COUNT_ONLY
from extract.prose.sentence import NUMBER, QUOTE, REFUSED, VALUES
from extract.prose.walk import Walk, set_group, set_items, set_part
from extract.prose.words import (
    METRIC,
    POINTS_BACK,
    QUOTED_GIVERS,
    RANKING,
    SINCE,
    is_bare,
    is_group,
    is_relative,
    relative,
)

RANKS = re.compile(
    r"[^、]{0,16}(?:最も|もっとも|一番|次に|次いで|番目に|特に)[^、]{0,8}"
    r"(?:多かっ|高かっ|少なかっ|低かっ|多い|高い|少ない|低い|多く|高く|少なく|低く)[^、]{0,10}$"
    r"|[^、]{0,20}(?:顕著|特徴的)なの$|[^、]{0,20}(?:目立|突出)(?:つ|った|ち|し)[^、]{0,4}の$"
    r"|^[^、がはを]{0,8}(?:多|高|少な|低)(?:い|かった)(?:の|もの|項目|回答|順|順番)?$"
    r"|^(?:トップ|最多|首位|上位|次点?|第?\d位に?"
    r"|以下|最多回答|トップ\d|[^、]{0,6}理由|[^、]{0,8}(?:として|内訳|順))$"
)
_EXTREMES = ("最高", "最低", "最大", "最小", "最長", "最短", "中央値")
_EMPTY = ("その差", "両者の差", "差", "と", "の", "その割合", "こと", "間に", "割合")
_QUOTED_PEOPLE = re.compile(
    rf"(?:.*[をにがはへでと、])?({QUOTE})(?P<no>の|な)?(?P<who>[一-龥々ァ-ヶーA-Za-z・]{{1,12}})(?P<share>の(?:割合|比率))?"
)
_UNITS = re.compile(r"人|方|企業|者|世帯|会社|家庭|店|店舗|事業者|自治体|部署|職場|利用者|回答者|選択者")
_MOST_IS = re.compile(
    r"(?:の?(?:割合|比率)が(?:高|多|低|少な)(?:かった|い)の|(?:の?(?:割合|比率)|人|企業)?(?:が|の)(?:最も|もっとも|一番)(?:高|多|低|少|大き|小さ|長|短)(?:かった|い)の)$"
)
_WHO_IS = re.compile(
    r"(?:誰|だれ|どの部[署門]|どこの部[署門])(?:です|である)?か?|(?:決定者|決裁者|担当者|相手|主体)は?$"
)
# 「理由のトップは」「抜く理由で一番多いのは」「移行を阻む最大の要因は」
_ASKS_RANKED = re.compile(
    r"(?P<what>.*?(?:理由|要因|原因|課題|目的|きっかけ|効果|手段|方法|不満|不安|悩み))"
    r"(?:(?:として|で)?(?:最も|もっとも|一番)多く(?:挙が|あが|挙げられ|選ば|聞かれ)[^、]{0,5}の|(?:の|で)(?:トップ|1位|第1位|最多|最上位)|(?:の中)?(?:で|として)?、?(?:最も|もっとも|一番)多(?:い|かった)(?:の|もの|回答)?)"
)
_FIELDS = re.compile(r"SaaS|BtoB|BtoC|B2B|B2C|日本|国内|海外|米国")
_TIME = re.compile(r"(?:今[年回期]|今年度|本年度?|現在|前[年回期]|前年度|昨年度?|去年)(?:の?調査)?")
_FORMER = ("前者", "後者")
_ATTRIBUTE = re.compile(
    r"(?:^|の)(?:役職|職種|前職|経歴|業種|年代|性別|年齢層?|所属(?:部署|部門|先)?|従業員規模|従業員数|企業規模|勤務形態|居住地|勤続年数"
    r"|年商|世帯年収|構成|属性)(?:分布|構成比?|内訳)?$"
)
_TEAM = re.compile(r"(?:部門|部署|チーム|組織|担当者?|専任者?)$")
_THEIR_FIRM = re.compile(r"(?:所属|勤務|回答|調査対象)(?:先|企業)?(?:企業|会社|者)?")  # of whoever was asked
_ASKS_LENGTH = re.compile(r"(?:期間|年数|日数|月数|時間|回数|頻度|社歴|経験)$")
_LENGTH = re.compile(
    r"(?:(?:\d+|半)\s?(?:年|月|か月|カ月|ヶ月|ヵ月|週間?|日|時間|分|回)?(?:以上)?\s?[～~〜－-]?\s?)?(?:\d+|半)\s?(?:年|月|か月|カ月|ヶ月|ヵ月|週間?|日|時間|分|回)(?:間)?(?:未満|以上|以内|以下|超|程度|台)?"
)
_OFTEN = re.compile(
    r"(?:年|月|週|日|1日|半年|四半期)に?\d.{0,6}回.{0,6}|\d+(?:つ|回|社|名|人|件|か所).{0,8}(?:以上|以下|未満|超|以内)"
)
_IN_CHARGE = re.compile(r"の(?:担当(?:部署|部門|組織)|主管部署|主体|窓口|決定者|決裁者)$")
_STATE = re.compile(r"(?:状況|実態|動向|有無)$")
_CLUB = re.compile(r"(?:層|群|派|組|グループ|タイプ)$")  # 「はい」層 is a group by its answer
_CLASS = re.compile(r"(?:以上|以下|未満|超|台|まで|[～~〜]\d+\s?[％%])$")
# A year or month, no length of time: 2023年度の, but 1か月の.
_POINT_IN_TIME = re.compile(
    r"(?:(?:19|20)\d\d|(?:令和|平成|昭和)\s?(?:\d+|元))\s?年度?(?:\d+月)?|\d+月(?:期|末)?|.*[前昨].*"
)
_YEAR = re.compile(r"(?:(?:19|20)\d\d|(?:令和|平成|昭和)\s?(?:\d+|元))\s?年度?(?:\d+月)?")
_THE_MORE = re.compile(r"(?:大き|小さ|高|低|若|長|短|上が|下が|増え|減|多|少な)[^、]{0,3}(?:ほど|につれ)")
_SUMMED_AS = re.compile(rf"(?:{QUOTE}(?:と|や|、|・)?)+を?合わせた(?P<what>.+)")


_TOGETHER = re.compile(
    r"(?:両者|両方|これら|それら)?を?(?:合わせた|あわせた|合計した|足した|含めた|合算した)(?P<what>[^、]+)"
)


def take_subject(w: Walk, p: Phrase) -> None:
    """Take in a phrase that says what the next number is of, or whose it is."""
    if p.marker == "subject" and _THE_MORE.match(w.sk, p.end + len(p.particle)):
        return  # 規模が大きいほど多く、
    p = _by_kind(w, _dated(w, p))
    text = w.sentence.worded(p.start, p.end)
    if p.marker in ("topic", "also") and w.sk[p.start : p.end] == REFUSED and _POINT_IN_TIME.fullmatch(text):
        w.year = text  # 2023年は「満足」が41％
        return
    touches = w.sk.startswith(NUMBER, p.end + len(p.particle))
    if p.marker == "subject" and touches and w.sk[p.start : p.end] == REFUSED and _YEAR.fullmatch(text):
        w.period = text
        return  # 2022年が24％、2023年が31％
    if p.marker in ("topic", "also") and _TIME.fullmatch(text):
        w.period = text if SINCE.fullmatch(text) else w.period
        return  # 昨年は31％だったが、今年は19％
    if w.pair and text in _FORMER:
        set_group(w, w.pair[_FORMER.index(text)])
        return
    if p.marker in ("topic", "about") and POINTS_BACK.fullmatch(w.sentence.worded(p.start, p.end)):
        owner = owner_of(w, p)
        if owner and owner[0] and owner[1] == "回答":
            set_group(w, owner[0])  # 20代の回答は「満足」が41％
        return
    for rule in _RULES:
        if rule(w, p):
            return
    set_items(w, items_of(w, p.start, p.end), about=p.marker == "about")
    w.topical = p.marker == "topic"
    w.header = w.topical and bool(MEASURES.search(w.sentence.worded(p.start, p.end)))


def _by_kind(w: Walk, p: Phrase) -> Phrase:
    """「年代別の利用率は」: its parts follow."""
    m = re.match(r"[^、「」のを]{1,8}別の(?=.)", w.sk[p.start : p.end])
    if m is None or p.marker != "topic":
        return p
    w.parted = True
    return replace(p, start=p.start + m.end())


def _dated(w: Walk, p: Phrase) -> Phrase:
    """「2023年度の相談件数」: the year is the period of what follows."""
    earlier = re.match(
        rf"(前[年回期]|昨年|前々回)(?:の?調査)?(?:で|に|は)?(?={QUOTE})", w.sk[p.start : p.end]
    )
    if earlier:
        w.period = earlier[1]
        return replace(p, start=p.start + earlier.end())
    m = re.match(rf"^({REFUSED}(?:度)?)(?:の|に(?:は|、)?)(?=.)", w.sk[p.start : p.end])
    if m is None or not _POINT_IN_TIME.fullmatch(w.sentence.worded(p.start, p.start + m.end(1))):
        return p
    measured = AMOUNTS.search(w.sentence.worded(p.start, p.end))
    if re.fullmatch(r"\d+月(?:期|末)?", w.sentence.worded(p.start, p.start + m.end(1))) and not measured:
        return p  # 2月の過ごし方: no month compared
    w.period = w.sentence.worded(p.start, p.start + m.end(1))
    return replace(p, start=p.start + m.end())


def _part(w: Walk, p: Phrase) -> bool:
    """「業種別では、建設が37％」: under a way of parting, what touches a number is a part."""
    behind = w.sk[p.end + len(p.particle) : p.end + len(p.particle) + 1]
    if behind not in (NUMBER, VALUES) or p.marker == "about":
        return False
    owner = owner_of(w, p)
    whose = (
        owner[0] if owner and owner[1] in (*w.items, w.context.lead) else w.sentence.worded(p.start, p.end)
    )
    return set_part(w, group_worded(whose))


def _extreme(w: Walk, p: Phrase) -> bool:
    text = w.sentence.worded(p.start, p.end)
    if text not in _EXTREMES or p.marker != "topic":
        return False
    set_items(w, [text])
    return True


def _count(w: Walk, p: Phrase) -> bool:
    """312人が, 20代が: a count is no name; a class (6時間未満が) is one."""
    text = w.sentence.worded(p.start, p.end)
    quantity = w.sentence.signs[p.start].quantity
    people = quantity is None or quantity.unit in ("count", "age")
    if w.sk[p.start : p.end] == REFUSED and not people and not w.header and _CLASS.search(text):
        set_items(w, [text])
        return True
    if (
        p.marker == "subject"
        and _LENGTH.fullmatch(text)
        and len(w.items) == 1
        and _ASKS_LENGTH.search(w.items[0])
    ):
        w.question, w.header = w.items[0], False
        set_items(w, [text])
        return True  # 実感するまでの期間は、半年未満が18％、1年以上が40％
    if p.marker == "subject" and _LENGTH.fullmatch(text) and _ASKS_LENGTH.search(w.question):
        set_items(w, [text])
        return True
    counted = quantity is not None and quantity.unit == "count" and w.sk[p.start : p.end] == REFUSED
    if counted and p.marker == "subject" and re.search(r"(?:数|頻度)$", w.question or w.context.question):
        set_items(w, [text])  # 利用個数: 2個が40％
        return True
    if _OFTEN.fullmatch(text) and (w.question or w.context.question):
        set_items(w, [text])  # 年2回以上が53％
        return True
    return w.sk[p.start : p.end] == REFUSED and (not is_group(text) or bool(COUNT_ONLY.fullmatch(text)))


def _answer(w: Walk, p: Phrase) -> bool:
    if _other_answer(w, p):
        set_group(w, group_worded(w.sentence.worded(p.start, p.end)))
        return True  # 「A」と回答した人の7割が「満足」、「B」と回答した人は2割
    unused = w.items[0] if w.fresh and len(w.items) == 1 else ""
    givers = givers_of(w, p)
    if not givers:
        return False
    if unused and w.sk[p.start] == QUOTE and not (w.question or w.context.question):
        w.question = unused  # 採用活動が「順調」と回答した企業は
    set_items(w, [givers])
    text = w.sentence.worded(p.start, p.end)
    w.people = text if re.search(r"(?:人|方|者|企業|会社|社)$", text) else ""  # そのうち: of them
    w.header = p.marker == "topic"
    return True


def _other_answer(w: Walk, p: Phrase) -> bool:
    """Whether people told by a quoted answer stand beside people told by another one."""
    last = w.drafts[-1] if w.drafts else None
    if last is None or not last.item or p.marker != "topic" or not re.match("[「『].+[」』]と", last.group):
        return False
    m = QUOTED_GIVERS.match(w.sk[p.start : p.end])
    return m is not None and not re.search(r"(?:割合|比率)$", w.sk[p.start : p.end])


def _breakdown(w: Walk, p: Phrase) -> bool:
    parts = re.fullmatch(r"(?:(?P<of>.+)の)?内訳", w.sentence.worded(p.start, p.end))
    if parts is None:
        return False
    if parts["of"] and parts["of"] not in ("そ", "その"):
        if is_group(parts["of"].strip("「」『』")):
            set_group(w, group_worded(parts["of"]))
        w.question = w.question or w.sentence.worded(p.start, p.end)
    w.parts = not parts["of"] or parts["of"] in ("そ", "その") or is_bare(parts["of"])
    return True


def _summed(w: Walk, p: Phrase) -> bool:
    """「賛成」「やや賛成」を合わせた賛成派: the sum has a name."""
    m = _SUMMED_AS.fullmatch(w.sk[p.start : p.end]) or _TOGETHER.fullmatch(w.sk[p.start : p.end])
    if m:
        set_items(w, [w.sentence.worded(p.start + m.start("what"), p.end)])
    return m is not None


def _measure(w: Walk, p: Phrase) -> bool:
    """割合, 利用率 alone: of what was just mentioned, or a further measure beside the last one."""
    text, sk = w.sentence.worded(p.start, p.end), w.sk[p.start : p.end]
    if re.fullmatch(r"(?:その)?(?:割合|比率)", text) and not w.items and w.mentioned:
        set_items(w, [w.mentioned])
        return True
    measure = re.fullmatch(METRIC, text)
    if measure and text.endswith("率") and w.fresh and len(w.items) == 1 and _STATE.search(w.items[0]):
        set_items(w, [text])  # 利用状況は、…では利用率が8.5％
        return True
    if measure and not w.fresh and w.drafts and re.search(r"(?:率|割合|度)$", w.drafts[-1].item):
        set_items(w, [text])
        return True
    if measure and len(text) > 2 and text.endswith("率") and not (w.items or w.context.item):
        set_items(w, [text])
        return True
    asks = _ASKS_RANKED.fullmatch(text)
    people = w.drafts[-1].people if w.drafts else w.context.people
    if text == "その理由" and people:
        set_group(w, people)  # 検討したことがある人は26％で、その理由は: asked of them
    if text.endswith("理由") or asks:
        w.question = asked_of(w, p, asks["what"] if asks else text.removeprefix("その"))
    ranks = (
        asks
        or RANKS.match(sk)
        or re.fullmatch(r"(?:第?\d+位|上位|下位)(?:以下|以上)?", text)
        or (RANKING.match(sk) and not is_group(text))
    )
    return bool(p.start == p.end or measure or ranks or text in _EMPTY)


def _quoted_group(w: Walk, p: Phrase) -> bool:
    """「A層」では47％、「B層」は51％: beside a group stands a group, be it quoted."""
    if w.sk[p.start : p.end] != QUOTE or p.marker != "topic" or not (w.drafts and w.drafts[-1].group):
        return False
    inner = w.sentence.inner(p.start)
    if not (is_group(inner) and _CLUB.search(inner)):
        return False
    set_group(w, inner)
    return True


def _quoted_club(w: Walk, p: Phrase) -> bool:
    """「試していない」層は1割弱: how many they are, where nothing was asked of them."""
    m = re.search(rf"({QUOTE})(?:層|派)$", w.sk[p.start : p.end])
    behind = p.end + len(p.particle)
    if m is None or p.marker != "topic" or w.fresh or w.sk[behind : behind + 1] != NUMBER:
        return False
    set_items(w, [w.sentence.inner(p.start + m.start())])
    return True


def _quoted_people(w: Walk, p: Phrase) -> bool:
    m = _QUOTED_PEOPLE.fullmatch(w.sk[p.start : p.end])
    unit = m and _UNITS.fullmatch(m["who"])
    if m is None or not (unit or (m["no"] != "の" and is_group(m["who"]) and not _CLUB.search(m["who"]))):
        return False
    set_items(w, [w.sentence.inner(p.start + m.start(1))])
    if not unit:
        set_group(w, m["who"])
    w.of_those = w.people = w.sentence.worded(p.start, p.start + m.end("who"))
    w.header = p.marker == "topic"
    return True


def _from_whom(w: Walk, p: Phrase) -> bool:
    """「社員からは」「2019年には」."""
    text = w.sentence.worded(p.start, p.end)
    giver = re.sub(r"(?:から|より|に)$", "", text)
    if giver == text:
        return False
    if is_group(giver):
        take_people(w, p, giver)
        return True
    if SINCE.search(giver) and len(giver) < 16:
        w.period = re.sub(r"^.*の(?=\d{4}年)", "", giver)
        return True
    return False


def _several(w: Walk, p: Phrase) -> bool:
    items = chosen_by_people(w, p) or such_as(w, p)
    if not items:
        return False
    set_items(w, items, about=p.marker == "about")
    people = re.search(r"(?:る|た|い|な)([^るたいな]{2,10})$", w.sentence.worded(p.start, p.end))
    if people and is_group(people[1]) and not is_bare(people[1]):
        set_group(w, group_worded(people[1]))
    return True


def _within(w: Walk, p: Phrase) -> bool:
    """「配信していない企業で今後の配信を検討しているのは」: the group stands in the phrase with で."""
    m = re.match(
        r"^(?P<who>[^、]{2,40}?)で(?=[^、はも]{3,}(?:[るたいうむすくぶつ]|ない)(?:の|人|方|者|企業|会社|人の割合|割合)?$|[^、はも]{1,12}の(?:割合|比率)$)",
        w.sk[p.start : p.end],
    )
    number_behind = w.sk.startswith(NUMBER, p.end + len(p.particle))
    who = w.sentence.worded(p.start, p.start + m.end("who")) if m else ""
    if m is None or not number_behind or not is_group(re.sub(r"^「([^「」]+)」$", r"\1", who)):
        return False
    set_group(w, group_worded(who))
    w.framed.add(w.group)
    rest = replace(p, start=p.start + m.end())
    text = w.sentence.worded(rest.start, rest.end)
    if is_relative(text):
        take_people(w, rest, text)
        w.maybe_group = ""
    elif not _share_of_people(w, rest):
        set_items(w, items_of(w, rest.start, rest.end))
    return True


def _people(w: Walk, p: Phrase) -> bool:
    text = w.sentence.worded(p.start, p.end)
    if not is_group(text):
        return False
    first = p.end + len(p.particle) + p.comma
    ranked = w.sk[first : first + 1] == REFUSED and w.sentence.worded(first, first + 1) in ("1位", "第1位")
    if p.marker == "topic" and (_IN_CHARGE.search(text) or ranked):
        w.question = text  # アップセルの担当部署は、営業が44％
        return True
    last = w.drafts[-1] if w.drafts else None
    listed = last and not (last.group or w.header or w.parted or w.fresh) and last.item in w.items
    if p.marker == "subject" and listed and not is_relative(text) and (w.question or w.context.question):
        set_items(w, [text])  # 補助金が58％、専門家が27％: one more label of the list
        return True
    if p.marker == "subject" and _WHO_IS.search(w.question or w.context.asked) and not is_relative(text):
        set_items(w, [text])  # 決定者は誰か: 経営者が31％
        return True
    take_people(w, p, text)
    answered = w.fresh and is_relative(text)  # …している企業が63％、NPSが41％: no groups
    w.grouped_by = "" if p.comma or answered else p.marker
    return True


def _share_of_people(w: Walk, p: Phrase) -> bool:
    """「設備を入れた工場の割合は」: what they do, over the groups that follow."""
    sk = w.sk[p.start : p.end]
    m = re.search(r"の(?:割合|比率|構成比|シェア)$", sk)
    if m is None and QUOTE not in sk:
        m = re.search(r"(?<=[業社人者])(?:割合|比率)$", sk)  # 投資を行う企業割合
    if m is None or not is_relative(w.sentence.worded(p.start, p.start + m.start())):
        return False
    short = replace(p, end=p.start + m.start())
    if w.group_new and w.group in w.framed:
        text = w.sentence.worded(short.start, short.end)
        said = relative(text)
        set_items(w, [said.clause if said and is_bare(said.head) else text])
        return True  # 20代女性では、週3回以上使うヘビーユーザーの割合が8.9％
    take_people(w, short, w.sentence.worded(short.start, short.end))
    w.maybe_group = ""
    return True


def _make_up(w: Walk, p: Phrase) -> bool:
    """「回答者の役職は、課長クラスが32％」: the groups named next are the answers."""
    owner = owner_of(w, p)
    asked = owner is None or _THEIR_FIRM.fullmatch(owner[0]) or _TEAM.search(owner[0])
    if p.marker != "topic" or not _ATTRIBUTE.search(w.sk[p.start : p.end]) or not asked:
        return False
    w.parts, w.question = True, w.sentence.worded(p.start, p.end)
    return True


def _superlative(w: Walk, p: Phrase) -> bool:
    """「Aと答えた割合が最も高かったのは医療職（72％）」: the part follows the answer."""
    m = _MOST_IS.search(w.sk[p.start : p.end])
    if m is None or m.start() < 1:
        return False
    for rule in (_answer, _quoted_people, _share_of_people):
        if rule(w, replace(p, end=p.start + m.start())):
            break
    else:
        set_items(w, items_of(w, p.start, p.start + m.start()))
    w.parted, w.said, w.header, w.extreme = True, False, True, True
    return True


def _label_below(w: Walk, p: Phrase) -> bool:
    """A label under an answer (「…」と答えた割合は、都心が…), or beside labels that were groups."""
    text, sk = w.sentence.worded(p.start, p.end), w.sk[p.start : p.end]
    if p.marker not in ("subject", "topic") or (QUOTE in sk and not (w.by and sk == QUOTE)):
        return False
    if w.by and sk == QUOTE and (not w.said or w.by_label):
        set_group(w, w.sentence.inner(p.start))
        w.by_label = True
        return True
    if p.marker == "topic" or QUOTE in sk:
        return False
    adjacent = w.sk.startswith(NUMBER, p.end + len(p.particle))
    below = w.header and adjacent and not MEASURES.search(text)
    beside = w.grouped_by == "subject" and w.drafts and not w.fresh
    if below or beside:
        set_group(w, group_worded(text))
    return bool(below or beside)


def _between(w: Walk, p: Phrase) -> bool:
    pair = pair_of(w.sentence.worded(p.start, p.end), "の間(?:に)?")
    if pair is None:
        return False
    w.groups.extend(pair)
    w.group, w.than = pair
    return True


def _owned(w: Walk, p: Phrase) -> bool:
    """「A層の満足度は」: group and item in one."""
    owner = owner_of(w, p)
    if not (owner and owner[1]):
        return False
    if w.group_new and w.group and not is_known(w, owner[0]):
        return False  # メンター制度がある会社では、新人の離職率が: they are part of the measure
    if _FIELDS.fullmatch(owner[0]) and not is_known(w, owner[0]):
        return False  # SaaSの導入社数: the thing counted, until the survey parts people by it
    if p.marker == "subject" and not is_known(w, owner[0]) and not MEASURES.search(owner[1]):
        return False
    set_group(w, owner[0])
    if p.particle.startswith("としては"):
        w.framed.add(w.group)  # A層の上位項目としては
    rate = owner[1].endswith("率") and len(owner[1]) > 2 and not (w.items or w.context.item)
    if rate or not re.fullmatch(METRIC, owner[1]):
        set_items(w, items_owned(w, p, owner[1]), about=p.marker == "about")
    return True


_RULES: tuple[Callable[[Walk, Phrase], bool], ...] = (
    _part, _make_up, _superlative, _extreme, _count, _summed, _answer, _breakdown, _measure,
    _quoted_group, _quoted_club, _quoted_people, _from_whom, _several, _within, _people,
    _share_of_people, _label_below, _between, _owned,
)  # fmt: skip

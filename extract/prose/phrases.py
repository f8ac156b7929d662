"""A stretch of a skeleton cut into noun phrases with the particle that says what each is for.

No tokenizer: of 789 cuts at は, が and も in the cases and in four releases, fugashi (unidic-lite) called
784 particles, and ten は and が that it saw were left uncut: the errors of the grammar lie elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES, Sentence
from extract.prose.words import BEING, GIVERS, QUOTED_GIVERS, TOPICS, is_group, is_relative, strip_leading

Marker = Literal[
    "where", "about", "than", "topic", "subject", "also", "of", "comma", "colon", "bare", "clause"
]

_SIGNS = f"{QUOTE}{ASIDE}{VALUES}{SAMPLE}{NUMBER}{REFUSED}"
_NOUN_END = rf"[一-龥々〆ァ-ヶーｦ-ﾟA-Za-z0-9%％+＋）)」』{_SIGNS}]"
_SOFT_END = (
    r"(?:もの|こと|ところ|ほう|など|たち|の|ほど|まで|から|だけ|のみ|か|に|で|と|へ|り|き|み|め|え"
    r"|け|し|ち|び|れ|せ|い|ら|う|る|く|つ|ん|お|ふ|さ|わ|よ)"
)

_MARKS: tuple[tuple[Marker, re.Pattern[str]], ...] = (
    ("where", re.compile((
        r"に(?:おいて(?:は|も)?|おける)|では(?!な[いく])|(?:で|に)あって(?:は|も)|(?<!なか)(?<!^中)でも(?!あ)|にて(?:は"
        r"|も)?|(?<!次い)(?<!つい)(?<!続い)で(?=[、,]|男性|前年|前回|昨年|女性|いずれも|それぞれ|共に|ともに|約|およそ|全体の|全回答者|回答者の|最も|最多|特に|とくに|[高低多少強弱](?=[いくかめ、])"
        r"|顕著|突出|"
    ) + f"[{NUMBER}{QUOTE}])"
                         r"|(?:の|した|する|いる|ない)場合(?:に?は"
                         r"|も|では)?|(?<![こそ])のうち(?:では|で|の)?(?:は"
                         r"|も)?|の中で(?:は|も)?|に(?:絞|限)(?:れば"
                         r"|定すると|る|って(?:見|み)る|ると)と?|(?:を|で|に)(?:[^、。をはが]{0,6}別(?:に"
                         r"|で))?(?:見|み)(?:ると|ても|てみると)|別では")),
    ("about", re.compile(r"(?:について|に関して|につきまして)(?:は|も)?|に対して(?:は|も)|としては"
                         r"|として(?=[、,]|" + QUOTE + r")|といえば|に関する(?:質問|設問)では")),
    ("than", re.compile(
        r"(?:に(?:比べ|くらべ)|と(?:比べ|比較し|比較す))(?:ると"
        r"|て)?(?:も|は)?|(?<!に)よりも?|に対し(?:て)?|を(?:\w{0,4}に|\w{0,4}く|やや)?(?:上回|下回)(?:り"
        r"|る|って|っており|った)"
    )),
    ("topic", re.compile(
        r"(?<!また)(?<!もしく)(?<!あるい)(?<!さらに)(?<!いわ)は(?!じめ|何か"
        r"|かる|かり|っきり|ず(?:だ|が)|るか|たら|ず[にで])(?!至っ|な(?:い|く)(?:企|人|層))"
    )),
    ("colon", re.compile(r"[：:]|…+|・{2,}|‥+")),
    ("clause", re.compile(
        r"(?<=[るたいだすん])が(?=[、,])|ものの(?=[、,])"
        r"|のに対し(?:て)?(?=[、,])|一方(?:で)?(?:は)?(?=[、,])|けれども?(?=[、,])"
    )),
    ("subject", re.compile(
        r"(?<![なさ])(?<!ところ)(?<!(?<!以)上)(?<!(?<!以)下)(?<!広)(?<!繋)(?<!つな)(?<!うか)(?<!挙)(?<!曲)(?<!ひろ)が(?![いたち])"
        r"|(?<=挙)が(?!る|っ|り)"
    )),
    ("also", re.compile(
        rf"(?<=[一-龥ァ-ヶーA-Za-z0-9%）)」』のにでとりきみめえけどらか{_SIGNS}])(?<!最)(?<!もっと)(?<!なかで)(?<!どちらと)(?<!男女と)(?<"
        rf"!とと)(?!(?<=と)もに)も(?!かかわらず)(?![のっちしうと](?!\w*{NUMBER}))"
    )),
)  # fmt: skip


_MARK = re.compile("|".join(pattern.pattern for _, pattern in _MARKS))  # at most characters there is none
_NOUN_BEFORE = re.compile(rf"(?:{_NOUN_END}|{_SOFT_END})$")


_LINKED = re.compile(
    r"(?:よりも?|だった|の|である|から|や|と(?!いった)|および|及び|・|/|で(?!も|は)|を|に)(?=.)"
)
_ADVERBS = re.compile(
    r"(?:実に|なんと|わずか|僅か|たった|ほぼ|約|およそ|概ね|おおむね|いずれも|どちらも|共に|ともに"
    r"|それぞれ|合わせて(?:も|で)?|あわせて(?:も|で)?|合計(?:で|すると)?|計|全体の|全体で|最多の"
    r"|最高の|過去最高の|、)+$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Signs ``start`` to ``end`` of a sentence and their ``marker``; ``comma`` when one follows."""

    start: int
    end: int
    marker: Marker
    comma: bool
    particle: str = ""


def cut(sentence: Sentence, start: int, end: int) -> list[Phrase]:
    """The phrases of signs ``start`` to ``end``, fronts cleaned, relative clauses kept with their heads."""
    return _merged(sentence, list(_cut(sentence, start, end)))


def _cut(sentence: Sentence, start: int, end: int) -> Iterator[Phrase]:
    sk = sentence.skeleton
    at = i = start
    while i < end:
        if sk[i] in "、," and not (sk[i] == "," and i + 1 < end and sk[i + 1].isdigit()):
            if i > at:
                yield Phrase(at, i, "comma", True)
            at = i = i + 1
            continue
        found = _mark_at(sk, at, i, end)
        if found is None:
            i += 1
            continue
        marker, length = found
        after = i + length
        comma = after < end and sk[after] in "、,"
        yield Phrase(at, i, marker, comma, sk[i:after])
        at = i = after + (1 if comma else 0)
    adverbs = _ADVERBS.search(sk[at:end])
    stop = at + adverbs.start() if adverbs else end
    if at < stop:
        if sk[stop - 1] == "の" and stop - at > 1:
            yield Phrase(at, stop - 1, "of", False, "の")
        else:
            yield Phrase(at, stop, "bare", False)


def _mark_at(sk: str, at: int, i: int, end: int) -> tuple[Marker, int] | None:
    behind = min(end + 1, len(sk))  # the sign behind may decide what a particle is
    if not _MARK.match(sk, i, behind):
        return None
    for marker, pattern in _MARKS:
        m = pattern.match(sk, i, behind)
        if m is None or m.end() > end:
            continue
        if marker in ("topic", "subject", "also", "about") and i > at and not _NOUN_BEFORE.search(sk[at:i]):
            continue
        return marker, m.end() - i
    return None


_NEEDS_CLAUSE = re.compile(
    r"^[^、]{0,12}?(?:な|る|た|い|ない|以上の|以下の|未満の|程度の)(?:企業|会社|人|方|者|層|世帯"
    r"|回答|割合|の|社|場合|担当者|ユーザー|社員|利用者"
    r"|経験者|保有者|回答者|消費者|受講者|保護者|部署|店舗|家庭|職場|学生|組織|従業員|購入者)"
)
_HAVING = re.compile(r"(?:ある|ない|あった|なかった)[一-龥々ァ-ヶー]{1,8}$")
_THINGS = re.compile(r"(?:顧客|取引先|案件|製品|商品|サービス)$")
_AMOUNT = re.compile(rf"([^、はがを]{{0,10}}{REFUSED}){ASIDE}?(?:[^、はがを]{{0,4}}の)?(?=.)")
_VERB_FRONT = re.compile(
    r"^[^、「」]{0,12}?(?:ている|ていた|である|[るたい]|ない|[一-龥][うくぐすつぶむ])(?=[一-龥ァ-ヶーA-Za-z0-9])"
)
_THE_MORE = re.compile(rf"[^{QUOTE}、]{{1,16}}ほど(?=[^、])")  # 高い顧客ほど追加購入率も
_SHARE_WHO = re.compile(r".{3,}[るたいな](?:割合|比率)$")  # …に対して不満を持った経験がある割合
_OR = re.compile(r"^(?:あるいは|もしくは|または|又は|及び|および|かつ)")
_VERBAL_END = re.compile(r"(?:る|た|ない|い|れ|り|き|し|せ|て)$")


def _needs_clause(text: str) -> bool:
    """Whether a phrase opens with a verb whose subject stands before it: ある男性, 進んでいる部署."""
    verb = _VERB_FRONT.match(text)
    rest = text[verb.end() :] if verb else ""
    owner = rest.rpartition("の")[0]
    headed = rest and (is_group(rest) or TOPICS.search(rest) or is_group(f"する{owner}"))
    return bool(_NEEDS_CLAUSE.match(text) or headed)


def _exists(sentence: Sentence, p: Phrase) -> bool:
    """Whether a phrase opens with a quoted verb of being, which needs its subject: 部署が「ある」企業."""
    return sentence.inner(p.start) in BEING


def _given_by_people(text: str) -> bool:
    """Whether a phrase is a quoted answer and its givers: what stands before it was asked of them."""
    m = QUOTED_GIVERS.match(text) if text[:1] == QUOTE else None
    return bool(m and re.search(r"(?:企業|会社|世帯|社|人|方|者|法人|自治体|事業所)$", m["who"]))


def _classed(sentence: Sentence, p: Phrase) -> bool:
    """Whether an amount that is no age classes a group: 10億円から50億円の企業."""
    amount = _AMOUNT.match(sentence.skeleton, p.start, p.end)
    text = sentence.worded(p.start, p.end)
    owner = text.rpartition("の")[0]
    if amount is None or not any(is_group(t) or _THINGS.search(t) for t in (text, owner)):
        return False
    quantity = sentence.signs[amount.end(1) - 1].quantity
    if quantity is None or quantity.unit == "age":
        return False
    bounded = bool(quantity.values) and quantity.values[0][1] in ("at_least", "at_most")
    return bounded or "の" in amount[0] or amount[0].endswith("の")


def _even(sentence: Sentence, p: Phrase) -> bool:
    """有料でも買うと答えた: part of what they say, no place."""
    return p.particle == "でも" and not p.comma and not is_group(sentence.worded(p.start, p.end))


def _each(sentence: Sentence, before: Phrase, text: str) -> bool:
    """担当者1人が受け持つ顧客数: of nobody's answers."""
    one = before.marker == "subject" and sentence.skeleton[before.end - 1 : before.end] in (
        REFUSED,
        "人",
        "社",
    )
    return (
        one
        and bool(re.search(r"(?<!\d)[1１一](?:人|社)$", sentence.worded(before.start, before.end)))
        and bool(re.search(r"[^、]{1,20}[うくぐすつぬぶむるた][^、]{0,6}(?:数|[量額率]|時間)$", text))
    )


def _also_when(sentence: Sentence, p: Phrase) -> bool:
    """今後も, 現在も: a time, no item of its own."""
    return p.marker == "also" and bool(
        re.search(
            r"(?:今後|将来|現在|これから|今|\ue006後|か月後|年後|その後)$", sentence.skeleton[p.start : p.end]
        )
    )


def _stands_alone(sentence: Sentence, p: Phrase) -> bool:
    """Whether a phrase with は is a group, a quoted answer or a share, and not the subject of a clause."""
    text = sentence.worded(p.start, p.end)
    quoted = re.search(rf"{QUOTE}[{ASIDE}{SAMPLE}]?$", sentence.skeleton[p.start : p.end])
    return bool(
        quoted or re.search(r"(?:割合|比率|[率数額費]|(?<!程)度|時間|人|[たいな]の)$", text) or is_group(text)
    )


def _merged(sentence: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join what a relative clause or a list of alternatives tore apart."""
    sk = sentence.skeleton
    out: list[Phrase] = []
    for p in phrases:
        while out:
            before = out[-1]
            head, text = sk[before.start : before.end], sk[p.start : p.end]
            torn = (
                before.marker == "subject"
                and not before.comma
                and (
                    _needs_clause(sentence.worded(p.start, p.end))
                    or (_HAVING.match(text) and re.search(r"(?:こと|経験|予定|意向|必要|機会)$", head))
                    or (_classed(sentence, p) and head[-1:] != QUOTE)
                )
                and head
            ) or _each(sentence, before, text)
            either = before.marker == "comma" and _OR.match(text) and _VERBAL_END.search(head)
            listed = (
                before.marker == "comma"
                and re.search(r"(?:や|と|・)$", head)
                and _NEEDS_CLAUSE.search(text[-14:])
                and VALUES not in text
            )
            claims = (
                (
                    before.marker in ("subject", "topic", "than")
                    or _also_when(sentence, before)
                    or _even(sentence, before)
                )
                and not before.comma
                and QUOTE not in text[:1]
                and (
                    GIVERS.match(text)
                    or QUOTED_GIVERS.match(text)
                    or is_relative(sentence.worded(p.start, p.end))
                    or (before.marker == "than" and _SHARE_WHO.search(text))
                )
                and not (before.marker == "topic" and _stands_alone(sentence, before))
            )
            within = before.particle == "における" and not is_group(sentence.worded(before.start, before.end))
            exists = before.marker == "subject" and text[:1] == QUOTE and _exists(sentence, p)
            asked = before.marker == "subject" and not before.comma and _given_by_people(text)
            alone = before.comma or _stands_alone(sentence, before)
            negated = before.marker == "topic" and not alone and re.match(r"[^、]{1,8}ない[^、]", text)
            if not (claims or within or torn or either or listed or negated or exists or asked):
                break
            p = Phrase(before.start, p.end, p.marker, p.comma, p.particle)
            out.pop()
        out.append(p)
    return [_fronted(sentence, p) for p in out]


_MOST = re.compile(r"(?:最も|もっとも|一番)(?:高|低|多|少な|大き|小さ)(?:い|かった)(?=.)")
_KIND_OF = re.compile(
    rf"(?:の|もの|[率数額順層]|年代|世代|地域|業種|業界|職種|部門|回答|項目|答え|意見|声|割合|{TOPICS.pattern[3:-2]})$"
)


def _fronted(sentence: Sentence, p: Phrase) -> Phrase:
    """The phrase without what only links it to a number before, and without its rank (1位「…」)."""
    text = sentence.skeleton[p.start : p.end]
    before = sentence.skeleton[p.start - 1] if p.start else ""
    linked = _LINKED.match(text) if before in (NUMBER, VALUES) and before else None
    text_behind = text[linked.end() :] if linked else text
    more = _THE_MORE.match(text_behind) if p.marker in ("subject", "also", "topic") else None
    rest = strip_leading(text_behind[more.end() :] if more else text_behind)
    most = _MOST.match(rest) if p.marker in ("topic", "where", "subject") else None
    behind = sentence.skeleton[p.end + len(p.particle) :][:1]
    if most and behind in (NUMBER, VALUES) and behind and not _KIND_OF.search(rest):
        rest = rest[most.end() :]  # 最も低い製造は31％
    if re.match(rf"{REFUSED}[：:の]?{QUOTE}", rest) and rest[:1] == REFUSED:
        rest = rest[rest.index(QUOTE) :]
    return replace(p, start=p.start + len(text) - len(rest))

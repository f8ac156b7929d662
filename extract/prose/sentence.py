"""A sentence as a skeleton: quotations, brackets and numbers become one sign each.

Patterns over the skeleton cannot stumble over what stands inside a quotation or a bracket, and each
sign remembers where it stands in the paragraph, so that every piece can be given back as worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.numbers import Quantity, find_quantities, fold_width, plain_signs

QUOTE, ASIDE, VALUES, SAMPLE, NUMBER, REFUSED = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
LABEL = "\ue007"  # 【…】: the name of what follows
_PAIRS = {
    "「": "」",
    "『": "』",
    "“": "”",
    "（": "）",
    "(": ")",
    "【": "】",
    "［": "］",
    "[": "]",
    "〈": "〉",
    "《": "》",
    "＜": "＞",
    "≪": "≫",
}
_QUOTING = "「『“《〈"
_STOPS = "。！？!?\n"
_VALUE_TAIL = re.compile(
    r"^(?P<head>.+?)\s*[（(](?P<value>[^（）()]*\d[^（）()]*(?:[%％割]|ポイント|pt))[)）]$", re.S
)
_VALUE_ALONE = re.compile(r"\s?\d+\.\d+\s?%\s?")  # 「満足」が「76.8％」
_BLANKS = re.compile(r"\s+")
_SAMPLE_SIZE = re.compile(r"[nN]\s?=\s?([\d,]+)")


class Sign(NamedTuple):
    """One unit of a skeleton: a character, or a whole quotation, bracket or number.

    A tuple: a page has a thousand of them, and a record class takes three times as long to fill.
    """

    sign: str
    start: int
    end: int
    inner: tuple[int, int] | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph; ``start`` and ``end`` are positions in ``text``, the paragraph's."""

    text: str
    start: int
    end: int
    signs: tuple[Sign, ...]
    skeleton: str

    def raw(self, i: int, j: int) -> str:
        """The text of signs ``i`` to ``j``, as printed."""
        return self.text[self.signs[i].start : self.signs[j - 1].end] if i < j else ""

    def worded(self, i: int, j: int) -> str:
        """The text of signs ``i`` to ``j`` without brackets that hold values or sample sizes."""
        if i < j and self.signs[j - 1].end - self.signs[i].start == j - i:  # nothing but characters
            return _tidy(self.raw(i, j))
        out, last = "", -1
        for s in self.signs[i:j]:
            if s.sign in (VALUES, SAMPLE):
                continue
            piece = self.text[s.start : s.end]
            latin = out[-1:].isascii() and piece[:1].isascii() and last >= 0 and s.start > last
            out += f" {piece}" if latin and self.text[last : s.start].isspace() else piece
            last = s.end
        return _tidy(out)

    def inner(self, i: int) -> str:
        """What stands inside the quotation or bracket at sign ``i``."""
        span = self.signs[i].inner
        return _tidy(self.text[span[0] : span[1]]) if span else ""


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", plain_signs(text)).strip()


# Characters, and brackets inside each other; what is longer or deeper was never closed. Without these limits
# a text of opening brackets costs their square.
LONGEST_BRACKET, DEEPEST_BRACKET = 2000, 20


def closing(text: str, at: int, end: int) -> int:
    """Position of the bracket that closes the one at ``at``; -1 when it stays open before ``end``."""
    want = [_PAIRS[text[at]]]
    for i in range(at + 1, min(end, at + LONGEST_BRACKET)):
        c = text[i]
        if c == want[-1]:
            want.pop()
            if not want:
                return i
        elif c in _PAIRS and not (c in _QUOTING and _PAIRS[c] == want[-1] and c == "“"):
            want.append(_PAIRS[c])
            if len(want) > DEEPEST_BRACKET:
                return -1
        elif c in want:  # a bracket inside was never closed: close it with its parent
            while want and want[-1] != c:
                want.pop()
            want.pop()
            if not want:
                return i
    return -1


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a paragraph; a full stop inside brackets does not end one."""
    start, i = 0, 0
    while i < len(text):
        c = text[i]
        if c in _PAIRS:
            close = closing(text, i, len(text))
            if close > 0:
                if c in "「『" and "。" in text[i:close] and re.search(r"[るたすん」]\s*$", text[start:i]):
                    yield start, i  # the words of somebody, set behind a sentence without full stop
                    start = i
                i = close + 1
                continue
        if c in _STOPS:
            if text[start : i + 1].strip():
                yield start, i + 1
            start = i + 1
        i += 1
    if text[start:].strip():
        yield start, len(text)


def read_sentence(text: str, start: int, end: int) -> Sentence:
    """The skeleton of ``text[start:end]``; numbers inside quotations stay part of the quotation."""
    signs: list[Sign] = []
    stated: set[str] = set()  # units of which a measure was stated: 20代が3時間、60代は1時間
    covered = start
    spans = _bracket_spans(text, start, end)
    for a, b in (*spans, (end, end)):
        signs.extend(_plain(text, covered, a, stated))
        if a < b:
            signs.extend(_bracket(text, a, b, stated))
        covered = b
    return Sentence(text, start, end, tuple(signs), "".join(s.sign for s in signs))


def _bracket_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, i = [], start
    while i < end:
        if text[i] in _PAIRS:
            close = closing(text, i, end)
            if close > 0:
                spans.append((i, close + 1))
                i = close + 1
                continue
        i += 1
    return spans


def _plain(text: str, start: int, end: int, stated: set[str]) -> Iterator[Sign]:
    at = start
    piece = text[start:end]
    for q in find_quantities(piece):
        yield from _characters(text, at, start + q.start)
        behind = text[start + q.end : start + q.end + 24]
        bounded = q.unit not in _SHARES and any(how in _BOUNDS for _, how in q.values)
        refused = (
            q.refusal
            or (bounded and _CLASS_VERB.match(behind))
            or (
                q.unit not in stated
                and not _may_be_result(
                    q,
                    text[max(0, start + q.start - 24) : start + q.start],
                    behind,
                )
            )
        )
        if not refused and q.unit not in _SHARES:
            stated.add(q.unit)
        yield Sign(REFUSED if refused else NUMBER, start + q.start, start + q.end, None, q)
        at = start + q.end
    yield from _characters(text, at, end)


_BOUNDS = ("at_least", "at_most")
_MONEY = {"currency_jpy", "currency_usd"}
_SHARES = ("percent", "point", "ratio")
# A measure and, unless it is a mean or an extreme, the particle that makes a statement of it: 日額1,000円
# alone is a line of a table.
_MEASURED = re.compile(
    r"(?:(?:平均|中央値|合計|総計|総額|総数|当たり|あたり)[^、。「」はがもで]{0,6}"
    r"|(?:最高|最低|最大|最小|時間|年齢|予算|単価|[件組人社者回戸台日年歩冊泊点校]数|店舗数|世帯数|[費額料賃]|費用|支出"
    r"|収入|給与|給料|年収|月収|手当|料金|価格|家賃|売上高?|残高|貯蓄|資産|コスト)"
    r"[^、。「」はがもで]{0,6}[はがも：:](?:月|年|1[人件社日か]|一人)?[^、。「」はがも]{0,5})(?:は|が|も|で|を|、)?\s*$"
)
_HOURS = re.compile(r"\d\s?時間$")
_MOVED = re.compile(r"(?:より|から|に比べ|と比べ|比で?)[^、。]{0,6}$")
_SCORED = re.compile(r"(?:平均|スコア|点数|満足度|評価|得点|NPS|中央値)[^、。]{0,14}$")
_ASKED_COUNT = re.compile(r"(?:回答|対象|有効|調査|サンプル|モニター|社員|従業員)[^、。]{0,8}$")


# Class limits: 半分以上取得した人, 割合が5割以上の企業, 6時間未満が.
_CLASS_BEHIND = re.compile(
    r"(?!増加|減少|上昇|低下|改善|悪化|削減|短縮|拡大|縮小|向上|下落|伸長|増大|減額|増額|存在|回答|該当|推移|上昇)[一-龥]{2}(?:した|する|しな|され)"
)
# An amount that bounds a class of companies: 契約額が$25K - 1M規模を超えると.
_CLASS_LIMIT = re.compile(r"[^、。はがも]{0,24}(?:規模|クラス|価格帯)|を(?:超え|下回)ると|を境に")
HALF = 50.0
_OF_TIME = re.compile(r"(?:週|月|年|1日|一日|勤務日|労働時間)の$")
_OF_SHARE = re.compile(r"(?:割合|比率|率|シェア)が\s*$")
# Shares that state a rule, a definition or the method, not an answer.
_RULE_BEFORE = re.compile(
    r"(?:[（(]\s?例[)）：:]?|(?<![一-龥])例[：:]|誤差|信頼(?:水準|区間|度|係数)|有意水準|税率"
    r"|消費税|金利|利率|手数料|割引(?:率)?|定価|還元率|確率)[^、。]{0,6}$"
)
_RULE_BEHIND = re.compile(
    r"\s*(?:を誇|特例|割引|引き|OFF|オフ|還元|の(?:信頼|有意|手数料|割引|還元)|(?:に|と)なら(?:ない|ず)"
    r"|に一致し|(?:に|と)なるよう|を(?:基準|目安|閾値|上限|下限|占める[項製業])|[^、。]{0,6}(?:を目標|を目指|を掲げ"
    r"|の達成を)|の[^、。]{0,10}(?:サービス|サポート|実績|商品|製品)(?:スタッフ|チーム)?(?:です|を|。|で|が)|の(?:企業"
    r"|会社|人|者|方|層|世帯)を[^、。]{0,14}と(?:定義|分類|呼|し))"
)


# NRRが100％を超える企業, 満足度9点以上の顧客: what tells a group; but 7割を超える企業が is told of them.
_CLASSED = re.compile(
    r"の?(?:企業|会社|人|方|者|層|世帯|顧客|社員|従業員|店舗|取引先|案件|商品|製品|サービス)"
)
# 妻が8割以上を担う家庭が46％
_IN_CLAUSE = re.compile(
    r"(?:を[^、。]{1,8}[うるたすむく]|の)(?:家庭|企業|会社|人|世帯|方|者|層)(?:が|は|も|の割合)"
    r"(?:約|およそ|全体の|わずか)?[\d０-９]"
)
# 10％以上あると答えた企業は71％
_CLASS_SAID = re.compile(r"(?:ある|いる|になる|を占める)?と(?:回答し|答え)た(?:企業|会社|人|方|者|世帯)")
# 6か月以上かかった企業
_CLASS_VERB = re.compile(
    r"[^、。「」はがもを\d]{0,10}(?:かか|要し|要す|続|過ぎ|働|使|利用し|勤め)[^、。「」はがもを\d]{0,6}[るたい](?:企業|会社|人|方|者|世帯)"
)
# 10％未満が35.2％、10～30％未満が22.1％
_CLASS_LABEL = re.compile(
    r"(?:まで)?の?(?:企業|会社|人|方|者|世帯)?[がは：:]\s*(?:約|わずか)?[\d０-９][\d０-９.．]*\s?[％%]"
)
# 10％以上の「大幅に増加」の回答が5％
_OF_QUOTED = re.compile(r"の[「『][^「」『』]*[」』][^、。0-9]{0,8}[がは][^、。0-9]{0,4}[\d０-９]")
# 90％未満の企業では29％; 3割以上減ったとする企業は22％
_CLASS_PLACE = re.compile(
    r"の?(?:企業|会社|人|方|者|層|世帯|顧客|社員|店舗)(?:では|でも|に(?:絞|限)(?:ると|れば)|の場合|において)、?[^、。]{0,12}[\d０-９]"
)
_CHANGED_BY = re.compile(
    r"(?:増え|減っ|増加|減少|上がっ|下がっ|伸び|短縮|削減)[^、。]{0,8}(?:企業|会社|人|方|者|世帯|店舗)(?:は|が|も|の)"
)
_OF_CLASS = re.compile(r"(?:[^、。]が|[度額率数])\s*(?:約)?$")
_PRICE = re.compile(r"から(?:、|。|ご|利用|提供|で)|\s?(?:[〜~～])")


def _is_class(q: Quantity, before: str, behind: str) -> bool:
    """Whether an amount only bounds a class of people or things, or is a price or a per-unit measure."""
    if re.match(r"\s?(?:当たり|あたり|につき)", behind):
        return True
    if q.unit in _MONEY and _PRICE.match(behind):
        return True
    bounded = q.values[0][1] in ("at_least", "at_most", "vague")
    if bounded and _CLASS_SAID.match(behind):
        return True
    if (
        q.unit == "percent"
        and (bounded or len(q.values) > 1 or behind.startswith("まで"))
        and _CLASS_LABEL.match(behind)
    ):
        return True
    if bounded and re.match(r"(?:増加?|減少?|上昇|低下)の", behind):
        return True
    if bounded and q.unit == "percent" and (_IN_CLAUSE.match(behind) or _OF_QUOTED.match(behind)):
        return True
    if bounded and (_CLASS_PLACE.match(behind) or _CHANGED_BY.match(behind)):
        return True
    return bounded and bool(_CLASSED.match(behind) and _OF_CLASS.search(before))


def _may_be_result(q: Quantity, before: str, behind: str) -> bool:
    """Shares, differences and multiples may be results; other units only where a measure is stated."""
    if _is_class(q, before, behind):
        return False
    if q.unit in _SHARES:
        half = q.values[0][0] == HALF and q.values[0][1] != "exact"
        if half and _OF_TIME.search(before) and behind[:1] not in "がはもを":
            return False  # 週の半分以上テレワークを実施
        if _CLASS_BEHIND.match(behind) or (_OF_SHARE.search(before) and behind.startswith("の")):
            return False
        return not _RULE_BEFORE.search(before) and not _RULE_BEHIND.match(behind)
    if (q.unit == "hour" and re.match(r"\s?\d+\s?分", behind)) or (
        q.unit == "minute" and _HOURS.search(before)
    ):
        return False  # 2時間18分 is neither 2 hours nor 18 minutes
    if q.unit == "score":
        if q.counter == "noun":
            return True
        told = q.values[0][0] % 1 and re.search(r"[はがもで]\s*(?:平均|約)?\s*$", before)  # 働きがいは6.9点
        return not behind.startswith("満点") and bool(_SCORED.search(before) or told)
    if q.values[0][1] in ("at_least", "at_most") or _CLASS_LIMIT.match(behind):
        return False
    if q.unit == "count":
        return bool(_MEASURED.search(before)) and not _ASKED_COUNT.search(before)
    moved = _MOVED.search(before) and re.match(r"\s*(?:増|減|短|長|延|縮|多|少|高|低|上|下)", behind)
    return bool(_MEASURED.search(before) or moved)


def _characters(text: str, start: int, end: int) -> Iterator[Sign]:
    for i, char in enumerate(fold_width(text[start:end]), start):
        if not char.isspace() and char not in "「『」』":  # a bracket here was never closed
            yield Sign(char, i, i + 1)


def _bracket(text: str, a: int, b: int, stated: set[str]) -> Iterator[Sign]:
    inner = (a + 1, b - 1)
    if text[a] in _QUOTING:
        if _VALUE_ALONE.fullmatch(fold_width(text[inner[0] : inner[1]])):
            yield from _plain(text, *inner, stated)
            return
        split = _VALUE_TAIL.match(text[inner[0] : inner[1]])
        if split:
            yield Sign(QUOTE, a, inner[0] + split.end("head"), (inner[0], inner[0] + split.end("head")))
            yield Sign(
                VALUES,
                inner[0] + split.start("value") - 1,
                b,
                (inner[0] + split.start("value"), inner[0] + split.end("value")),
            )
        else:
            yield Sign(QUOTE, a, b, inner)
        return
    if text[a] == "【":
        yield Sign(LABEL, a, b, inner)
        return
    content = text[inner[0] : inner[1]]
    results = [
        q
        for q in find_quantities(content)
        if not q.refusal
        and q.unit in ("percent", "point", "ratio", "score", "count", *(stated & _MONEY))
        and not (q.unit == "score" and content.startswith("満点", q.end))
    ]
    if _SAMPLE_SIZE.search(fold_width(content)) and not any(q.unit != "count" for q in results):
        yield Sign(SAMPLE, a, b, inner)
    elif any(q.unit != "count" for q in results):
        yield Sign(VALUES, a, b, inner)
    else:
        yield Sign(ASIDE, a, b, inner)


def sample_size(text: str) -> int | None:
    """The n= stated in ``text``."""
    found = _SAMPLE_SIZE.search(fold_width(text))
    return int(found[1].replace(",", "")) if found else None

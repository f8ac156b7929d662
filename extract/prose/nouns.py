"""A noun phrase -> the items it names: 「A」の割合, 「A」や「B」, 指標（A、B）, Aを重視する人."""

from __future__ import annotations

import itertools
import re

from extract.prose.phrases import Phrase
from extract.prose.predicates import clean_clause
from extract.prose.sentence import ASIDE, QUOTE, SAMPLE, VALUES
from extract.prose.walk import Walk
from extract.prose.words import BEING, METRIC, strip_leading

_CHOOSING = (
    r"を?(?:組み合わせる|用いる|利用する|使う|選ぶ|挙げる|あげる|選択する|選んだ|利用している|使っている)"
    r"(?:層|人|企業|割合|の|方|者)?"
)
_ONLY_MEASURED = re.compile(
    rf"の|を(?:課題|理由|目的|要因|メリット|効果)(?:に|と)?.{{0,4}}|{METRIC}|など|等|も|という(?:回答|人|声|意見)?|{_CHOOSING}"
)
# 「増収」と見込んでいる, 「健康」を重視する人の割合: a verb that only says that it is the answer.
_SAID_SO = re.compile(
    r"(?:と|に|を(?=重視|見込|希望|予想|期待|選|挙|評価|支持|望|優先|懸念|不安))[^をがはに、]{1,8}?(?:る|た|う|む|す|ない)(?:[一-龥ァ-ヶー]{1,6})?(?:の(?:割合|比率))?"
    r"|を(?:採用|導入|実施|利用|活用|選択)(?:している|した|する|していない)(?:企業|者|人|世帯|方)?の?割合"
)
_OWNING = re.compile(r"(?:の|における)(?=.)")
_EXPLAINS = re.compile(r"[「『]|合計|以下|※|注|複数回答|単一回答")
_FRONT_ENDS = re.compile(r"(?:の|は|が|、|として|で|に|と|を)$")
_TAIL = re.compile(
    r"(?:という(?:回答|人|声|意見)|との(?:回答|声|意見)|など|等|を用いる割合|の割合"
    r"|(?<=[るたいうくすつぶむぐ])(?<!占める)割合|のは|(?<!も)の)$"
)
_RATE = re.compile(r"[」』]の?[一-龥]{1,3}率$")  # 「広義のCMO」の設置率
_SUMMING = re.compile(r"^(?:を|も|と)?(?:合わせた|あわせた|合計した|足した|含めた|合算した)(?=[一-龥「『])")
_BETWEEN = re.compile(r"(?:や|と|、|・|および|及び|,)*")
_GENERIC = re.compile(r"(?:指標|項目|施策|取り組み|取組|機能|サービス|ツール|手段|理由|もの)$")
_SAYS_NOTHING = re.compile(r"組み合わせ|組合せ|項目|もの|要素|回答|理由|手段|内容|声")
_CHAIN = re.compile(rf"((?:{QUOTE}{VALUES}?(?:や|、|と|・)?)+)といった$")


# 転職を考えたことが「ある」: an answer that says nothing without its subject.
_EXISTS = re.compile(
    r"[^、]{2,}(?:こと|経験|予定|意向|必要|機会)[がは](?:ある|ない|あった|なかった|あり|なし)$"
)
_UNQUOTED = str.maketrans("", "", "「」『』")
# 「Aが最適だと回答した」 chooses A among the options.
_SUPERLATIVE = re.compile(r"^(?P<chosen>[^、がは]{2,30})が(?:最も|最適|一番|最大|最良|最重要)[^、]*$")


def quote_signs(sk: str) -> list[int]:
    """Where quotations stand in a piece of a skeleton."""
    return [k for k, c in enumerate(sk) if c == QUOTE]


def item_of(w: Walk, start: int, end: int) -> str:
    """A noun phrase as item: its quotation when a measure is all that follows, else as worded."""
    sk = w.sk[start:end]
    front = len(sk) - len(strip_leading(sk))
    start, sk = start + front, sk[front:]
    if sk.endswith(ASIDE) and len(sk) > 2 and _EXPLAINS.search(w.sentence.inner(end - 1)):
        end, sk = end - 1, sk[:-1]
    quotes = quote_signs(sk)
    if len(quotes) == 1:
        behind = re.sub(f"^{ASIDE}|[{VALUES}{SAMPLE}]", "", sk[quotes[0] + 1 :])
        before = sk[: quotes[0]]
        measured = not behind or _ONLY_MEASURED.fullmatch(behind) or _SAID_SO.fullmatch(behind)
        being = before.endswith("が") and w.sentence.inner(start + quotes[0]) in BEING
        if measured and not being and (not before or _FRONT_ENDS.search(before) or len(before) <= 6):
            if len(before) > 1 and before[-1] in "をに" and not (w.question or w.context.question):
                w.question = w.sentence.worded(start, start + len(before) - 1)  # 食費を「節約している」
            return w.sentence.inner(start + quotes[0])
    text = w.sentence.worded(start, end) if sk else ""
    text = _SUMMING.sub("", text)
    if re.search(r"[」』]の?\w{1,4}$", text):
        text = re.sub(rf"(?:など|等)?{METRIC}$", "", text) if not _RATE.search(text) else text
    return _TAIL.sub("", text).strip()


def items_of(w: Walk, start: int, end: int) -> list[str]:
    """The items of a phrase: several quotations side by side are several items."""
    sk = w.sk[start:end]
    several = _quotations(w, start, end) or _listed_in_bracket(w, start, sk)
    if several:
        return several
    if w.shared and QUOTE not in sk:
        pair = re.fullmatch(r"(.{2,30}?)(?:と|や)(.{2,30}?)(?:が.*)?", w.sentence.worded(start, end))
        if pair:
            return [*w.listed, pair[1], pair[2]]
    item = item_of(w, start, end)
    return [*w.listed, item] if w.listed and item else [item]


def _quotations(w: Walk, start: int, end: int) -> list[str]:
    sk = w.sk[start:end]
    quotes = quote_signs(sk)
    if len(quotes) < 2:
        return []
    between = "".join(sk[a + 1 : b] for a, b in itertools.pairwise(quotes))
    behind = sk[quotes[-1] + 1 :]
    if re.fullmatch(r"の?(?:合計|合算|計)(?:値|割合)?", behind):
        return [w.sentence.worded(start + quotes[0], end)]
    measured = not behind or re.fullmatch(rf"(?:など|等|の両方|の\w項目)?(?:{METRIC})?", behind)
    if _BETWEEN.fullmatch(between) and measured:
        return [*w.listed, *(w.sentence.inner(start + q) for q in quotes)]
    return []


def _listed_in_bracket(w: Walk, start: int, sk: str) -> list[str]:
    """維持系の指標（解約率、契約更新率）: a generic noun whose bracket lists the items."""
    aside = sk.find(ASIDE)
    if aside <= 0 or aside != len(sk) - 1 or not _GENERIC.search(sk[:aside]):
        return []
    parts = [t.strip() for t in re.split(r"[、,]", w.sentence.inner(start + aside)) if t.strip()]
    return [re.sub(r"(?:など|等)$", "", t) for t in parts] if len(parts) > 1 else []


def items_owned(w: Walk, p: Phrase, text: str) -> list[str]:
    """The items of the part of a phrase that ends like ``text``, behind the の of its owner."""
    found = [items_of(w, p.start + m.end(), p.end) for m in _OWNING.finditer(w.sk, p.start, p.end)]
    exact = next((items for items in found if items == [text]), None)
    if exact:
        return exact
    for m in re.finditer(r"(?:の|における)(?=.)", w.sk[p.start : p.end]):
        items = items_of(w, p.start + m.end(), p.end)
        if items and items[-1].endswith(text[-4:]):
            return items
    return [text]


def chosen_by_people(w: Walk, p: Phrase) -> list[str]:
    """「A」「B」「C」を重視する人: the quotations when they are chosen by the people behind them."""
    sk = w.sk[p.start : p.end]
    m = re.fullmatch(rf"((?:{QUOTE}(?:や|と|、|・|および|及び)?){{2,}})(?:を|に|が|と)[^、]{{1,10}}", sk)
    return [w.sentence.inner(p.start + k) for k in quote_signs(sk)] if m else []


def such_as(w: Walk, p: Phrase) -> list[str]:
    """「A」（…）や「B」（…）といった組み合わせ: the quotations belong to a noun that says nothing alone."""
    chain = _CHAIN.search(w.sk[: p.start])
    if chain and _SAYS_NOTHING.fullmatch(w.sk[p.start : p.end]):
        return [w.sentence.worded(chain.start(1), p.end)]
    return []


def answer_of(w: Walk, start: int, end: int) -> str:
    """The answer in front of と回答した: its quotation, several as worded, or the clause made plain."""
    end -= w.sk[start:end].endswith(f"{QUOTE}{ASIDE}")  # 「不満」（「やや不満」を含む）と回答した人
    sk = w.sk[start:end]
    quotes = quote_signs(sk)
    front = re.match(rf"^([^{QUOTE}、]{{2,30}}?)(?:について|に|を|が|は){QUOTE}", sk)
    if front and not w.context.question:
        w.question = w.sentence.worded(start + front.start(1), start + front.end(1))
    plain = clean_clause(w.sentence.worded(start, end).translate(_UNQUOTED)) if len(quotes) == 1 else ""
    if plain and sk[-1] == QUOTE and _EXISTS.search(plain):
        return plain
    if len(quotes) == 1 and (sk[-1] == QUOTE or re.fullmatch(rf"{QUOTE}(?:の|を|と|が)?", sk)):
        return w.sentence.inner(start + quotes[0])
    if len(quotes) > 1 and sk[-1] == QUOTE:
        return w.sentence.worded(start + quotes[0], end)
    clause = clean_clause(w.sentence.worded(start, end))
    best = _SUPERLATIVE.match(clause)
    return best["chosen"] if best else clause

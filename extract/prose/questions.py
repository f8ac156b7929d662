"""The thing asked about: 「…」について聞いた, …かどうかを尋ねたところ, …を見ていきます."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.prose.context import group_worded
from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES, Sentence
from extract.prose.words import is_bare, is_group, strip_leading

_ASK = re.compile(
    r"(?:を|について|に関して|と|か|についても|をそれぞれ"
    r"|、)?(?:複数回答(?:可)?で|単一回答で|自由回答で"
    r"|具体的に|詳しく|それぞれ|改めて|さらに)?(?:を)?"
    r"(?:尋ね|訊ね|たずね|聞い|聞き|聞く|伺っ|伺い|うかが(?:っ|い(?![ま知]))|質問(?:し|す[るれ]|を|に|で)"
    r"|問う|問い(?:まし|、)|調査し|調査を(?:行|実施)"
    r"|調べ|確認し|検証し|比較し|比較すると|比べ(?:る|た)|分析し|集計し|(?<![とにが])見て(?:い[くきこっ]"
    r"|み|行)|(?<![とにが])みて(?:み|い[くきこっ])|みると|見ると|を見た|選んでもら|選択してもら|挙げてもら|答えてもら|回答してもら)"
)
_OBJECT_END = re.compile(r"(?:について(?:も)?|に関して|を|か|と)?$")
_GRAPH = re.compile(
    r"^(?:次|以下|下|上|右|左)の(?:グラフ|図|表|データ)は、?(?P<what>.+?)を(?:\w{0,6}で)?(?:比較し"
    r"|示し|表し|まとめ|集計し)"
)
_TO_WHOM = re.compile(r"(?P<who>[^、。]{2,60}?)(?:に対し(?:て)?|を対象に(?:して|、)?|に(?=[、,]))[、,]?")
# 20代に聞くと、: whom, but not what.
_WHOM_ONLY = re.compile(rf"(?P<who>[^、。をはで{NUMBER}{QUOTE}]{{2,30}}?)に$")
_NUMBERED = re.compile(
    r"^(?:[QＱ]\s?(?:\d+(?:-\d+)?\s?[.．:：、]?|[.．:：])|\d{1,2}[.．]\s+(?=\D)|設問\s?\d+|問\s?\d+|[■◆●▼◇○・]+)\s*"
)
# 「従業員に求めるスキル」: the に belongs to what is asked about.
_ATTRIBUTE = re.compile(r"求め|対す|関す|与え|期待|必要|とって|よる|おけ|向け|つい|係る")
# 最初の質問で: which question, not what.
_WHICH = re.compile(r"(?:最初|初め|次|続く|同じ|別|この|その|[\d一二三四五]+(?:つ|番|問)目)の?")
_COUNTED = re.compile(rf"(?:[{NUMBER}{REFUSED}]|\d)")


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` as worded, ``scope`` the group it was put to ("" for everyone), ``end``: first sign behind."""

    text: str
    scope: str
    end: int
    viewed: bool = False
    parts: str = ""  # by what it was looked at: 管理職と一般社員で比べると


def asked(sentence: Sentence) -> Question | None:
    """The question this sentence puts, None when it puts none."""
    sk = sentence.skeleton
    graph = _GRAPH.match(sk)
    if graph:
        i, j = graph.span("what")
        target = re.match(r"[^、]+を対象に(?:して)?、", sk[i:j])
        return Question(
            sentence.worded(i + (target.end() if target else 0), j), _scope(sentence, j), graph.end()
        )
    about = re.match(
        rf"^(?:[^、{NUMBER}{VALUES}]{{0,6}}[、,])?[^、{NUMBER}{QUOTE}]{{0,4}}(?P<q>{QUOTE})(?:につ"
        rf"いて|に関して|では|(?:という|との)?(?:問い|質問|設問)に(?:対し(?:て)?|は))[、,]",
        sk,
    )
    results = re.search(rf"{NUMBER}|{VALUES}(?!に[^、。{NUMBER}{VALUES}]+(?:聞|尋|質問|たずね))", sk)
    limit = results.start() if results else len(sk)
    ask = next((m for m in _ASK.finditer(sk) if m.start() < limit and _is_asking(sk, m)), None)
    if ask is None:
        if about:
            return Question(sentence.inner(about.start("q")), "", about.end())
        return None
    start, end = _object(sk, ask.start())
    whom = _WHOM_ONLY.match(sk[: ask.start()].removesuffix("に") + "に")
    spoken = re.search(r"聞|尋|訊|たずね|質問|伺", ask[0])
    if whom and spoken and is_group(sentence.worded(0, whom.end("who"))):
        tail = re.compile(r"[^、。]*?[、,]").match(sk, ask.end())
        who = group_worded(sentence.worded(0, whom.end("who")))
        return Question("", who, tail.end() if tail else ask.end()) if who else None
    if start >= end:
        return None
    text = re.sub(r"(?:に関する|についての|という(?:質問|設問|問い))$", "", _wording(sentence, start, end))
    if _WHICH.fullmatch(text):
        return None
    tail = re.compile(r"[^、。]*?[、,。]").match(sk, ask.end())
    behind = tail.end() if tail else ask.end()
    told = re.search(f"[{QUOTE}{NUMBER}{VALUES}]", sk[ask.end() : behind])
    behind = ask.end() + told.start() if told else behind  # 満足度を尋ねると「満足」が29％
    if re.search(r"別(?:に|で)", sk[end:behind]) and re.search(r"(?:割合|比率)$", text):
        return Question(text, "", behind, True)  # 「毎日」と回答した割合を性別で比較すると
    if (
        len(text) < 2
        or text == "全体の結果"
        or re.search(
            r"(?:回答|答え)(?:した|た)(?:人|方|企業|者|層)?(?:の)?(?:割合|比率)?$|[」』]の(?:割合|比率|回答)",
            text,
        )
    ):
        return None
    front = re.match(
        r"(?:[^、「」のを]{1,8}別|[^、「」を]{1,12}の(?P<whether>有無|違い))(?:で|に)、?(?=.{2,})", text
    )
    text = text[front.end() :] if front else text
    viewed = re.search(r"見|みる|みて|比較|比べ|集計", ask[0]) is not None
    by = re.search(r"を、?([^、。がはを]{2,25})で$", sk[: ask.start()]) if viewed else None
    parts = sentence.worded(by.start(1), by.end(1)) if by else (front["whether"] or "") if front else ""
    return Question(text, _scope(sentence, start), behind, viewed, parts)


def _is_asking(sk: str, m: re.Match[str]) -> bool:
    """調査, 比較 and their like ask only what stands before them with について or を."""
    if re.search(r"尋ね|訊ね|たずね|聞|質問|問|もら", m[0]):
        return True
    linked = re.match(r"(?:を|について|に関して|と|か|について(?:も)?|をそれぞれ|、)?", m[0])
    before = sk[: m.start()] + (linked[0] if linked else "")
    if re.search(r"調査を", m[0]):
        return bool(re.search(r"(?:について(?:の)?|に関する|に関して)$", sk[: m.start()]))
    return bool(
        re.search(
            r"(?:について(?:も)?|に関して|を|か)$|を、?[^、。がはを]{0,25}(?:で|に|まで|ずつ|によって|により|とともに)$",
            before,
        )
    )


def _object(sk: str, verb: int) -> tuple[int, int]:
    """Signs of the noun phrase or clause that the verb asks about."""
    end = verb
    while end > 0 and sk[end - 1] in f"、,{SAMPLE}{ASIDE}":
        end -= 1
    by = re.search(r"を、?[^、。がはを]{0,25}(?:で|に|まで|ずつ|によって|により|とともに)$", sk[:end])
    end = by.start() if by else end
    if end < len(sk) and sk[end] == "か":
        end += 1  # どのように集めているか（を）聞いた
    trimmed = _OBJECT_END.search(sk[:end])
    if trimmed and trimmed[0] not in ("か",):
        end = trimmed.start()
    start = end
    while start > 0:
        c = sk[start - 1]
        if c in "、," and not _inside_list(sk, start - 1):
            break
        if (
            re.search(r"(?:[^で]|^)(?:に対し(?:て)?|を対象に|については|について)$", sk[:start])
            and start < end
        ):
            break
        if (
            re.search(
                rf"(?:[人者層業員性生体{REFUSED}]|(?<![きりいえみ])方)[{SAMPLE}{VALUES}]?に$", sk[:start]
            )
            and (start <= end - 2 or sk[start:end] == QUOTE)
            and not _ATTRIBUTE.match(sk, start)
        ):
            break
        start -= 1
    front = len(sk[start:end]) - len(strip_leading(sk[start:end]))
    return start + front, end


def _inside_list(sk: str, comma: int) -> bool:
    return bool(re.search(rf"(?:や|と|・|{QUOTE})$", sk[:comma])) and not re.search(
        r"(?:で|に|は|と)$", sk[:comma]
    )


def _wording(sentence: Sentence, start: int, end: int) -> str:
    quotes = [i for i in range(start, end) if sentence.skeleton[i] == QUOTE]
    rest = "".join(c for c in sentence.skeleton[start:end] if c not in (QUOTE, SAMPLE, ASIDE))
    if len(quotes) == 1 and re.fullmatch(
        r"(?:という(?:質問|設問|問い)?|と|の(?:質問|設問|有無|状況|実態|項目|結果)?|別|について|か|こと)?",
        rest,
    ):
        return clean_question(sentence.inner(quotes[0]))
    return clean_question(sentence.worded(start, end))


_SIZE = re.compile(
    r"[（(]\s*[nｎN]\s*[=＝]\s*[\d,，０-９]+\s*[人名社]?\s*[)）]|(?<=[（(])[nｎN]\s*[=＝]\s*[\d,，０-９]+\s*[人名社]?[、,]\s*|[、,]\s*[nｎN]\s*[=＝]\s*[\d,，０-９]+\s*[人名社]?(?=[)）])"
)


def clean_question(text: str) -> str:
    """Without its number and its list sign."""
    text = re.sub(
        r"(?<=[一-龥ァ-ヶ])[１-９]{1,2}$", "", _NUMBERED.sub("", text).strip()
    )  # a footnote's number
    return re.sub(r"^その(?=(?:理由|目的|効果|内容|用途)$)", "", _SIZE.sub("", text).strip())


def _uncounted(text: str, sk: str) -> tuple[str, str]:
    """「解約したユーザー400人」: the people without their number, as worded and as signs."""
    if not sk.endswith(REFUSED) or len(sk) < 3:
        return text, sk
    bare = re.sub(r"の?[\d,，万]+\s?(?:人|名|社|件)$", "", text)
    head = ("企業" if text.endswith("社") else "人") if re.search(r"[るただ]$", bare) else ""
    return bare + head, sk[:-1].removesuffix("の")  # 「…」と回答した243名


def _scope(sentence: Sentence, before: int) -> str:
    """The group the question was put to, when it is not simply everyone who was asked."""
    sk = sentence.skeleton
    best = ""
    for m in _TO_WHOM.finditer(sk, 0, before):
        who = m["who"]
        front = len(who) - len(strip_leading(who))
        i, j = m.start("who") + front, m.end("who")
        text, counted = _uncounted(sentence.worded(i, j), sk[i:j])
        if is_group(text) and not _COUNTED.search(counted):
            best = group_worded(text)
    put = re.search(r"([^、。]{2,60}?)(?:に対して|に対し|に)$", sk[:before].rstrip("、,"))
    if put and not best:
        front = len(put[1]) - len(strip_leading(put[1]))
        text, counted = _uncounted(
            sentence.worded(put.start(1) + front, put.end(1)), sk[put.start(1) + front : put.end(1)]
        )
        if is_group(text) and not is_bare(text) and not _COUNTED.search(counted):
            best = group_worded(text)
    return best

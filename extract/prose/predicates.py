"""What is said behind a number: 「…」と回答, …している, and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, VALUES, Sentence
from extract.prose.words import RANKING, SINCE, is_bare, is_group, is_relative

_ANSWERING = re.compile(
    r"という(?=。|$)|とのこと|と(?:いう|の)?(?:回答|答え|報告|述べ|明か|申告|主張|評価|選択)(?:した|し|る|られ|をし|が)?"
    r"|を(?:選択|選ん|挙げ|あげ)|とし(?:た|ま|、|て(?:い"
    r"|お))|とする|と(?:話し|語り|語っ|予想|予測|訴え|認識し)"
    + rf"|(?<={QUOTE})と(?:感じ|考え|思|捉え|みて|見て|認識|回答|見込|予想|予測|期待|希望|評価"
    r"|判断|実感|想定|見通|言|話)"
)
_BY_WHOM = re.compile(
    r"^(?:に(?:あた|当た|相当す)る|を占める|もの|の"
    r"|)(?P<who>[^がはもをに、で：:\ue001\ue003\ue005]{1,24}?)(?P<particle>が"
    r"|では|は|も|に|で)(?!る)"
)
_BY_RELATIVE = re.compile(
    r"^の(?P<who>[^、：:\ue001\ue003\ue005]{4,30}?)(?P<particle>が)(?=\ue001|.+と(?:回答|答え))"
)
_PLAIN = re.compile(
    r"^(?P<particle>が|は|も|では|しか|に|で)(?!る)|^(?P<spent>を)(?!\S{0,6}(?:占め|超|上回|下回"
    r"|切|割り|記録|示|維持|突破|目指|目標|達成|誇|経|含|保|数え|境|迎え|除))"
)
# 6％しかおらず、: there are so many, no answer.
_EXIST = re.compile(
    r"(?:おら|い|あり|なく|い(?:る|た)|おり|ある|あっ)(?:ず|ない|なかった|ません|まし[たて]|ます|て|た|る)?(?:[、,。]|$)"
)
# 38％と、役職が下がるほど低い: a remark on the numbers.
_REMARK = re.compile(r"と、?[^、。「」]{0,30}(?:ほど|につれ|に比例|順に|傾向)")
_NOBODY = re.compile(r"(?:との|という)?(?:回答|声|意見|支持|得票|結果|割合|差|開き|比率|水準|票)")
_REPORT = re.compile(
    r"(?:(?:という|との|といった)(?:こと|結果|状況|実態|傾向|回答|様子|意見|現状|声)|(?<!た)こと"
    r"|(?<!た)(?:結果|状況|実態|傾向)|(?<!こ)と(?:いう)?)(?:が|と|に|は|で|も|を)?"
    r"(?:わか|分か|判明|明らか|なり|なった|なって|うかがえ|伺え|見え|示|得ら|見られ|浮き彫り"
    r"|示唆|確認|挙が|あ(?:り|る|っ)|いえ|言え|でし|です|だ(?:っ|。|$))[^、。]*$"
)
_TAILS = re.compile(
    r"(?:ことが|ことも|という|との|とのこと|結果|状況|こと|のです|です|でした|ます|ました|だった"
    r"|である|であり|一方(?:で)?|のに対(?:し(?:て)?)?|ものの|ので|ため|が|。|！|!|、|,)$"
)
_POLITE = (
    (re.compile(r"([てで])(?:いません|おらず)$"), r"\1いない"),
    (re.compile(r"([てで])(?:います|おり|いて|い)$"), r"\1いる"),
    (re.compile(r"しました$"), "した"),
    (re.compile(r"ません$"), "ない"),
    (re.compile(r"(?<=[一-龥ァ-ヶー])し$"), ""),
)
_NEGATED = (
    (re.compile(r"てい(?:ない|ません)"), "ている"),
    (re.compile(r"でき(?:ない|ません)"), "できる"),
    (re.compile(r"し(?:ない|ません)"), "する"),
)
_LIST_FRONT = re.compile(r"^[^「」]{3,60}?(?:等|など)、(?=.{4,})")


_TURN = re.compile(r"(?:一方(?:で|、)|反面、|半面、|のに対し|ものの、|(?<=[るたいん])が、)")
_LABEL = re.compile(
    rf"{QUOTE}[がはもの]?"
)  # of the next number: 「A」74％が「B」66％を上回る, 「A」が31％で「B」が69％


@dataclass(frozen=True, slots=True)
class Predicate:
    """``item`` said of the number's people ``who`` ("" when not named); ``end``: first sign behind it."""

    item: str
    who: tuple[int, int]
    quoted: bool
    answered: bool
    end: int
    spent: bool = False
    about: str = ""  # what the quoted answer is of: 利用状況を「把握している」


def predicate(sentence: Sentence, at: int, stop: int) -> Predicate | None:
    """The predicate that starts right behind a number at sign ``at`` and ends before ``stop``."""
    sk = sentence.skeleton
    text = sk[at:stop]
    m = _by_relative(sentence, at, text) or _BY_WHOM.match(text) or _PLAIN.match(text)
    if m is None or _REMARK.match(text) or ("who" in m.re.groupindex and _NOBODY.fullmatch(m["who"])):
        return None
    if (
        "who" in m.re.groupindex
        and text[0] not in "のもをに"
        and not (is_group(sentence.worded(at + m.start("who"), at + m.end("who"))))
    ):
        m = _PLAIN.match(text)
        if m is None:
            return None
    who = (at + m.start("who"), at + m.end("who")) if "who" in m.re.groupindex else (at, at)
    body = text[m.end() :]
    body_at = at + m.end() + (len(body) - len(body.lstrip("、,")))
    body = body.lstrip("、,")
    particle = m["particle"] or "を"
    bare = "who" in m.re.groupindex and is_bare(sentence.worded(*who))
    last = stop == len(sk)  # 58.9%が、…: at the last number of a sentence the rest is what its people say
    if not body or (
        text[m.end() : m.end() + 1] in ("、", ",")
        and particle == "が"
        and not last
        and not _ANSWERING.search(body)
    ):
        return None
    if particle in ("で", "に", "では") and text[m.end() : m.end() + 1] in ("、", ","):
        return None
    if (_LABEL.fullmatch(body) and sk[stop : stop + 1] == NUMBER) or _EXIST.match(body):
        return None
    ranked = body[:1] == REFUSED and RANKING.match(sentence.worded(body_at, body_at + 1))
    if (
        ranked
        or RANKING.match(body)
        or (particle in ("で", "に", "では") and not (_carries(body) or (bare and particle == "では")))
    ):
        return None
    length, answered = _extent(body)
    if (
        particle == "を"
        and not answered
        and not re.search(r"(?:に|へ)\S{0,8}(?:投資|費や|充て|支出|配分|使|割)", body[:length])
    ):
        return None
    item, quoted = _item(sentence, body_at, body_at + length, answered)
    if particle == "は" and re.match(rf"(?:{SINCE.pattern})(?:調査)?(?:より|から|比|と比べ|に比べ)", item):
        return None  # 28.6％は前回より12ポイント
    if particle == "しか" and re.fullmatch(r"(?:い)?(?:ない|ません|なかった|ありません|おらず)", item):
        return None  # 9.8%しかない: only
    if particle == "しか":
        item = _turned(item)
    about = _about(sentence, body_at, body_at + length) if answered else ""
    return Predicate(item, who, quoted, answered, body_at + length, particle == "を", about) if item else None


def _by_relative(sentence: Sentence, at: int, text: str) -> re.Match[str] | None:
    """41％の「ツールを導入している企業」が: people told by a clause."""
    m = _BY_RELATIVE.match(text)
    return m if m and is_relative(sentence.worded(at + m.start("who"), at + m.end("who"))) else None


def _carries(body: str) -> bool:
    """Behind で and に only a clear statement counts: 半数で「売上が向上」, 95%に組織が存在する."""
    return (
        body.startswith(QUOTE)
        or bool(re.match(r"[^、。]{1,24}が(?:存在|ある|あり|あっ|見られ|いる|い[たま])", body))
        or bool(re.match(r"[^、。]{3,30}(?:進む|増加|向上|減少|を実感|を実施|を導入|が進)", body))
    )


def _extent(body: str) -> tuple[int, bool]:
    """Length of the predicate in ``body`` and whether an answer verb closes it."""
    answer = _ANSWERING.search(body)
    body = re.split(r"[：:]", body, maxsplit=1)[0]
    turn = _TURN.search(body)
    if turn and (answer is None or turn.start() < answer.start()):
        return turn.start(), body[: turn.start()].endswith(QUOTE)
    commas = [i for i, c in enumerate(body) if c in "、,"]
    if answer and not any(sign in body[: answer.start()] for sign in (NUMBER, VALUES)):
        return answer.end(), True
    for i in commas:
        if re.search(r"(?:等|など|や|は|と|に|も|を|か|また|もしくは|または|あるいは)$", body[:i]):
            continue
        return i, False
    return len(body), False


def _item(sentence: Sentence, start: int, end: int, answered: bool) -> tuple[str, bool]:
    """The answer inside the predicate: its quotation when that is all, else the clause, tail cut."""
    text = sentence.skeleton[start:end]
    cut = _ANSWERING.search(text) if answered else None
    core = text[: cut.start()] if cut else text
    core = core.rstrip(f"、,。{ASIDE}")
    quotes = [i for i, c in enumerate(core) if c == QUOTE]
    if quotes:
        rest = core.replace(QUOTE, "").replace(VALUES, "")
        front = core[: quotes[0]]
        behind = core[quotes[-1] + 1 :]
        if re.fullmatch(r"(?:または|もしくは|あるいは|や|と|、|か|及び|および|の合計|合計|また)*", rest) or (
            not front
            and re.match(
                r"(?:と|を|で|$|、|だ(?:った|。|$)|し[てた]|する|した|こと(?:を|が)[^、]{0,8}(?:挙げ|あげ|選))",
                behind,
            )
            and len(quotes) == 1
        ):
            if len(quotes) == 1:
                return sentence.inner(start + quotes[0]), True
            return sentence.worded(start + quotes[0], start + quotes[-1] + 1), True
        if answered and behind == "" and re.search(r"(?:は|について|を|で|に|が|、)$", front):
            if len(quotes) > 1 and re.fullmatch(rf"[{QUOTE}やと、・]+", core[quotes[0] :]):
                return sentence.worded(start + quotes[0], start + quotes[-1] + 1), True
            return sentence.inner(start + quotes[-1]), True
    return clean_clause(sentence.worded(start, start + len(core)), answered), False


def _about(sentence: Sentence, start: int, end: int) -> str:
    """The thing that a quoted answer is of, in front of it."""
    m = re.match(
        rf"(?P<what>[^{QUOTE}、,がは]{{2,30}})(?:を|に|について(?:は)?){QUOTE}", sentence.skeleton[start:end]
    )
    return sentence.worded(start, start + m.end("what")) if m else ""


def clean_clause(text: str, answered: bool = False) -> str:
    """A stated clause as an answer: report tails cut, polite forms made plain, その and 特に dropped."""
    text = re.sub(r"[。、,]+$", "", text)
    text = re.sub(r"(?<=た)ことが(?:わか|分か|判明|明らか|うかがえ)[^、。]*$", "", text)
    shorter = _REPORT.sub("", text)
    if len(shorter) >= 2:
        text = shorter
    for pattern, plain in _POLITE:
        text = pattern.sub(plain, text)
    for _ in range(3):
        cut = _TAILS.sub("", text)
        if cut == text or len(cut) < 2:
            break
        text = cut
    for pattern, plain in _POLITE:
        text = pattern.sub(plain, text)
    thought = re.sub(r"と(?:考え|思|感じ|捉え|とらえ)(?:っ?てい(?:る|た|ます)|る|う|た|て)$", "", text)
    text = thought if len(thought) >= 5 and not thought.endswith("」") else text
    text = text if answered else _LIST_FRONT.sub("", text)
    return re.sub(r"^(?:その|これらの|既に|すでに)", "", text).strip()


def _turned(item: str) -> str:
    for pattern, plain in _NEGATED:
        turned = pattern.sub(plain, item)
        if turned != item:
            return turned
    return item

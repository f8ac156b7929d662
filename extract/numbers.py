"""「約2割」「47.6％」「半数」 -> value, unit, qualifier and where it stands in the text.

Reads what a number *says*; whether it is a result of the survey is for ``extract.prose`` to decide.
Numbers that cannot be results by their own form (dates, ages of who was asked, ordinals, versions,
phone numbers) come out with a ``refusal``, so that the reader of a sentence sees them and passes on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from extract.finding import Qualifier, Unit

# One character in, one character out, so that spans in the folded text are spans in the original.
_WIDE = {ord(c): unicodedata.normalize("NFKC", c) for c in "０１２３４５６７８９％．，＋／＝（）［］＄￥"}
# Signs that some fonts map to look-alikes of other scripts; one for one, so that positions stay.
PLAIN_SIGNS = {ord("∕"): "/", ord("⁄"): "/", ord("‧"): "・", ord("･"): "・"}
_WIDE |= PLAIN_SIGNS
_WIDE |= (
    {ord(c): "-" for c in "−‐‑–—－―"} | {ord(c): "~" for c in "～〜∼"} | {ord(c): " " for c in "\u3000\u00a0"}
)

# Most texts hold none of these, and to look is a seventh of the work of translating.
_WIDE_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _WIDE)))}]")
_UNPLAIN_SIGN = re.compile(f"[{''.join(map(chr, PLAIN_SIGNS))}]")

_KANJI_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_KANJI_TEN = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"万": 1e4, "億": 1e8, "兆": 1e12}

# Twelve digits hold any count; a bound keeps the patterns linear on strings of digits.
DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\s?\d{1,6})?"
_PLAIN = rf"(?:{DIGITS})"
_MIXED = rf"(?:(?:{_PLAIN}\s?[兆億万千百]\s?){{1,4}}{_PLAIN}?|{_PLAIN})"
_KANJI = r"[一二三四五六七八九十]+"

_LEAD = r"(?:約|およそ|おおよそ|概ね|おおむね|凡そ|ほぼ|およそ約|推計|少なくとも)\s?"
_TAIL = (
    r"(?:\s?(?:前後|程度|ほど|近く|近い|弱|強|以上|以下|未満|超え|超|余り|あまり|台半ば|半ば|台前半|台後半|台"
    r"|を(?:大きく|大幅に|わずかに|やや)?(?:超え(?:る"
    r"|た)?|上回(?:る|った)?|下回(?:る|った)?)|に満た[なず]|に迫|に届か[なず]|に届いていな))?"
)

_COUNTERS = (
    "人|名|社|件|組|店舗|店|世帯|校|団体|自治体|法人|事業所|施設|戸|台|個|本|枚|冊|品目|種類|か所"
    "|カ所|ヶ所|箇所"
    "|か国|カ国|ヶ国|回|通|票|票数|サンプル"
)
_DURATIONS = {
    "時間": "hour", "分間": "minute", "分": "minute", "日間": "day", "日": "day", "か月": "month",
    "ヶ月": "month", "カ月": "month", "ヵ月": "month", "ケ月": "month", "年間": "year", "年": "year",
}  # fmt: skip
_SUFFIX_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"(?:%|パーセント)\s?(?:ポイント|pt)|ポイント|ﾎﾟｲﾝﾄ|(?:pts?|pp)(?![A-Za-z])", "point"),
    (r"%|パーセント|％", "percent"),
    (r"倍", "ratio"),
    (r"円", "currency_jpy"),
    (r"米?ドル", "currency_usd"),
    (r"歳|才", "age"),
    (r"点(?!以上の企業)", "score"),
    (rf"(?:{_COUNTERS})", "count"),
    (
        r"時間|分間|日間|[かヶカヵケ]月間?|年間|年(?![度代版前後目月齢連以内])|分(?![のけか野析散布類割担])",
        "hour",
    ),  # told apart by _DURATIONS
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text states it.

    ``values`` is one (value, qualifier), or two for a range. ``start``/``end`` include the words of
    the qualifier (約, 以上). ``counter`` is the word behind a count (人, 社). ``refusal`` says why it
    cannot be a result. ``change``: the two values are before and after (12％から 15％に増加), no range.
    """

    start: int
    end: int
    values: tuple[tuple[float, Qualifier], ...]
    unit: Unit
    counter: str = ""
    refusal: str = ""
    change: bool = False


def fold_width(text: str) -> str:
    """Full-width digits and signs to plain ones; length and positions stay."""
    return text.translate(_WIDE) if _WIDE_SIGN.search(text) else text


def plain_signs(text: str) -> str:
    """Look-alike signs of other scripts as the usual ones; length and positions stay."""
    return text.translate(PLAIN_SIGNS) if _UNPLAIN_SIGN.search(text) else text


def kanji_number(text: str) -> float:
    """三十五 -> 35. Raises KeyError on other characters."""
    total, digit = 0, 0
    for c in text:
        if c in _KANJI_TEN:
            total += (digit or 1) * _KANJI_TEN[c]
            digit = 0
        else:
            digit = _KANJI_DIGIT[c]
    return float(total + digit)


def literal(text: str) -> float:
    """「52万5,507」 -> 525507.0; also plain digits and kanji numerals. Raises ValueError."""
    text = text.replace(" ", "").replace(",", "")
    if text and text[0] in "一二三四五六七八九十":
        return kanji_number(text)
    total, rest = 0.0, text
    for sign, factor in (("兆", 1e12), ("億", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)):
        head, found, tail = rest.partition(sign)
        if found:
            total += float(head or 1) * factor
            rest = tail
    total += float(rest) if rest else 0.0
    return round(total, 6)


def qualify(lead: str, tail: str, base: Qualifier = "exact") -> Qualifier:
    """What the words around a number make of it; the word behind outranks the word before."""
    tail = tail.strip()
    if tail.startswith(("以上", "超", "余", "あまり")) or re.search(
        r"(?:超えた?|超える|上回(?:る|った)?)$", tail
    ):
        return "at_least"
    if tail.startswith(("以下", "未満", "に満た", "に届か")) or re.search(r"下回(?:る|った)?$", tail):
        return "at_most"
    if tail in ("弱", "強", "近く", "近い", "半ば") or tail.startswith(("台", "に迫")):
        return "vague"
    if tail in ("前後", "程度", "ほど"):
        return "approx"
    if lead.strip() == "少なくとも":
        return "at_least"
    return "approx" if lead and base == "exact" else base


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_SIGN = r"(?:[▲△+-](?=[\d])|マイナス\s?|プラス\s?|±)?"
_NUMBER = rf"(?:{_MIXED})"
_WARI = _compile(
    rf"(?P<lead>{_LEAD})?(?P<low>{_PLAIN}|{_KANJI})(?:割)?\s?[~-]\s?(?P<high>{_PLAIN}"
    rf"|{_KANJI})\s?割(?P<tail>{_TAIL})"
    rf"|(?P<lead1>{_LEAD})?(?P<one>{_PLAIN}|[数]?{_KANJI})\s?割(?:\s?(?P<bu>[1-9一二三四五六七八九]"
    rf")\s?分)?(?P<half>半(?!ば))?(?P<tail1>{_TAIL})"
)
_HALF = _compile(
    rf"(?P<lead>{_LEAD})?(?P<over>過半数)(?P<tail0>{_TAIL})"
    rf"|(?P<lead1>{_LEAD})?(?P<half>半数|半分|半々)(?P<tail>{_TAIL})"
    rf"|(?P<lead2>{_LEAD})?過半(?!数)"
)
_ONE_IN = _compile(
    rf"(?P<lead>{_LEAD})?(?P<of>{_PLAIN}|{_KANJI})\s?(?:人"
    rf"|社|名|世帯|組|校|店|件)(?:中|のうち|に)\s?(?P<k>{_PLAIN}"
    rf"|{_KANJI})\s?(?:人|社|名|世帯|組|校|店|件)(?P<tail>{_TAIL})"
)
_FRACTION = _compile(
    rf"(?P<lead>{_LEAD})?(?:(?P<of>\d+|{_KANJI})\s?分の\s?(?P<k>\d+"
    rf"|{_KANJI})|(?P<k2>\d)\s?/\s?(?P<of2>\d)(?![\d/]))(?P<tail>{_TAIL})"
)
_DOUBLE = _compile(
    rf"(?P<lead>{_LEAD})?(?<![\d一二三四五六七八九十数何半])倍(?P<tail>以上|近く|強|弱)?(?![数率音返増])"
)
_MONEY_LEFT = _compile(
    rf"(?P<lead>{_LEAD})?(?P<sign>US)?\$\s?(?P<low>{_PLAIN})\s?(?P<lowk>[KMB](?![A-Za-z]))?(?:\s?[~-]"
    rf"\s?\$?\s?(?P<high>{_PLAIN})\s?(?P<highk>[KMB](?![A-Za-z]))?)?(?P<tail>{_TAIL})"
)


def _units() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _) in enumerate(_SUFFIX_UNITS))
    return _compile(
        rf"(?P<lead>{_LEAD})?(?P<sign>{_SIGN})(?P<low>{_NUMBER})"
        rf"(?:\s?(?P<mid>%|円|倍|人|名|社|件|点|歳|時間"
        rf"|ポイント)?\s?(?:~|-(?=\d)|から(?=\s?\d))\s?(?P<high>{_NUMBER})(?=\s?(?(mid)(?P=mid)"
        rf"|.)))?\s?(?:{alternatives})(?P<tail>{_TAIL})"
    )


_UNIT = _units()
_MOVED = _compile(
    r"(?:に|へ)(?=、)|(?:に|へ|まで)(?:と)?(?:約?[\d.]+\s?ポイント)?(?:大きく|大幅に|やや|わずかに|急)?(?:増|減|上昇|低下|拡大|縮小|改善|悪化"
    r"|伸|下が|上が|なり|なった|推移|変化|微)"
)

# 従業員数は99人以下が24.8％: the class has a share of its own.
_CLASS_SHARE = r"[^、。はが]{2,20}が(?:約|\s)?[\d.]+\s?[%％割]"
# Numbers that are no result by their own form. Order matters only for readability.
_REFUSED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", _compile(r"https?://[^\s、。）」]+|www\.[^\s、。）」]+|[\w.+-]+@[\w.-]+")),
    ("date", _compile(
        r"(?:19|20)\d\d\s?年(?:度|版|代|卒|入社|新卒)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:\s"
        r"?[（(][月火水木金土日祝・]+[)）])?)?"
        r"|(?:平成|令和|昭和)\s?(?:元|\d{1,2})\s?年(?:度|版)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?"
        r"|\d{1,2}\s?月\s?\d{1,2}\s?日|(?<!\d)\d{1,2}\s?月(?![間])"
        r"|(?:19|20)\d\d/\d{1,2}(?:/\d{1,2})?|(?:19|20)\d\d\.\d{1,2}\.\d{1,2}"
        r"|\d{2,4}\s?年度|(?:上|下)半期|\d{1,2}\s?:\s?\d\d")),
    ("phone", _compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|〒?\s?\d{3}-\d{4}(?!\d)")),
    ("ordinal", _compile(
        rf"第\s?(?:{_PLAIN}|{_KANJI})\s?(?:回|弾|位|部|章|版|期|四半期|1|次)?|(?:上位|下位|トップ"
        rf"|ベスト|TOP|Top)\s?(?:{_PLAIN}|{_KANJI})\s?(?:位|つ|項目|社|件|分の\s?\d|%|割)?"
        rf"|(?:{_PLAIN}|{_KANJI})\s?(?:位|番目|つ目|回目"
        rf"|年目|社目|人目|度目|等|番)|[QＱF図表問]\s?\d+(?:-\d+)?|No\.?\s?\d+|[①-⑳]|\(\d{{1,2}}\)")),
    ("eligibility", _compile(
        rf"(?:満\s?)?\d{{1,2}}\s?[歳才代]?\s?(?:~|から|-)\s?\d{{1,2}}\s?(?:歳代|[歳才代])(?:以上"
        rf"|以下|未満|まで)?|\d{{2}}\s?(?:歳代|代)(?:以上|以下|前半|後半)?|\d{{1,2}}\s?[歳才](?:以上"
        rf"|以下|未満)"
        rf"|(?:従業員|社員|職員|人員)(?:数|規模)?(?:が|は(?!{_CLASS_SHARE})|:|:)?\s?{_NUMBER}\s?(?:人|名)?(?:\s?(?:~"
        rf"|から)\s?{_NUMBER})?\s?(?:人|名)(?!\s?(?:に|中)\s?[\d一二三四五])(?:以上|以下"
        rf"|未満|超|規模)?(?:\s?{_NUMBER}\s?(?:人|名)(?:以上|以下|未満|超|規模))?"
        rf"|(?:資本金|年商|売上高?|年収|世帯年収)(?:が"
        rf"|は(?!{_CLASS_SHARE})|:|:)?\s?{_NUMBER}(?:\s?(?:~|から)\s?{_NUMBER})?\s?円(?:以上"
        rf"|以下|未満|超|規模|台)(?:\s?{_NUMBER}\s?円(?:以上|以下|未満|超|規模))?"
        rf"|{_NUMBER}\s?(?:人|名)(?:以上|以下|未満|超|規模)(?:\s?{_NUMBER}\s?(?:人|名)(?:以上|以下"
        rf"|未満|超|規模))?(?=の(?:企業|会社|事業|組織|法人)|規模|企業)"
        rf"|{_NUMBER}\s?(?:人|名)\s?~\s?{_NUMBER}\s?(?:人|名)(?:未満|以下)?")),
    ("version", _compile(
        r"(?:Ver\.?|v|バージョン)\s?\d+(?:\.\d+)*|[A-Za-z]+\s?\d+(?:\.\d+)*(?![\d.,]"
        r"|\s?(?:%|ポイント|pt|割|人|社|件|倍|点|円))|(?<![\d.])\d+\.\d+\.\d+"
    )),
    ("sample", _compile(
        rf"(?:[nN]\s?=\s?{_NUMBER}\s?(?:人|名|社|件|s)?"
        rf"|有効回答(?:数|者数)?\s?(?:は|:|:)?\s?{_NUMBER}\s?(?:人|名|社|件|サンプル|票)?)"
    )),
)  # fmt: skip


def _span(
    match: re.Match[str], values: tuple[tuple[float, Qualifier], ...], unit: Unit, counter: str = ""
) -> Quantity:
    return Quantity(match.start(), match.end(), values, unit, counter)


def _wari(m: re.Match[str]) -> Quantity | None:
    if m["one"]:
        if m["one"].startswith("数"):
            return None
        value = literal(m["one"]) * 10 + (literal(m["bu"]) if m["bu"] else 0) + (5 if m["half"] else 0)
        return _span(m, ((round(value, 4), qualify(m["lead1"] or "", m["tail1"])),), "percent")
    low, high = literal(m["low"]) * 10, literal(m["high"]) * 10
    return _span(m, ((low, "range_low"), (high, "range_high")), "percent")


def _half(m: re.Match[str]) -> Quantity | None:
    if m["half"]:
        qualifier = qualify("", m["tail"] or "", "vague")
        return _span(m, ((50.0, qualifier if qualifier in ("at_least", "at_most") else "vague"),), "percent")
    return _span(m, ((50.0, "at_least"),), "percent")


def _share(m: re.Match[str], of: str, k: str) -> Quantity | None:
    whole, part = literal(of), literal(k)
    if not 0 < part <= whole:
        return None
    return _span(m, ((round(100 * part / whole, 1), qualify("約", m["tail"] or "")),), "percent")


def _double(m: re.Match[str]) -> Quantity | None:
    tail = m["tail"] or ""
    return _span(
        m,
        ((2.0, "at_least" if tail == "以上" else "approx" if m["lead"] or tail == "近く" else "exact"),),
        "ratio",
    )


def _money_left(m: re.Match[str]) -> Quantity | None:
    scale = {"K": 1e3, "M": 1e6, "B": 1e9}
    low = literal(m["low"]) * scale.get(m["lowk"] or "", 1)
    if m["high"]:
        high = literal(m["high"]) * scale.get(m["highk"] or "", 1)
        return _span(m, ((low, "range_low"), (high, "range_high")), "currency_usd")
    return _span(m, ((low, qualify(m["lead"] or "", m["tail"] or "")),), "currency_usd")


def _with_unit(m: re.Match[str]) -> Quantity | None:
    index = next(i for i in range(len(_SUFFIX_UNITS)) if m[f"u{i}"])
    unit, counter = _SUFFIX_UNITS[index][1], m[f"u{index}"].strip()
    if unit == "hour":
        unit = _DURATIONS.get(counter.removesuffix("間") if counter != "時間" else counter, "hour")  # type: ignore[assignment]
    sign = -1.0 if m["sign"] in ("▲", "△", "-") or m["sign"].startswith("マイナス") else 1.0
    try:
        low = sign * literal(m["low"])
        if m["high"]:
            high_text = m["high"]
            high = literal(high_text)
            return Quantity(
                m.start(),
                m.end(),
                ((low, "range_low"), (high, "range_high")),
                unit,
                counter,
                change="から" in m[0] and bool(_MOVED.match(m.string, m.end())),
            )
    except ValueError:
        return None
    compared = low % 1 and m["tail"].strip().startswith("を")  # 66.5％を上回る compares, it hedges nothing
    return _span(m, ((low, "exact" if compared else qualify(m["lead"] or "", m["tail"])),), unit, counter)


def _share_pattern(m: re.Match[str]) -> Quantity | None:
    return _share(m, m["of"], m["k"])


def _fraction(m: re.Match[str]) -> Quantity | None:
    return _share(m, m["of"] or m["of2"], m["k"] or m["k2"])


_SCORE_NOUN = _compile(
    r"(?:スコア|中央値|平均値|平均点|得点|偏差値|NPS"
    r"|指数|DI)(?:は|が|で|を|も|:|である|は約|\s)*\s?(?P<value>[▲△+-]?\d(?:\s?\d)*(?:\.\d+)?)(?!"
    r"[\d.,]*(?:\s?[%割倍点円人社件名年月日歳代の]|\s?ポイント|\s?pt|\d|[A-Za-z]))"
    r"|(?<![\d.,])(?P<before>[▲△+-]?\d+(?:\.\d+)?)\s?NPS"
)


def _score(m: re.Match[str]) -> Quantity | None:
    group = "value" if m["value"] else "before"
    text = m[group]
    value = -literal(text[1:]) if text[0] in "▲△-" else literal(text.lstrip("+"))
    return Quantity(m.start(group), m.end(group), ((value, "exact"),), "score", counter="noun")


_READERS = (
    (_SCORE_NOUN, _score),
    (_ONE_IN, _share_pattern),
    (_FRACTION, _fraction),
    (_WARI, _wari),
    (_HALF, _half),
    (_MONEY_LEFT, _money_left),
    (_UNIT, _with_unit),
    (_DOUBLE, _double),
)


_PATTERN_OF = dict(_REFUSED)
# No reader and no refusal does without one of these.
_MAY_BE_NUMBER = _compile(r"[\d〇一二三四五六七八九十元半倍①-⑳@]|https?:|www\.")
_NO_NUMBER = _compile(r"\d{31,}")  # longer than any number: a bar code, a key, damage
_POINT = _compile(r"(?<=\d)・(?=\d\s?(?:%|ポイント))")  # 35・1％, as newspapers set it

# Signs without which a pattern cannot match: looking for one costs a hundredth of trying the pattern.
_SIGNS_OF: dict[re.Pattern[str], tuple[str, ...]] = {
    _ONE_IN: ("中", "のうち", "に"),
    _FRACTION: ("分の", "/"),
    _WARI: ("割",),
    _HALF: ("半",),
    _MONEY_LEFT: ("$",),
    _DOUBLE: ("倍",),
    _SCORE_NOUN: ("スコア", "中央値", "平均", "得点", "偏差値", "NPS", "指数", "DI"),
    _PATTERN_OF["url"]: ("http", "www.", "@"),
    _PATTERN_OF["phone"]: ("-",),
    _PATTERN_OF["date"]: ("年", "月", "/", ".", "期", ":"),
    _PATTERN_OF["eligibility"]: ("歳", "才", "代", "人", "名", "円", "従業員", "社員", "職員"),
    _PATTERN_OF["sample"]: ("n", "N", "有効回答"),
}


def _may_match(pattern: re.Pattern[str], folded: str) -> bool:
    signs = _SIGNS_OF.get(pattern)
    return signs is None or any(sign in folded for sign in signs)


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit in ``text``, left to right, without overlaps; refused ones marked.

    Where two readings overlap, the one that starts first wins, then the longer one, then refusals.
    """
    if not _MAY_BE_NUMBER.search(text):
        return ()
    folded = _POINT.sub(".", _NO_NUMBER.sub(lambda m: " " * len(m[0]), fold_width(text)))
    found: list[tuple[int, int, int, Quantity]] = []
    for reason, pattern in _REFUSED:
        if not _may_match(pattern, folded):
            continue
        for m in pattern.finditer(folded):
            found.append(
                (
                    m.start(),
                    -(m.end() - m.start()),
                    0,
                    Quantity(m.start(), m.end(), (), "count", refusal=reason),
                )
            )
    for pattern, reader in _READERS:
        if not _may_match(pattern, folded):
            continue
        for m in pattern.finditer(folded):
            quantity = reader(m)
            if quantity is not None:
                found.append((quantity.start, quantity.start - quantity.end, 1, quantity))
    out: list[Quantity] = []
    end = 0
    for start, _, _, quantity in sorted(found, key=lambda f: f[:3]):
        if start >= end:
            out.append(quantity)
            end = quantity.end
    return tuple(out)

"""What the labels of a survey outline stand for (調査期間, 有効回答数, Sample size), by how they are built.

Publishers combine a few words in many ways (調査実施時期, アンケート回収期間); so a label is recognised by
its last word and by what may stand before it, not by a list.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DONE = (
    r"(?:本|当該|今回の?)?(?:調査|実査|実施|回答|集計|回収|募集|アンケート|インタビュー|ヒアリング|"
    r"分析|収集|の|・){0,4}"
)
_WHO = r"(?:者|企業|会社|社|事業所|団体|世帯|店舗|施設)"
# Meaning, and the whole label; the first that fits. Numbers sent out and in hand are told apart.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("survey_name", r"(?:調査|アンケート)(?:の)?(?:名称?|タイトル|テーマ|題目|題名|件名)"),
    ("survey_name", r"survey (?:name|title)|study"),
    ("release", r"(?:発行|公開|発表|配信|掲載|リリース|公表)(?:日|年月日?|時期)?"),
    ("release", r"(?:publication|release) date|published"),
    ("url", r"(?:リリース|調査結果|レポート|掲載|参考)?url"),
    ("weighted", r"(?:ウェイト|ウエイト|ウェート)(?:バック)?(?:集計)?"),
    ("weighted", r"割付(?:方法)?|集計方法|補正(?:方法)?"),
    ("period", rf"{_DONE}(?:期間|時期|日時|日程|年月日?|実施日|調査日)|実施日|調査日"),
    ("period", r"(?:survey|fieldwork|field|data collection)?\s?(?:period|dates?)|fieldwork|when|conducted"),
    ("method", rf"{_DONE}(?:方法|手法|方式|形式|形態)"),
    ("method", r"(?:survey |data collection )?(?:method(?:ology)?|mode)|how"),
    ("region", rf"{_DONE}(?:対象)?(?:地域|エリア|地区|範囲|国)(?:・地域)?"),
    ("region", r"(?:survey )?(?:regions?|countries|country|geograph(?:y|ies)|coverage|area|location)"),
    ("sent", r"(?:配布|発送|送付|依頼|標本|対象)(?:数|件数|者数|社数|人数|票数|サイズ)"),
    ("sent", r"調査対象(?:数|件数|者数|社数)|母集団(?:数|サイズ)"),
    ("valid", r"有効(?:回答|回収|サンプル|票)(?:者|企業|社|件|票|サンプル)?(?:数|サイズ|件数|人数|状況)?"),
    ("valid", r"(?:valid|completed) (?:responses|answers|interviews|n)"),
    (
        "sample",
        rf"(?:総|全|本調査)?(?:回答|回収|サンプル|集計|調査|回答サンプル|調査対象|調査サンプル)"
        rf"(?:{_WHO}|件|票|サンプル)?(?:数|サイズ|人数|件数|社数)|n数?|(?:回収)?サンプル|(?:回収|回答)(?:状況|結果)",
    ),
    ("sample", r"(?:total )?(?:sample(?: size)?|base|responses)|number of (?:respondents|responses)"),
    (
        "population",
        rf"(?:調査|アンケート|回答|実施|ヒアリング)?(?:の)?(?:対象|対象{_WHO}|回答{_WHO}|母集団|客体)"
        rf"(?:の)?(?:条件|属性|者条件|範囲)?",
    ),
    ("population", r"(?:survey )?(?:respondents?|participants?|population|audience|targets?|who)"),
    (
        "publisher",
        r"(?:調査|実施|企画|発行|分析|集計|運営|委託|・){1,4}(?:主体|機関|会社|元|者|団体|事務局)|"
        r"調査実施|調査企画|発行|企画・?(?:実施|調査|分析|制作)|調査・(?:分析|集計)",
    ),
    ("publisher", r"(?:published|conducted|commissioned|run) by|publisher"),
)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)
_SIGNS = re.compile(
    r"^(?:[\s・■◆●◼◇▼▶○◯□※\-–—＊*•⚫◎◉▪【\[〔＜<《≪(（]|\d{1,2}[.．)）]\s*|[①-⑳ⅠⅡⅢⅣⅤ][.．]?\s*)+|[\s】\]〕＞>》≫)）：:]+$"
)
LONGEST = 20  # letters of a Japanese label
LONGEST_LATIN = 34


@lru_cache(maxsize=8192)  # asked of every line more than once, and of most lines of a report's pages again
def meaning(label: str) -> str:
    """The fact a label stands for, "" when it is none."""
    bare = unicodedata.normalize("NFKC", _SIGNS.sub("", label))
    latin = bare.isascii()
    bare = bare.strip() if latin else re.sub(r"\s", "", bare)
    if not bare or len(bare) > (LONGEST_LATIN if latin else LONGEST):
        return ""
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(bare)), "")

"""Facts of a survey said in sentences: …は、1,200名を対象に…調査を実施しました; among 2,145 people in ….

The outline block is read first; sentences fill in what it does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.numbers import fold_width
from extract.scene import Paragraph

_UNIT = r"(?:人|名|社|件|サンプル|世帯|団体|校|店舗?|組)"
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{2,})"
_ASKED = (
    r"(?:を対象|へ(?:の|アンケート)|に(?:対し|アンケート|調査|インタビュー|ヒアリング|インターネット|"
    r"ウェブ|Web|実施|聞|尋ね|質問))"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<who>[^、。「」]{{2,90}}?)の?[（(](?:計|合計|n\s?=\s?)?\s?{_NUMBER}\s?{_UNIT}?[)）]\s?{_ASKED}",
        rf"(?P<who>[^、。「」]{{2,90}}?)(?:の|、|計|合計)?{_NUMBER}\s?{_UNIT}(?:以上)?"
        rf"(?P<kind>の[^、。]{{1,30}}?)?{_ASKED}",
        r"(?P<who>[^、。「」]{4,90}?)(?P<n>)を対象(?:に|とした|として)",
    )
)
_ENGLISH = re.compile(
    r"(?:among|surveyed|polled|interviewed|responses from|answers from)\s+(?:a total of\s+)?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{2,})\s+(?P<who>[^.;,(]{3,90}?)(?=[.;,(]|\s+(?:between|from|in|on|during)\s+"
    r"(?:\d|January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|$)"
)
_SURVEY = re.compile(r"調査|アンケート|サーベイ|インタビュー|ヒアリング")
# What says when, before who was asked: 2022年11月に全国の….
_AFTER_DATE = re.compile(r"^.*\d\s?[年月日](?:度)?(?:に|から|まで|より|間|、|にかけて)+")
FIRST = 60  # paragraphs in which a report says whom it asked


def people_asked(paragraphs: Sequence[Paragraph]) -> tuple[str, int | None]:
    """Who was asked, and how many, from the first sentence that says so; "" and None where none does."""
    for sentence in sentences(paragraphs[:FIRST]):
        m = _ENGLISH.search(sentence)
        if m:
            return m["who"].strip(), int(m["n"].replace(",", ""))
        if not _SURVEY.search(sentence):
            continue
        for pattern in _PATTERNS:
            m = pattern.search(sentence)
            if m:
                who = m["who"] + (m.groupdict().get("kind") or "")
                return _AFTER_DATE.sub("", who).strip(" の、"), int(m["n"].replace(",", "")) if m[
                    "n"
                ] else None
    return "", None


def sentences(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (s for s in re.split(r"(?<=。)|\n", fold_width(paragraph.text)) if s.strip())

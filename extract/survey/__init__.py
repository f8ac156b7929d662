"""Running text -> who asked whom, when, how many.

the outline block (調査方法：…)  extract.survey.block, what its labels mean extract.survey.labels
sentences (…を対象に…)          extract.survey.stated
title, issuer, name, edition     extract.survey.names
dates                            extract.survey.dates
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.finding import PageReading, SurveyFacts
from extract.numbers import fold_width, literal
from extract.scene import Paragraph
from extract.sources import Origin
from extract.survey.block import block_facts
from extract.survey.dates import find_date, find_period
from extract.survey.names import (
    HEAD,
    find_edition,
    find_publisher,
    find_survey_name,
    find_title,
    name_of_title,
)  # fmt: skip
from extract.survey.stated import people_asked, sentences

LONGEST = 2000  # characters of a paragraph that may state a fact; more is no text

_COUNT = re.compile(
    r"(?<![\d第])(?:[nN]\s?=\s?)?(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\s?万\s?\d*(?:,\d{3})?)?)\s?(?:人"
    r"|名|社|件|サンプル|ss?|票|校|団体|世帯|店|組)?(?:以上)?(?![回期次年月日歳代])"
)
# A number called valid answers stands above any other: 配布数 5,000 有効回答数 1,846 回収率 36.9%.
_VALID = re.compile(
    r"有効(?:回答|回収|サンプル)(?:者|企業|票|件|社)?数?\s*(?:は|[：:])?\s*(?P<n>\d{1,3}(?:,\d{3})+|\d{2,})(?!\s?[%％.\d])"
    r"|回収率[^。（(]{0,10}[（(](?P<of>\d{1,3}(?:,\d{3})+|\d{2,})\s?[人件票社名]"
)
_COUNTED = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{2,})\s?(?P<unit>人"
    r"|名|社|件|サンプル|校|団体|世帯)(?P<more>以上)?(?:の(?:企業"
    r"|会社))?(?=を対象|に(?:対し|調査|アンケート"
    r"|聞)|が、?(?:この|本)?調査に(?:参加|協力)|から(?:回答|有効)|の?回答)"
)
_TRAILING = re.compile(
    r"[、,：:（(]?\s*(?:計|合計|全|各)?\s?(?:[nN]\s?=\s?)?(?P<n>\d{1,3}(?:,\d{3})+"
    r"|\d{2,})\s?(?:人|名|社|件|サンプル)?(?:以上)?\s*[)）]?\s*(?:[（(][^）)]*[)）])?\s*$"
)
LONGEST_SENTENCE = 200  # characters before its end in which a sentence says when
# A sentence that says when the survey was done.
_CONDUCTED = re.compile(
    r"(?:調査|アンケート|サーベイ)(?:を|は|が)?[^。]{0,80}(?:実施|行)(?:し|い|っ|わ)|"
    r"(?:実施|行)(?:し|っ)た[^。]{0,40}(?:調査|アンケート)|\bsurveyed\b|"
    r"\b(?:survey|poll|study)\b[^.]{0,80}\b(?:conducted|fielded|carried out|took place)\b",
    re.IGNORECASE,
)
_METHODS = re.compile(
    r"(?:インターネット|ウェブ|Web|WEB|郵送|電話|訪問"
    r"|面接|オンライン|ネット)[^\s、。（(]{0,10}(?:調査|アンケート)"
)
# Cells of a table that ran together (41220148.8%164) or stand side by side: no one number is the size.
_CELLS = re.compile(r"[\d.,\s]*%[\d.,%\s]*|\d[\d,]*(?:\s+\d[\d,]*)+")
_BLOCK_HEAD = re.compile(r"^[【■◆●◇<＜≪\s]*(?:本)?(?:調査|アンケート)(?:の)?(?:実施)?概要")


def read_survey(
    origin: Origin, pages: Sequence[PageReading], texts: Sequence[Sequence[Paragraph]]
) -> SurveyFacts:
    """The facts of the survey, empty where the document does not say."""
    texts = [[p for p in page if len(p.text) <= LONGEST] for page in texts]
    flat = [p for page in texts for p in page]
    block = block_facts([page.scene for page in pages], texts)
    title, largest = find_title(texts, origin.title)
    name = find_survey_name(flat, block.get("survey_name", []), _after_block_head(flat))
    head = " ".join(p.text for p in flat[:HEAD])
    edition, edition_year = find_edition([title, head, name])
    start, end = _period(block.get("period", []), flat)
    population, counted = _population(block.get("population", []))
    asked, said = people_asked(flat)
    size = _size([*block.get("valid", []), *block.get("sample", [])]) or counted or said or _counted(flat)
    size = _valid(flat) or size or _size(block.get("sent", []))
    population = population or asked
    year = edition_year or _year_of(name) or _year_of(title) or start[:4]
    return SurveyFacts(
        title=title,
        publisher=find_publisher(flat, _named(block.get("publisher", [])), origin.author),
        survey_name=name or name_of_title(largest or title),
        edition=edition or _year_of(title),
        year=year,
        fieldwork_start=start,
        fieldwork_end=end,
        method=_method(block.get("method", []), flat),
        region=_first(block.get("region", [])) or _where(population),
        population=population,
        sample_size=size,
        release_date=_release(block.get("release", []), flat),
        url=_url(origin, block.get("url", []), flat),
        weighted=_weighted(block.get("weighted", []), flat),
    )


def _where(population: str) -> str:
    """The region a population is said to live in: 国内の企業で…, 全国の20歳以上…."""
    m = re.match(
        r"^(?:\s|・)*(?P<region>全国|国内|日本全国|首都圏"
        r"|関東|関西|一都三県|[^\s、。の]{2,4}[都道府県])(?=の|在住|に|、)",
        population,
    )
    return m["region"] if m else ""


def _first(values: Sequence[str]) -> str:
    return values[0].strip() if values else ""


def _named(values: Sequence[str]) -> list[str]:
    """Without 自社調査, which names nobody."""
    return [v for v in values if not re.match(r"^(?:自社|当社|弊社)", v)]


def _after_block_head(flat: Sequence[Paragraph]) -> str:
    """The quoted name right under the head of the outline block."""
    for i, p in enumerate(flat[:-1]):
        if _BLOCK_HEAD.match(p.text):
            m = re.match(r"^\s*[「『](.+?)[」』]\s*$", flat[i + 1].text)
            if m:
                return m[1].strip()
    return ""


def _period(values: Sequence[str], flat: Sequence[Paragraph]) -> tuple[str, str]:
    for value in values:
        start, end = find_period(value)
        if start:
            return start, end
    whole = re.split(r"(?<=。)", fold_width("".join(p.text for p in flat)))  # a page may part a sentence
    for sentence in [*sentences(flat), *whole]:
        done = _CONDUCTED.search(sentence)
        start, end = find_period(sentence[-LONGEST_SENTENCE:]) if done else ("", "")
        if start:
            return start, end
    return "", ""


def _population(values: Sequence[str]) -> tuple[str, int | None]:
    """Who was asked, without the number at its end; and that number."""
    for value in values:
        value = re.sub(r"\s+", " ", value).strip()
        m = _TRAILING.search(fold_width(value))
        if m and m.start() > 2:
            return value[: m.start()].rstrip("：:、, "), int(m["n"].replace(",", ""))
        if len(value) > 2:
            return value, None
    return "", None


def _size(values: Sequence[str]) -> int | None:
    for value in values:
        folded = fold_width(value).strip()
        m = _COUNT.search(folded)
        if m and not _CELLS.fullmatch(folded):
            return int(literal(m["n"]))
    return None


def _valid(flat: Sequence[Paragraph]) -> int | None:
    """The number of valid answers where a line lists several numbers."""
    for p in flat:
        folded = fold_width(p.text)
        if re.search(r"配布|発送|回収率|標本", folded) and (m := _VALID.search(folded)):
            return int(literal(m["n"] or m["of"]))
    return None


def _counted(flat: Sequence[Paragraph]) -> int | None:
    """「1,000人を対象に」 in the running text."""
    for p in flat:
        m = _COUNTED.search(fold_width(p.text))
        if m:
            return int(literal(m["n"]))
    return None


def _year_of(text: str) -> str:
    m = re.search(r"20\d\d", fold_width(text))
    return m[0] if m else ""


def _method(values: Sequence[str], flat: Sequence[Paragraph]) -> str:
    short = [v.strip() for v in values if len(v) <= 80 and "。" not in v]
    if short:
        return short[0]
    found = (m[0] for p in flat if (m := _METHODS.search(p.text)))
    return next((text for text in found if not re.search(r"に関する|についての", text)), "")


def _release(values: Sequence[str], flat: Sequence[Paragraph]) -> str:
    """The date that stands alone at the head, else the one the imprint names."""
    for p in flat[:HEAD]:
        if (
            len(p.text.strip()) <= 40
            and (date := find_date(p.text))
            and re.match(r"^\s*(?:19|20|令和|平成|２０)", p.text)
            and not re.search(r"[~～〜]|から|まで|期間", p.text)
        ):
            return date
    return next((d for v in values if (d := find_date(v))), "")


def _url(origin: Origin, values: Sequence[str], flat: Sequence[Paragraph]) -> str:
    """The address the file or the text gives for this report."""
    if origin.url:
        return origin.url
    for value in values:
        m = re.search(r"https?://[^\s、。）)」]+", value)
        if m:
            return m[0]
    tail = [p.text.strip() for p in flat[-2:]]
    alone = [t for t in tail if re.fullmatch(r"https?://\S+", t)]
    return alone[0] if len(alone) == 1 and tail[-1] == alone[0] else ""


def _weighted(values: Sequence[str], flat: Sequence[Paragraph]) -> str:
    if any("ウェイト" in v or "ウエイト" in v for v in values):
        return "yes"
    return "yes" if any(re.search(r"ウ[ェエ]イトバック(?:集計)?(?:を|に|済)", p.text) for p in flat) else ""

"""Title, publisher, name and edition of the survey, from the head of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.layout import running_heads
from extract.scene import Paragraph

HEAD = 14  # paragraphs at the head of a document among which its title and its issuer stand

CLOSE = 2.0  # in line heights: white between the lines of one title

_FORMS = (
    "株式会社|有限会社|合同会社|一般社団法人|一般財団法人"
    "|公益社団法人|公益財団法人|独立行政法人|国立研究開発法人"
    "|特定非営利活動法人|NPO法人|学校法人|協同組合"
)
_COMPANY = re.compile(
    rf"(?:(?:{_FORMS})\\s?[^\\s（(「、。は／/]{{1,30}}"
    rf"|[^\\s（(「」、。は／/：:～~]{{1,30}}?(?:株式会社|有限会社|合同会社))"
)
_OFFICE = re.compile(r"[（(]\s?(?:本社|所在地|本部|東京本社|代表)")
_ALONE = re.compile(
    rf"^\s*(?P<name>(?:(?:{_FORMS})\s?[^\s（(「、。：:]{{1,40}}"
    rf"|[^\s（(「、。：:]{{1,40}}(?:株式会社|有限会社|合同会社)))\s*$"
)
# An office that stands alone at the head, by the word its name ends in.
_OFFICE_ALONE = re.compile(
    r"^\s*(?P<name>[^\s、。：:（(「」0-9０-９のはがを]{2,24}(?:協会|連合会|連盟|協議会|商工会議所|研究所|総研|研究会|機構|"
    r"委員会|事務局|大学|省|庁|(?<![都市])市|県|公庫|財団|組合))\s*$"
)
# Who speaks: 株式会社〇〇（本社：…）は、…
_SPEAKER = re.compile(
    rf"^(?:このたび|今般)?、?(?P<name>(?:{_FORMS})\s?[^\s（(「、。：:はが]{{1,30}}"
    rf"|[^\s（(「」、。：:は]{{1,30}}(?:株式会社|有限会社|合同会社))(?:[（(][^)）]*[)）])?は、"
)
# Who did it, in the middle of a sentence: 本調査は、一般社団法人〇〇が…実施.
_DOER = re.compile(
    rf"(?:^|[、は])(?P<name>(?:{_FORMS})\s?[^\s（(「、。：:はが]{{1,30}}|[^\s（(「」、。：:は]{{1,30}}(?:株式会社|有限会社))"
    r"が[^。]{0,80}(?:実施|調査|行)"
)
_BY = re.compile(r"(?:Published|Conducted|Commissioned|A report) by (?P<name>[A-Z][^,.;\n]{2,60})")
_BESIDE = re.compile(
    r"^.*[＞>›»]\s*|^\s*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*"
    r"|^報道関係(?:者)?各位\s*|\s*[（(](?:東証|コード"
    r"|証券|本社)[^）)]*[)）]\s*$|\s+(?:19|20)\d\d年.*$"
)
_QUOTED_SURVEY = re.compile(
    r"[「『](?P<name>[^「」『』]{3,60}?(?:調査|アンケート"
    r"|サーベイ|白書|レポート|リサーチ)(?:[^「」『』]{0,12})?)[」』](?:の?[^「」。]{0,14})?(?:を"
    r"|について)[^。]{0,20}?(?:実施|行|まとめ|公開|発表|公表|お知らせ)"
)
_PLAIN_SURVEY = re.compile(
    r"(?P<name>[^、。「」\s]{2,40}に関する(?:意識"
    r"|実態|動向|利用|市場|意向)*(?:調査|アンケート))(?:\s?(?:20\d\d年?(?:度)?))?を[^。]{0,12}(?:"
    r"実施|行)"
)
_SUBTITLE = re.compile(r"^\s*[～~〜―—].+[～~〜―—]\s*$")
_EDITION = re.compile(
    r"(?:(?P<year>20\d\d)\s?年?(?:度)?(?:版)?\s?(?:の)?)?第\s?[一二三四五六七八九十\d]+\s?[弾回部版期次]"
    r"(?!目)"
)
_YEAR_VERSION = re.compile(r"(?P<year>20\d\d)\s?年?度?版")
_NO_TITLE = re.compile(
    r"^(?:\s*(?:(?:19|20)\d\d\s?年\s?\d{1,2}\s?月.*|報道関係.*|各位|プレスリリース|PRESS ?RELEASE"
    r"|NEWS ?RELEASE|ニュースリリース|News.*|お知らせ)\s*|https?:.*|[（(].*[)）])$",
    re.I,
)
_TOOL_TITLE = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel)\s?-|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|ai|html?)$|無題"
    r"|Untitled|名称未設定|スライド|PowerPoint プレゼンテーション|[\w-]{1,12}$)",
    re.I,
)
_NAMES_SURVEY = re.compile(r"調査|アンケート|白書|レポート|サーベイ")
# Lines of a cover that name no report: the number of a chapter or section, the label of an attachment.
_CHAPTER = re.compile(r"^\s*第\s?[\d０-９一二三四五六七八九十]+\s?[章部節編]\s*$")
_BARE_NUMBER = re.compile(r"^\s*[\d０-９Ⅰ-Ⅹ]{1,2}[.．]?\s*$")
_ATTACHED = re.compile(r"^\s*[【（(]?(?:別紙|別添|資料|参考|参考資料|添付)\s*[\d０-９-]*[】）)]?\s*$")
# Heads of sections, in brackets, behind a sign, or called an outline.
_SECTION = re.compile(r"^\s*(?:【[^】]*】|＜[^＞]*＞|[■◆●◇▼▶].*|.{0,6}(?:調査)?概要)\s*$")
# What follows the name of a survey in the title of its report.
_REPORT = re.compile(r"\s*(?:結果|集計|調査結果)?(?:の)?(?:報告書?|概要|速報|まとめ|について|レポート|発表)$")
_GENRE = re.compile(r"^.{0,20}(?:調査|レポート|リリース|白書|アンケート)$")


def find_title(pages: Sequence[Sequence[Paragraph]], given: str) -> tuple[str, str]:
    """The document's own title line with its subtitle, else what the file says it is called; and the
    part of it set largest, which names a report that has no other name.

    A subtitle in ～…～ belongs to a press release's title where the lines above do not name the survey.
    """
    flat = [p for page in pages[:2] for p in page]
    for i, p in enumerate(flat):
        if _SUBTITLE.match(p.text) and len(p.text) > 8:
            lines = _before(flat, i)
            if lines:
                title = " ".join(lines)
                return (title if _NAMES_SURVEY.search(title) else f"{title} {p.text.strip()}"), ""
    cover = _numbered_first(_largest(pages[0] if pages else ()))
    numbered = bool(cover) and _BARE_NUMBER.match(cover[0]) is not None
    if cover and not (numbered and given and not _TOOL_TITLE.match(given)):
        title = " ".join(cover)
        return title, title if _CHAPTER.match(cover[0]) else cover[0]
    if given and not _TOOL_TITLE.match(given):
        return _without_site(given), ""
    repeated = _repeated(pages)
    if repeated:
        return repeated, repeated
    first = [
        p.text.strip()
        for p in flat[:HEAD]
        if 8 <= len(p.text.strip()) <= 160
        and not _NO_TITLE.match(p.text.strip())
        and not _ALONE.match(p.text)
    ]
    return next((t for t in first if not t.endswith("。")), ""), ""


def _before(flat: Sequence[Paragraph], at: int) -> list[str]:
    """The title lines right before a subtitle: short, no full stop, not the name of a genre or an office."""
    out: list[str] = []
    for p in reversed(flat[max(0, at - 4) : at]):
        text = p.text.strip()
        if (
            not 6 <= len(text) <= 90
            or re.search(r"[。：:]$|^https?:", text)
            or _NO_TITLE.match(text)
            or _ALONE.match(text)
        ):
            break
        if out and _GENRE.match(text):
            break
        out.insert(0, text)
    return out


def _largest(page: Sequence[Paragraph]) -> list[str]:
    """The headings of the first page set largest, with those that follow close below."""
    tops = [
        p
        for p in page[:HEAD]
        if p.kind == "heading"
        and p.level in (1, 2)
        and not _SECTION.match(p.text)
        and not _NO_TITLE.match(p.text.strip())
        and not _ALONE.match(p.text)
    ]
    if not tops:
        return []
    level = min(p.level for p in tops)
    top = next(p for p in tops if p.level == level)
    lines, last = [top.text.strip()], top
    for p in page[page.index(top) + 1 :][:2]:
        near = (
            not (p.boxes and last.boxes) or p.boxes[0].y0 - last.boxes[-1].y1 <= CLOSE * last.boxes[-1].height
        )
        if p.kind != "heading" or p.level > 2 or not near:
            break
        lines.append(p.text.strip())
        last = p
    return lines if len(" ".join(lines)) >= 8 else []


def _numbered_first(lines: Sequence[str]) -> list[str]:
    """The lines of a cover without labels of attachments and stray numbers, the number of a chapter first."""
    kept = [line for line in lines if not _ATTACHED.match(line)]
    numbers = [line for line in kept if _CHAPTER.match(line)]
    words = [line for line in kept if not _CHAPTER.match(line)]
    bare = [line for line in words if _BARE_NUMBER.match(line)]
    named = [line for line in words if line not in bare]
    first = numbers or (bare if words[:1] == bare[:1] else [])
    return [*first, *named] if named else []


def _repeated(pages: Sequence[Sequence[Paragraph]]) -> str:
    """A running head of several words names the report where nothing else does."""
    if len(pages) == 1:
        flat = pages[0]
        counts: dict[str, int] = {}
        for p in flat:
            text = p.text.strip()
            if (
                12 <= len(text) <= 80
                and re.search(r"20\d\d", text)
                and not re.search(r"https?:|[。%％]", text)
            ):
                counts[text] = counts.get(text, 0) + 1
        best = max(counts, key=lambda t: counts[t], default="")
        return best if best and counts[best] >= 2 else ""
    heads = running_heads(pages)
    for page in pages:
        for p in page:
            if (
                re.sub(r"[\d\s０-９]+", "", p.text) in heads
                and len(p.text) >= 12
                and not re.search(r"https?:", p.text)
            ):
                return p.text.strip()
    return ""


def _without_site(title: str) -> str:
    """「題名 | サイト名」 -> 題名; PR sites append the issuer and their own name."""
    parts = re.split(r"\s[|｜]\s|\s-\s(?=\S+$)", title)
    return parts[0].strip()


def find_publisher(paragraphs: Sequence[Paragraph], block: Sequence[str], author: str) -> str:
    """Who issues the report: a name alone at its head, one with its office, the block's, the file's."""
    for p in paragraphs[:HEAD]:
        m = _ALONE.match(_BESIDE.sub("", p.text))
        if m and len(p.text) < 60:
            return m["name"].strip()
    for p in paragraphs:
        m = _OFFICE.search(p.text)
        if m:
            names = _COMPANY.findall(p.text[: m.start()])
            if names:
                return _last_name(p.text[: m.start()])
    if block:
        return block[0]
    if author:
        return re.sub(r"のプレスリリース$", "", author)
    alone = (m["name"] for p in paragraphs[:HEAD] if (m := _OFFICE_ALONE.match(p.text)))
    spoken = (
        m["name"]
        for p in paragraphs[:HEAD]
        if (m := _SPEAKER.match(p.text) or _BY.search(p.text) or _DOER.search(p.text))
    )
    named = next(alone, "") or next(spoken, "")
    if named:
        return named.strip()
    text = "\n".join(p.text for p in paragraphs)
    doer = re.search(
        r"(?P<who>[A-Za-z][A-Za-z .&-]{2,30}|[ァ-ヶー]{3,20}"
        r"|[^\s、。はとが]{2,30}(?:協会|機構|研究所"
        r"|総研|省|庁|委員会|大学))は、?(?:[^。]{0,30}に)?(?:この"
        r"|本|今回の)?[^。、]{0,20}調査を(?:行|実施)",
        text,
    )
    return doer["who"].strip() if doer else ""


def _last_name(before: str) -> str:
    """「AグループのB株式会社（本社」 -> B株式会社."""
    name = re.split(r"[、。\s]|(?<=グループ)の|(?<=する)(?=\S*(?:会社|法人))|[」』]", before.strip())
    return next((n for n in reversed(name) if n), "").strip("「『")


def find_survey_name(paragraphs: Sequence[Paragraph], block: Sequence[str], outline_name: str) -> str:
    """The survey's name: quoted where it is announced, stated in the outline block, or in plain words."""
    for p in paragraphs[:30]:
        m = _QUOTED_SURVEY.search(p.text)
        if m:
            return m["name"].strip()
    if block:
        return block[0].strip("「」『』 ")
    if outline_name:
        return outline_name
    for p in paragraphs[:30]:
        m = _PLAIN_SURVEY.search(p.text)
        if m:
            return m["name"].strip()
    return ""


HEAD_TEXT = 1  # which of the texts for the edition is running text


def name_of_title(title: str) -> str:
    """The survey a report's title names, without what makes it a report (結果報告書)."""
    bare = _REPORT.sub("", title)
    return bare if bare != title and re.search(r"(?:調査|アンケート|サーベイ)\S{0,8}$", bare) else title


def find_edition(texts: Sequence[str]) -> tuple[str, str]:
    """The edition as worded (2025年版第六弾) and its year, from title, head and name of the survey."""
    fallback = ""
    for at, text in enumerate(texts):
        for m in _EDITION.finditer(text):
            if at == HEAD_TEXT and not m["year"] and m[0][-1] in "部期次":
                continue  # in running text 第１次 counts something else
            if m["year"]:
                return m[0].replace("の第", "第").strip(), m["year"]
            fallback = fallback or m[0].strip()
        m2 = _YEAR_VERSION.search(text)
        if m2 and not fallback:
            fallback = m2[0].strip()
    year = re.search(r"20\d\d", fallback)
    return fallback, year[0] if year else ""

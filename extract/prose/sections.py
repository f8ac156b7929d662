"""What a paragraph is for the reader of sentences: heading, prior release, boilerplate, chart residue."""

from __future__ import annotations

import re

from extract.prose.sentence import NUMBER, read_sentence
from extract.scene import Paragraph, Scene

MAX_HEADING = 60  # characters; longer lines without a full stop are running text cut short

_PRIOR = re.compile(
    r"(?:これまで|過去|前回|以前)の.{0,12}(?:調査)?(?:結果|リリース|発表)"
    r"|関連(?:リリース|調査)|【第[一二三四五六七八九十\d]+[弾回]】"
)
_SURVEY_BLOCK = re.compile(
    r"^[【■◆●<＜《\[〔≪◇▼]*\s*(?:本)?(?:調査|アンケート|実施|サーベイ)(?:の)?(?:実施)?"
    r"(?:概要|要領|方法|設計|対象|期間|名)"
)
_COMPANY = re.compile(
    r"^[【■◆●◼<＜《\[〔≪◇▼\s]*(?:.{0,40}(?:株式会社|会社|社団法人|財団法人|法人|グループ|協会|機構|研究所)"
    r"\S{0,20}(?:について|とは|概要)(?:\s?[（(].*)?|.{2,40}(?:とは|について)\s?[（(]http.*|会社概要|企業情報"
    r"|.*お問い?合わ?せ(?:先)?.*|運営会社|参考|＜参考＞|<参考>|出典|注釈"
    r"|.*(?:代表取締役|所在地|設立|資本金)[：:].*)[】＞>\]〕》≫]*$"
)
_NO_HEADING = re.compile(
    r"^[・\-※~～〜―（(]|^.{1,12}[：:]|株式会社|https?:|関係各位|^(?:19|20)\d\d\s?年"
    r"|(?:ます|ました|です|でした|ません|して|[はがをにで、])$|^[ぁ-ん]{1,5}$|^[a-z][a-z-]*$|^[\W\d]*$"
)
HEADING_SIGN = re.compile(r"^(?:[【■◆●◼◇▼★☆⚫①-⑳\s]|[\d.]+(?![\d.]*\s?[%％割人社名倍年]))*")
_BY_KIND = re.compile(r"[【〔＜<《\[■●◆・\s]*[^、。「」\s]{1,14}別[】〕＞>》\]\s]*")
_NEW_SECTION = re.compile(r"^[■◆●◼◇▼]")
_ASKING = re.compile(r"^[■◆●◇▼・\s]*(?:[QＱ]\s?[\d.．:：]|問\s?\d|設問)")
_RESIDUE = re.compile(
    r"[^がはもでに：:「」『』（()）約のとか超\s\d.,▲]\s*[;；]?\s*[▲\d.,]+\s?[%％](?:\s*[▲\d.,]+\s?[%％])*\s*$"
)
_RANKED = re.compile(r"(?:第?\s?\d{1,2}\s?位|[①-⑳])")  # a list of the first places is told, not drawn


def is_prior(line: str) -> bool:
    """Whether the line heads or names results of another release."""
    return bool(_PRIOR.search(line[:30])) and is_short(line)


def is_short(line: str) -> bool:
    return len(line) <= MAX_HEADING and not re.search(r"[。！!]$", line)


def asks(line: str) -> bool:
    """「Q3. …ですか。」: a line that is a question of the questionnaire."""
    return bool(_ASKING.match(line)) and not has_result(line)


def asks_alone(piece: str) -> bool:
    """A question of the questionnaire that stands before its answers in the same line."""
    return bool(_ASKING.match(piece.strip())) and bool(re.search(r"(?:か|は)[？?。]?$", piece.strip()))


def is_heading(paragraph: Paragraph, scene: Scene) -> bool:
    """Set as a heading; or, where the source knows no type sizes, a short line without results."""
    line = paragraph.text.strip()
    if paragraph.kind == "heading" or asks(line):
        return True
    plain = not scene.words or bool(_NEW_SECTION.match(line))
    return plain and paragraph.kind == "body" and is_short(line) and not has_result(line)


def is_boilerplate(line: str) -> bool:
    """A heading under which no results follow: the outline of the survey, the company, contacts."""
    return bool(_SURVEY_BLOCK.match(line) or _COMPANY.match(line)) and not line.endswith("こちら")


def says_nothing(line: str) -> bool:
    """A heading-like line that is none: an address, a date, a label, a line cut off."""
    return bool(_NO_HEADING.search(line)) and not asks(line)


def parts(line: str) -> bool:
    """「【地域別】」: the question goes on, by its parts."""
    return bool(_BY_KIND.fullmatch(line))


def is_legend(heading: str) -> bool:
    """A line that names groups with their sample sizes is a chart's legend, not what was asked."""
    return len(re.findall(r"[nN]\s?[=＝]", heading)) > 1


def opens_section(line: str) -> bool:
    return bool(_NEW_SECTION.match(line))


def is_residue(paragraph: Paragraph, scene: Scene) -> bool:
    """A label and its value left over from a chart on a page with geometry: 「その他 0.4%」."""
    line = paragraph.text.strip()
    if (
        not scene.words
        or paragraph.kind not in ("body", "heading")
        or len(line) > MAX_HEADING
        or "。" in line
    ):
        return False
    return bool(_RESIDUE.search(line)) and not _RANKED.match(line)


def has_result(text: str) -> bool:
    """Whether a share, difference or multiple is stated, be it inside quotation marks."""
    opened = re.sub(r"[「」『』“”()（）【】]", " ", text)
    return NUMBER in read_sentence(opened, 0, len(opened)).skeleton

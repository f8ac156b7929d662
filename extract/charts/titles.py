"""The question a chart answers: its in-chart title, the heading above it, or the file's own title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from extract.charts.bases import BASE, BRACKETS, split_population
from extract.charts.labels import SCALE, SUFFIX, parse_value
from extract.charts.wave import is_period
from extract.charts.wording import join
from extract.finding import QuestionType
from extract.scene import Box, Scene, hull

# A title stands at most this many em (of the chart's text) above what it is the title of; headings
# of reports leave up to a legend's height and an axis between.
REACH = 14.0
# A line that is set like the chart's labels is its title only this near.
PLAIN_REACH = 5.0
# A title set like the labels is centred over the chart within this share of its width, and the next
# heading stands at least this many em above it.
CENTRED = 0.08
HEADING_AWAY = 2.0
# A heading shared by small multiples stands this many em above the first of them.
SHARED_REACH = 6.0
# Lines of one title follow each other within this many em and have one size within this share.
LINE_GAP = 1.1
SAME_SIZE = 0.06
# A line at least this much larger than the chart's text is set as a heading.
LARGER = 1.12
# The number of a figure makes a heading in type of any size: 「図2-3 相談できる相手の有無」.
NUMBERED = re.compile(r"(?:図表?|グラフ|Fig(?:ure|\.)?)\s*[\dⅠ-Ⅹ][\d\-–―.()]*\W*\w{2}")
# A question as numbered in the questionnaire, and not only its number.
ASKING = re.compile(r"[【\[(<＜]?(?:Q|問|設問)\s?\d+(?:[-–の]\d+)?\s*[】\])>＞.:、。\s]*\S.{7,}")
# Running text: this many lines of one size in a row, or a line that ends a sentence.
SENTENCE_END = re.compile(r"[。．]$|[。].")
QUESTION_END = re.compile(r"(?:か|ください|下さい|答え|選択)\s*$")
LONG_BLOCK = 5
# Title words that carry no wording: bare units and bases.
UNIT_ONLY = re.compile(rf"[(\[]*(?:単位[:\s]*)?(?:{SCALE})?(?:{SUFFIX})?[)\]]*")
# Notes and sources stand around charts and are about them, not their titles.
NOTE = re.compile(r"※|\*\s?\S|[(]?注\d*[)]|注\s?\d*\s?[:.]|[(]?(?:資料|出所|出典|備考)\s?[:)]")
MULTIPLE = re.compile(
    r"複数(?:回答|選択)|(?:当|あ)てはまるもの(?:を)?(?:すべて|全て)|いくつでも|すべて選択"
    r"|\bMA\b|select all|multiple (?:answer|choice|response)",
    re.IGNORECASE,
)
SINGLE = re.compile(
    r"単一(?:回答|選択)|ひとつ(?:だけ)?選|1つ(?:だけ)?選|択一|\bSA\b|select one|single (?:answer|choice)",
    re.IGNORECASE,
)
# The kind of answer by itself, and whom a sample size is said of when that is everyone there is.
KIND = re.compile(rf"各?(?:項目|設問|問)?(?:{MULTIPLE.pattern}|{SINGLE.pattern})可?形?式?", re.IGNORECASE)
EACH = re.compile(
    r"(?:各(?:項目|設問)?|抜粋|\d{1,3}点満点|[降昇]順|[左右縦横]軸.{0,12}|単位|上位\d{1,2}(?:項目|位)?|無回答を?除く"
    r"|(?:(?:回答|選択)は)?(?:\d|[一二三四五])つまで(?:回答|選択)?"
    r"|(?:回答者)?全体|全回答者|全員|各[年回層群]|いずれも|それぞれ|(?:各|男女)\w{0,5}?[\d,]+[人名社件](?:ずつ)?)?"
)
IN_BRACKETS = re.compile(r"[【〔＜<〈《\[［](?P<name>.{1,12})[】〕＞>〉》\]］]")
GROUP_NAME = re.compile(
    r"全体|男性?|女性?|(?:男性|女性)?\d{1,2}(?:代|歳[^%]*)|.{1,8}層|正社員|非?管理職|個人|法人|大企業|中小企業"
)
# A breakdown is about the group it breaks down: 「未導入企業の内訳」.
BREAKDOWN = re.compile(r"(?P<of>.{2,30})の内訳(?:[(（].*)?")
# ... unless it breaks down what is no group: 「契約形態の内訳」, 「売上の内訳」.
NO_GROUP = re.compile(
    r"(?:形態|種[類別]|区分|内容|理由|手段|方法|構成|コスト|予算|収入|支出|売上高?|利益|人件費|[費額数量率]|金額|時間"
    r"|規模|状況|体制|業務|作業|回答|割合|比率|[業職]種|年[代齢]|性別|役職|地域|部[門署]|対象者?の?属性|属性)$"
)
ASKED = re.compile(
    r"(?P<who>.{2,30}?)\s*[:|]\s*(?:参加者|受講者)?アンケート(?:調査)?(?:の?結果|集計|より|から)?$"
)
# Two wordings of one title: the file's own clean title replaces the one read off the page.
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words side by side on one line, of one size."""

    text: str
    box: Box
    size: float
    bold: bool
    color: str
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The question as worded, the words it is made of, and the sample size and group stated in it."""

    text: str
    words: tuple[int, ...] = ()
    base_n: int | None = None
    group: str = ""
    box: Box | None = None


def text_lines(scene: Scene, words: Iterable[int]) -> list[TextLine]:
    """Lines of the page from top to bottom; a gap of more than 1.6 em or another size parts a line."""
    rows: list[list[int]] = []
    for w in sorted(words, key=lambda w: (scene.words[w].box.cy, scene.words[w].box.x0)):
        word = scene.words[w]
        for row in rows[-4:]:
            last = scene.words[row[0]]
            if abs(last.box.cy - word.box.cy) < 0.4 * min(last.box.height, word.box.height):
                row.append(w)
                break
        else:
            rows.append([w])
    lines = []
    for row in rows:
        ordered = sorted(row, key=lambda w: scene.words[w].box.x0)
        run = [ordered[0]]
        for before, after in pairwise(ordered):
            a, b = scene.words[before], scene.words[after]
            if b.box.x0 - a.box.x1 > 1.6 * a.size or abs(a.size - b.size) > 0.15 * a.size:
                lines.append(_line(scene, run))
                run = []
            run.append(after)
        lines.append(_line(scene, run))
    return sorted(lines, key=lambda line: line.box.y0)


def find_title(
    lines: Sequence[TextLine],
    chart: Box,
    em: float,
    barriers: Sequence[Box],
    frame: Box | None,
    bold_labels: bool = False,
    whole: Box | None = None,
    plot: Box | None = None,
) -> Title | None:
    """The title above ``chart`` (hull of plot, ticks, names and legend); ``lines`` are all free lines.

    ``barriers`` are the other charts: a title does not reach over them. The nearest line set as a
    heading wins; without one, a line close by that is no running text; without that, the section's
    heading. ``bold_labels``: the chart's own labels are bold, so bold type makes no heading.
    ``whole`` is the chart with its legend wherever that stands: a title is centred over it. ``plot`` are
    the marks alone: of the heads of columns that one is theirs that stands over them.
    """
    running = _running(lines)
    free = [line for line in lines if id(line) not in running and _words_something(line.text)]
    above = [line for line in free if _is_above(line, chart, em, barriers)]
    if frame is not None and any(frame.holds(line.box.cx, line.box.cy) for line in above):
        above = [line for line in above if frame.holds(line.box.cx, line.box.cy)]
    text_between = [line for line in lines if id(line) in running]
    anchor = _anchor(
        above, free, text_between, chart, whole or chart, plot or chart, em, barriers, bold_labels
    )
    if anchor is None:
        return None
    block = _block_of(anchor, free)
    text, base, group = split_population(join([line.text for line in block]))
    breakdown = BREAKDOWN.fullmatch(text)
    if breakdown and not NO_GROUP.search(breakdown["of"]):
        group = group or breakdown["of"]
    return Title(
        text, tuple(w for line in block for w in line.words), base, group, hull(line.box for line in block)
    )


def _anchor(
    above: Sequence[TextLine],
    free: Sequence[TextLine],
    text: Sequence[TextLine],
    chart: Box,
    whole: Box,
    plot: Box,
    em: float,
    barriers: Sequence[Box],
    bold_labels: bool,
) -> TextLine | None:
    """The line of the title that stands nearest to the chart; a heading with running ``text`` below it is
    the section's, and a line of its own under that text the chart's."""
    near = sorted(above, key=lambda line: -line.box.y1)
    heading = next((line for line in near if _is_heading(line, em, bold_labels)), None)
    plain = next((line for line in near if chart.y0 - line.box.y1 <= PLAIN_REACH * em), None)
    apart = heading is not None and plain is not None and any(_between(t, heading, plain) for t in text)
    row = [
        b for b in barriers if min(b.y1, chart.y1) - max(b.y0, chart.y0) > 0.5 * min(b.height, chart.height)
    ]
    tall = Box(
        chart.x0, min([chart.y0, *(b.y0 for b in row)]), chart.x1, chart.y1
    )  # columns differ in height
    over = sorted((line for line in free if _is_above(line, tall, em, barriers)), key=lambda t: -t.box.y1)
    panels = [line for line in over if _is_panel_title(line, free, chart, barriers, em)]
    if panels:  # of several at one height the one over the bars, not that over their names
        level = [line for line in panels if abs(line.box.cy - panels[0].box.cy) < 0.3 * em]
        return max(level, key=lambda line: min(line.box.x1, plot.x1) - max(line.box.x0, plot.x0))
    asked = next((line for line in near if ASKING.match(unicodedata.normalize("NFKC", line.text))), None)
    if asked is not None and (heading is None or asked.box.y0 >= heading.box.y0):
        return asked  # the questionnaire's wording, under a headline that says what came out
    if plain is not None and apart and not group_of(plain.text):
        return plain
    told = plain is not None and bool(question_type(plain.text))
    if (
        heading is not None
        and not told
        and (plain is None or not _titles_by_place(plain, heading, whole, em))
    ):
        return heading
    if plain is not None:
        return plain
    sections = [
        line for line in free
        if line.box.y1 <= chart.y0 and _is_heading(line, em, bold_labels)
        and not any(line.box.y1 <= b.cy <= chart.y0 for b in barriers)
    ]  # fmt: skip
    return max(sections, key=lambda line: line.box.y1, default=None)


def _between(line: TextLine, over: TextLine, under: TextLine) -> bool:
    return over.box.y1 <= line.box.cy <= under.box.y0


def _titles_by_place(plain: TextLine, heading: TextLine, whole: Box, em: float) -> bool:
    """Whether a line set like the labels is the title all the same: centred over the chart, and the
    heading is far above (OCR does not tell sizes that well)."""
    centred = abs(plain.box.cx - whole.cx) <= CENTRED * whole.width
    return centred and plain.size >= 0.95 * em and plain.box.y0 - heading.box.y1 > HEADING_AWAY * em


def _is_panel_title(
    plain: TextLine, free: Sequence[TextLine], chart: Box, barriers: Sequence[Box], em: float
) -> bool:
    """Whether charts side by side have a line each at one height and of one size: the names of the panels."""
    for other in barriers:
        level = min(other.y1, chart.y1) - max(other.y0, chart.y0) > 0.5 * min(other.height, chart.height)
        apart = other.x0 >= chart.x1 or other.x1 <= chart.x0
        if not level or not apart or min(plain.box.x1, other.x1) > max(plain.box.x0, other.x0):
            continue
        for line in free:
            alike = abs(line.box.cy - plain.box.cy) < 0.3 * em and abs(line.size - plain.size) < 0.2 * em
            over = min(line.box.x1, other.x1) > max(line.box.x0, other.x0)
            if line is not plain and alike and over:
                return True
    return False


def subtitle(lines: Sequence[TextLine], title: Title, chart: Box, barriers: Sequence[Box]) -> list[TextLine]:
    """The lines between a title and its chart: the question in full, the kind of answer, the sample size."""
    if title.box is None:
        return []
    top = title.box.y1 - 0.5 * title.box.height
    between = Box(min(title.box.x0, chart.x0), top, max(title.box.x1, chart.x1), chart.y0)
    if between.y1 <= between.y0 or any(b.shared(between) > 0.0 for b in barriers):
        return []
    said = set(title.words)
    return [
        line for line in lines
        if not said & set(line.words) and between.holds(line.box.cx, line.box.cy)
        and any(min(line.box.x1, box.x1) > max(line.box.x0, box.x0) for box in (chart, title.box))
    ]  # fmt: skip


def question_type(text: str) -> QuestionType:
    """``multiple`` for （複数回答）, ``single`` for （単一回答）, empty when the words say neither."""
    folded = unicodedata.normalize("NFKC", text)
    if MULTIPLE.search(folded):
        return "multiple"
    return "single" if SINGLE.search(folded) else ""


def population(lines: Sequence[TextLine], scene: Scene) -> str:
    """Whom a page asks, when its headline says so: 「第3回講座：アンケート結果」 is about 第3回講座."""
    above = [line for line in lines if line.box.y1 < 0.25 * scene.height]
    if not above:
        return ""
    head = max(above, key=lambda line: (line.size, -line.box.y0))
    top = [line for line in above if line.size > 0.98 * head.size]
    text = join([line.text for line in sorted(top, key=lambda line: (round(line.box.cy), line.box.x0))])
    match = ASKED.match(unicodedata.normalize("NFKC", text))
    return match["who"].strip() if match else ""


def group_of(title: str) -> str:
    """The group or period a small multiple is about, when its title names one: 【男性】, 20代, 2021年."""
    bracketed = IN_BRACKETS.fullmatch(title.strip())
    inside = bracketed["name"] if bracketed else title.strip()
    known = GROUP_NAME.fullmatch(unicodedata.normalize("NFKC", inside)) or is_period(inside)
    return inside if bracketed or known else ""


def clean_title(text: str, titles: Sequence[str]) -> str:
    """The file's own wording of this title where it offers one, else the text as read."""
    best = max(titles, key=lambda title: _alike(text, title), default="")
    return best if best and _alike(text, best) >= ALIKE else text


def _alike(one: str, other: str) -> float:
    first, second = (re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _line(scene: Scene, run: Sequence[int]) -> TextLine:
    words = [scene.words[w] for w in run]
    return TextLine(
        text=join([word.text for word in words]),
        box=hull(word.box for word in words),
        size=max(word.size for word in words),
        bold=sum(len(w.text) for w in words if w.bold) * 2 > sum(len(w.text) for w in words),
        color=words[0].color,
        words=tuple(run),
    )


def _is_above(line: TextLine, chart: Box, em: float, barriers: Sequence[Box]) -> bool:
    box = line.box
    gap = chart.y0 - box.y1
    if not -0.4 * em <= gap <= REACH * em:
        return False
    if min(box.x1, chart.x1 + 2 * em) - max(box.x0, chart.x0 - 2 * em) <= 0.3 * min(box.width, chart.width):
        return False
    between = Box(min(box.x0, chart.x0), box.y1, max(box.x1, chart.x1), chart.y0) if gap > 0 else None
    return between is None or not any(
        b.shared(between) > 0.1 * min(b.area, between.area)
        or (box.y1 <= b.cy <= chart.y0 and b.x0 < box.cx < b.x1)
        for b in barriers
    )


def _is_heading(line: TextLine, em: float, bold_labels: bool) -> bool:
    numbered = bool(NUMBERED.match(unicodedata.normalize("NFKC", line.text)))
    return line.size >= LARGER * em or (line.bold and not bold_labels) or numbered


def find_shared_title(
    lines: Sequence[TextLine],
    group: Sequence[Box],
    titles: Sequence[Title],
    em: float,
    barriers: Sequence[Box],
) -> Title | None:
    """The heading over several charts that each have a title of their own; None without one."""
    own = {w for title in titles for w in title.words}
    top = hull([*group, *(title.box for title in titles if title.box is not None)])
    free = [line for line in lines if not own & set(line.words) and line.box.width > 4 * em]
    found = find_title(free, top, em, barriers, None)
    sizes = {w: line.size for line in lines for w in line.words}
    own_size = max((sizes[w] for w in own if w in sizes), default=0.0)
    if found is None or found.box is None or top.y0 - found.box.y1 > SHARED_REACH * max(em, own_size):
        return None
    running_head = max((sizes[w] for w in found.words), default=0.0) < 0.95 * own_size
    return None if running_head else found


def _words_something(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).strip()
    if UNIT_ONLY.fullmatch(folded) or (parse_value(folded) and not is_period(folded)):
        return False
    if NOTE.match(folded):
        return False
    rest, base_n, group = split_population(folded)
    if group:
        return True
    rest = BRACKETS.sub(lambda found: "" if _kind_only(found[1]) else found[0], rest)
    if all(_says_how(part) for part in re.split(r"[\s()（）、,/・;:：]+|単位", BASE.sub(" ", folded))):
        return False
    if (base_n is not None or rest != folded) and _says_how(rest.strip(" 、,:")):
        return False
    return len(re.sub(r"\W", "", rest)) >= 2


def _kind_only(inside: str) -> bool:
    """Whether brackets hold nothing but the unit or the kind of answer: （単一回答、各年）, （%）."""
    parts = [part.strip() for part in re.split(r"[、,/・;]", inside)]
    return all(_says_how(part) for part in parts)


def _says_how(text: str) -> bool:
    """Whether the words tell the unit, the kind of answer or how many of each were asked, and no more."""
    return any(kind.fullmatch(text) for kind in (UNIT_ONLY, KIND, EACH))


def _running(lines: Sequence[TextLine]) -> set[int]:
    """Ids of lines of running text: sentences, and lines that share a block with one."""
    found: set[int] = set()
    blocks: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (round(line.box.x0 / max(line.size * 3, 1)), line.box.y0)):
        for block in blocks[-3:]:
            last = block[-1]
            gap = line.box.y0 - last.box.y1
            overlap = min(last.box.x1, line.box.x1) - max(last.box.x0, line.box.x0)
            if (
                -0.3 * line.size < gap < 1.2 * line.size
                and abs(last.size - line.size) < SAME_SIZE * line.size
                and overlap > 0
                and last.bold == line.bold
            ):
                block.append(line)
                break
        else:
            blocks.append([line])
    for block in blocks:
        sentences = any(SENTENCE_END.search(line.text) for line in block) and not _asks(block)
        if sentences or len(block) >= LONG_BLOCK:
            found |= {id(line) for line in block}
    return found


def _asks(block: Sequence[TextLine]) -> bool:
    """Whether the lines are a question as worded in a questionnaire: its full stop ends no running text."""
    text = unicodedata.normalize("NFKC", join([line.text for line in block]))
    return all(QUESTION_END.search(part) for part in BRACKETS.sub("", text).split("。")[:-1]) and "。" in text


def _block_of(anchor: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    """The anchor with the lines above and below that continue it in the same type."""
    block = [anchor]
    for step in (-1, 1):
        current = anchor
        while True:
            following = [
                line for line in lines
                if line not in block and abs(line.size - anchor.size) <= SAME_SIZE * anchor.size
                and line.bold == anchor.bold and line.color == anchor.color and _follows(current, line, step)
            ]  # fmt: skip
            if not following:
                break
            current = min(following, key=lambda line: abs(line.box.cy - current.box.cy))
            block.append(current)
    return sorted(block, key=lambda line: line.box.y0)


def _follows(current: TextLine, line: TextLine, step: int) -> bool:
    gap = (line.box.y0 - current.box.y1) if step > 0 else (current.box.y0 - line.box.y1)
    if not -0.3 * current.size <= gap <= LINE_GAP * current.size:
        return False
    left = abs(line.box.x0 - current.box.x0) < 1.5 * current.size
    middle = abs(line.box.cx - current.box.cx) < 1.5 * current.size
    return left or middle

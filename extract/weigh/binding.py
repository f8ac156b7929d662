"""Is the number bound to something that can be a name? One cell of a chart or table holds one value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from extract.finding import Finding
from extract.weigh.keys import group_key, key, spelt
from extract.weigh.places import Heard, Place, by_chart, label_reading, place_of
from extract.weigh.testimony import Testimony

# What is printed as a value names nothing: "8.9%", "120", "n=40".
VALUE_NAME = re.compile(r"^[\s\d.,，．%％()（）nN=＝]*\d[\s\d.,，．%％()（）]*[%％]?。?$")
# A class of numbers, "80～90%未満", "5回以上"; among so many of them a bare number is one more: 100%.
NUMBER_CLASS = re.compile(r"\d\D*(?:未満|以上|以下|超)|\d\D?[~～〜]\s?\d")
CLASSES = 2
# Answers and groups are no sentences, nor begin where a bracket ends; a note's mark stands for a note.
NO_NAME = re.compile(r"。|^[」』）)、]|^[（(※*]+注?\d*[）)]*$|^注\d*[）)]*$")
# Years and other periods may name a group although they are digits.
PERIOD_NAME = re.compile(r"^(19|20)\d\d$")

# Letters below this confidence were wrong often enough to make another word; measured on raster charts.
SURE_LETTER = 0.85
# Marks without a group are strays where others have one and none is labelled (an axis traced as bars of no
# length), or where they are fewer than this share of the chart's.
STRAYS = 0.15
# Shorter names stand in many words by chance.
SHORTEST_SPELT = 3
# Names that two charts must share before they are taken for the same answers.
TWINS = 2


def hear_binding(findings: Sequence[Finding]) -> Heard:
    """Names that are values or missing, and cells that hold two values, break the binding."""
    heard: Heard = {}
    among_classes = {i for members in by_chart(findings) for i in members if in_classes(findings, members)}
    for i, finding in enumerate(findings):
        why = unnamed(finding, i in among_classes)
        if why:
            heard[i] = [Testimony("binding", False, "binding denies", why)]
    for members in by_chart(findings):
        bare = [i for i in members if not findings[i].segment]
        unlabelled = all(findings[i].qualifier == "measured" for i in bare) and len(bare) < len(members)
        for i in bare if unlabelled or len(bare) < STRAYS * len(members) else ():
            heard.setdefault(
                i, [Testimony("binding", False, "binding denies", "the chart's bars have groups")]
            )
    for i in untold(findings):
        why = "another chart of the page gives the same names other numbers"
        heard.setdefault(i, [Testimony("binding", False, "binding denies", why)])
    for members in cells(findings).values():
        for i in members if len(members) > 1 else ():
            why = f"{len(members)} numbers for the same item and group"
            heard.setdefault(i, [Testimony("binding", False, "binding denies", why)])
    return heard


def untold(findings: Sequence[Finding]) -> list[int]:
    """Numbers of charts on one page that say the same of the same group under the same question, only with
    other values: what tells the charts apart was not read."""
    charts: dict[tuple[object, ...], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for i, f in enumerate(findings):
        if f.source == "chart" and f.qualifier != "measured":
            same = (f.page, f.image, spelt(f.question), spelt(f.segment), f.unit)
            charts[same][f.chart].setdefault(spelt(f.item), i)
    found: set[int] = set()
    for by_chart_ in charts.values():
        for one, other in combinations(by_chart_.values(), 2):
            common = [(one[item], other[item]) for item in one.keys() & other.keys()]
            differ = sum(findings[i].value != findings[j].value for i, j in common)
            if len(common) >= TWINS and 2 * differ > len(common):
                found |= {i for pair in common for i in pair}
    return sorted(found)


def hear_names(findings: Sequence[Finding]) -> Heard:
    """A name with a doubtful letter may be another name, unless the document spells it so elsewhere."""
    sure = {
        k for f in findings if f.names_confidence >= SURE_LETTER for k in (spelt(f.item), spelt(f.segment))
    }
    printed = "\n".join(spelt(f.snippet) for f in findings if f.source == "prose" and typed(f))
    heard: Heard = {}
    for i, finding in enumerate(findings):
        if finding.names_confidence >= SURE_LETTER:
            continue
        names = {spelt(finding.item), spelt(finding.segment)} - sure
        if not all(len(name) >= SHORTEST_SPELT and name in printed for name in names):
            why = f"weakest letter of the names {finding.names_confidence:.2f}"
            heard[i] = [Testimony("names", False, "names doubtful", why)]
    return heard


def typed(finding: Finding) -> bool:
    """Whether the finding stands in a text layer, whose letters are what they say."""
    label = label_reading(finding)
    return label is not None and label.engine == "text"


def in_classes(findings: Sequence[Finding], members: Sequence[int]) -> bool:
    """Whether the answers of a chart are classes of numbers, so that a number may be one of them."""
    return len({f.item for i in members if NUMBER_CLASS.search((f := findings[i]).item)}) >= CLASSES


def unnamed(finding: Finding, among_classes: bool = False) -> str:
    """Why the finding's names cannot be right, "" when they can."""
    if not key(finding.item):
        return "no item"
    for name, may_be_a_number in ((finding.item, among_classes), (finding.segment, False)):
        is_value = VALUE_NAME.match(name.strip()) and not PERIOD_NAME.match(name.strip())
        if is_value and not may_be_a_number:
            return f"{name} is a value, not a name"
        if finding.source != "prose" and NO_NAME.search(name.strip()):
            return f"{name} is a sentence or a note, not a name"
    if finding.qualifier == "measured" and key(finding.item) == key(finding.question):
        return f"{finding.item} is the question, not an answer"
    return ""


def cells(findings: Sequence[Finding]) -> dict[tuple[Place, str, str, str, str], list[int]]:
    """Findings of charts and tables by the cell they claim."""
    claimed: dict[tuple[Place, str, str, str, str], list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        if finding.source == "chart":
            cell = (key(finding.question), key(finding.item), group_key(finding.segment), finding.unit)
            claimed[(place_of(finding), *cell)].append(i)
    return claimed

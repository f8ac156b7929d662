"""Sentences with known truth: what the prose reader makes of them, row by row right or wrong.

Two sets that the grammar was never tuned to: the test part of its own cases, and ``known_sentences.txt``,
written in one go for this purpose and only ever scored. Format as in tests/extract/prose_cases; "a / b" are
wordings that both hold, and a group with an empty wording may be left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.finding import Chart, Finding, PageReading, Reading
from extract.prose import read_prose
from extract.scene import Box, Paragraph, Scene
from extract.weigh.keys import group_key, key, likeness

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "extract" / "prose_cases"
SETS = {
    "sentences": HERE / "known_sentences.txt",
    "test": CASES / "test.txt",
    "unseen": CASES / "unseen.txt",
    "varied": CASES / "varied.txt",
    "press": CASES / "press.txt",
    "press_unread": CASES / "press_unread.txt",
    "development": CASES / "development.txt",
}
UNITS = {"%": "percent", "pt": "point", "x": "ratio", "n": "count", "yen": "currency_jpy"}
# Labels whose keys share this much say the same.
SAME = 0.8
# Other cells of a chart that shows what a sentence tells, and how often there is such a chart.
FILLERS, CHARTED = 6, 0.5
# A round figure in words stands for a share a little above or below (points).
ROUND = 4.0


@dataclass(frozen=True)
class Told:
    """One expected row; items and groups in all wordings that hold."""

    value: float
    unit: str
    items: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    name: str
    paragraphs: tuple[Paragraph, ...]
    expected: tuple[Told, ...]


def passages(part: str) -> list[Passage]:
    blocks = re.split(r"\n(?=# )", SETS[part].read_text(encoding="utf-8"))
    return [passage(block) for block in blocks if block.strip()]


def passage(block: str) -> Passage:
    paragraphs, expected = [], []
    name, *lines = block.strip().splitlines()
    for line in lines:
        if line.startswith("= "):
            number, item, group, *_ = [*(part.strip() for part in line[2:].split("|")), "", ""]
            value, unit = number.split()
            expected.append(Told(float(value), UNITS.get(unit, unit), wordings(item), wordings(group)))
        elif line.strip() and line != "!":
            kind = "heading" if line.startswith("^") else "body"
            paragraphs.append(Paragraph(line.lstrip("^"), kind))
    return Passage(name.removeprefix("# "), tuple(paragraphs), tuple(expected))


def wordings(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in f" {text} ".split(" / "))


def read(told: Passage) -> tuple[Finding, ...]:
    scene = Scene(0, 0, unit="none", paragraphs=told.paragraphs, text_source="text")
    return read_prose([PageReading(scene)], [told.paragraphs]).findings


def is_right(finding: Finding, told: Passage) -> bool:
    """Whether the passage tells this number of this item and group."""
    return any(
        abs(row.value - finding.value) <= 0.05
        and row.unit == finding.unit
        and any(alike(key(item), key(finding.item)) for item in row.items)
        and any(same_group(group, finding.segment) for group in row.groups)
        for row in told.expected
    )


def alike(a: str, b: str) -> bool:
    negations = [bool(re.search("[非未無不]|ない|なかった", text)) for text in (a, b)]
    return a == b or (negations[0] == negations[1] and likeness(a, b) >= SAME)


def same_group(a: str, b: str) -> bool:
    if set(a.split(" vs. ")) == set(b.split(" vs. ")):
        return True
    return alike(group_key(a), group_key(b))


def chart_of(told: Passage, others: list[Told], dice: random.Random) -> tuple[Chart, list[Finding]]:
    """A chart that shows the numbers of the passage among others."""
    cells = [row for row in told.expected if row.unit == "percent"] + dice.sample(others, FILLERS)
    box = Box(0, 0, 100, 100)
    chart = Chart("c1", box, "hbar_grouped", "", (), (), "vector", page=99, axis_range=(0, 100))
    return chart, [cell(row, i, dice) for i, row in enumerate(cells)]


def cell(row: Told, at: int, dice: random.Random) -> Finding:
    box = Box(0, 10 * at, 20, 10 * at + 8)
    value = row.value if row.value % 10 else round(row.value + dice.uniform(-ROUND, ROUND), 1)
    readings = (
        Reading("label", "text", value, f"{value:.1f}%", box),
        Reading("geometry", "marks", value, "", box, slack=0.2),
    )
    return Finding(
        "chart", value, "percent", row.items[0], row.groups[0], page=99, chart="c1", box=box,
        readings=readings,
    )  # fmt: skip


def known_passages(part: str, seed: int) -> Iterator[tuple[Passage, list[Chart], list[Finding]]]:
    """Each passage with what is read from it, some beside a chart that shows the same numbers."""
    dice = random.Random(seed)
    told = passages(part)
    everything = [row for one in told for row in one.expected if row.unit == "percent"]
    for one in told:
        found = list(read(one))
        if dice.random() < CHARTED and any(row.unit == "percent" for row in one.expected):
            chart, cells = chart_of(one, everything, dice)
            yield one, [chart], found + cells
        else:
            yield one, [], found

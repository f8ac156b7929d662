"""Cases for the prose reader: text, and the results that are to come out (see README.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from extract.finding import Finding, PageReading
from extract.prose import read_prose
from extract.scene import Paragraph, Scene

UNITS = {"%": "percent", "pt": "point", "x": "ratio", "n": "count", "yen": "currency_jpy"}
SAME = 85  # rapidfuzz ratio from which two folded labels say the same


@dataclass(frozen=True)
class Expected:
    value: float
    unit: str
    item: str
    group: str
    question: str


@dataclass(frozen=True)
class Case:
    name: str
    paragraphs: tuple[Paragraph, ...]
    expected: tuple[Expected, ...]


@dataclass
class Score:
    expected: int = 0
    pair: int = 0
    segment: int = 0
    question: int = 0
    questions: int = 0
    emitted: int = 0

    def line(self) -> str:
        return (
            f"pair {self.pair}/{self.expected} = {self.pair / self.expected:.3f}, "
            f"segment {self.segment / self.expected:.3f}, "
            f"precision {self.segment / max(self.emitted, 1):.3f}, question {self.question}/{self.questions}"
        )


def load(part: str) -> list[Case]:
    text = (Path(__file__).parent / f"{part}.txt").read_text(encoding="utf-8")
    return [_case(block) for block in re.split(r"\n(?=# )", text) if block.strip()]


def _case(block: str) -> Case:
    paragraphs, expected = [], []
    name, *lines = block.strip().splitlines()
    for line in lines:
        if line.startswith("= "):
            number, *labels = [part.strip() for part in line[2:].split("|")]
            value, unit = number.split()
            labels += [""] * (3 - len(labels))
            expected.append(Expected(float(value), UNITS.get(unit, unit), *labels[:3]))
        elif line.strip() and line != "!":
            kind = "heading" if line.startswith("^") else "body"
            paragraphs.append(Paragraph(line.lstrip("^"), kind))
    return Case(name[2:], tuple(paragraphs), tuple(expected))


def read(case: Case) -> tuple[Finding, ...]:
    scene = Scene(0, 0, unit="none", paragraphs=case.paragraphs, text_source="text")
    return read_prose([PageReading(scene)], [case.paragraphs]).findings


def fold(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def same(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    negations = [bool(re.search("[非未無不]|ない|なかった", t)) for t in (a, b)]
    return a == b or (negations[0] == negations[1] and fuzz.ratio(a, b) >= SAME)


def same_group(a: str, b: str) -> bool:
    return a == b or same(a, b) or set(a.split(" vs. ")) == set(b.split(" vs. "))


def wordings(text: str) -> list[str]:
    """All wordings that hold; one of them may be empty."""
    return [part.strip() for part in f" {text} ".split(" / ")]


def score(cases: list[Case], log: list[str] | None = None) -> Score:
    total = Score()
    for case in cases:
        left = list(read(case))
        total.emitted += len(left)
        total.expected += len(case.expected)
        for e, level in _matched(case.expected, left):
            total.pair += level >= 1
            total.segment += level >= 2
            total.questions += bool(e.question)
            total.question += level >= 3
            if log is not None and (level < 2 or (e.question and level < 3)):
                log.append(f"{case.name}: level {level}: {e}")
        if log is not None:
            log.extend(
                f"{case.name}: extra or wrong: {f.value} {f.unit} | {f.item} | {f.segment} | {f.question}"
                for f in left
            )
    return total


def _matched(expected: tuple[Expected, ...], found: list[Finding]) -> Iterator[tuple[Expected, int]]:
    """Each expected row with the best finding left for it, which is taken off the list when right."""
    for e in expected:
        levels = [(_level(e, f), -i) for i, f in enumerate(found)]
        level, i = max(levels, default=(0, 0))
        if level >= 2:
            found.pop(-i)
        yield e, level


def _level(e: Expected, f: Finding) -> int:
    if abs(e.value - f.value) > 0.05 or e.unit != f.unit:
        return 0
    if not any(same(item, f.item) for item in wordings(e.item)):
        return 0
    if not any(same_group(group, f.segment) for group in wordings(e.group)):
        return 1
    return 3 if e.question and fuzz.partial_ratio(fold(e.question), fold(f.question)) >= 80 else 2

"""Numbers that stand alone: a call-out repeats a sentence of its page, ticks and bar values do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.finding import Binding, Finding, Qualifier, Unit
from extract.numbers import find_quantities, fold_width
from extract.prose.walk import Draft
from extract.scene import Paragraph, Scene

TICKS = 3  # lone numbers in a row from which they are the ticks or the values of a chart
NEAR = 3  # findings between a lone number and its sentence
SAME = 0.05  # how far two printings of one number may differ, in its unit

_SIGNS = re.compile(r"[\s・,、()（）~%％\d.-]")
_PLAIN = re.compile(r"[▲△+-]?\d{1,4}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Lone:
    """One number alone in its paragraph; ``before`` findings precede it, ``run`` numbers its row."""

    paragraph: Paragraph
    scene: Scene
    order: int
    before: int
    run: int
    start: int
    end: int
    value: float
    qualifier: Qualifier
    unit: Unit


@dataclass(slots=True)
class Callouts:
    """Gathers lone numbers while a document is read, and labels them when all sentences are known."""

    alone: list[Lone] = field(default_factory=list)
    row: int = 0  # length of the row of lone numbers that is going on
    runs: int = 0

    def take(self, paragraph: Paragraph, scene: Scene, order: int, before: int) -> bool:
        """Whether the paragraph is a lone number, or several, and was taken in."""
        numbers = lone_numbers(paragraph.text)
        if not numbers:
            self.row = 0
            return False
        self.runs += self.row == 0
        self.row += 1
        if len(numbers) == 1:
            self.alone.append(Lone(paragraph, scene, order, before, self.runs, *numbers[0]))
        return True

    def drafts(self, findings: Sequence[Finding]) -> list[tuple[Lone, Draft]]:
        """Each lone number with the labels of the nearest sentence on its page that states the same."""
        lengths = Counter(lone.run for lone in self.alone)
        out: list[tuple[Lone, Draft]] = []
        for lone in self.alone:
            twins = [(abs(n - lone.before), n) for n, f in enumerate(findings) if _same(lone, f)]
            if lengths[lone.run] >= TICKS or not twins or min(twins)[0] > NEAR:
                continue
            twin = findings[min(twins)[1]]
            span = (lone.start, lone.end)
            labels = (twin.segment, twin.item, twin.question)
            whole = (0, len(lone.paragraph.text))
            draft = Draft(*span, lone.value, lone.qualifier, twin.unit, *labels, snippet=whole)
            draft.binding = Binding("twin", "twin", "twin")
            out.append((lone, draft))
        return out


def lone_numbers(text: str) -> list[tuple[int, int, float, Qualifier, Unit]]:
    """The numbers of a text that holds nothing else; a plain one may be a score."""
    folded = fold_width(text)
    plain = _PLAIN.fullmatch(folded.strip())
    if plain:
        number = plain[0].lstrip("+")
        value = -float(number[1:]) if number[0] in "▲△-" else float(number)
        at = folded.index(plain[0])
        return [(at, at + len(plain[0]), value, "exact", "score")]
    quantities = [q for q in find_quantities(text) if not q.refusal and len(q.values) == 1]
    edges = [0, *(e for q in quantities for e in (q.start, q.end)), len(text)]
    rest = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    if not quantities or _SIGNS.sub("", rest):
        return []
    return [(q.start, q.end, *q.values[0], q.unit) for q in quantities]


def _same(lone: Lone, f: Finding) -> bool:
    page = f.page == lone.scene.page and f.image == lone.scene.image
    return page and f.unit == lone.unit and abs(f.value - lone.value) < SAME

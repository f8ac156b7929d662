"""Fault injection: how many corrupted labels slip in unmarked? ``python -m benchmarks.faults``

Charts with known truth are seen as scenes, their value labels corrupted the way recognition corrupts them,
then read and weighed as always. Counted are the corrupted labels and what became of them. A fault that no
witness can see (two equal digits swapped, a last digit within the drawing's precision and without a base)
is counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.generated import Known, known_charts
from extract.document import read_scene
from extract.finding import Finding, SurveyFacts
from extract.scene import Scene, Word
from extract.weigh import weigh

VALUE = re.compile(r"\d{1,3}(\.\d)?%")
# Bars are drawn to this precision; a fault smaller than it leaves the length as it was.
VISIBLE = 1.0

Fault = Callable[[random.Random, str], str]


def digit_swap(dice: random.Random, text: str) -> str:
    """47.6% -> 74.6%"""
    at = [i for i, c in enumerate(text) if c.isdigit()]
    i, j = dice.sample(at, 2) if len(at) > 1 else (at[0], at[0])
    chars = list(text)
    chars[i], chars[j] = chars[j], chars[i]
    return "".join(chars)


def digit_misread(dice: random.Random, text: str) -> str:
    """47.6% -> 41.6%"""
    at = dice.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:at] + dice.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def lost_point(dice: random.Random, text: str) -> str:
    """47.6% -> 476%"""
    return text.replace(".", "")


def sign_as_digit(dice: random.Random, text: str) -> str:
    """47.6% -> 47.69"""
    return text.replace("%", dice.choice("96"))


def leading_one(dice: random.Random, text: str) -> str:
    """0.5% -> 10.5%: the axis line read as a digit."""
    return "1" + text


FAULTS: dict[str, Fault] = {
    "digit swap": digit_swap,
    "digit misread": digit_misread,
    "lost point": lost_point,
    "sign as digit": sign_as_digit,
    "leading one": leading_one,
}


@dataclass(frozen=True)
class Outcome:
    """One corrupted label: what kind, by how much it is off, whether it was accepted."""

    fault: str
    off: float
    accepted: bool


def value_words(scene: Scene) -> list[int]:
    return [i for i, w in enumerate(scene.words) if VALUE.fullmatch(w.text) and w.color != "#8a8a8a"]


def recognised(word: Word, text: str) -> Word:
    """The word as an engine sure of itself would have read it."""
    start, end = word.box.x0, word.box.x1
    edges = tuple(start + (end - start) * i / len(text) for i in range(len(text) + 1))
    return replace(word, text=text, edges=edges, seen_by="ocr", confidence=0.97)


def corrupt(scene: Scene, dice: random.Random, rate: float) -> tuple[Scene, dict[int, str]]:
    """The scene with all labels recognised, some of them wrongly; which words carry which fault."""
    words = list(scene.words)
    faulty: dict[int, str] = {}
    for i in value_words(scene):
        name = dice.choice(sorted(FAULTS)) if dice.random() < rate else ""
        text = FAULTS[name](dice, words[i].text) if name else words[i].text
        if text != words[i].text:
            faulty[i] = name
        words[i] = recognised(words[i], text)
    return replace(scene, words=tuple(words)), faulty


def shift_labels(scene: Scene, dice: random.Random) -> tuple[Scene, dict[int, str]]:
    """Every label moved on by one: each stands at its neighbour's bar."""
    at = value_words(scene)
    words = list(scene.words)
    moved = {}
    for i, j in zip(at, [*at[1:], at[0]], strict=True):
        if scene.words[j].text != scene.words[i].text:
            moved[i] = "shifted labels"
        words[i] = recognised(words[i], scene.words[j].text)
    return replace(scene, words=tuple(words)), moved


def outcomes(known: Known, scene: Scene, faulty: dict[int, str]) -> list[Outcome]:
    """What became of each corrupted label that was read as a result."""
    page = read_scene(scene)
    found = weigh(page.findings, page.charts, SurveyFacts()).findings
    result = []
    for i, name in faulty.items():
        box = scene.words[i].box
        finding = next((f for f in found if f.box is not None and f.box.shared(box) > 0.5 * box.area), None)
        true = float(known.scene.words[i].text.rstrip("%"))
        result.append(Outcome(name, off(finding, true), accepts_wrong(finding, true)))
    return result


def off(finding: Finding | None, true: float) -> float:
    return abs(finding.value - true) if finding is not None else float("inf")


def accepts_wrong(finding: Finding | None, true: float) -> bool:
    return finding is not None and finding.status == "accepted" and abs(finding.value - true) > 0.05


def report(all_outcomes: Sequence[Outcome]) -> None:
    by_kind: dict[str, Counter[str]] = {}
    for o in all_outcomes:
        kind = by_kind.setdefault(o.fault, Counter())
        size = "visible" if o.off > VISIBLE else "small"
        kind[size] += 1
        kind[f"{size} accepted"] += o.accepted
    print(f"{'fault':16} {'visible':>8} {'accepted':>9} {'caught':>8}   {'small':>6} {'accepted':>9}")
    total: Counter[str] = Counter()
    for name, kind in sorted(by_kind.items()):
        total.update(kind)
        print_line(name, kind)
    print_line("all", total)


def print_line(name: str, kind: Counter[str]) -> None:
    seen, slipped = kind["visible"], kind["visible accepted"]
    caught = f"{1 - slipped / seen:.4f}" if seen else "-"
    print(f"{name:16} {seen:8} {slipped:9} {caught:>8}   {kind['small']:6} {kind['small accepted']:9}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--rate", type=float, default=0.15, help="share of labels corrupted")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    found: list[Outcome] = []
    for known in known_charts(args.charts, args.seed):
        found += outcomes(known, *corrupt(known.scene, dice, args.rate))
        found += outcomes(known, *shift_labels(known.scene, dice))
    report(found)


if __name__ == "__main__":
    main()

"""Fault injection: how many corrupted labels slip in unmarked? ``python -m benchmarks.faults``

Charts with known truth are seen as scenes, their value labels corrupted the way recognition corrupts them,
then read and weighed as always. Counted are the corrupted labels and what became of them: accepted although
wrong, or read again rightly. A fault that no witness can see (two equal digits swapped, a last digit within
the drawing's precision and without a base) is counted apart. ``--pictures N`` does the same to page images.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.generated import Known, known_charts, known_pictures
from extract.document import read_scene
from extract.finding import Finding, SurveyFacts
from extract.scene import Box, Scene, Word
from extract.weigh import weigh
from extract.weigh.arithmetic import Share, respondents
from extract.weigh.keys import key

VALUE = re.compile(r"\d{1,3}(\.\d)?%")
# Bars are drawn to this precision; a fault smaller than it leaves the length as it was.
VISIBLE = 1.0
# Printed values agree to their last digit.
SAME = 0.05
TICK_COLOR = "#8a8a8a"
PERIOD = re.compile(r"20\d\d年")
# Sides of a legend's key, in points.
KEY = 8.0

Fault = Callable[[random.Random, str], str]
# A corrupted scene: which words carry which fault.
Corrupted = tuple[Scene, dict[int, str]]


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
    """One corrupted label: what kind, by how much it is off as printed, whether it was accepted although
    wrong, and whether a named re-reading restored it (and was accepted)."""

    fault: str
    off: float
    slipped: bool
    restored: bool
    accepted: bool


def value_words(scene: Scene) -> list[int]:
    """The value labels in the order of their bars: down the page, columns across it."""
    at = [i for i, w in enumerate(scene.words) if VALUE.fullmatch(w.text) and w.color != TICK_COLOR]
    columns = any(PERIOD.fullmatch(w.text) for w in scene.words)
    return sorted(at, key=lambda i: (0 if columns else round(scene.words[i].box.cy), scene.words[i].box.cx))


def recognised(word: Word, text: str) -> Word:
    """The word as an engine sure of itself would have read it."""
    start, end = word.box.x0, word.box.x1
    edges = tuple(start + (end - start) * i / len(text) for i in range(len(text) + 1))
    return replace(word, text=text, edges=edges, doubts=(), seen_by="ocr", confidence=0.97)


def corrupt(scene: Scene, dice: random.Random, rate: float) -> Corrupted:
    """The scene with all labels recognised, some of them wrongly."""
    words = list(scene.words)
    faulty: dict[int, str] = {}
    for i in value_words(scene):
        name = dice.choice(sorted(FAULTS)) if dice.random() < rate else ""
        text = FAULTS[name](dice, words[i].text) if name else words[i].text
        if text != words[i].text:
            faulty[i] = name
        words[i] = recognised(words[i], text)
    return replace(scene, words=tuple(words)), faulty


def relabelled(scene: Scene, source: dict[int, int], name: str) -> Corrupted:
    """Word i with the text of word source[i]."""
    words = list(scene.words)
    for i, j in source.items():
        words[i] = recognised(words[i], scene.words[j].text)
    moved = {i: name for i, j in source.items() if scene.words[i].text != scene.words[j].text}
    return replace(scene, words=tuple(words)), moved


def shift_labels(scene: Scene, dice: random.Random) -> Corrupted:
    """Every label moved on by one: each stands at its neighbour's bar."""
    at = value_words(scene)
    return relabelled(scene, dict(zip(at, [*at[1:], at[0]], strict=True)) if at else {}, "shifted labels")


def swap_series(scene: Scene, dice: random.Random) -> Corrupted:
    """Labels of the two bars of each item exchanged; only for charts of two groups of bars."""
    at = value_words(scene)
    pairs = [(i, j) for i, j in zip(at[::2], at[1::2], strict=False) if neighbours(scene, i, j)]
    source = dict(pairs) | {j: i for i, j in pairs}
    return relabelled(scene, source if 2 * len(pairs) == len(at) else {}, "swapped series")


def neighbours(scene: Scene, i: int, j: int) -> bool:
    """Whether two labels stand at the two bars of one item: one under the other."""
    a, b = scene.words[i].box, scene.words[j].box
    return 0 < b.cy - a.cy < 2 * a.height


def turn_legend(scene: Scene, dice: random.Random) -> Corrupted:
    """The colours of a two-entry legend exchanged: every bar goes by the other group's name."""
    keys = [i for i, m in enumerate(scene.marks) if m.kind == "rect" and is_key(m.box)]
    if len(keys) != 2 or not swap_series(scene, dice)[1]:
        return scene, {}
    marks = list(scene.marks)
    a, b = keys
    marks[a], marks[b] = replace(marks[a], fill=marks[b].fill), replace(marks[b], fill=marks[a].fill)
    return replace(scene, marks=tuple(marks)), dict.fromkeys(value_words(scene), "turned legend")


def is_key(box: Box) -> bool:
    return abs(box.width - KEY) < 1 and abs(box.height - KEY) < 1


WHOLE: tuple[Callable[[Scene, random.Random], Corrupted], ...] = (shift_labels, swap_series, turn_legend)


def outcomes(known: Known, scene: Scene, faulty: dict[int, str]) -> list[Outcome]:
    """What became of each corrupted label that was read as a result."""
    page = read_scene(scene)
    found = weigh(page.findings, page.charts, SurveyFacts()).findings
    result = []
    for i, name in faulty.items():
        box = scene.words[i].box
        finding = next((f for f in found if f.box is not None and f.box.shared(box) > 0.5 * box.area), None)
        true = float(known.scene.words[i].text.rstrip("%"))
        right = finding is not None and is_right(finding, known, true)
        accepted = finding is not None and finding.status == "accepted"
        printed = float(scene.words[i].text.rstrip("%"))
        off = abs(printed - true) if name != "turned legend" else told_apart(known, true)
        result.append(Outcome(name, off, accepted and not right, right, accepted and right))
    return result


def told_apart(known: Known, true: float) -> float:
    """Infinite when the respondents of the other group do not allow the value, else nothing can be seen."""
    own = {str(r["segment"]) for r in known.rows if abs(float(str(r["value"])) - true) <= SAME}
    others = {int(str(r["base_n"])) for r in known.rows if str(r["segment"]) not in own}
    seen = others and all(respondents(Share(true, 1), n) is None for n in others)
    return float("inf") if seen else 0.0


def is_right(finding: Finding, known: Known, true: float) -> bool:
    """Whether the mark that truly shows this value got it back, under its own group's name."""
    groups = {key(str(r["segment"])) for r in known.rows if abs(float(str(r["value"])) - true) <= SAME}
    return abs(finding.value - true) <= SAME and key(finding.segment) in groups


def report(all_outcomes: Sequence[Outcome]) -> None:
    by_kind: dict[str, Counter[str]] = {}
    for o in all_outcomes:
        kind = by_kind.setdefault(o.fault, Counter())
        size = "visible" if o.off > VISIBLE else "small"
        kind[size] += 1
        kind[f"{size} slipped"] += o.slipped
        kind["restored"] += o.restored
        kind["accepted"] += o.accepted
    head = ("fault", "visible", "accepted", "caught", "small", "accepted", "read again", "and accepted")
    print(("{:16} {:>8} {:>9} {:>8}   {:>6} {:>9}   {:>10} {:>13}").format(*head))
    total: Counter[str] = Counter()
    for name, kind in sorted(by_kind.items()):
        total.update(kind)
        print_line(name, kind)
    print_line("all", total)


def print_line(name: str, kind: Counter[str]) -> None:
    seen, slipped = kind["visible"], kind["visible slipped"]
    caught = f"{1 - slipped / seen:.4f}" if seen else "-"
    print(
        f"{name:16} {seen:8} {slipped:9} {caught:>8}   {kind['small']:6} {kind['small slipped']:9}   "
        f"{kind['restored']:10} {kind['accepted']:13}"
    )


def injected(charts: Iterable[Known], dice: random.Random, rate: float) -> list[Outcome]:
    """Single labels and whole charts corrupted, one fault at a time."""
    found: list[Outcome] = []
    for known in charts:
        found += outcomes(known, *corrupt(known.scene, dice, rate))
        for whole in WHOLE:
            scene, moved = whole(known.scene, dice)
            found += outcomes(known, scene, moved) if moved else []
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=0, help="charts read by OCR, a second each")
    parser.add_argument("--rate", type=float, default=0.15, help="share of labels corrupted")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    print(f"{args.charts} vector charts")
    report(injected(known_charts(args.charts, args.seed), dice, args.rate))
    if args.pictures:
        print(f"\n{args.pictures} charts as page images")
        report(injected(known_pictures(args.pictures, args.seed), dice, args.rate))


if __name__ == "__main__":
    main()

"""Mutations of scenes: words and marks moved, doubled, resized, renamed, thrown far away or to nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeVar

from benchmarks.fuzz.guess import TEXTS
from extract.scene import Box, GridCell, Mark, Paragraph, Scene, Sector, Word

T = TypeVar("T")

NOWHERE = (float("nan"), float("inf"), -float("inf"), 1e300, -1e300, 1e12, 0.0, -1.0)


def number(dice: Random, value: float) -> float:
    """Nearby, far away, or no number at all."""
    if dice.random() < 0.1:
        return dice.choice(NOWHERE)
    return value * dice.choice((1.0, -1.0, 0.0, 1.001, 3.0, 1000.0)) + dice.uniform(-20, 20)


def box(dice: Random, found: Box) -> Box:
    what = dice.randrange(5)
    if what == 0:
        return Box(*(number(dice, v) for v in (found.x0, found.y0, found.x1, found.y1)))
    if what == 1:
        return Box(found.x0, found.y0, found.x0, dice.choice((found.y0, found.y1)))
    if what == 2:
        return Box(found.x1, found.y1, found.x0, found.y0)
    dx, dy = dice.uniform(-300, 300), dice.uniform(-300, 300)
    return Box(found.x0 + dx, found.y0 + dy, found.x1 + dx, found.y1 + dy)


def text(dice: Random, found: str) -> str:
    what = dice.randrange(5)
    if what == 0:
        return dice.choice(TEXTS)
    if what == 1:
        return found * dice.choice((0, 2, 60))
    if what == 2:
        return "".join(dice.sample(found, len(found)))
    if what == 3:
        return "".join(dice.choice("0123456789") if c.isdigit() else c for c in found)
    return found + dice.choice(
        ("％", "\0", "\ud800", "（", "9" * 400, "e5", "²", "\u0301", "‰", "/0", "．．")
    )


def word(dice: Random, found: Word) -> Word:
    what = dice.randrange(6)
    if what == 0:
        return replace(found, text=text(dice, found.text))
    if what == 1:
        return replace(found, box=box(dice, found.box))
    if what == 2:
        return replace(found, size=number(dice, found.size))
    if what == 3:
        return replace(found, edges=tuple(number(dice, e) for e in found.edges[: dice.randrange(9)]))
    if what == 4:
        return replace(found, confidence=dice.random(), doubts=(0.5,) * len(found.text), seen_by="ocr")
    return replace(found, angle=dice.choice((0, 90, 180, 270, 45)), line=dice.randrange(-1, 40))


def mark(dice: Random, found: Mark) -> Mark:
    what = dice.randrange(6)
    if what == 0:
        return replace(found, box=box(dice, found.box))
    if what == 1:
        return replace(found, fill=dice.choice(("", "#ffffff", "#1f4e79", "#000000")))
    if what == 2:
        return replace(found, kind=dice.choice(("rect", "sector", "line", "polyline", "marker", "area")))
    if what == 3:
        points = tuple(
            (number(dice, found.box.x0), number(dice, found.box.y0)) for _ in range(dice.randrange(9))
        )
        return replace(found, points=points)
    if what == 4:
        six = (number(dice, v) for v in (found.box.cx, found.box.cy, found.box.width, 0.0, 0.0, 90.0))
        return replace(found, kind="sector", sector=Sector(*six))
    return replace(
        found, order=dice.randrange(-5, 500), opacity=dice.choice((0.0, 0.5, 1.0)), stroke="#ff0000"
    )


def cell(dice: Random, found: GridCell) -> GridCell:
    if dice.random() < 0.5:
        return replace(found, row=dice.randrange(-1, 50), columns=dice.choice((0, 1, 7, 10_000)))
    moved = box(dice, found.box) if found.box else None
    return replace(found, box=moved, text=text(dice, found.text), header=dice.random() < 0.5)


def paragraph(dice: Random, found: Paragraph) -> Paragraph:
    return replace(
        found, text=text(dice, found.text), boxes=(), kind=dice.choice(("body", "heading", "item"))
    )


def some(dice: Random, found: tuple[T, ...], change: Callable[[Random, T], T]) -> tuple[T, ...]:
    """The things with a few of them changed, left out, doubled or out of order."""
    rate = 2 ** dice.uniform(-8, -1)
    kept: list[T] = []
    for each in found:
        if dice.random() < rate:
            what = dice.randrange(4)
            kept += [[change(dice, each)], [], [each, each], [each, change(dice, each)]][what]
        else:
            kept.append(each)
    if dice.random() < 0.2:
        dice.shuffle(kept)
    return tuple(kept)


def mutated_scene(dice: Random, scene: Scene, other: Scene) -> Scene:
    """The scene changed all over; one in five has the marks or the words of another."""
    if dice.random() < 0.2:
        scene = (
            replace(scene, marks=other.marks) if dice.random() < 0.5 else replace(scene, words=other.words)
        )
    grids = tuple(replace(g, cells=some(dice, g.cells, cell)) for g in scene.grids)
    scene = replace(
        scene,
        words=some(dice, scene.words, word),
        marks=some(dice, scene.marks, mark),
        paragraphs=some(dice, scene.paragraphs, paragraph),
        grids=grids,
    )
    if dice.random() < 0.05:
        return replace(scene, width=number(dice, scene.width), height=number(dice, scene.height))
    return scene

"""Marks and words told apart where both come from pixels: strokes of characters, swatches read as ■."""

from __future__ import annotations

from dataclasses import replace

from extract.charts.color import same
from extract.scene import Box, Mark, Scene, Word

# A word taken for a swatch is one or two characters, none of them a digit.
LONGEST = 2


def tell_apart(scene: Scene) -> Scene:
    """The scene without traced marks that are strokes of characters and without words that are swatches.

    Words keep their indices: a word that is no text becomes empty.
    """
    traced = [mark for mark in scene.marks if mark.seen_by == "pixels"]
    if not traced:
        return scene
    words = tuple(_emptied(word, traced) if word.seen_by == "ocr" else word for word in scene.words)
    boxes = [word.box for word in words if word.text]
    within = {id(mark): next((box for box in boxes if _within(mark.box, box)), None) for mark in traced}
    colors = {m.fill for m in traced if within[id(m)] is None and m.fill and m.kind in ("rect", "sector", "area")}
    kept = tuple(
        mark for mark in scene.marks
        if (word := within.get(id(mark))) is None or _is_swatch(mark, word, colors)
    )  # fmt: skip
    return replace(scene, marks=kept, words=words)


def _emptied(word: Word, traced: list[Mark]) -> Word:
    """A swatch that OCR read as ■ or 口 has a mark of its own size at its place."""
    if len(word.text.strip()) > LONGEST or any(char.isdigit() for char in word.text):
        return word
    for mark in traced:
        covered = mark.box.shared(word.box) > 0.5 * mark.box.area
        if covered and mark.fill and 0.15 * word.box.area < mark.box.area < 1.5 * word.box.area:
            return replace(word, text="", edges=(), doubts=())
    return word


def _within(mark: Box, word: Box) -> bool:
    slack = 0.1 * word.height
    return (
        mark.height <= 1.05 * word.height
        and word.x0 - slack <= mark.x0 and mark.x1 <= word.x1 + slack
        and word.y0 - slack <= mark.y0 and mark.y1 <= word.y1 + slack
    )  # fmt: skip


def _is_swatch(mark: Mark, word: Box, colors: set[str]) -> bool:
    """A swatch that OCR took into a word stands at its start and has larger marks of its colour."""
    at_start = mark.box.x1 < word.x0 + 1.3 * word.height
    return at_start and bool(mark.fill) and any(same(mark.fill, color, traced=True) for color in colors)

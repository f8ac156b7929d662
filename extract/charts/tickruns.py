"""Values that recognition ran together with the tick before them: 「4038.3」 is 38.3 behind the tick 40.

Lines that start at the value axis have their first values printed against its ticks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.charts.axis import Axis, find_axes
from extract.charts.labels import parse_value, part_box, read_labels
from extract.charts.turn import turned
from extract.scene import Scene, Word

# A tick stands at its place within this share of a step.
AT_PLACE = 0.35
# It ends where the others do, within this many em.
ALIGNED = 0.6
# A number is no value of the axis from this many times its highest tick.
TOO_LARGE = 1.5


def parted_ticks(scene: Scene) -> Scene:
    """The scene with such words reduced to the value; words keep their indices."""
    if not any(word.seen_by == "ocr" for word in scene.words):
        return scene
    axes = find_axes(read_labels(scene, range(len(scene.words))), "v")
    if not axes:
        return scene
    words = list(scene.words)
    for axis in axes:
        for i, word in enumerate(words):
            if word.seen_by == "ocr" and i not in axis.words:
                words[i] = _without_tick(word, axis)
    return replace(scene, words=tuple(words))


def _without_tick(word: Word, axis: Axis) -> Word:
    number = parse_value(word.text)
    top = max(abs(value) for value in axis.range)
    if number is None or abs(number[0]) < TOO_LARGE * top or len(word.edges) != len(word.text) + 1:
        return word
    ticks = [tick.value for tick in axis.ticks]
    step = min(abs(b - a) for a, b in pairwise(ticks))
    here = axis.value(turned(word.box, "v").cx)
    tick = round(here / step) * step
    prefix = re.match(rf"{tick:g}\s*%?\s*(?=\d)", word.text)
    if prefix is None or abs(here - tick) > AT_PLACE * step:
        return word
    end = max(other.box.x1 for other in axis.ticks)
    if abs(word.edges[prefix.end()] - end) > ALIGNED * word.size:
        return word
    return _tail(word, prefix.end())


def _tail(word: Word, start: int) -> Word:
    doubts = word.doubts[start:] if len(word.doubts) == len(word.text) else ()
    box = part_box(word, start, len(word.text))
    return replace(word, text=word.text[start:], box=box, edges=word.edges[start:], doubts=doubts)

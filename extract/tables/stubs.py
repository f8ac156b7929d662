"""Names of the rows of a table without rules: labels wrapped over lines, headings over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.scene import Box, Scene, hull

# Words further left than this many type sizes belong to something else.
FARTHEST = 40.0
# In type sizes: a label reaches this far above and below its letters; a wrapped label goes on where its lines
# stand nearer than those of two labels by at least this much; two stub columns stand this far apart.
REACH = 0.3
WRAP = 0.35
APART = 0.8
# Longest blank between the lines of one label, in type sizes (line spacing 1.9).
LINE_GAP = 0.9
# A heading over rows stands on fewer lines than this share of them.
MOST_OUTER = 0.7


def row_labels(
    scene: Scene, heights: Sequence[float], size: float, right: float, free: Sequence[int]
) -> list[list[int]]:
    """For the middle height of each row the words of its label, left of ``right``; none where it has none."""
    top, bottom = min(heights) - 3 * size, max(heights) + 3 * size
    words = [
        i
        for i in free
        if (box := scene.words[i].box).x1 <= right + REACH * size
        and top < box.cy < bottom
        and right - box.x1 < FARTHEST * size
        and scene.words[i].angle == 0
    ]
    lines = without_outer(scene, lines_of(scene, words, size), heights, size)
    blocks = [
        part for block in blocks_of(scene, lines, size) for part in rows_apart(scene, block, heights, size)
    ]
    return [nearest(scene, blocks, height, size) for height in heights]


def lines_of(scene: Scene, words: Sequence[int], size: float) -> list[list[int]]:
    lines: list[list[int]] = []
    for i in sorted(words, key=lambda i: (scene.words[i].box.cy, scene.words[i].box.x0)):
        if lines and abs(scene.words[i].box.cy - scene.words[lines[-1][-1]].box.cy) < 0.4 * size:
            lines[-1].append(i)
        else:
            lines.append([i])
    return [sorted(line, key=lambda i: scene.words[i].box.x0) for line in lines]


def without_outer(
    scene: Scene, lines: Sequence[list[int]], heights: Sequence[float], size: float
) -> list[list[int]]:
    """The lines without a first stub column that heads several rows; a row named there alone keeps it."""
    body = [i for line in lines for i in line if in_rows(scene.words[i].box, heights, size)]
    gutter = last_gutter([scene.words[i].box for i in body], size)
    outer = {i for i in body if gutter is not None and scene.words[i].box.x1 <= gutter}
    inner = set(body) - outer
    if not outer or len(lines_of(scene, sorted(outer), size)) > MOST_OUTER * len(heights):
        return list(lines)
    named = [h for h in heights if any(abs(scene.words[i].box.cy - h) < 0.5 * size for i in inner)]
    kept = []
    for line in lines:
        height = box_of(scene, line).cy
        alone = not set(line) & inner and any(abs(height - h) < 0.5 * size for h in heights if h not in named)
        words = [i for i in line if alone or i not in outer]
        kept += [words] if words else []
    return kept


def in_rows(box: Box, heights: Sequence[float], size: float) -> bool:
    return min(heights) - size < box.cy < max(heights) + size


def last_gutter(boxes: Sequence[Box], size: float) -> float | None:
    """Left end of the blank strip furthest right that no word crosses; None where there is none."""
    gutter, reach = None, None
    for box in sorted(boxes, key=lambda b: b.x0):
        if reach is not None and box.x0 - reach > APART * size:
            gutter = reach
        reach = box.x1 if reach is None else max(reach, box.x1)
    return gutter


def box_of(scene: Scene, words: Sequence[int]) -> Box:
    return hull(scene.words[i].box for i in words)


def blocks_of(scene: Scene, lines: Sequence[list[int]], size: float) -> list[list[int]]:
    """Lines of one label together: those nearer to each other than the lines of two labels."""
    boxes = [box_of(scene, line) for line in lines]
    gaps = [b.y0 - a.y1 for a, b in pairwise(boxes)]
    near = min(gaps, default=0.0) + WRAP * size
    blocks: list[list[int]] = []
    for at, line in enumerate(lines):
        wrapped = at > 0 and gaps[at - 1] <= min(near, LINE_GAP * size) < max(gaps)
        if wrapped:
            blocks[-1] += line
        else:
            blocks.append(list(line))
    return blocks


def rows_apart(scene: Scene, block: list[int], heights: Sequence[float], size: float) -> list[list[int]]:
    """The block, or its lines where they are labels of different rows after all."""
    lines = lines_of(scene, block, size)
    own = [nearest(scene, lines, h, size) for h in heights if nearest(scene, [block], h, size)]
    return lines if any(label != own[0] for label in own) else [block]


def nearest(scene: Scene, blocks: Sequence[list[int]], height: float, size: float) -> list[int]:
    """The label that the row's middle lies on."""
    reached = [
        (abs(box.cy - height), block)
        for block in blocks
        if (box := box_of(scene, block)).y0 - REACH * size <= height <= box.y1 + REACH * size
    ]
    return min(reached, key=lambda pair: pair[0])[1] if reached else []

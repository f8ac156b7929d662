"""Characters standing under each other, each a word of its own, put together: vertical labels and tabs.

Drawing tools have no vertical writing: they break the label after every character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from extract.scene import Word, hull
from extract.sources.spacing import ALONE, script

# In em: how far characters of a stack may stand from its axis, and from one to the next; wider is a column
# of cells.
ASTRAY, NEAREST, WIDEST, UNEVEN = 0.2, 0.8, 1.5, 0.2
# Fewer characters than this under each other happen by chance.
SHORTEST = 3


def stacked(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, every stack of single Japanese characters as one word read downwards."""
    lone = [w for w in words if len(w.text) == 1 and w.angle == 0 and script(w.text) != "l"]
    if len(lone) < SHORTEST:
        return tuple(words)
    used: set[int] = set()
    joined: list[Word] = []
    for stack in _stacks(sorted(lone, key=lambda w: (w.box.y0, w.box.x0))):
        if len(stack) >= SHORTEST and not all(w.text in ALONE for w in stack) and _is_free(stack, words):
            used.update(map(id, stack))
            joined.append(_word(stack))
    return (*(w for w in words if id(w) not in used), *joined)


def _stacks(lone: Sequence[Word]) -> list[list[Word]]:
    stacks: list[list[Word]] = []
    for word in lone:
        home = next((s for s in stacks if _continues(s, word)), None)
        if home is None:
            stacks.append([word])
        else:
            home.append(word)
    return stacks


def _continues(stack: Sequence[Word], word: Word) -> bool:
    last, size = stack[-1], stack[-1].size
    step = (word.box.cy - last.box.cy) / size
    if abs(word.box.cx - last.box.cx) > ASTRAY * size or not NEAREST <= step <= WIDEST:
        return False
    if abs(word.size - size) > 0.1 * size or word.color != last.color:
        return False
    return len(stack) < 2 or abs(step * size - (last.box.cy - stack[-2].box.cy)) <= UNEVEN * size


def _is_free(stack: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether nothing stands beside the stack on its own rows: a column of a table has neighbours."""
    box, size = hull(w.box for w in stack), stack[0].size
    wide = replace(stack[0], box=box).box.grown(0.6 * size)
    members = {id(w) for w in stack}
    return not any(id(w) not in members and wide.shared(w.box) > 0.2 * w.box.area for w in words)


def _word(stack: Sequence[Word]) -> Word:
    edges = (*(w.box.y0 for w in stack), stack[-1].box.y1)
    return replace(
        stack[0],
        text="".join(w.text for w in stack),
        box=hull(w.box for w in stack),
        edges=edges,
        size=mean(w.size for w in stack),
        bold=all(w.bold for w in stack),
        confidence=min(w.confidence for w in stack),
        doubts=tuple(d for w in stack for d in w.doubts),
        angle=90,
    )

"""Which painted text a reader of the page cannot see: invisible, off the page, or covered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

import numpy as np

from extract.backends.mupdf import Image, Span
from extract.scene import Box, Mark

# Paint hides what is under it from this opacity on; a highlighter does not.
OPAQUE = 0.9


def seen_and_hidden(
    spans: Sequence[Span], images: Sequence[Image], marks: Sequence[Mark], page: Box
) -> tuple[list[Span], list[Span]]:
    """Spans a reader sees, and spans hidden from him (an OCR layer under its scan, text painted over)."""
    covers = [(i.box, i.order) for i in images]
    covers += [(m.box, m.order) for m in marks if _hides(m)]
    shown = [s for s in spans if not s.invisible]
    covered = _covered(shown, covers)
    seen: list[Span] = []
    hidden = [s for s in spans if s.invisible]
    for span, under in zip(shown, covered, strict=True):
        x, y = middle(span)
        (hidden if under or not page.holds(x, y) else seen).append(span)
    return seen, hidden


def _hides(mark: Mark) -> bool:
    return mark.kind == "rect" and bool(mark.fill) and mark.opacity >= OPAQUE and not mark.pattern


def middle(span: Span) -> tuple[float, float]:
    """The middle of a span on the page."""
    u = (span.glyphs[0][1] + span.glyphs[-1][2]) / 2
    v = span.baseline - 0.3 * span.size
    if span.angle == 0.0:
        return u, v
    dx, dy = cos(radians(span.angle)), sin(radians(span.angle))
    return u * dx - v * dy, u * dy + v * dx


def _covered(spans: Sequence[Span], covers: Sequence[tuple[Box, int]]) -> list[bool]:
    """Whether something opaque is painted over the middle of each span after it."""
    if not spans or not covers:
        return [False] * len(spans)
    first = min(s.order for s in spans)
    late = [(b, order) for b, order in covers if order > first]
    if not late:
        return [False] * len(spans)
    at = np.array([(*middle(s), s.order) for s in spans])
    boxes = np.array([(b.x0, b.y0, b.x1, b.y1, order) for b, order in late])
    x, y, order = at[:, 0, None], at[:, 1, None], at[:, 2, None]
    over = (
        (x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3]) & (order < boxes[:, 4])
    )
    return [bool(under) for under in np.atleast_1d(over.any(axis=1)).tolist()]

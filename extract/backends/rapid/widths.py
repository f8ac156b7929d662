"""Whether a number's ink is wider than what was read: a digit was dropped.

Two like digits in a row are read as one where the columns of the recogniser are too few to part them
(22.3% as 2.3%, every character above .99). The ink still has the width of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph, text_of
from extract.backends.ink import measure_ink

_NUMBER = re.compile(r"^[\d,]*\d(?:\.\d+)?[%％]?$")
# Widths in em of the type of a number's characters, and of a percent sign's full-width form.
DIGIT, POINT, PERCENT = 0.57, 0.3, 0.95
DIGIT_INK = 0.73  # height of a digit's ink in em
# Ink this much wider than the characters read, in em, holds one more: a digit takes .5 or more.
EXCESS = 0.42


def lacks_a_digit(glyphs: Sequence[Glyph], crop: NDArray[np.uint8]) -> bool:
    """Whether a number is shorter than its ink; False for anything that is no number."""
    text = text_of(glyphs)
    if not _NUMBER.match(text):
        return False
    rough = len(crop) * 0.7
    ink = measure_ink(crop, 0, crop.shape[1], rough)
    if ink is None:
        return False
    em = (ink.bottom - ink.top) / DIGIT_INK
    if not 0.5 * len(crop) < em < 1.1 * len(crop):
        return False
    points = sum(c in ".," for c in text)
    percent = text[-1] in "%％"
    width = DIGIT * (len(text) - points - percent) + POINT * points + PERCENT * percent
    return (ink.right - ink.left) / em > width + EXCESS

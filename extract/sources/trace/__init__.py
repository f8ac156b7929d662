"""Pixels to marks: bars, slices, lines and markers of a page that is only a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.scene import Box, Mark


def trace_marks(image: NDArray[np.uint8], text_boxes: Sequence[Box] = ()) -> tuple[Mark, ...]:
    """Marks of an RGB image of shape (height, width, 3), boxes in its pixels.

    ``text_boxes`` say where words are: glyphs are no marks, and holes they punch into bars are healed.
    """
    return ()

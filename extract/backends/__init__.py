"""The only place that imports an outside engine: the contracts and the names.

An engine is chosen by name, imported on use; or any object with ``read`` is passed in.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extract.scene import Word


class OcrEngine(Protocol):
    """Pixels in, words out."""

    name: str

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an RGB image, shape (height, width, 3); boxes, edges and sizes in its pixels."""
        ...

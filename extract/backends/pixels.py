"""Any image as the engines want it: RGB, eight bits, three channels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def to_rgb(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey images repeated, alpha laid on white; shape (height, width, 3)."""
    if image.ndim == 2:
        image = image[:, :, None]
    channels = image.shape[2]
    if channels in (1, 2):
        colour, alpha = image[:, :, :1].repeat(3, axis=2), image[:, :, 1:]
    else:
        colour, alpha = image[:, :, :3], image[:, :, 3:]
    if alpha.size == 0 or bool((alpha == 255).all()):
        return np.ascontiguousarray(colour)
    share = alpha.astype(np.float32) / 255
    return np.asarray(np.rint(colour * share + 255 * (1 - share)), np.uint8)

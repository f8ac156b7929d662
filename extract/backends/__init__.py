"""The only place that imports an outside engine: the contracts and the names.

An engine is chosen by name, imported on use; or any object with ``read`` is passed in.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from extract.errors import EngineMissing
from extract.scene import Word

# name -> "module:class"; the module is imported only when the engine is asked for.
OCR_ENGINES: dict[str, str] = {
    "rapid": "extract.backends.rapid:RapidEngine",
    "tesseract": "extract.backends.tesseract:TesseractEngine",
}


class OcrEngine(Protocol):
    """Pixels in, words out."""

    name: str

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an RGB image, shape (height, width, 3); boxes, edges and sizes in its pixels.

        Grey images (two dimensions or one channel) and images with alpha (laid on white) are read too.
        """
        ...

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        """The one line an image holds, without looking for it first; None when nothing is read."""
        ...


@cache
def ocr_engine(name: str) -> OcrEngine:
    """The engine of that name, one per process. Raises EngineMissing with the remedy."""
    target = OCR_ENGINES.get(name)
    if target is None:
        raise EngineMissing(f"no OCR engine called {name!r}; known: {', '.join(sorted(OCR_ENGINES))}")
    module, _, attribute = target.partition(":")
    try:
        factory = getattr(import_module(module), attribute)
    except ModuleNotFoundError as missing:
        raise EngineMissing(
            f"OCR engine {name!r} needs the package {missing.name!r}; install it: pip install {missing.name}"
        ) from missing
    return cast(OcrEngine, factory())

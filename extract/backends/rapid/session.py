"""PP-OCRv6 models as ONNX sessions: found inside the installed rapidocr wheel, run without its code.

Only the model files of ``rapidocr`` are used. Its own pipeline imports a graphical OpenCV, reshapes
every page to fixed sizes and spins threads; all three cost more than the two calls needed here.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.errors import EngineMissing

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"


def model_path(file: str) -> Path:
    """Where the wheel keeps a model. Raises EngineMissing when the wheel or the file is not there."""
    spec = find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "models" / file
        if path.is_file():
            return path
    raise EngineMissing(
        f"OCR engine 'rapid' needs the model {file}; install it: pip install 'rapidocr>=3.10'"
    )


class Session:
    """One model: an array in, an array out. One thread, because pages run in parallel instead."""

    def __init__(self, file: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(model_path(file)), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """``batch`` has shape (n, 3, height, width)."""
        result: NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        return result

    def characters(self) -> tuple[str, ...]:
        """The recogniser's classes in order: the CTC blank as '', the model's own list, the space."""
        listed: str = self._session.get_modelmeta().custom_metadata_map["character"]
        return ("", *listed.splitlines(), " ")


def to_input(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """An RGB image as the models want it: BGR, channels first, -1 to 1, shape (1, 3, height, width)."""
    scaled = image[:, :, ::-1].astype(np.float32) * np.float32(2 / 255) - np.float32(1)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])

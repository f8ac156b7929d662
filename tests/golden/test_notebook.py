"""The notebook of the documentation runs from its first cell to its last and shows a picture."""

from __future__ import annotations

import pytest

from tests.golden.notebook import run_notebook

pytestmark = pytest.mark.ocr


def test_the_notebook_runs() -> None:
    outputs = [output for cell in run_notebook().cells for output in cell.get("outputs", [])]
    assert not [o for o in outputs if o.output_type == "error"]
    assert any("image/png" in o.get("data", {}) for o in outputs)

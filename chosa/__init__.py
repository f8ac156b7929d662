"""The run: documents in, tidy tables out; see ``chosa.pipeline`` for the road and ``chosa.api`` for Python.

import chosa
result = chosa.run(["report.pdf", "page.html"])
result.observations        # a pandas DataFrame, one row per reported number
result.compare("kpi.nps")  # one item across reports and years, with its picture
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chosa.api import Compared, Result, load, run

__all__ = ["Compared", "Result", "load", "run"]


def __getattr__(name: str) -> Any:
    """``run``, ``load`` and ``Result`` are loaded on use: pandas takes half a second that the command line
    does not need."""
    if name in __all__:
        import chosa.api

        return getattr(chosa.api, name)
    raise AttributeError(f"module 'chosa' has no attribute {name!r}")

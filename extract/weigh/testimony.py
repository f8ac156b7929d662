"""Record: what one witness says of one finding, and how loudly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.finding import Reading

Witness = Literal[
    "label", "geometry", "arithmetic", "sum", "format", "echo", "range", "chart", "binding", "names"
]


@dataclass(frozen=True, slots=True)
class Testimony:
    """``weight`` is the change of the log-odds (natural) that the row is right; a dispute is negative.

    ``reading`` is a reading of its own to keep beside the label's, where the witness has one.
    """

    witness: Witness
    agrees: bool
    weight: float
    why: str
    reading: Reading | None = None

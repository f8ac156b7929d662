"""Record: what one witness says of one finding, in the words of the confidence model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.finding import Reading

# As in the column ``witnesses`` of observations.csv.
Witness = Literal[
    "label", "geometry", "arithmetic", "sum", "difference", "format", "echo", "range", "chart", "binding",
    "names", "grammar", "repair",
]  # fmt: skip

# What moves the odds that a row is right; each has a weight in model.json.
Kind = Literal[
    # where the number stands and how it was read
    "chart text", "chart ocr", "measured", "table text", "table ocr", "prose", "prose ocr",
    "group carried", "no group", "item loose", "item odd", "words left over",
    "hedged", "hedged decimal", "other unit",
    # what vouches for it
    "label sure", "geometry agrees", "scale proven", "arithmetic agrees", "count agrees", "sum agrees",
    "difference agrees", "echo fine", "echo coarse", "echo alike",
    "echo hedged", "echo nearest", "echo drawn",
    "item quoted", "item quoted apart", "nothing left over", "nothing left, hedged", "sum told",
    "repair proven",
    # what speaks against it
    "label doubtful", "geometry nearly", "geometry denies", "arithmetic denies", "count denies",
    "sum denies", "echo elsewhere", "format denies", "range denies", "chart denies", "binding denies",
    "names doubtful", "repaired",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Testimony:
    """``amount``: 1 for a plain yes or no; for a witness that could agree by accident the natural log of
    one in how many it would. ``reading``: kept beside the label's, where the witness has one of its own.
    """

    witness: Witness
    agrees: bool
    kind: Kind
    why: str
    amount: float = 1.0
    reading: Reading | None = None

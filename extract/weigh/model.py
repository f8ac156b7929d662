"""The confidence model: how much each witness moves the odds that a row is right.

Logistic regression on what the witnesses say. The weights (natural log-odds) stand in model.json with their
provenance; ``python -m benchmarks.fit`` makes them from generated documents with known truth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import msgspec

# The sigmoid is flat beyond this; keeps exp() in range.
STEEPEST = 30.0


class Model(msgspec.Struct, frozen=True):
    """``about``: how the weights were made. ``weights``: log-odds by kind of testimony or circumstance.

    ``accept``: the confidence below which a person looks; from there on fewer of the rows that the model was
    tried on were wrong than its stated target (``about``), half of 1 in 1000.
    """

    about: dict[str, str | int | float]
    accept: float
    weights: dict[str, float]


@cache
def fitted() -> Model:
    """The model that is shipped with the package."""
    return msgspec.json.decode(
        resources.files("extract.weigh").joinpath("model.json").read_bytes(), type=Model
    )


def log_odds(features: Iterable[tuple[str, float]], weights: Mapping[str, float]) -> float:
    """Sum of weight times amount. Raises KeyError for a kind that the model does not know."""
    return sum(weights[kind] * amount for kind, amount in features)


def probability(odds: float) -> float:
    """Log-odds -> 0-1."""
    return 1 / (1 + math.exp(-max(min(odds, STEEPEST), -STEEPEST)))

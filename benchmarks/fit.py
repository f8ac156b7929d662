"""Fits the weights of the confidence model: ``python -m benchmarks.fit`` writes extract/weigh/model.json.

Logistic regression on what the witnesses say of rows with known truth (evidence.py), by maximum a posteriori:
every weight starts at the odds stated here, with the spread that the statement deserves, and moves as far as
the rows carry it (Gaussian prior; Gelman et al. 2008, "A weakly informative default prior distribution for
logistic models"). So a witness that the generated documents hardly show keeps its stated weight.
Deterministic: the same options give the same file.

The model also says from which confidence rows are accepted: the lowest from which fewer rows are wrong than
the target allows, on charts that the weights were not fitted on and on the sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.evidence import MIXED, Row, rows_of_charts, rows_of_pictures, rows_of_prose
from extract.weigh.model import log_odds, probability
from extract.weigh.testimony import Kind

MODEL = Path(__file__).parent.parent / "extract" / "weigh" / "model.json"
# Natural log-odds, before any data. A testimony with an amount (the log of one in how many agrees by
# accident) is taken at its word: weight 1.
STATED: dict[Kind, float] = {
    "chart text": 3.5, "chart ocr": 2.5, "measured": 1.0, "table text": 5.0, "table ocr": 3.0,
    "prose": 1.5, "prose ocr": -0.5, "group carried": -0.5, "no group": -0.3,
    "item loose": -0.3, "item odd": -1.0, "words left over": -0.5, "hedged": -0.5, "hedged decimal": -1.5,
    "other unit": -0.5,
    "label sure": 1.0, "geometry agrees": 1.0, "scale proven": 5.0, "arithmetic agrees": 1.0,
    "count agrees": 4.5, "sum agrees": 4.0, "sum told": 2.0, "difference agrees": 2.5,
    "echo fine": 5.0, "echo coarse": 3.5, "echo alike": 3.0,
    "echo hedged": 3.5, "echo nearest": 1.0, "echo drawn": 1.0,
    "item quoted": 1.0, "item quoted apart": 0.5, "nothing left over": 1.5, "nothing left, hedged": 1.0,
    "repair proven": 4.0,
    "label doubtful": -2.0, "geometry nearly": -1.5, "geometry denies": -5.0, "arithmetic denies": -5.0,
    "count denies": -5.0, "sum denies": -5.0, "echo elsewhere": -2.0, "format denies": -5.0,
    "range denies": -5.0, "chart denies": -5.0, "binding denies": -5.0, "names doubtful": -2.0,
    "repaired": -3.0,
}  # fmt: skip
# How far a stated weight may be off (standard deviation, log-odds); amounts are worth nearly their word.
SPREAD = 1.0
AMOUNTS: frozenset[Kind] = frozenset({"geometry agrees", "arithmetic agrees", "echo nearest", "echo drawn"})
SPREAD_OF_AMOUNTS = 0.3
# One generated chart is much like the next: a hundred rows of them say no more than thirty of real reports.
CHART_WEIGHT = 0.3
# Each sentence is heard so many times beside other charts, and counts once.
PROSE_ROUNDS = 4

# Share of accepted rows that may be wrong: half of the 1 in 1000 that is promised, because new reports are
# harder than the charts and sentences made here.
TARGET = 0.0005
# Thresholds tried, from the strictest on.
THRESHOLDS = tuple(round(0.99 - 0.01 * k, 2) for k in range(20))

Vector = NDArray[np.float64]


def matrix(rows: Sequence[Row]) -> tuple[Vector, Vector, Vector]:
    """Rows by kinds, whether each is right, and how much it counts."""
    kinds = {kind: at for at, kind in enumerate(STATED)}
    x = np.zeros((len(rows), len(kinds)))
    for i, row in enumerate(rows):
        for kind, amount in row.features:
            x[i, kinds[kind]] += amount
    right = np.array([float(row.right) for row in rows])
    counts = np.array([1 / PROSE_ROUNDS if row.source == "prose" else CHART_WEIGHT for row in rows])
    return x, right, counts


def fit(rows: Sequence[Row]) -> dict[Kind, float]:
    """The weights that the rows and the stated odds make most likely."""
    x, right, counts = matrix(rows)
    stated = np.array(list(STATED.values()))
    spread = np.array([SPREAD_OF_AMOUNTS if kind in AMOUNTS else SPREAD for kind in STATED])

    def loss(w: Vector) -> tuple[float, Vector]:
        odds = x @ w
        off = (w - stated) / spread
        value = float(counts @ (np.logaddexp(0, odds) - right * odds) + 0.5 * off @ off)
        slope = x.T @ (counts * (1 / (1 + np.exp(-odds)) - right)) + off / spread
        return value, slope

    best = minimize(loss, stated, jac=True, method="L-BFGS-B")
    return {kind: round(float(w), 3) for kind, w in zip(STATED, best.x, strict=True)}


def evidence(charts: int, pictures: int, seed: int) -> list[Row]:
    """The rows to fit on: sentences never tuned to, charts with corrupted labels, charts read by OCR."""
    rows = list(rows_of_prose(MIXED, range(seed, seed + PROSE_ROUNDS)))
    rows += rows_of_charts(charts, seed, rate=0.05, shifted=0.05)
    rows += rows_of_pictures(pictures, seed + 1)
    return rows


def once(row: Row) -> float:
    """What a row counts, so that each sentence counts once."""
    return 1 / PROSE_ROUNDS if row.source == "prose" else 1.0


def lowest_safe(rows: Sequence[Row], weights: Mapping[Kind, float], target: float) -> float:
    """The lowest confidence from which the accepted rows, and those of every higher one, are wrong less often
    than ``target`` (0-1)."""
    undisputed = [row for row in rows if not row.disputed]
    sure = [probability(log_odds(row.features, weights)) for row in undisputed]
    safe = THRESHOLDS[0]
    for threshold in THRESHOLDS:
        accepted = [row for row, p in zip(undisputed, sure, strict=True) if p >= threshold]
        wrong = sum(once(row) for row in accepted if not row.right)
        if wrong > target * sum(map(once, accepted)):
            break
        safe = threshold
    return safe


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=60, help="charts read by OCR, some seconds each")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--target", type=float, default=TARGET, help="share of accepted rows that may be wrong"
    )
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    args = parser.parse_args()
    assert set(STATED) == set(get_args(Kind)), "every kind of testimony has its stated odds"
    rows = evidence(args.charts, args.pictures, args.seed)
    weights = fit(rows)
    others = evidence(args.charts, args.pictures, args.seed + 100)
    accept = lowest_safe(others, weights, args.target)
    about = {
        "made_by": "python -m benchmarks.fit",
        "charts": args.charts,
        "pictures": args.pictures,
        "seed": args.seed,
        "method": "logistic regression, Gaussian prior on the stated odds",
        "rows": len(rows),
        "rows_of_prose": sum(row.source == "prose" for row in rows),
        "wrong": sum(not row.right for row in rows),
        "target": args.target,
        "rows_for_the_target": len(others),
    }
    model = {"about": about, "accept": accept, "weights": weights}
    args.output.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    for kind, weight in weights.items():
        print(f"{kind:20} {STATED[kind]:6.2f} -> {weight:6.2f}")
    print(f"accepted from {accept}")
    print(about)


if __name__ == "__main__":
    main()

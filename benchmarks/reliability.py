"""Is the confidence what it says, and what does safety cost? ``python -m benchmarks.reliability``

Charts with known truth that the model was not fitted on, and sentences: those that the grammar was tuned on
(where it is better than on any new report), and others, with which the model was fitted. A table of
reliability (in each bin the share of right rows should be the confidence), and the curve of silent errors
against the share of rows in review: what one accepts at other thresholds than the shipped one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from itertools import pairwise

from benchmarks.evidence import MIXED, Row, rows_of_charts, rows_of_pictures, rows_of_prose
from extract.weigh.model import fitted

TUNED = ("development",)
BINS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001)
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.97, 0.98, fitted().accept, 0.99, 0.995, 0.997)


def calibration_error(rows: Sequence[Row], quiet: bool = False) -> float:
    """Expected calibration error (Naeini et al. 2015) over the bins; prints the table."""
    if not quiet:
        print("| confidence | rows | mean confidence | right |\n|---|--:|--:|--:|")
    error = 0.0
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row.confidence < high]
        if not inside:
            continue
        sure = sum(row.confidence for row in inside) / len(inside)
        right = sum(row.right for row in inside) / len(inside)
        error += len(inside) / len(rows) * abs(sure - right)
        if not quiet:
            print(f"| {low:.3f}-{min(high, 1):.3f} | {len(inside)} | {sure:.3f} | {right:.3f} |")
    return error


def curve(rows: Sequence[Row]) -> None:
    """Silent errors and the share of rows in review, by the confidence from which rows are accepted."""
    print("| accepted from | in review | wrong among the accepted | expected |\n|--:|--:|--:|--:|")
    for threshold in sorted(set(THRESHOLDS)):
        accepted = [row for row in rows if not row.disputed and row.confidence >= threshold]
        if not accepted:
            continue
        wrong = sum(not row.right for row in accepted)
        expected = sum(1 - row.confidence for row in accepted) / len(accepted)
        review = 1 - len(accepted) / len(rows)
        shipped = " (shipped)" if threshold == fitted().accept else ""
        print(
            f"| {threshold:.3f}{shipped} | {review:.3f} | {wrong} of {len(accepted)} "
            f"({wrong / len(accepted):.4f}) | {expected:.4f} |"
        )


def summary(rows: Sequence[Row]) -> None:
    """What the verdict itself does, all its rules included."""
    accepted = [row for row in rows if row.accepted]
    wrong = sum(not row.right for row in accepted)
    share = wrong / max(len(accepted), 1)
    print(f"\naccepted {len(accepted)} of {len(rows)}, of these wrong {wrong} ({share:.4f})\n")


def report(name: str, found: Iterable[Row]) -> list[Row]:
    rows = list(found)
    if rows:
        print(f"### {name}\n")
        error = calibration_error(rows)
        print(f"\nexpected calibration error {error:.4f}\n")
        curve(rows)
        summary(rows)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=60, help="charts read by OCR, a second each")
    parser.add_argument("--rate", type=float, default=0.05, help="share of labels corrupted")
    parser.add_argument("--shifted", type=float, default=0.05, help="share of charts with shifted labels")
    parser.add_argument("--seed", type=int, default=2)
    args = parser.parse_args()
    charts = report(
        "charts, labels corrupted", rows_of_charts(args.charts, args.seed, args.rate, args.shifted)
    )
    pictures = report("charts read by OCR", rows_of_pictures(args.pictures, args.seed))
    report("sentences that the grammar was tuned on", rows_of_prose(TUNED, (args.seed,)))
    prose = report("other sentences", rows_of_prose(MIXED, (args.seed,)))
    report("charts and other sentences together", [*charts, *pictures, *prose])


if __name__ == "__main__":
    main()

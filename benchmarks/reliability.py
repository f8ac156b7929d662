"""Is the confidence what it says? ``python -m benchmarks.reliability``

Generated charts with known truth, their labels recognised with faults at a known rate, read and weighed as
always. Rows are sorted into bins of confidence; in each bin the share of right rows should be the confidence.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.faults import corrupt, shift_labels
from benchmarks.generated import Known, known_charts
from extract.document import read_scene
from extract.finding import Finding, SurveyFacts
from extract.scene import Scene
from extract.weigh import weigh

BINS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001)
# A printed value is right to its last digit, a measured one within a point.
EXACT, MEASURED = 0.051, 1.0


@dataclass(frozen=True)
class Weighed:
    """One row: how sure chosa was, whether it accepted it, whether it was right."""

    confidence: float
    accepted: bool
    right: bool


def is_right(finding: Finding, known: Known) -> bool:
    """Whether the chart truly shows this value for this item and group."""
    slack = MEASURED if finding.qualifier == "measured" else EXACT
    return any(
        row["item"] == finding.item
        and row["segment"] == finding.segment
        and abs(float(str(row["value"])) - finding.value) <= slack
        for row in known.rows
    )


def weighed_rows(known: Known, scene: Scene) -> Iterator[Weighed]:
    page = read_scene(scene)
    for finding in weigh(page.findings, page.charts, SurveyFacts()).findings:
        yield Weighed(finding.confidence, finding.status == "accepted", is_right(finding, known))


def report(rows: Sequence[Weighed]) -> None:
    print("| confidence | rows | mean confidence | right |\n|---|--:|--:|--:|")
    error = 0.0
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row.confidence < high]
        if not inside:
            continue
        sure = sum(row.confidence for row in inside) / len(inside)
        right = sum(row.right for row in inside) / len(inside)
        error += len(inside) / len(rows) * abs(sure - right)
        print(f"| {low:.3f}-{min(high, 1):.3f} | {len(inside)} | {sure:.3f} | {right:.3f} |")
    accepted = [row for row in rows if row.accepted]
    wrong = sum(not row.right for row in accepted)
    print(f"\nexpected calibration error {error:.4f}")
    print(f"accepted {len(accepted)} of {len(rows)}, of these wrong {wrong} ({wrong / len(accepted):.4f})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--rate", type=float, default=0.05, help="share of labels corrupted")
    parser.add_argument("--shifted", type=float, default=0.05, help="share of charts with shifted labels")
    parser.add_argument("--seed", type=int, default=2)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    rows: list[Weighed] = []
    for known in known_charts(args.charts, args.seed):
        shifted = dice.random() < args.shifted
        scene, _ = shift_labels(known.scene, dice) if shifted else corrupt(known.scene, dice, args.rate)
        rows += weighed_rows(known, scene)
    report(rows)


if __name__ == "__main__":
    main()

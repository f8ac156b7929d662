"""How well and how fast pictures of bar charts are traced, on charts painted with known truth.

    python benchmarks/trace.py [--charts 20] [--seed 1]

Prints, for drawn, compressed and scanned versions of the same charts, the share of the bars found (both
ends within 3 pixels), the error of their lengths in percentage points of an axis of 100 (median, 95th
percentile), and the CPU time for a page of 1654 x 2339 pixels.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract.sources.trace import trace_marks
from tests.extract.easel import BLACK, BLUE, GREEN, GREY, ORANGE, RED, WHITE, Easel

VERSIONS = {
    "png": {},
    "jpeg 90": {"quality": 90},
    "jpeg 70": {"quality": 70},
    "jpeg 50": {"quality": 50},
    "scan": {"quality": 60, "blur": 0.7, "noise": 4.0},
}
PAGE = (1654, 2339)
AXIS = 900.0  # pixels for 100 percentage points
SERIES = (BLUE, ORANGE, GREEN, RED)


@dataclass(frozen=True, slots=True)
class Bar:
    x0: float
    x1: float
    y0: float
    y1: float


def chart(chance: np.random.Generator) -> tuple[Easel, list[Bar]]:
    """A page of grouped or stacked horizontal bars with gridlines and labels."""
    easel, bars = Easel(*PAGE), []
    for x in range(500, 1401, 90):
        easel.rect(x, 200, x + 1, 2200, GREY)
    stacked, thickness = bool(chance.integers(2)), float(chance.uniform(10, 40))
    for row in range(20):
        top = 220.3 + 98 * row
        shares = chance.dirichlet(np.ones(4)) * 100 if stacked else chance.uniform(0.5, 95, 2)
        at = 500.0
        for k, share in enumerate(shares):
            y0 = top if stacked else top + k * thickness
            bar = Bar(at, at + share * AXIS / 100, y0, y0 + thickness)
            easel.rect(bar.x0, bar.y0, bar.x1, bar.y1, SERIES[k])
            bars.append(bar)
            inside = stacked and share > 8 and thickness > 18
            if inside or not stacked:
                x = (bar.x0 + bar.x1) / 2 - 20 if inside else bar.x1 + 6
                easel.text(
                    f"{share:.1f}%", int(x), int(y0 + thickness / 2 + 5), WHITE if inside else BLACK, 0.4
                )
            at = bar.x1 if stacked else 500.0
    return easel, bars


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--charts", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    chance = np.random.default_rng(options.seed)
    charts = [chart(chance) for _ in range(options.charts)]
    for name, treatment in VERSIONS.items():
        errors, total, seconds = [], 0, 0.0
        for easel, bars in charts:
            image = easel.pixels(**treatment)  # type: ignore[arg-type]
            start = time.process_time()
            boxes = [m.box for m in trace_marks(image, easel.words) if m.kind == "rect"]
            seconds += time.process_time() - start
            for bar in (b for b in bars if b.x1 - b.x0 >= 3):
                total += 1
                near = [
                    b
                    for b in boxes
                    if max(abs(b.x0 - bar.x0), abs(b.x1 - bar.x1), abs(b.cy - (bar.y0 + bar.y1) / 2)) < 3
                ]
                if near:
                    errors.append(min(abs(b.width - (bar.x1 - bar.x0)) for b in near) * 100 / AXIS)
        p50, p95 = np.percentile(errors, [50, 95])
        found = len(errors) / total
        cost = f"{seconds / len(charts):.2f} s a page"
        print(f"{name:8s} found {found:.3f} of {total}  error {p50:.3f} / {p95:.3f} points  {cost}")


if __name__ == "__main__":
    main()

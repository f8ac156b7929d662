"""How fast the review app is on a large run, in real Chromium.

    python -m benchmarks.review [--rows 50000] [--pages 500]

Prints milliseconds: until the first paint and until all is drawn, to the next row (mean and worst of 30), to
filter by a word, to accept a row and show the next, to split one. Needs chromium and playwright
(scripts/setup dev).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from chosa.observation import Observation
from chosa.picturing import PageImage
from chosa.review.desk import Desk
from chosa.review.page import write_review_page
from chosa.rows import DocumentRows
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted
from tests.chosa.test_review_app import TOKEN, opened, served

PER_CHART = 20
SCALE = 2.0  # pixels per point, as the page pictures have
AFTER = "document.body.offsetHeight;"  # makes the browser lay out what changed before the clock is read
STEPS = f"""(() => {{ const t = []; for (let i = 0; i < 30; i++) {{
  const s = performance.now(); select(current + 1); {AFTER} t.push(performance.now() - s); }}
  return [t.reduce((a, b) => a + b) / 30, Math.max(...t)] }})()"""
FILTER = f"""(() => {{ const s = performance.now(); $("search").value = "項目499"; filter(); {AFTER}
  const ms = performance.now() - s; $("search").value = ""; filter(); return [ms] }})()"""
ACCEPT = f"""(async () => {{ const s = performance.now(); await decide(shown[current], "accept"); {AFTER}
  return [performance.now() - s] }})()"""
SPLIT = f"""(async () => {{ const s = performance.now();
  await decide(shown[current], "split", {{ parts: [{{ value: "1" }}, {{ value: "2" }}] }}); {AFTER}
  return [performance.now() - s] }})()"""
PAINT = """[performance.getEntriesByType("paint")[0].startTime,
  performance.getEntriesByType("navigation")[0].domComplete]"""


def rows(count: int, pages: int) -> Iterator[Observation]:
    """Every ninth row for review, every third of these disputed; a hundred places on a page."""
    for n in range(count):
        x, y = 50 + n % 10 * 40.0, 50 + n // 10 % 10 * 70.0
        yield observation(
            f"{n:016x}",
            page=n * pages // count + 1,
            item=f"項目{n}",
            question=f"設問{n // PER_CHART}",
            value=(n * 7 % 1000) / 10,
            status="review" if n % 9 == 0 else "accepted",
            witnesses="label!geometry" if n % 27 == 0 else "label+geometry",
            chart_id=f"c{n // PER_CHART}",
            x0=x, y0=y, x1=x + 30, y1=y + 12,
        )  # fmt: skip


def report(count: int, pages: int) -> DocumentRows:
    made = document(*rows(count, pages))
    charts = (replace(made.charts[0], chart_id=f"c{n}") for n in range(count // PER_CHART + 1))
    return replace(
        made, charts=tuple(charts), pages=tuple(replace(made.pages[0], page=n + 1) for n in range(pages))
    )


def page_picture() -> PageImage:
    """An A4 page of specks: as many bytes as a page of text."""
    specks = np.random.default_rng(0).random((1684, 1190)) < 0.02
    file = BytesIO()
    Image.fromarray(np.where(specks, 0, 255).astype(np.uint8)).quantize(48).save(file, "PNG")
    return PageImage(file.getvalue(), SCALE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--pages", type=int, default=500)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out, picture = emitted(Path(folder), report(wanted.rows, wanted.pages), ()), page_picture()
        write_review_page(out, lambda _: picture)
        with served(Desk(out, "benchmark")) as address, opened(f"{address}/?token={TOKEN}") as page:
            for name, script in (
                ("first paint, all drawn", PAINT), ("next row: mean, worst", STEPS), ("filter", FILTER),
                ("accept and next", ACCEPT), ("split", SPLIT),
            ):  # fmt: skip
                print(f"{name:24}", *(f"{ms:8.1f}" for ms in page.evaluate(script)))


if __name__ == "__main__":
    main()

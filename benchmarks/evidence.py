"""Rows with known truth and all that the witnesses say of them: what the confidence model is fitted and
measured on.

Charts: drawn at random, seen as vectors with recognised labels, some corrupted (see faults.py), and as page
images read by OCR. Prose: sentences that the grammar was never tuned to (see known_prose.py).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from benchmarks.faults import corrupt, shift_labels
from benchmarks.generated import Known, known_charts, known_pictures
from benchmarks.known_prose import is_right as is_told
from benchmarks.known_prose import known_passages
from extract.document import read_scene
from extract.finding import Chart, Finding, SurveyFacts
from extract.scene import Scene
from extract.weigh import Hearing, hear
from extract.weigh.keys import key
from extract.weigh.testimony import Kind
from extract.weigh.verdict import features, judge

# Sentences of many publishers' manners: three sets that the grammar was not tuned to, and one that it was,
# since a new report is in part like what is known.
MIXED = ("sentences", "test", "unseen", "varied")
# A printed value is right to its last digit, a measured one within a point.
EXACT, MEASURED = 0.051, 1.0


@dataclass(frozen=True)
class Row:
    """One row: what the model looks at, how sure chosa was, what it decided, and whether it was right."""

    source: str
    features: tuple[tuple[Kind, float], ...]
    confidence: float
    disputed: bool
    accepted: bool
    measured: bool
    right: bool


def is_shown(finding: Finding, known: Known) -> bool:
    """Whether the chart truly shows this value for this item and group."""
    slack = MEASURED if finding.qualifier == "measured" else EXACT
    return any(
        key(str(row["item"])) == key(finding.item)
        and key(str(row["segment"])) == key(finding.segment)
        and abs(float(str(row["value"])) - finding.value) <= slack
        for row in known.rows
    )


def row_of(hearing: Hearing, i: int, right: bool) -> Row:
    finding, said = hearing.findings[i], hearing.said[i]
    verdict = judge(finding, said)
    return Row(
        finding.source, tuple(features(finding, said)), verdict.confidence, "!" in verdict.witnesses,
        verdict.status == "accepted", finding.qualifier == "measured", right,
    )  # fmt: skip


def heard(findings: Sequence[Finding], charts: Sequence[Chart]) -> Hearing:
    return hear(findings, charts, SurveyFacts())


def rows_of_chart(known: Known, scene: Scene) -> Iterator[Row]:
    page = read_scene(scene)
    hearing = heard(page.findings, page.charts)
    for i, finding in enumerate(hearing.findings):
        yield row_of(hearing, i, is_shown(finding, known))


def rows_of_charts(count: int, seed: int, rate: float, shifted: float) -> Iterator[Row]:
    """Charts with recognised labels: ``rate`` of the labels corrupted, ``shifted`` of the charts moved on."""
    dice = random.Random(seed)
    for known in known_charts(count, seed):
        moved = dice.random() < shifted
        scene, _ = shift_labels(known.scene, dice) if moved else corrupt(known.scene, dice, rate)
        yield from rows_of_chart(known, scene)


def rows_of_pictures(count: int, seed: int) -> Iterator[Row]:
    """Charts as page images, read by the OCR engine."""
    for known in known_pictures(count, seed) if count else ():
        yield from rows_of_chart(known, known.scene)


def rows_of_prose(parts: Sequence[str], seeds: Sequence[int]) -> Iterator[Row]:
    """Sentences, some beside a chart that shows the same numbers; only the sentences' rows are given. Each
    seed gives every sentence once, with other charts."""
    for part, seed in product(parts, seeds):
        for told, charts, findings in known_passages(part, seed):
            hearing = heard(findings, charts)
            for i, finding in enumerate(hearing.findings):
                if finding.source == "prose":
                    yield row_of(hearing, i, is_told(finding, told))

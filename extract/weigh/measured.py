"""Values read off unlabelled marks: believed when the chart's own labels prove the fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.finding import Finding
from extract.weigh.geometry import geometry_denies
from extract.weigh.places import Heard, Place, drawn, place_of
from extract.weigh.testimony import Testimony

# Labelled marks of the same chart whose length agrees with their number before a bare mark is believed.
PROOFS = 3
# A measured value with more slack than this (points) is a guess, and one below its slack may be nothing.
FINE = 1.0


def hear_fit(findings: Sequence[Finding]) -> Heard:
    """For each measured finding: do the labelled marks beside it agree with their lengths?"""
    agreeing: dict[Place, int] = defaultdict(int)
    denied: set[Place] = set()
    for finding in findings:
        if not finding.chart or finding.qualifier == "measured" or drawn(finding) is None:
            continue
        if geometry_denies(finding):
            denied.add(place_of(finding))
        else:
            agreeing[place_of(finding)] += 1
    heard: Heard = {}
    for i, finding in enumerate(findings):
        reading = drawn(finding)
        if finding.qualifier != "measured" or reading is None:
            continue
        place = place_of(finding)
        fine = reading.slack <= FINE and finding.value > reading.slack
        if agreeing[place] >= PROOFS and place not in denied and fine:
            why = f"{agreeing[place]} labels of the chart prove the scale"
            heard[i] = [Testimony("geometry", True, "scale proven", why)]
    return heard

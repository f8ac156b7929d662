"""The one chart reader; sees scenes only."""

from __future__ import annotations

from dataclasses import dataclass

from extract.finding import Chart, Finding, Taken
from extract.notes import Note
from extract.scene import Scene


@dataclass(frozen=True, slots=True)
class ChartsReading:
    """The charts of one scene, what they report, and which words they used."""

    charts: tuple[Chart, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    taken: Taken = Taken()


def read_charts(scene: Scene) -> ChartsReading:
    """Every chart of the scene."""
    return ChartsReading()

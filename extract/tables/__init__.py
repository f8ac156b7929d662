"""Ruled and aligned tables of a scene -> findings."""

from __future__ import annotations

from dataclasses import dataclass

from extract.finding import Finding, Taken
from extract.notes import Note
from extract.scene import Scene


@dataclass(frozen=True, slots=True)
class TablesReading:
    """What the tables of one scene report, and which words they used."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    taken: Taken = Taken()


def read_tables(scene: Scene, taken: Taken) -> TablesReading:
    """Every table of the scene among the words that no chart has taken."""
    return TablesReading()

"""The witnesses of each number -> status, confidence, base n, fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding import Chart, Finding, SurveyFacts
from extract.notes import Note


@dataclass(frozen=True, slots=True)
class Weighed:
    """All findings of a document after their witnesses were heard."""

    findings: tuple[Finding, ...]
    facts: SurveyFacts
    notes: tuple[Note, ...] = ()


def weigh(findings: Sequence[Finding], charts: Sequence[Chart], facts: SurveyFacts) -> Weighed:
    """Status and confidence of every finding from what its readings and its neighbours say."""
    return Weighed(tuple(findings), facts)

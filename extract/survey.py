"""Running text -> who asked whom, when, how many."""

from __future__ import annotations

from collections.abc import Sequence

from extract.finding import PageReading, SurveyFacts
from extract.scene import Paragraph
from extract.sources import Origin


def read_survey(
    origin: Origin, pages: Sequence[PageReading], texts: Sequence[Sequence[Paragraph]]
) -> SurveyFacts:
    """The facts of the survey, empty where the document does not say."""
    return SurveyFacts(title=origin.title)

"""Codes of doubt: every doubt is a row in notes.csv with what it means and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of doubt: its severity, its title, and what a person can do about it."""

    severity: Severity
    title: str
    remedy: str


CODES: dict[str, Code] = {
    "text-garbled": Code(
        "warning",
        "the text layer does not say what the page shows",
        "nothing to do where the page was read by OCR instead; for a text dump, ask for the original file",
    ),
    "text-missing": Code("info", "the page has no text layer", "nothing: it was read by OCR"),
    "page-failed": Code("error", "the page could not be read", "open the page in a viewer; see the message"),
    "file-failed": Code("error", "the file could not be read", "see the message for the remedy"),
    "file-repaired": Code(
        "warning",
        "the file was damaged and its index rebuilt",
        "compare its pages with the original; download it again if some are missing",
    ),
    "file-skipped": Code("info", "not a kind of file chosa reads", "name the file if it should be read"),
    "picture-missing": Code("warning", "a picture of the web page is not there", "save the page complete"),
    "chart-given-up": Code("warning", "a region looks like a chart but was not read", "look at the page"),
    "chart-unsure": Code("warning", "a chart was read with doubt", "compare the chart with its rows"),
    "witness-disputed": Code("warning", "two witnesses of a number disagree", "look at the crop and decide"),
    "source-contradicts": Code("warning", "the report states two values for one fact", "cite with care"),
    "label-unmatched": Code("info", "no canonical id fits the label", "chosa labels propose"),
    "number-unread": Code("warning", "something numeric was seen and could not be read", "look at the crop"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One doubt at one place; ``box`` is (x0, y0, x1, y1) in the page's unit, None for the whole page."""

    code: str
    message: str
    page: int | None = None
    image: str | None = None
    box: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown note code {self.code!r}; known: {', '.join(sorted(CODES))}")

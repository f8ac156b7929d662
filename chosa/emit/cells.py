"""Cells as text: numbers as they would be typed, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Any

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_SUSPECT = frozenset((*FORMULA_STARTS, "'"))  # most cells start with none of these: one look decides


def cell(value: Any) -> str:
    """A number without a needless ``.0``; None as an empty cell; text defused."""
    if isinstance(value, str):
        return defused(value) if value[:1] in _SUSPECT else value
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else str(value)


def number(value: float) -> str:
    """The shortest text that reads back as the same number; never in exponent form below 1e16."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def defused(text: str) -> str:
    """Text that would be run as a formula, with an apostrophe before it; text that looks already defused
    gets another one, so that it comes back as it was."""
    return "'" + text if text.lstrip("'").startswith(FORMULA_STARTS) else text


def undefused(text: str) -> str:
    """The text before ``defused``."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text

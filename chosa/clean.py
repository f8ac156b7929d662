"""Text from documents on its way into tables: one line, no control characters, always valid UTF-8."""

from __future__ import annotations

import re

# C0 and C1 controls, lone surrogates, and the marks that turn the reading direction around (they can make a
# cell show something other than what it says).
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")


def clean(text: str) -> str:
    """The text with every unsafe run turned into one space, and no space at either end."""
    return _UNSAFE.sub(" ", text).strip() if text else ""

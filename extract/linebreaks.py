"""What a line break did to the text: Japanese lines break anywhere, within a number as well."""

from __future__ import annotations

import re

# How far back a number that a break cut can begin; looking further costs time and tells nothing.
REACH = 20
_NUMBER_AT_END = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff、。「（][^A-Za-z]*\d$")


def cuts_number(text: str, following: str) -> bool:
    """Whether the break between ``text`` and the line ``following`` stands inside a number."""
    return following[:1].isdigit() and bool(_NUMBER_AT_END.search(text[-REACH:]))

"""One label misread in a known way: its point lost, its sign read as a digit, its beginning not seen."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from extract.finding import Finding, Reading
from extract.weigh.arithmetic import Share, decimals_of
from extract.weigh.chartwide import LIKE_SIGN, has_sign
from extract.weigh.places import drawn, label_reading
from extract.weigh.reread.witnessed import Bench

# Natural log of one in how many: beyond this no accident explains that the re-reading fits.
OVERWHELMING = 6.0
# The printed format alone tells less than that.
BY_FORMAT = 2.0
POINT_LOST, SIGN_READ = "decimal point lost", "percent sign read as a digit"
# A label wider than its segment begins on the neighbour's colour, where its first digits are not seen.
BEGINNING_LOST = "first digits not seen"


def reread_label(bench: Bench, i: int) -> Finding:
    """The finding as it must have been printed, or as it is when no re-reading fits better."""
    finding = bench.findings[i]
    label = label_reading(finding)
    if label is None or label.engine == "text" or (finding.qualifier, finding.unit) != ("exact", "percent"):
        return finding
    share = Share(finding.value, decimals_of(label.text))
    if fits(bench, i, share) and in_format(bench, label.text):
        return finding
    named = list(candidates(bench, label.text))
    ways = Counter(name for name, _ in named)
    found = [
        (name, text, told - math.log(ways[name]))
        for name, text in named
        if (told := vouched(bench, i, text)) is not None
    ]
    if len(found) != 1:
        return finding
    name, text, told = found[0]
    sure = 1.0 if told >= OVERWHELMING else 0.5
    repaired = Reading(
        "repair", name, value_of(text), text, label.box, sure, why=f"{label.text} read again as {text}"
    )
    return replace(finding, value=value_of(text), readings=(*finding.readings, repaired))


def value_of(text: str) -> float:
    match = re.search(r"\d+(?:\.\d+)?", text)
    return float(match[0]) if match else 0.0


def fits(bench: Bench, i: int, share: Share) -> bool:
    """Nothing denies the first reading."""
    marked, counted = bench.marked(i, share), bench.counted(share, bench.bases[i])
    return (marked is None or marked >= 0) and (counted is None or counted >= 0)


def in_format(bench: Bench, text: str) -> bool:
    """Whether the label carries the decimals and the sign that the chart's labels usually carry."""
    decimals = bench.decimals is None or decimals_of(text) == bench.decimals
    return decimals and (has_sign(text) or not bench.signed)


def candidates(bench: Bench, text: str) -> Iterator[tuple[str, str]]:
    """Names and texts of what may have been printed."""
    usual = bench.decimals
    digits = re.match(r"(\d+)(\.\d+)?", text.strip())
    if digits is None:
        return
    if usual and digits[2] is None and len(digits[1]) > usual:
        whole, part = digits[1][:-usual], digits[1][-usual:]
        yield POINT_LOST, f"{whole}.{part}{text.strip()[digits.end() :]}"
    if bench.signed and not has_sign(text) and digits[0][-1] in LIKE_SIGN:
        shorter = digits[0][:-1]
        if shorter.rstrip(".") and not shorter.endswith("."):
            yield SIGN_READ, f"{shorter}%"
        if usual and digits[2] is None and len(shorter) > usual:
            yield f"{POINT_LOST}, {SIGN_READ}", f"{shorter[:-usual]}.{shorter[-usual:]}%"
    if usual and digits[2] is None and len(digits[1]) == usual:
        yield from ((BEGINNING_LOST, f"{whole}.{text.strip()}") for whole in range(100))
    elif usual == decimals_of(text) and len(digits[1]) == 1:
        yield from ((BEGINNING_LOST, f"{ten}{text.strip()}") for ten in range(1, 10))


def vouched(bench: Bench, i: int, text: str) -> float | None:
    """How surprising the fit of a re-reading would be by accident; None when it does not fit."""
    share = Share(value_of(text), decimals_of(text))
    if not in_format(bench, text):
        return None
    marked, counted = bench.marked(i, share), bench.counted(share, bench.bases[i])
    if (marked is not None and marked < 0) or (counted is not None and counted < 0):
        return None
    if drawn(bench.findings[i]) is not None and marked is None:
        return None
    if marked is None and counted is None:
        return None
    return (marked or 0.0) + (counted or 0.0) + BY_FORMAT

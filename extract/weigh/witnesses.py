"""The witnesses that look at one number by itself: its label, its arithmetic, its range."""

from __future__ import annotations

import math
from collections.abc import Iterator

from extract.finding import Finding, Reading
from extract.weigh.arithmetic import odds, respondents
from extract.weigh.bases import Base, share_of
from extract.weigh.places import label_reading
from extract.weigh.testimony import Testimony

# A recogniser's weakest character below this marked exactly the wrong values on clean pages.
SURE_CHARACTER = 0.9
# Shares do not leave this range; a lost decimal point does.
FULL_SHARE = 100.0


def hear_label(finding: Finding) -> Iterator[Testimony]:
    """Recognised digits are as good as their weakest character; a legible text layer speaks for itself."""
    label = label_reading(finding)
    if label is None or label.engine == "text":
        return
    sure = label.confidence >= SURE_CHARACTER
    why = f"weakest character {label.confidence:.2f}"
    yield Testimony("label", sure, "label sure" if sure else "label doubtful", why)


def hear_arithmetic(finding: Finding, base: Base | None) -> Iterator[Testimony]:
    """k/n must round to the printed share. Silent where n is so large that everything is possible."""
    share = share_of(finding)
    if share is None or base is None:
        return
    accident = odds(share, base.n)
    if accident >= 1.0:
        return
    k = respondents(share, base.n)
    if k is None:
        yield Testimony("arithmetic", False, "arithmetic denies", f"no k/{base.n} gives {share.value}")
        return
    reading = Reading("arithmetic", "k/n", 100 * k / base.n, f"{k}/{base.n}", why=base.why)
    yield Testimony("arithmetic", True, "arithmetic agrees", f"{k} of {base.n}", -math.log(accident), reading)


def hear_range(finding: Finding) -> Iterator[Testimony]:
    """A share of people lies between 0 and 100."""
    if finding.unit == "percent" and finding.question_type and not 0 <= finding.value <= FULL_SHARE:
        yield Testimony("range", False, "range denies", "a share of people cannot be that")

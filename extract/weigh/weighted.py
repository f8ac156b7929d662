"""Weighted data break k/n: notice it once for the document rather than dispute every number."""

from __future__ import annotations

from collections.abc import Sequence

from extract.finding import Finding
from extract.weigh.arithmetic import odds, respondents
from extract.weigh.bases import Base, share_of

# Where n is stated and the test has teeth, unweighted reports fail it only by misreading: a few in a hundred.
FAILING_SHARE = 0.3
FEWEST_FAILURES = 5
# The test has teeth where fewer than this share of values is possible.
TEETH = 0.7


def looks_weighted(findings: Sequence[Finding], bases: Sequence[Base | None]) -> bool:
    """Whether so many printed shares are impossible with their printed n that the data must be weighted."""
    tested = failed = 0
    for finding, base in zip(findings, bases, strict=True):
        share = share_of(finding)
        if share is None or base is None or base.source != "printed" or odds(share, base.n) > TEETH:
            continue
        tested += 1
        failed += respondents(share, base.n) is None
    return failed >= FEWEST_FAILURES and failed > FAILING_SHARE * tested

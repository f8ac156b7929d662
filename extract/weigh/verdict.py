"""What the witnesses say together -> status, confidence, and the reason in one word each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.finding import Finding, Status
from extract.weigh.bases import Base
from extract.weigh.binding import DOUBTFUL
from extract.weigh.testimony import Testimony
from extract.weigh.witnesses import label_reading

# Log-odds (natural) that a row is right before any witness but its label was heard, by source and engine.
PRIOR = {
    ("chart", True): 3.5,
    ("chart", False): 2.5,
    ("table", True): 5.0,
    ("table", False): 3.0,
    ("prose", True): 1.2,
    ("prose", False): 0.8,
}
# However many witnesses agree, something none of them looks at may be wrong: 1 in 500.
CERTAIN = 0.998
# Read off a bar: honest to the slack, but nothing printed vouches for the binding.
PRIOR_MEASURED = 1.0
# Witnesses that vouch for every digit of a label its reader was unsure of, when they speak this loudly.
DIGITS_ELSEWHERE = frozenset({"echo", "sum"})
SURELY = 4.0
# Below this confidence a person looks. Expected wrong rows among the accepted are far fewer than 1 - ACCEPT.
ACCEPT = 0.99


@dataclass(frozen=True, slots=True)
class Verdict:
    """``witnesses`` in the words of observations.csv: ``label+geometry``, ``label!geometry``."""

    status: Status
    confidence: float
    witnesses: str


def prior(finding: Finding) -> float:
    """Log-odds from source and engine, or from the reader's own certainty where it states one."""
    if finding.qualifier == "measured":
        return PRIOR_MEASURED
    if finding.confidence > 0:
        sure = min(max(finding.confidence, 1e-3), 1 - 1e-3)
        return math.log(sure / (1 - sure))
    label = label_reading(finding)
    return PRIOR[finding.source, label is None or label.engine == "text"]


def judge(finding: Finding, heard: Sequence[Testimony]) -> Verdict:
    """Accepted when no witness disputes and enough of them agree."""
    total = prior(finding) + sum(t.weight for t in heard)
    confidence = 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
    agreeing = list(dict.fromkeys(t.witness for t in heard if t.agrees and t.witness != "label"))
    against = list(dict.fromkeys(t.witness for t in heard if not t.agrees))
    loud = {t.witness for t in heard if t.agrees and t.weight >= SURELY}
    if "label" in against and DIGITS_ELSEWHERE & loud:
        against.remove("label")  # the doubtful digits stand somewhere else as well
    head = "geometry" if finding.qualifier == "measured" else "label"
    agreeing = [w for w in agreeing if w != head]
    words = "+".join([head, *agreeing]) + "".join(f"!{w}" for w in against)
    accepted = not against and confidence >= ACCEPT
    return Verdict("accepted" if accepted else "review", round(min(confidence, CERTAIN), 4), words)


def names_settled(finding: Finding) -> Finding:
    """The finding after somebody who knows the field's words vouched for its doubtful names."""
    if not finding.witnesses.endswith("!names") or finding.witnesses.count("!") > 1:
        return finding
    odds = math.log(finding.confidence / (1 - finding.confidence)) - DOUBTFUL
    confidence = min(1 / (1 + math.exp(-odds)), CERTAIN)
    return replace(
        finding,
        status="accepted" if confidence >= ACCEPT else "review",
        confidence=round(confidence, 4),
        witnesses=finding.witnesses.removesuffix("!names"),
    )


def with_verdict(finding: Finding, heard: Sequence[Testimony], base: Base | None) -> Finding:
    """The finding with its status, its base and what the witnesses read."""
    verdict = judge(finding, heard)
    extra = tuple(t.reading for t in heard if t.reading is not None)
    return replace(
        finding,
        base_n=base.n if base else None,
        base_n_source=base.source if base else "",
        readings=finding.readings + extra,
        status=verdict.status,
        confidence=verdict.confidence,
        witnesses=verdict.witnesses,
    )

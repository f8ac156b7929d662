"""What the witnesses say together -> status, confidence, and the reason in one word each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.finding import Finding, Status
from extract.weigh.bases import Base
from extract.weigh.grammar import circumstances
from extract.weigh.model import fitted, log_odds, probability
from extract.weigh.places import label_reading
from extract.weigh.testimony import Kind, Testimony

# However many witnesses agree, something none of them looks at may be wrong: 1 in 500.
CERTAIN = 0.998
# Readers that are never more or less certain than this.
LEAST_READER, MOST_READER = 1e-3, 1 - 1e-3
# Witnesses that vouch for every digit of a label its reader was unsure of.
DIGITS_ELSEWHERE: tuple[Kind, ...] = (
    "echo fine", "echo coarse", "echo alike", "echo nearest", "sum agrees", "sum told", "difference agrees",
)  # fmt: skip
# Witnesses that have seen the digits: recognised ones need one of them, whatever speaks for the names.
SEEN_DIGITS: tuple[Kind, ...] = (
    *DIGITS_ELSEWHERE, "geometry agrees", "arithmetic agrees", "count agrees", "echo hedged", "echo drawn",
    "repair proven",
)  # fmt: skip


# A kanji that looks like a katakana, amid katakana: デー夕, セミナ一.
ODD_LETTER = re.compile(r"[ァ-ヺー][夕口工二一卜八]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``witnesses`` in the words of observations.csv: ``label+geometry``, ``label!geometry``."""

    status: Status
    confidence: float
    witnesses: str


def features(finding: Finding, heard: Sequence[Testimony]) -> Iterator[tuple[Kind, float]]:
    """What the confidence model looks at: the circumstances of a number and all that is said of it."""
    if finding.confidence <= 0:
        yield from circumstances(finding)
    for testimony in heard:
        yield testimony.kind, testimony.amount


def judge(finding: Finding, heard: Sequence[Testimony]) -> Verdict:
    """Accepted when no witness disputes and enough of them agree."""
    odds = log_odds(features(finding, heard), fitted().weights)
    if finding.confidence > 0:  # a reader that states its own certainty
        sure = min(max(finding.confidence, LEAST_READER), MOST_READER)
        odds += math.log(sure / (1 - sure))
    confidence = probability(odds)
    agreeing = list(dict.fromkeys(t.witness for t in heard if t.agrees and t.witness != "label"))
    against = list(dict.fromkeys(t.witness for t in heard if not t.agrees))
    if "label" in against and any(t.kind in DIGITS_ELSEWHERE and t.amount >= 1 for t in heard):
        against.remove("label")  # the doubtful digits stand somewhere else as well
    head = "geometry" if finding.qualifier == "measured" else "label"
    agreeing = [w for w in agreeing if w != head]
    words = "+".join([head, *agreeing]) + "".join(f"!{w}" for w in against)
    accepted = not against and confidence >= fitted().accept and digits_seen(finding, heard)
    return Verdict("accepted" if accepted else "review", round(min(confidence, CERTAIN), 4), words)


def digits_seen(finding: Finding, heard: Sequence[Testimony]) -> bool:
    """A legible text layer vouches for digits by itself; what was recognised needs a second witness, a round
    figure (約半数) an exact one that it stands for, and what was measured the labels of its chart."""
    if finding.qualifier == "measured":
        return any(t.kind == "scale proven" for t in heard)
    label = label_reading(finding)
    typed = label is None or (label.engine == "text" and finding.qualifier == "exact")
    return typed or any(t.kind in SEEN_DIGITS for t in heard)


def names_settled(finding: Finding) -> Finding:
    """The finding after somebody who knows the field's words vouched for its doubtful names.

    Not where a name came out with a letter of another script: matching forgives that, a reader does not.
    """
    if not finding.witnesses.endswith("!names") or finding.witnesses.count("!") > 1:
        return finding
    if ODD_LETTER.search(finding.item) or ODD_LETTER.search(finding.segment):
        return finding
    odds = math.log(finding.confidence / (1 - finding.confidence)) - fitted().weights["names doubtful"]
    confidence = min(probability(odds), CERTAIN)
    return replace(
        finding,
        status="accepted" if confidence >= fitted().accept else "review",
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

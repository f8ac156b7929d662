"""The witnesses of each number -> status, confidence, base n, fact.

bases -> witnesses (each number by itself) -> together (its neighbours) -> verdict -> facts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.finding import Chart, Finding, SurveyFacts
from extract.notes import Note
from extract.weigh.bases import find_bases
from extract.weigh.binding import hear_binding, hear_names
from extract.weigh.echo import find_echoes, hear_echo
from extract.weigh.facts import contradictions, name_facts
from extract.weigh.measured import hear_fit
from extract.weigh.testimony import Testimony
from extract.weigh.together import hear_chart, hear_counts, hear_format, hear_sum, wholes
from extract.weigh.verdict import with_verdict
from extract.weigh.weighted import looks_weighted
from extract.weigh.witnesses import hear_arithmetic, hear_geometry, hear_label, hear_range


@dataclass(frozen=True, slots=True)
class Weighed:
    """All findings of a document after their witnesses were heard."""

    findings: tuple[Finding, ...]
    facts: SurveyFacts
    notes: tuple[Note, ...] = ()


def weigh(
    findings: Sequence[Finding],
    charts: Sequence[Chart],
    facts: SurveyFacts,
    told: Sequence[tuple[str, int]] = (),
) -> Weighed:
    """Status and confidence of every finding from what its readings and its neighbours say.

    ``told`` are (group, n) pairs that the running text states.
    """
    places = {(c.page, c.image, c.key): c for c in charts}
    bases = find_bases(findings, charts, told, facts.sample_size)
    weighted = looks_weighted(findings, bases)
    echoes = find_echoes(findings)
    heard: dict[int, list[Testimony]] = defaultdict(list)
    for i, finding in enumerate(findings):
        chart = places.get((finding.page, finding.image, finding.chart))
        span = chart.axis_range[1] - chart.axis_range[0] if chart and chart.axis_range else 100.0
        heard[i] += hear_label(finding)
        heard[i] += hear_geometry(finding, span)
        heard[i] += hear_range(finding)
        if not weighted:
            heard[i] += hear_arithmetic(finding, bases[i])
    together = [hear_sum(findings, parts) for parts in wholes(findings, places)]
    together += [hear_chart(findings), hear_format(findings), hear_echo(findings, echoes)]
    if not weighted:
        together.append(hear_counts(findings, bases))
    together += [hear_fit(findings), hear_binding(findings), hear_names(findings)]
    for more in together:
        for i, testimonies in more.items():
            heard[i] += testimonies
    named = name_facts(findings, [(e.one, e.other) for e in echoes])
    judged = [replace(with_verdict(f, heard[i], bases[i]), fact=named[i]) for i, f in enumerate(findings)]
    notes = [n for i, f in enumerate(judged) for n in disputes(f, heard[i])] + contradictions(judged)
    said = replace(facts, weighted="yes") if weighted else facts
    return Weighed(tuple(judged), said, tuple(notes))


def disputes(finding: Finding, heard: Sequence[Testimony]) -> list[Note]:
    """A note for each witness that denies the printed number."""
    box = finding.box
    corners = (box.x0, box.y0, box.x1, box.y1) if box else None
    return [
        Note(
            "witness-disputed",
            f"{finding.item} {finding.segment} {finding.value:g}: {t.witness}: {t.why}",
            finding.page,
            finding.image,
            corners,
        )
        for t in heard
        if not t.agrees and t.witness != "label"
    ]

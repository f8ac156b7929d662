"""The witnesses of each number -> status, confidence, base n, fact.

bases -> reread (labels that their charts contradict) -> witnesses (each number by itself, then with its
neighbours) -> verdict -> facts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.finding import Chart, Finding, SurveyFacts
from extract.notes import Note
from extract.weigh.bases import Base, find_bases, shared_bases
from extract.weigh.binding import hear_binding, hear_names
from extract.weigh.chartwide import hear_chart, hear_format
from extract.weigh.differences import hear_differences
from extract.weigh.echo import Echo, find_echoes, hear_echo
from extract.weigh.facts import contradictions, name_facts
from extract.weigh.geometry import hear_marks
from extract.weigh.grammar import hear_grammar
from extract.weigh.measured import hear_fit
from extract.weigh.nearest import hear_nearest
from extract.weigh.parts import hear_counts, hear_sums
from extract.weigh.places import Charts, charts_by_place
from extract.weigh.reread import hear_reread, reread
from extract.weigh.testimony import Testimony
from extract.weigh.verdict import with_verdict
from extract.weigh.weighted import looks_weighted
from extract.weigh.witnesses import hear_arithmetic, hear_label, hear_range


@dataclass(frozen=True, slots=True)
class Weighed:
    """All findings of a document after their witnesses were heard."""

    findings: tuple[Finding, ...]
    facts: SurveyFacts
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """All that is said of the findings of a document, before any verdict; ``said[i]`` is of findings[i]."""

    findings: tuple[Finding, ...]
    bases: tuple[Base | None, ...]
    said: tuple[tuple[Testimony, ...], ...]
    echoes: tuple[Echo, ...]
    weighted: bool


def weigh(
    findings: Sequence[Finding],
    charts: Sequence[Chart],
    facts: SurveyFacts,
    told: Sequence[tuple[str, int]] = (),
) -> Weighed:
    """Status and confidence of every finding from what its readings and its neighbours say.

    ``told`` are (group, n) pairs that the running text states.
    """
    hearing = hear(findings, charts, facts, told)
    named = name_facts(hearing.findings, [(e.one, e.other) for e in hearing.echoes if e.how != "drawn"])
    rows = zip(hearing.findings, hearing.said, hearing.bases, named, strict=True)
    judged = [replace(with_verdict(f, said, base), fact=fact) for f, said, base, fact in rows]
    notes = [n for f, said in zip(judged, hearing.said, strict=True) for n in disputes(f, said)]
    stated = replace(facts, weighted="yes") if hearing.weighted else facts
    return Weighed(tuple(judged), stated, tuple(notes + contradictions(judged)))


def hear(
    findings: Sequence[Finding],
    charts: Sequence[Chart],
    facts: SurveyFacts,
    told: Sequence[tuple[str, int]] = (),
) -> Hearing:
    """All witnesses of all findings."""
    places = charts_by_place(charts)
    bases = find_bases(findings, places, told, facts.sample_size)
    reread_findings = reread(findings, bases, places)
    if reread_findings != list(findings):
        findings = reread_findings
        bases = find_bases(findings, places, told, facts.sample_size)
    weighted = looks_weighted(findings, bases)
    echoes = find_echoes(findings)
    bases = shared_bases(findings, bases, [(e.one, e.other) for e in echoes if e.how != "drawn"])
    said: dict[int, list[Testimony]] = defaultdict(list)
    for i, finding in enumerate(findings):
        said[i] += [*hear_label(finding), *hear_range(finding), *hear_grammar(finding)]
        if not weighted:
            said[i] += hear_arithmetic(finding, bases[i])
    for more in neighbours(findings, places, echoes):
        for i, testimonies in more.items():
            said[i] += testimonies
    for i, testimonies in hear_counts(findings, bases).items() if not weighted else ():
        said[i] += testimonies
    heard = tuple(tuple(said[i]) for i in range(len(findings)))
    return Hearing(tuple(findings), tuple(bases), heard, tuple(echoes), weighted)


def neighbours(
    findings: Sequence[Finding], places: Charts, echoes: Sequence[Echo]
) -> list[Mapping[int, list[Testimony]]]:
    """The witnesses that need the rest of the chart or of the document."""
    echoed = hear_echo(findings, echoes)
    return [
        hear_marks(findings, places),
        hear_sums(findings, places),
        hear_chart(findings, places),
        hear_format(findings),
        echoed,
        hear_nearest(findings, echoed),
        hear_differences(findings),
        hear_fit(findings),
        hear_binding(findings),
        hear_names(findings),
        hear_reread(findings),
    ]


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

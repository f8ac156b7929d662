"""Which documents of a run are the same report in another form (PDF and web page, scan and original)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chosa.corrections import folded
from chosa.rows import DocumentRows
from chosa.tables import DocumentRow

# Shares of the smaller document's facts (item, value, unit) that the other also has. Two reports of one
# survey series share few exact values; the same report read twice shares most, less what OCR got wrong.
# Measured: a report and its web page, its text dump or its scan 0.75-1.00; two releases about one survey up
# to 0.61; unrelated reports up to 0.06.
SAME_BY_FACTS = 0.7
SAME_WITH_IDENTITY = 0.25
# Fewer shared facts than this can be chance (50 %, 100 %).
FEWEST_SHARED = 8
# A value that stands in more documents than this says nothing about any two of them.
COMMON_IN = 50


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a document is compared: how it is known, and hashes of its facts."""

    document_id: str
    names: frozenset[str]
    facts: frozenset[int]


def fingerprint(rows: DocumentRows) -> Fingerprint:
    """Labels are left out of a fact when empty; whole percentages are too common to count."""
    facts = frozenset(
        hash((folded(o.item), o.value, o.unit))
        for o in rows.observations
        if o.item and o.edition_of_report == "this" and not float(o.value).is_integer()
    )
    return Fingerprint(rows.document.document_id, _names(rows.document), facts)


def _names(d: DocumentRow) -> frozenset[str]:
    """Title, and survey with its edition and publisher, where long enough to mean something."""
    series = folded(d.survey_name + d.edition + d.publisher) if d.survey_name and d.edition else ""
    return frozenset(name for name in (folded(d.title), series) if len(name) >= 8)


def same_reports(prints: Sequence[Fingerprint]) -> dict[str, str]:
    """document_id -> document_id of the first document that is the same report, for all later ones."""
    order = {p.document_id: n for n, p in enumerate(prints)}
    same: dict[str, str] = {}
    for (first, second), shared in sorted(_shared(prints).items()):
        a, b = prints[first], prints[second]
        share = shared / max(1, min(len(a.facts), len(b.facts)))
        enough = SAME_WITH_IDENTITY if a.names & b.names else SAME_BY_FACTS
        if shared >= FEWEST_SHARED and share >= enough:
            root = same.get(a.document_id, a.document_id)
            if order[root] < second:
                same.setdefault(b.document_id, root)
    return same


def _shared(prints: Sequence[Fingerprint]) -> Counter[tuple[int, int]]:
    """How many facts each pair of documents has in common; only pairs that have any."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for n, print_ in enumerate(prints):
        for fact in print_.facts:
            holders[fact].append(n)
    return Counter(pair for numbers in holders.values() for pair in _pairs(numbers))


def _pairs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(numbers) > COMMON_IN:
        return ()
    return ((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :])

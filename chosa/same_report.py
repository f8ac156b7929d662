"""Which documents of a run are the same report in another form (PDF and web page, scan and original)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chosa.corrections import folded
from chosa.emit.scratch import scratch_base
from chosa.rows import DocumentRows
from chosa.tables import DocumentRow

# Shares of the smaller document's facts (item, value, unit) that the other also has. Two reports of one
# survey series share few exact values; the same report read twice shares most, less what OCR got wrong.
# Measured: a report and its web page, its text dump or its scan 0.75-1.00; two releases about one survey up
# to 0.61; unrelated reports up to 0.06.
SAME_BY_FACTS = 0.7
SAME_WITH_IDENTITY = 0.25
# Between the two the same title is not enough where each has a question that the other knows nothing of: two
# releases about one survey repeat some of its charts, two forms of one report drop charts on one side only
# (a dump without pictures, an excerpt). A question counts from this many facts: a chart, not a sentence.
OWN_QUESTION = 4
# Fewer shared facts than this can be chance (50 %, 100 %).
FEWEST_SHARED = 8
# A value that stands in more documents than this says nothing about any two of them.
COMMON_IN = 50
_folded = lru_cache(maxsize=4096)(folded)  # a document words its items alike in all its charts


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a document is compared: how it is known, and 64-bit hashes of its facts, each with the
    number of its question."""

    document_id: str
    names: frozenset[str]
    facts: dict[int, int]


def fingerprint(rows: DocumentRows) -> Fingerprint:
    """Labels are left out of a fact when empty; whole percentages are too common to count."""
    facts: dict[int, int] = {}
    questions: dict[str, int] = {}
    for o in rows.observations:
        if o.item and o.edition_of_report == "this" and not float(o.value).is_integer():
            question = questions.setdefault(_folded(o.question), len(questions))
            facts.setdefault(hash((_folded(o.item), o.value, o.unit)), question)
    return Fingerprint(rows.document.document_id, _names(rows.document), facts)


def _names(d: DocumentRow) -> frozenset[str]:
    """Title, and survey with its edition and publisher, where long enough to mean something."""
    series = folded(d.survey_name + d.edition + d.publisher) if d.survey_name and d.edition else ""
    return frozenset(name for name in (folded(d.title), series) if len(name) >= 8)


_SHARED = """
SELECT a.document, b.document, count(*)
FROM facts a JOIN facts b ON a.fact = b.fact AND a.document < b.document
WHERE a.fact IN (SELECT fact FROM facts GROUP BY fact HAVING count(*) BETWEEN 2 AND ?)
GROUP BY a.document, b.document HAVING count(*) >= ? ORDER BY a.document, b.document
"""
# Questions of one document of which another has no fact.
_OWN = """
SELECT question FROM facts a WHERE document = ? GROUP BY question
HAVING count(*) >= ? AND sum(EXISTS (SELECT 1 FROM facts b WHERE b.fact = a.fact AND b.document = ?)) = 0
LIMIT 1
"""


class SeenReports:
    """The fingerprints of a run's documents, in the order in which they come. Facts go to a temporary file
    as soon as there are many, so that memory does not depend on their number."""

    def __init__(self) -> None:
        self._base = scratch_base("CREATE TABLE facts (fact INTEGER, document INTEGER, question INTEGER)")
        self._seen: list[tuple[str, frozenset[str], int]] = []

    def add(self, print_: Fingerprint) -> None:
        """One more document."""
        number = len(self._seen)
        self._seen.append((print_.document_id, print_.names, len(print_.facts)))
        rows = ((fact, number, question) for fact, question in print_.facts.items())
        self._base.executemany("INSERT INTO facts VALUES (?, ?, ?)", rows)

    def same(self) -> dict[str, str]:
        """document_id -> document_id of the first document that is the same report, for all later ones."""
        self._base.execute("CREATE INDEX by_fact ON facts (fact, document)")
        self._base.execute("CREATE INDEX by_document ON facts (document, question, fact)")
        same: dict[str, str] = {}
        for first, second, shared in self._base.execute(_SHARED, (COMMON_IN, FEWEST_SHARED)):
            (a, a_names, a_facts), (b, b_names, b_facts) = self._seen[first], self._seen[second]
            share = shared / min(a_facts, b_facts)
            named = share >= SAME_WITH_IDENTITY and a_names & b_names
            if b not in same and (share >= SAME_BY_FACTS or (named and not self._differ(first, second))):
                same[b] = same.get(a, a)
        return same

    def _differ(self, first: int, second: int) -> bool:
        """Whether each has a whole question of its own."""
        pairs = ((first, second), (second, first))
        return all(self._base.execute(_OWN, (a, OWN_QUESTION, b)).fetchone() for a, b in pairs)

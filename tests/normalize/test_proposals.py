"""Unknown labels become proposals; accepting one makes it known."""

from pathlib import Path

import pytest

from normalize.cluster import UnknownLabel, cluster_labels
from normalize.errors import ProposalError
from normalize.match import Matcher
from normalize.proposals import Proposal, accept_as_alias, accept_as_new, propose
from normalize.taxonomy import load_taxonomy

MATCHER = Matcher()
UNKNOWN = [
    UnknownLabel("月面基地の見学会", "item", "a.pdf", "直近一年で新たに始めた取り組み", 2),
    UnknownLabel("月面基地見学会", "item", "b.pdf"),
    UnknownLabel("月面基地の非見学会", "item", "b.pdf"),
    UnknownLabel("月面基地の見学会", "segment", "b.pdf"),
]


def first() -> Proposal:
    return propose(UNKNOWN, MATCHER)[0]


def test_spellings_are_grouped_over_documents_and_opposites_are_not() -> None:
    groups = [(c.kind, c.labels, c.documents) for c in cluster_labels(UNKNOWN)]
    assert groups[0] == ("item", ("月面基地の見学会", "月面基地見学会"), ("a.pdf", "b.pdf"))
    assert ("item", ("月面基地の非見学会",), ("b.pdf",)) in groups
    assert ("segment", ("月面基地の見学会",), ("b.pdf",)) in groups


def test_a_proposal_has_a_free_id_in_the_questions_facet_and_examples() -> None:
    proposal = first()
    assert proposal.id.startswith("initiative.")
    assert proposal.id not in MATCHER.taxonomy.concepts["item"]
    assert proposal.examples == ("月面基地の見学会", "月面基地見学会")
    assert proposal.occurrences == 3


def test_accepting_as_new_makes_every_wording_known(tmp_path: Path) -> None:
    concept_id = accept_as_new(first(), tmp_path, concept_id="moon.visit", label_en="Visit to the moon base")
    later = Matcher(load_taxonomy(tmp_path))
    assert [m.id for m in later.match(["月面基地の見学会", "月面基地見学会"], "item")] == [concept_id] * 2
    assert later.match(["月面基地の非見学会"], "item")[0].id is None


def test_accepting_as_alias_adds_to_an_existing_id(tmp_path: Path) -> None:
    accept_as_alias(first(), "activity.event", tmp_path)
    later = Matcher(load_taxonomy(tmp_path))
    assert later.match(["月面基地見学会"], "item")[0].id == "activity.event"


def test_two_acceptances_go_into_the_same_files(tmp_path: Path) -> None:
    proposals = [p for p in propose(UNKNOWN, MATCHER) if p.kind == "item"]
    accept_as_new(proposals[0], tmp_path)
    accept_as_alias(proposals[1], "activity.event", tmp_path)
    assert load_taxonomy(tmp_path).keys["item"]


def test_an_unknown_or_a_taken_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProposalError, match="no item has the id"):
        accept_as_alias(first(), "moon.gone", tmp_path)
    with pytest.raises(ProposalError, match="exists already"):
        accept_as_new(first(), tmp_path, concept_id="activity.event")

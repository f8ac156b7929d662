"""Proposals for unknown labels, and accepting one: an alias or a new concept in the user's taxonomy
directory."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.cluster import UnknownLabel, cluster_labels
from normalize.errors import ProposalError, TaxonomyError
from normalize.fold import fold
from normalize.match import Candidate, Matcher
from normalize.taxonomy import Concept, Kind, Taxonomy, load_taxonomy
from normalize.taxonomy.layers import ALIAS_COLUMNS, ALIASES, CONCEPT_COLUMNS, FILES

EXAMPLES = 5  # wordings shown with a proposal; accepting takes all of them


@dataclass(frozen=True, slots=True)
class Proposal:
    """One group of unknown labels with what to do about it.

    ``id``: a free id for a new concept in the facet its questions ask for. ``nearest``: the best existing
    id, with
    its score, to take instead when it means the same.
    """

    kind: Kind
    id: str
    label: str
    labels: tuple[str, ...]
    documents: tuple[str, ...]
    questions: tuple[str, ...]
    occurrences: int
    nearest: Candidate | None = None

    @property
    def examples(self) -> tuple[str, ...]:
        return self.labels[:EXAMPLES]


def propose(unknown: Iterable[UnknownLabel], matcher: Matcher) -> list[Proposal]:
    """A proposal per group of unknown labels, those found in most documents first."""
    proposals = []
    for cluster in cluster_labels(unknown):
        label = cluster.labels[0]
        nearest = matcher.nearest(label, cluster.kind)
        facet = _facet(cluster.kind, cluster.questions, matcher)
        proposals.append(
            Proposal(
                kind=cluster.kind,
                id=f"{facet}.{_name(label)}",
                label=label,
                labels=cluster.labels,
                documents=cluster.documents,
                questions=cluster.questions,
                occurrences=cluster.occurrences,
                nearest=nearest,
            )
        )
    return proposals


def accept_as_alias(proposal: Proposal, concept_id: str, directory: Path) -> None:
    """Write every wording of the proposal as an alias of an existing id into ``directory``/aliases.csv.

    Raises ProposalError when the id is unknown; TaxonomyError when the directory would no longer load (it is
    then left as it was).
    """
    if concept_id not in _taxonomy(directory).concepts[proposal.kind]:
        raise ProposalError(f"no {proposal.kind} has the id {concept_id!r}; search for one, or accept as new")
    _append(directory, {ALIASES: (ALIAS_COLUMNS, _aliases(proposal, concept_id, proposal.labels))})


def accept_as_new(
    proposal: Proposal, directory: Path, *, concept_id: str = "", label_en: str = "", definition: str = ""
) -> str:
    """Write the proposal as a new concept with its wordings as aliases; the id it got.

    Raises ProposalError when the id is taken; TaxonomyError as ``accept_as_alias`` does.
    """
    chosen = concept_id or proposal.id
    if chosen in _taxonomy(directory).concepts[proposal.kind]:
        raise ProposalError(
            f"{proposal.kind} {chosen!r} exists already; accept as its alias, or give another id"
        )
    row = dict.fromkeys(CONCEPT_COLUMNS, "")
    row |= {"id": chosen, "label_ja": proposal.label, "label_en": label_en, "definition": definition}
    row["facet"] = chosen.partition(".")[0]
    others = _aliases(proposal, chosen, proposal.labels[1:])
    _append(directory, {FILES[proposal.kind]: (CONCEPT_COLUMNS, [row]), ALIASES: (ALIAS_COLUMNS, others)})
    return chosen


def _taxonomy(directory: Path) -> Taxonomy:
    return load_taxonomy(directory if any(directory.glob("*.csv")) else None)


def _aliases(proposal: Proposal, concept_id: str, labels: Sequence[str]) -> list[dict[str, str]]:
    source = proposal.documents[0] if proposal.documents else "accepted"
    rows, seen = [], {fold(proposal.label)} if labels != proposal.labels else set()
    for label in labels:
        if fold(label) not in seen:
            seen.add(fold(label))
            rows.append({"alias": label, "id": concept_id, "kind": proposal.kind, "source": source})
    return rows


def _append(directory: Path, changes: dict[str, tuple[Sequence[str], list[dict[str, str]]]]) -> None:
    """Add rows to the files of ``directory``; all of them or, when the result does not load, none."""
    directory.mkdir(parents=True, exist_ok=True)
    before = {
        name: (directory / name).read_bytes() if (directory / name).exists() else None for name in changes
    }
    for name, (columns, new) in changes.items():
        if new:
            _write(directory / name, columns, before[name], new)
    try:
        load_taxonomy(directory)
    except TaxonomyError:
        for name, content in before.items():
            if content is None:
                (directory / name).unlink(missing_ok=True)
            else:
                (directory / name).write_bytes(content)
        raise


def _write(path: Path, columns: Sequence[str], before: bytes | None, new: list[dict[str, str]]) -> None:
    text = io.StringIO(newline="")
    old = (before or b"").decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(old)), list(columns))
    writer = csv.DictWriter(text, header, extrasaction="ignore", lineterminator="\n")
    if not old:
        writer.writeheader()
    elif not old.endswith("\n"):
        text.write("\n")
    writer.writerows(new)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(old + text.getvalue(), encoding="utf-8")
    os.replace(temporary, path)


def _facet(kind: Kind, questions: Sequence[str], matcher: Matcher) -> str:
    """The first facet that the label's questions ask for; ``other`` when no question is known."""
    if kind != "item":
        return "segment" if kind == "segment" else "q"
    asked = [
        matcher.taxonomy.concepts["question"].get(m.id or "")
        for m in matcher.match(list(questions), "question")
    ]
    return next((c.facets[0] for c in asked if isinstance(c, Concept) and c.facets), "other")


def _name(label: str) -> str:
    """Latin labels spell their id; others get a short hash of their key, the same in every run."""
    key = fold(label)
    if key.isascii() and key[:1].isalpha():
        return "".join(c if c.isalnum() else "_" for c in key)[:40]
    return "new_" + hashlib.sha256(key.encode()).hexdigest()[:8]

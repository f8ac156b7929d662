"""What a taxonomy is made of: concepts, aliases, and both together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from normalize.fold import fold

Kind = Literal["item", "segment", "question"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Concept:
    """One canonical id. ``facet``: the family it belongs to; for a question, the facets its answers come
    from.

    ``broader`` and ``related`` are SKOS links within the kind; ``narrower`` is derived from them.
    ``questions``: ids of the questions usually answered with it. ``file`` and ``line`` say where it is
    written.
    """

    id: str
    kind: Kind
    label_ja: str
    label_en: str = ""
    definition: str = ""
    facet: str = ""
    broader: str = ""
    related: tuple[str, ...] = ()
    note: str = ""
    questions: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(self.facet.split())


@dataclass(frozen=True, slots=True)
class Alias:
    """Another wording of a concept and where it was seen (a report's short name, or ``editor``)."""

    text: str
    id: str
    kind: Kind
    source: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Concepts by kind and id; ``keys`` is the folded wording -> id of each kind.

    ``digest`` is the SHA-256 of everything that was read: it goes into run.json.
    """

    concepts: dict[Kind, dict[str, Concept]]
    aliases: tuple[Alias, ...]
    keys: dict[Kind, dict[str, str]]
    digest: str

    def wordings(self, kind: Kind) -> list[tuple[str, str]]:
        """(wording, id) of one kind: Japanese and English labels first, then aliases."""
        concepts = self.concepts[kind].values()
        labels = [(text, c.id) for c in concepts for text in (c.label_ja, c.label_en) if text]
        return labels + [(a.text, a.id) for a in self.aliases if a.kind == kind]

    def narrower(self, kind: Kind, concept_id: str) -> list[str]:
        """Ids whose ``broader`` is ``concept_id``."""
        return [c.id for c in self.concepts[kind].values() if c.broader == concept_id]

    def search(self, text: str, kind: Kind | None = None) -> list[Concept]:
        """Concepts with a wording, id or definition that contains ``text`` (folded): for browsing, not
        matching."""
        wanted = fold(text)
        found: dict[tuple[Kind, str], Concept] = {}
        for one in [kind] if kind else list(KINDS):
            for wording, concept_id in self.wordings(one):
                concept = self.concepts[one][concept_id]
                if any(wanted in fold(t) for t in (wording, concept_id, concept.definition)):
                    found[one, concept_id] = concept
        return list(found.values())

"""The promises a taxonomy must keep: ids unique, links resolve, no cycles, no two ids behind one key."""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalize.errors import Fault
from normalize.fold import fold
from normalize.taxonomy.layers import Layer
from normalize.taxonomy.records import Alias, Concept, Kind

ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
ID_FORM = "write ids as facet.name in a-z, 0-9 and _"

Concepts = dict[Kind, dict[str, Concept]]


def layer_faults(layer: Layer, concepts: Concepts) -> list[Fault]:
    """Faults within one layer: ids written twice, aliases of nobody, one key claimed by two ids."""
    faults = list(_id_faults(layer.concepts))
    for alias in layer.aliases:
        if alias.id not in concepts[alias.kind]:
            what = f"alias {alias.text!r} points to {alias.id!r}, which is no {alias.kind}"
            faults.append(Fault(alias.file, alias.line, what, "correct the id or add the concept first"))
    return faults + list(_key_faults(layer))


def link_faults(concepts: Concepts) -> list[Fault]:
    """Faults of the links between concepts: broader, related and question must exist, broader must not
    circle."""
    faults = []
    for kind, known in concepts.items():
        for concept in known.values():
            for link in filter(None, (concept.broader, *concept.related)):
                if link not in known:
                    what = f"{concept.id} links to {link!r}, which is no {kind}"
                    faults.append(Fault(concept.file, concept.line, what, "correct the link or remove it"))
            for question in concept.questions:
                if question not in concepts["question"]:
                    what = f"{concept.id} names question {question!r}, which does not exist"
                    faults.append(Fault(concept.file, concept.line, what, "use an id of questions.csv"))
            if _circles(concept, known):
                what = f"{concept.id} is its own broader concept through {concept.broader}"
                faults.append(Fault(concept.file, concept.line, what, "break the circle of broader links"))
    return faults


def _id_faults(written: Iterable[Concept]) -> Iterable[Fault]:
    first: dict[tuple[Kind, str], Concept] = {}
    for concept in written:
        if not ID.fullmatch(concept.id):
            yield Fault(concept.file, concept.line, f"id {concept.id!r} is malformed", ID_FORM)
        if known := first.get((concept.kind, concept.id)):
            what = f"id {concept.id!r} is already on line {known.line}"
            yield Fault(concept.file, concept.line, what, "rename one of them or merge the two lines")
        first.setdefault((concept.kind, concept.id), concept)


def _key_faults(layer: Layer) -> Iterable[Fault]:
    claims: dict[tuple[Kind, str], tuple[str, str]] = {}
    labels = [
        Alias(text, c.id, c.kind, "", c.file, c.line)
        for c in layer.concepts
        for text in (c.label_ja, c.label_en)
        if text
    ]
    for alias in [*labels, *layer.aliases]:
        key = fold(alias.text)
        if not key:
            what = f"{alias.text!r} has no letters or digits to compare"
            yield Fault(alias.file, alias.line, what, "word it differently or delete the line")
            continue
        owner, where = claims.setdefault((alias.kind, key), (alias.id, f"{alias.file}:{alias.line}"))
        if owner != alias.id:
            what = f"{alias.text!r} of {alias.id} has the key of {owner} ({where})"
            yield Fault(alias.file, alias.line, what, "a wording belongs to one id: keep one of the two")


def _circles(concept: Concept, known: dict[str, Concept]) -> bool:
    seen, at = {concept.id}, concept.broader
    while at in known:
        if at in seen:
            return at == concept.id
        seen.add(at)
        at = known[at].broader
    return False

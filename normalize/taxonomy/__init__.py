"""The taxonomy: what surveys of customer success ask and answer, as data; loaded and checked here.

Four CSV files (README.md beside them says how to add to them): items, segments, questions, aliases.
A user's directory with any of the four extends them, or replaces them when asked.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from normalize.errors import TaxonomyError
from normalize.fold import fold
from normalize.taxonomy.checks import layer_faults, link_faults
from normalize.taxonomy.layers import Layer, builtin_layer, directory_layer
from normalize.taxonomy.records import KINDS, Alias, Concept, Kind, Taxonomy

__all__ = ["KINDS", "Alias", "Concept", "Kind", "Taxonomy", "load_taxonomy"]


def load_taxonomy(directory: Path | None = None, *, replace: bool = False) -> Taxonomy:
    """The built-in taxonomy, extended (or, with ``replace``, replaced) by the files in ``directory``.

    In an extending directory a row with a known id overrides that concept, and an alias with a known key
    moves it to its own id. Raises TaxonomyError with every fault found.
    """
    layers = [] if replace and directory else [builtin_layer()]
    if directory:
        layers.append(directory_layer(directory))
    concepts: dict[Kind, dict[str, Concept]] = {kind: {} for kind in KINDS}
    for layer in layers:
        for concept in layer.concepts:
            concepts[concept.kind][concept.id] = concept
    faults = [fault for layer in layers for fault in [*layer.faults, *layer_faults(layer, concepts)]]
    faults += link_faults(concepts)
    if faults:
        raise TaxonomyError(faults)
    return _merge(layers, concepts)


def _merge(layers: list[Layer], concepts: dict[Kind, dict[str, Concept]]) -> Taxonomy:
    keys: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS}
    kept: dict[tuple[Kind, str], Alias] = {}
    for layer in layers:
        for concept in layer.concepts:
            for text in filter(None, (concept.label_ja, concept.label_en)):
                keys[concept.kind][fold(text)] = concept.id
        for alias in layer.aliases:
            keys[alias.kind][fold(alias.text)] = alias.id
            kept[alias.kind, fold(alias.text)] = alias
    digest = hashlib.sha256("\0".join(layer.text for layer in layers).encode()).hexdigest()
    return Taxonomy(concepts, tuple(kept.values()), keys, digest)

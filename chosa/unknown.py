"""Labels of a run that got no id, grouped into proposals for the taxonomy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from chosa.corrections import LABEL_KINDS
from chosa.observation import Observation

if TYPE_CHECKING:
    from normalize.cluster import UnknownLabel


def unknown_labels(observations: Iterable[Observation]) -> list[UnknownLabel]:
    """Each label without an id, once per document and question, with how often it stands there."""
    from normalize.cluster import UnknownLabel

    counts: Counter[tuple[str, str, str, str]] = Counter()
    for o in observations:
        for kind in LABEL_KINDS:
            label = getattr(o, kind)
            if label and not getattr(o, f"{kind}_id") and o.status != "rejected":
                counts[label, kind, o.document_id, "" if kind == "question" else o.question] += 1
    return [
        UnknownLabel(label, kind, document, question, n)  # type: ignore[arg-type]  # kinds are LABEL_KINDS
        for (label, kind, document, question), n in counts.items()
    ]

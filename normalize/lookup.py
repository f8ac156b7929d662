"""Known wordings: a label whose key, or whose key without decoration or bracketed notes, is in the taxonomy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize import settings
from normalize.fold import fold
from normalize.taxonomy import KINDS, Kind, Taxonomy
from normalize.wording import parts_key, take_apart

# a note with one of these narrows the head down to something else: 情報通信業（SaaS以外）, ヘルススコア（単体）
_NARROWS = re.compile(r"以外|除く|含まない|のみ|だけ|単体|単一|複合|複数の|SaaS|非|未|AI|新規|既存", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An id found without similarity, score 0-100."""

    id: str
    score: float
    why: str = ""


class Lookup:
    """Finds labels by key. Ambiguous heads and enumerations (claimed by two ids) are left out."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._labels: dict[Kind, set[str]] = {}
        self._keys = taxonomy.keys
        self._heads: dict[Kind, dict[str, str]] = {}
        self._parts: dict[Kind, dict[str, str]] = {}
        for kind in KINDS:
            wordings = taxonomy.wordings(kind)
            concepts = taxonomy.concepts[kind].values()
            self._labels[kind] = {fold(text) for c in concepts for text in (c.label_ja, c.label_en)}
            self._heads[kind] = _unambiguous((fold(_head(text)), concept_id) for text, concept_id in wordings)
            self._parts[kind] = _unambiguous((parts_key(text), concept_id) for text, concept_id in wordings)

    def find(self, label: str, kind: Kind) -> Found | None:
        """The id of a known wording, None when no key fits."""
        keys = self._keys[kind]
        if concept_id := keys.get(key := fold(label)):
            score = settings.EXACT if key in self._labels[kind] else settings.ALIAS
            return Found(concept_id, score, "same key")
        wording = take_apart(label)
        if concept_id := keys.get(fold(wording.text)):
            return Found(concept_id, settings.ALIAS, "same key without decoration")
        if wording.notes and not any(map(_NARROWS.search, wording.notes)):
            if concept_id := keys.get(fold(wording.head)) or self._heads[kind].get(fold(wording.head)):
                return Found(concept_id, settings.HEAD, f"same head; note {'; '.join(wording.notes)}")
        elif concept_id := self._heads[kind].get(fold(wording.head)):
            return Found(concept_id, settings.HEAD, "same head; the taxonomy's note is missing")
        if concept_id := self._parts[kind].get(parts_key(wording.text)):
            return Found(concept_id, settings.PARTS, "same enumeration")
        return None


def _head(text: str) -> str:
    """The wording without its notes, "" when it has none or one that narrows."""
    wording = take_apart(text)
    return "" if not wording.notes or any(map(_NARROWS.search, wording.notes)) else wording.head


def _unambiguous(pairs) -> dict[str, str]:  # type: ignore[no-untyped-def]
    owners: dict[str, set[str]] = {}
    for key, concept_id in pairs:
        if key:
            owners.setdefault(key, set()).add(concept_id)
    return {key: ids.pop() for key, ids in owners.items() if len(ids) == 1}

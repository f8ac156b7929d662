"""Known wordings: a label whose key, or whose key without decoration or bracketed notes, is in the
taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from normalize import settings
from normalize.fold import fold, plain
from normalize.taxonomy import KINDS, Kind, Taxonomy
from normalize.wording import Wording, asked, group_key, parts, parts_key, take_apart, troubled


@dataclass(frozen=True, slots=True)
class Found:
    """An id found without similarity, score 0-100."""

    id: str
    score: float
    why: str = ""


class Lookup:
    """Finds labels by key. Ambiguous heads, enumerations and English wordings (claimed by two ids) are left
    out."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._labels: dict[Kind, set[str]] = {}
        self._heads: dict[Kind, dict[str, str]] = {}
        self._parts: dict[Kind, dict[str, str]] = {}
        self._english: dict[Kind, dict[str, str]] = {}
        self._shapes: dict[Kind, dict[str, str]] = {}
        self._troubles = _unambiguous(_troubles(taxonomy))
        self._groups = _unambiguous((group_key(text), i) for text, i in taxonomy.wordings("segment"))
        for kind in KINDS:
            wordings = taxonomy.wordings(kind)
            concepts = taxonomy.concepts[kind].values()
            self._labels[kind] = {fold(text) for c in concepts for text in (c.label_ja, c.label_en)}
            self._heads[kind] = _unambiguous((self._head(text, i, kind), i) for text, i in wordings)
            self._parts[kind] = _unambiguous((parts_key(text), i) for text, i in wordings)
            self._english[kind] = _unambiguous((english_key(text), i) for text, i in wordings)
            self._shapes[kind] = _unambiguous((latin_shape(fold(text)), i) for text, i in wordings)

    def find(self, label: str, kind: Kind) -> Found | None:
        """The id of a known wording, None when no key fits."""
        keys = self._taxonomy.keys[kind]
        if concept_id := keys.get(key := fold(label)):
            return Found(
                concept_id, settings.EXACT if key in self._labels[kind] else settings.ALIAS, "same key"
            )
        wording = take_apart(label)
        if concept_id := keys.get(fold(wording.text)):
            return Found(concept_id, settings.ALIAS, "same key without decoration")
        if concept_id := self._parts[kind].get(parts_key(wording.text)):
            return Found(concept_id, settings.PARTS, "same enumeration")
        if concept_id := self._english[kind].get(english_key(wording.text)):
            return Found(concept_id, settings.PARTS, "same English words")
        if concept_id := self._shapes[kind].get(latin_shape(fold(wording.text))):
            return Found(concept_id, settings.PARTS, "same shape of letters")
        return (
            self._by_head(wording, kind)
            or self._by_quote(label, kind)
            or self._as_asked(wording, kind)
            or self._by_trouble(wording, kind)
            or self._by_group(wording, kind)
        )

    def _by_group(self, wording: Wording, kind: Kind) -> Found | None:
        """A group called by another noun: 効果を実感している企業 where 効果を実感している層 is known."""
        common = group_key(wording.text) if kind == "segment" else ""
        concept_id = self._groups.get(common)
        return Found(concept_id, settings.PARTS, f"the group {common}") if concept_id else None

    def _by_trouble(self, wording: Wording, kind: Kind) -> Found | None:
        """A problem worded with another predicate: ナレッジ共有が不十分 where ナレッジ共有ができていない is
        known."""
        subject = troubled(wording.text) if kind == "item" else ""
        concept_id = self._troubles.get(fold(subject)) if subject else None
        return Found(concept_id, settings.PARTS, f"trouble with {subject}") if concept_id else None

    def _as_asked(self, wording: Wording, kind: Kind) -> Found | None:
        """A question without its breakdown, polite end or address."""
        for shorter in asked(wording.text) if kind == "question" else ():
            if concept_id := self._taxonomy.keys[kind].get(fold(shorter)):
                return Found(concept_id, settings.PARTS, f"asks for {shorter}")
        return None

    def _by_quote(self, label: str, kind: Kind) -> Found | None:
        """The one thing a phrase of running text quotes: 「サブスクリプション」を選択."""
        quoted = _QUOTED.findall(label)
        concept_id = self._taxonomy.keys[kind].get(fold(quoted[0])) if len(quoted) == 1 else None
        return Found(concept_id, settings.QUOTED, f"quotes {quoted[0]}") if concept_id else None

    def _by_head(self, wording: Wording, kind: Kind) -> Found | None:
        """The head alone, when no note narrows it and none names something else."""
        head = fold(wording.head)
        concept_id = self._taxonomy.keys[kind].get(head) or self._heads[kind].get(head)
        if not concept_id or wording.narrowed:
            return None
        if any(
            self._names_other(part, concept_id, kind)
            for note in wording.notes
            for part in [note, *parts(note)]
        ):
            return None
        return Found(
            concept_id, settings.HEAD, "same head" + "".join(f"; note {note}" for note in wording.notes)
        )

    def _names_other(self, note: str, concept_id: str, kind: Kind) -> bool:
        named = self._taxonomy.keys[kind].get(fold(note))
        own = self._taxonomy.concepts[kind][concept_id]
        return bool(named) and named not in (concept_id, own.broader, *own.related)

    def _head(self, text: str, concept_id: str, kind: Kind) -> str:
        """The key of a wording without its notes, "" unless they only spell it out: an abbreviation, a
        list, a synonym."""
        wording = take_apart(text)
        if not wording.notes or wording.narrowed:
            return ""
        keys = self._taxonomy.keys[kind]
        spelled = (
            note.isascii() or len(parts(note)) > 1 or keys.get(fold(note)) == concept_id
            for note in wording.notes
        )
        return fold(wording.head) if all(spelled) else ""


CHALLENGE = "challenge"  # the facet of problems
_QUOTED = re.compile(r"「([^「」]+)」")
_LOOKALIKES = str.maketrans("1l|058", "iiiosb")
_FILLERS = frozenset(
    re.findall(r"\w+", "a an the of for to in on by at and or with our your is are do as we")
)


def english_key(text: str) -> str:
    """The sorted words of an English label, plurals and fillers dropped; "" for other languages and single
    words."""
    words = re.findall(r"[a-z0-9%$<>]+", plain(text).casefold())
    if not plain(text).isascii() or len(words) < 2:
        return ""
    return " ".join(sorted(w.removesuffix("s") if len(w) > 3 else w for w in words if w not in _FILLERS))


def _troubles(taxonomy: Taxonomy) -> Iterable[tuple[str, str]]:
    """(key of the subject, id) of the wordings of problems, whatever their predicate."""
    for text, concept_id in taxonomy.wordings("item"):
        if taxonomy.concepts["item"][concept_id].facet == CHALLENGE:
            yield fold(troubled(plain(text)) or text), concept_id


def latin_shape(key: str) -> str:
    """A key with the letters that look alike made one (SIer, Sler, S1er); "" without Latin letters."""
    return key.translate(_LOOKALIKES) if re.search("[a-z]{2}", key) else ""


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for key, concept_id in pairs:
        if key:
            owners.setdefault(key, set()).add(concept_id)
    return {key: ids.pop() for key, ids in owners.items() if len(ids) == 1}

"""The keys of what is kept: over all that an entry depends on, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from chosa.inputs import Document
from chosa.store import key_of
from chosa.tasks import PagePart
from chosa.versions import code_stamp, extract_stamp, taxonomy_stamp
from extract.settings import Settings


class EntryKeys:
    """Keys of one run: what is the same for all its documents is worked out once."""

    def __init__(self, settings: Settings, taxonomy: Path | None) -> None:
        knobs = asdict(replace(settings, passwords=(), pages=()))
        self._knobs = repr(sorted(knobs.items()))
        self._passwords = settings.passwords
        self._rows = key_of(extract_stamp(), taxonomy_stamp(taxonomy), code_stamp("chosa"))

    def opened(self, document: Document) -> str:
        """Passwords count here: who has none must not be shown what was read with one."""
        return key_of("opened", document.digest, document.path.name, extract_stamp(), *self._passwords)

    def page(self, document: Document, index: int) -> str:
        """All that a page's reading depends on: bytes, place, settings, code and engines."""
        suffix = document.path.suffix
        return key_of("page", document.digest, suffix, index, self._knobs, extract_stamp())

    def rows(self, document: Document, parts: Sequence[PagePart]) -> str:
        """The input's name is in its rows, so it counts."""
        pages = [part.key or repr(part.failed) for part in parts]
        return key_of("rows", document.id, document.given, document.sha256, self._rows, *pages)

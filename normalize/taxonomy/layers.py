"""CSV files to concepts and aliases: one layer is the built-in taxonomy or one user directory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from normalize.errors import Fault
from normalize.taxonomy.records import KINDS, Alias, Concept, Kind

FILES: dict[Kind, str] = {"item": "items.csv", "segment": "segments.csv", "question": "questions.csv"}
ALIASES = "aliases.csv"
CONCEPT_COLUMNS = (
    "id",
    "label_ja",
    "label_en",
    "definition",
    "facet",
    "broader",
    "related",
    "note",
    "question",
)
ALIAS_COLUMNS = ("alias", "id", "kind", "source")

Read = Callable[[str], str | None]  # file name -> its text, None when the layer does not have it


@dataclass(frozen=True, slots=True)
class Layer:
    """What one directory says, with the faults of its lines; ``text`` is everything read, for the digest."""

    concepts: list[Concept]
    aliases: list[Alias]
    faults: list[Fault]
    text: str


def builtin_layer() -> Layer:
    """The taxonomy that ships with this package."""
    package = files("normalize.taxonomy")
    return _read_layer(lambda name: package.joinpath(name).read_text(encoding="utf-8"))


def directory_layer(directory: Path) -> Layer:
    """A user's directory; any of the four files may be missing, but not all."""

    def read(name: str) -> str | None:
        path = directory / name
        return path.read_text(encoding="utf-8-sig") if path.is_file() else None

    layer = _read_layer(read)
    if not layer.text:
        remedy = f"put at least one of {', '.join([*FILES.values(), ALIASES])} there"
        layer.faults.append(Fault(str(directory), 0, "no taxonomy files found", remedy))
    return layer


def _read_layer(read: Read) -> Layer:
    concepts: list[Concept] = []
    aliases: list[Alias] = []
    faults: list[Fault] = []
    texts = []
    for kind, name in FILES.items():
        text = read(name)
        if text is not None:
            texts.append(text)
            rows = _rows(text, name, CONCEPT_COLUMNS, ("id", "label_ja"), faults)
            concepts += [_concept(row, kind, name, line) for line, row in rows]
    text = read(ALIASES)
    if text is not None:
        texts.append(text)
        rows = _rows(text, ALIASES, ALIAS_COLUMNS, ("alias", "id", "kind"), faults)
        aliases += [alias for line, row in rows if (alias := _alias(row, line, faults))]
    return Layer(concepts, aliases, faults, "\0".join(texts))


def _rows(
    text: str, file: str, columns: tuple[str, ...], needed: tuple[str, ...], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) with every known column present; rows that lack a needed value become faults."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = reader.fieldnames or []
    if missing := [c for c in needed if c not in header]:
        faults.append(
            Fault(file, 1, f"column {', '.join(missing)} missing", f"start with: {','.join(columns)}")
        )
        return
    if unknown := [c for c in header if c not in columns]:
        faults.append(
            Fault(file, 1, f"unknown column {', '.join(unknown)}", f"use only: {','.join(columns)}")
        )
    for raw in reader:
        row = {c: (raw.get(c) or "").strip() for c in columns}
        line = reader.line_num
        if None in raw:
            faults.append(Fault(file, line, "more cells than columns", "quote cells that contain a comma"))
        elif empty := [c for c in needed if not row[c]]:
            faults.append(Fault(file, line, f"{', '.join(empty)} is empty", "fill it or delete the line"))
        else:
            yield line, row


def _concept(row: dict[str, str], kind: Kind, file: str, line: int) -> Concept:
    return Concept(
        id=row["id"], kind=kind, label_ja=row["label_ja"], label_en=row["label_en"],
        definition=row["definition"], facet=row["facet"], broader=row["broader"],
        related=tuple(row["related"].split()), note=row["note"],
        questions=tuple(row["question"].split()), file=file, line=line,
    )  # fmt: skip


def _alias(row: dict[str, str], line: int, faults: list[Fault]) -> Alias | None:
    for kind in KINDS:
        if row["kind"] == kind:
            return Alias(row["alias"], row["id"], kind, row["source"], ALIASES, line)
    faults.append(Fault(ALIASES, line, f"unknown kind {row['kind']!r}", f"use one of {', '.join(KINDS)}"))
    return None

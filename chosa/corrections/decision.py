"""One decision of a person: what it may say, and which of many still stand.

Of several decisions about the same field of the same row the latest counts. ``set`` says what the page says
and holds whatever was read; ``accept`` and ``reject`` judge what was read and hold for that reading only;
``split`` makes two rows of one; ``label`` gives a label its id everywhere; ``undo`` takes one back.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from chosa.emit.cells import cell
from chosa.observation import QUALIFIERS, UNITS, Observation
from chosa.schema import Table, column, names
from chosa.tables import DocumentRow

ACTIONS = ("accept", "reject", "set", "split", "label", "undo")
# What a person may change about a row; everything else follows from the document.
FIELDS = (
    "value",
    "item",
    "segment",
    "question",
    "unit",
    "qualifier",
    "base_n",
    "item_id",
    "segment_id",
    "question_id",
)
LABEL_KINDS = ("item", "segment", "question")
ID_BYTES = 8  # as of an observation's id
_NUMBERS = {"value": float, "base_n": int}
_CHOICES = {"unit": UNITS, "qualifier": QUALIFIERS}

Part = Mapping[str, str]  # field -> text of one row that a split makes


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. ``action`` set changes ``field`` from ``before`` to ``after``; split puts the rows of
    ``after`` (JSON, fields of each) in the place of one; label gives the label ``before`` of kind ``field``
    the id ``after`` wherever it stands; undo takes back the row's decision made at ``before``, all of them
    when empty. The rest says which row is meant, for the case that its id is gone."""

    when: str = column("time of the decision, UTC, ISO 8601", ja="日時")
    who: str = column("who decided", ja="判断した人")
    action: str = column(
        "the row is right, is no result, has a field set, holds several rows; a label has an id; an earlier "
        "decision is taken back",
        ja="判断",
        choices=ACTIONS,
    )
    observation_id: str = column("the row it is about, empty for a label", ja="行の番号")
    field: str = column("column that was set, or kind of label", ja="直した列")
    before: str = column("what stood there; of an undo the time of the decision taken back", ja="判断の前")
    after: str = column("what stands there now; of a split its rows as JSON", ja="判断の後")
    why: str = column("reason, as given", ja="理由")
    document_sha256: str = column("of the document's bytes", ja="文書のSHA-256")
    title: str = column("the document's title", ja="題名")
    file: str = column("its file name", ja="ファイル名")
    page: str = column("page of the row", ja="ページ")
    image: str = column("picture of the web page it stands in", ja="ウェブページ内の画像")
    question: str = column("question of the row when decided about", ja="設問")
    segment: str = column("its group", ja="回答者層")
    item: str = column("its item", ja="項目")
    value: str = column("its number", ja="値")
    unit: str = column("its unit", ja="単位")
    box: str = column("its box: left top right bottom", ja="枠")


CORRECTIONS = Table(
    "corrections",
    Correction,
    "one line per decision of a person; the columns after `why` say which row is meant when its id is gone",
)

COLUMNS = names(Correction)


def about(observation: Observation, document: DocumentRow) -> dict[str, str]:
    """The columns of a Correction that say which row is meant."""
    o = observation
    corners = [c for c in (o.x0, o.y0, o.x1, o.y1) if c is not None]
    return {
        "observation_id": o.observation_id,
        "document_sha256": document.sha256,
        "title": document.title,
        "file": file_name(document.file),
        "page": str(o.page or ""),
        "image": o.image,
        "question": o.question,
        "segment": o.segment,
        "item": o.item,
        "value": cell(o.value),
        "unit": o.unit,
        "box": " ".join(map(cell, corners)),
    }


def file_name(given: str) -> str:
    """The name without its folders: these are another's on another machine."""
    return given.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def problem_of(correction: Correction) -> str:
    """Why the decision means nothing, "" when it means something."""
    if correction.action not in ACTIONS:
        return f"unknown action {correction.action!r}; known: {', '.join(ACTIONS)}"
    if correction.action == "label" and correction.field not in LABEL_KINDS:
        return f"unknown kind of label {correction.field!r}; known: {', '.join(LABEL_KINDS)}"
    if correction.action == "set":
        return _problem_of_change(correction.field, correction.after)
    if correction.action == "split":
        return _problem_of_split(correction)
    return ""


def _problem_of_change(field: str, text: str) -> str:
    if field not in FIELDS:
        return f"unknown field {field!r}; known: {', '.join(FIELDS)}"
    try:
        typed(field, text)
    except ValueError:
        return f"{text!r} is no {field}"
    return ""


def _problem_of_split(correction: Correction) -> str:
    try:
        parts = parts_of(correction)
    except ValueError:
        return f"{correction.after!r} is no list of rows"
    if len(parts) < 2:
        return "a split makes at least two rows"
    if any(part == parts[0] for part in parts[1:]):
        return "the rows of a split are the same"
    return next(filter(None, (_problem_of_change(*change) for part in parts for change in part.items())), "")


def typed(field: str, text: str) -> Any:
    """The text as the field's type. Raises ValueError."""
    if field in _CHOICES and text not in _CHOICES[field]:
        raise ValueError(text)
    if field == "value" and not abs(float(text)) < float("inf"):
        raise ValueError(text)
    return _NUMBERS[field](text) if field in _NUMBERS else text


def parts_of(split: Correction) -> tuple[Part, ...]:
    """The rows that a split makes. Raises ValueError."""
    try:
        return msgspec.json.decode(split.after, type=tuple[dict[str, str], ...])
    except msgspec.MsgspecError as error:
        raise ValueError(split.after) from error


def parts_text(parts: Sequence[Part]) -> str:
    """``parts_of`` the other way round."""
    return msgspec.json.encode(parts).decode()


def part_ids(split: Correction) -> tuple[str, ...]:
    """The ids of the rows that a split adds; its first part keeps the id of the row. They come from the
    decision, so that they stay the same when the row gets another id."""
    parts = range(1, len(parts_of(split)))
    texts = (f"{split.observation_id}\x1f{split.when}\x1f{n}" for n in parts)
    return tuple(hashlib.blake2b(text.encode(), digest_size=ID_BYTES).hexdigest() for text in texts)


def standing(corrections: Sequence[Correction]) -> list[Correction]:
    """The decisions that stand, in their order: an undo takes one back, or all earlier ones about its row;
    with a split go the decisions about the rows it made."""
    live: defaultdict[str, dict[int, Correction]] = defaultdict(dict)
    for number, c in enumerate(corrections):
        if c.action == "undo":
            taken = {n: d for n, d in live[c.observation_id].items() if c.before in ("", d.when)}
            for n, d in taken.items():
                del live[c.observation_id][n]
                for id in _made_by(d, live):
                    live.pop(id, None)
        else:
            live[c.observation_id][number] = c
    return [c for _, c in sorted((n, c) for those in live.values() for n, c in those.items())]


def _made_by(c: Correction, live: Mapping[str, Mapping[int, Correction]]) -> Iterator[str]:
    """The ids of the rows that a decision made, and that decisions about those made."""
    for id in part_ids(c) if c.action == "split" else ():
        for later in tuple(live.get(id, {}).values()):
            yield from _made_by(later, live)
        yield id


def contradictions(corrections: Sequence[Correction]) -> list[tuple[Correction, Correction]]:
    """(earlier, later) decisions of different people that cannot both be meant; the later one counts."""
    last: dict[tuple[str, str], Correction] = {}
    found = []
    for c in standing(corrections):
        if c.action == "label":
            continue
        about_what = (c.observation_id, c.field if c.action == "set" else "")
        before = last.get(about_what)
        if before and before.who != c.who and (before.action, before.after) != (c.action, c.after):
            found.append((before, c))
        last[about_what] = c
    return found

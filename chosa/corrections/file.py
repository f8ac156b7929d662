"""corrections.csv: one line per decision, only ever appended to; two people's files merge with git."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chosa.corrections.decision import COLUMNS, Correction, problem_of
from chosa.emit.cells import cell, undefused
from chosa.errors import OutputFailed, UsageError

FILE_NAME = "corrections.csv"
# Tells git to keep the lines of both sides; their order does not count, each has its time.
ATTRIBUTES = (
    f"# decisions of several people add up: a merge keeps the lines of both\n{FILE_NAME} merge=union\n"
)
_LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The decisions in a directory, oldest first, each once; () when there are none. Raises UsageError on a
    bad line."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        found = [_checked(path, rows.line_num, row) for row in rows if not _is_header(row)]
    return tuple(sorted(dict.fromkeys(found), key=lambda correction: correction.when))


def _is_header(row: dict[str, Any]) -> bool:
    """A merge of two files that began apart has the header twice."""
    return row.get("when") == "when"


def _checked(path: Path, number: int, row: dict[str, Any]) -> Correction:
    """One line as a Correction. A line that means nothing is named, not passed over."""
    if any(mark in (row.get("when") or "") for mark in ("<<<<<<<", "=======", ">>>>>>>")):
        raise UsageError(
            f"{path}, line {number}: a merge left its marks; delete the three marked lines, keep the others"
        )
    correction = Correction(**{name: undefused(row.get(name) or "") for name in COLUMNS})
    problem = problem_of(correction)
    if problem:
        raise UsageError(f"{path}, line {number}: {problem}; mend or delete the line")
    return correction


def append_corrections(folder: Path, corrections: Sequence[Correction]) -> None:
    """Add decisions to the file, each line whole (one write), and on disk when this returns. Raises
    OutputFailed."""
    path = folder / FILE_NAME
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    try:
        columns = _header(path)
        if not columns:
            columns = COLUMNS
            writer.writerow(columns)
            _tell_git(folder)
        writer.writerows([_line(getattr(c, name, "")) for name in columns] for c in corrections)
        with path.open("ab") as file:
            file.write(text.getvalue().encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputFailed(f"{path}: {error.strerror or error}; the decision was not kept") from error


def _header(path: Path) -> Sequence[str]:
    """The columns of the file as it is, which another version may have begun; () when there is none."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), ())


def _tell_git(folder: Path) -> None:
    path = folder / ".gitattributes"
    if not path.exists():
        path.write_text(ATTRIBUTES, encoding="utf-8", newline="\n")


def _line(text: str) -> str:
    """The cell on one line: a merge works by lines and must not tear a decision apart."""
    return cell(_LINE_ENDS.sub(" ", text))

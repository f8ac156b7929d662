"""One run over hostile files as a user would start it, watched; and what became of each file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from chosa.api import Result, load
from chosa.clean import clean
from fixtures.hostile.case import Case
from fixtures.hostile.damaged import PASSWORD

ROOT = Path(__file__).parents[2]
GUARD = Path(__file__).parent / "guard"
SECONDS = 900  # for the whole run, on a machine that does something else too


@dataclass(frozen=True)
class Run:
    """What a run left: its tables, its output on the terminal, and what the guard saw."""

    folder: Path
    result: Result
    printed: str
    exit_code: int
    watched: tuple[str, ...]
    offences: tuple[str, ...]


@dataclass(frozen=True)
class Fate:
    """What became of one file: its status, all that was said about it, the values it reported."""

    status: str
    said: str
    values: frozenset[float]


def read(folder: Path, work: Path, page_seconds: int, jobs: int) -> Run:
    """``chosa run folder`` in a process of its own that may write below ``work`` only."""
    (work / "tmp").mkdir(parents=True)
    passwords = work / "passwords"
    passwords.write_text(f"wrong\n{PASSWORD}\n", encoding="utf-8")
    log = work / "guard.log"
    out = work / "out"
    command = [
        sys.executable,
        "-m",
        "chosa",
        "run",
        str(folder),
        "-o",
        str(out),
        "--jobs",
        str(jobs),
        "--quiet",
    ]
    command += ["--page-seconds", str(page_seconds), "--memory", "3000", "--password-file", str(passwords)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(work, log),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    lines = log.read_text(encoding="utf-8").splitlines()
    watched = tuple(line for line in lines if line.startswith("watching"))
    offences = tuple(line for line in lines if not line.startswith("watching"))
    assert done.returncode in (0, 1), done.stderr
    return Run(folder, load(out), done.stdout + done.stderr, done.returncode, watched, offences)


def _environment(work: Path, log: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(GUARD), str(ROOT))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHOSA_GUARD_LOG": str(log),
        "CHOSA_GUARD_ALLOWED": str(work),
        "CHOSA_CACHE": str(work / "cache"),
        "TMPDIR": str(work / "tmp"),
        "HOME": str(work / "home"),
    }


def fates(run: Run, cases: Sequence[Case]) -> dict[str, Fate]:
    """What became of each case, by its name."""
    documents = {row.file: row for row in run.result.documents.itertuples()}
    return {case.name: _fate(run, case, documents.get(_given(run.folder, case))) for case in cases}


def _given(folder: Path, case: Case) -> str:
    """The file as documents.csv names it; of a folder its only report."""
    path = folder / case.name
    inside = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else []
    return clean(str(inside[0] if inside else path))


def _fate(run: Run, case: Case, row: object) -> Fate:
    notes = run.result.notes
    if row is None:
        about = notes[notes["message"].str.contains(case.name, regex=False)]
        return Fate("skipped" if len(about) else "unseen", _joined(about), frozenset())
    about = notes[notes["document_id"] == row.document_id]  # type: ignore[attr-defined]
    found = run.result.observations
    values = found[found["document_id"] == row.document_id]["value"]  # type: ignore[attr-defined]
    said = f"{row.error} {_joined(about)}"  # type: ignore[attr-defined]
    return Fate(str(row.status), said, frozenset(map(float, values)))  # type: ignore[attr-defined]


def _joined(notes: pd.DataFrame) -> str:
    return " ".join(notes["message"])

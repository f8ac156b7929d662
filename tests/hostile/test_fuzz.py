"""A short run of the fuzz command: nothing crashes, hangs, or fails outside the family."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz.__main__ import arguments, run
from benchmarks.fuzz.attempt import make_input, read_input

INPUTS = 100


def test_mutated_reports_and_scenes_are_read_or_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = arguments(
        ["--inputs", str(INPUTS), "--seed", "7", "--jobs", "2", "--failures", str(tmp_path / "f")]
    )
    assert run(args) == 0, capsys.readouterr().out
    assert f"{INPUTS} inputs" in capsys.readouterr().out


def test_the_same_seed_and_number_give_the_same_input() -> None:
    assert [repr(make_input(1, n)) for n in range(6)] == [repr(make_input(1, n)) for n in range(6)]
    assert make_input(1, 1) != make_input(2, 1)


def test_a_fault_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("float division by zero")

    monkeypatch.setattr("benchmarks.fuzz.attempt.read_page", stumble)
    outcome = read_input(make_input(1, 1), tmp_path)
    assert (outcome.what, outcome.message) == ("broken", "ZeroDivisionError: float division by zero")
    assert "Traceback" in outcome.trace

"""The command line: exit codes, help, and sentences instead of tracebacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chosa.cli import COMMANDS, run_command
from chosa.commands.run import page_numbers
from chosa.commands.watching import duration
from chosa.errors import UsageError
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted

ROOT = Path(__file__).parents[2]
DUMP = "「満足している」が47.6%、「不満がある」が12.4%、「紫色の象が見えた」が3.1%でした。"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run over one small text."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "dump.txt").write_text(DUMP, encoding="utf-8")
    code = run_command(
        ["run", str(folder / "dump.txt"), "-o", str(folder / "out"), "-j", "1", "-q", "--no-cache"]
    )
    assert code == 0
    return folder / "out"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--help"], 0, "Commands:"),
        (["--version"], 0, "chosa "),
        (["frobnicate"], 2, "No such command"),
        (["run"], 2, "Missing argument"),
        (["run", "x.pdf", "--pages", "8-3"], 2, "no range of pages"),
        (["run", "x.pdf", "--ocr", "magic"], 2, "magic"),
        (["run", "x.pdf", "--jobs", "0"], 2, "jobs"),
        (["explain", ".", "0123"], 1, "has no observations.csv"),
        (["cache"], 0, "entries"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(arguments) == code
    shown = capsys.readouterr()
    assert says in shown.out + shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([name, "--help"]) == 0
    assert "Usage: chosa" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "numbers"), [("", ()), ("3", (3,)), ("3-5", (3, 4, 5)), ("8, 1-2,2", (1, 2, 8)), ("2-2", (2,))]
)
def test_pages(text: str, numbers: tuple[int, ...]) -> None:
    assert page_numbers(text) == numbers


@pytest.mark.parametrize("text", ["x", "0", "3-1", "1-", "-3", "1-999999999"])
def test_what_is_no_page(text: str) -> None:
    with pytest.raises(UsageError):
        page_numbers(text)


@pytest.mark.parametrize(("seconds", "text"), [(4.4, "4 s"), (99, "99 s"), (600, "10 min"), (9000, "2.5 h")])
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_missing_file_is_an_error_row_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["run", str(tmp_path / "gone.pdf"), "-o", str(tmp_path / "out"), "--no-cache"]) == 1
    assert "gone.pdf: no such file or directory; check the name" in capsys.readouterr().out


def test_explain_shows_where_a_number_stands(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    id = (out / "observations.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    assert run_command(["explain", str(out), id[:10]]) == 0
    shown = capsys.readouterr().out
    assert "47.6 percent" in shown
    assert "満足している" in shown
    assert "Witnesses" in shown


def test_labels_lists_and_accepts(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["labels", str(out)]) == 0
    assert run_command(["labels", str(out), "accept", "満足している", "satisfied"]) == 0
    assert run_command(["labels", str(out), "accept", "no such label", "x"]) == 1
    assert "satisfied" in (out / "corrections.csv").read_text(encoding="utf-8")


def test_labels_without_an_id_are_proposed_and_kept_in_a_taxonomy(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (out / "labels.csv").read_text(encoding="utf-8").splitlines()
    unknown = next(row.split(",")[1] for row in rows if row.startswith("item,") and row.split(",")[2] == "")
    assert run_command(["labels", str(out), "propose"]) == 0
    assert unknown in capsys.readouterr().out
    folder = str(tmp_path / "mine")
    assert run_command(["labels", str(out), "accept", unknown, "other.mine", "--taxonomy", folder]) == 0
    assert "other.mine is a new concept" in capsys.readouterr().out
    assert unknown in (tmp_path / "mine" / "items.csv").read_text(encoding="utf-8")


def test_compare_without_such_an_item(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", str(out), "--item", "no.such"]) == 1
    assert "lists the ids" in capsys.readouterr().err


def test_compare_lists_what_can_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = emitted(tmp_path, document(observation(item_id="tool.chat")), ())
    assert run_command(["compare", str(out)]) == 0
    told = capsys.readouterr().out
    assert "tool.chat" in told
    assert "1 items have an id" in told


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.png", b"\x89PNG"),
        ("a.svg", b"<svg "),
        ("a.html", b"<!doctype html>"),
        ("a.csv", b"\xef\xbb\xbfyear,"),
    ],
)
def test_compare_writes_what_the_ending_says(tmp_path: Path, name: str, begins: bytes) -> None:
    out = emitted(tmp_path, document(observation(item_id="i")), ())
    assert run_command(["compare", str(out), "--item", "i", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_compare_refuses_an_ending_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = emitted(tmp_path, document(observation(item_id="i")), ())
    assert run_command(["compare", str(out), "--item", "i", "-o", str(tmp_path / "a.gif")]) == 2
    assert ".png, .svg, .html or .csv" in capsys.readouterr().err


def test_see_draws_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = str(ROOT / "fixtures" / "reports" / "release_vector.pdf")
    assert run_command(["see", report, "--page", "2", "-o", str(tmp_path / "p.png"), "--charts"]) == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    assert run_command(["see", report, "--page", "99", "-o", str(tmp_path / "q.png")]) == 1
    assert "release_vector.pdf" in capsys.readouterr().err


def test_doctor_looks_at_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["doctor"]) == 0
    assert "Everything a run needs is there" in capsys.readouterr().out


def test_help_is_quick() -> None:
    """Whoever asks for help does not wait for engines, pandas or numpy to load."""
    script = (
        "import sys, chosa.cli\n"
        "chosa.cli.run_command(['--help'])\n"
        "print({'numpy', 'pandas', 'pymupdf'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.endswith("set()\n")

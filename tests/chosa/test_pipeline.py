"""One run over a mixed folder: everything accounted for, nothing lost, the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from chosa.errors import OutputBusy, OutputFailed, UsageError
from chosa.pipeline import LOCK, Report, run_pipeline
from chosa.settings import RunSettings
from chosa.tables import TABLES
from extract.settings import Settings

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "fixtures" / "reports"
DUMP = """見本サービス利用調査2026
調査対象：全国の会社員412人

「満足している」が47.6%、「不満がある」が12.4%でした。
"""
# Written anew by each run: times live here only.
TIMED = {"log.jsonl", "run.json"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    (folder / "dump.txt").write_text(DUMP, encoding="utf-8")
    (folder / "dump_again.txt").write_text(DUMP, encoding="utf-8")
    shutil.copy(REPORTS / "release_vector.pdf", folder / "report.pdf")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (folder / "empty.pdf").touch()
    (folder / "office.docx").write_bytes(b"PK\x03\x04 not for us")
    (folder / "not_a_picture.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def ran(inputs: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return run_pipeline([inputs], tmp_path_factory.mktemp("out"), RunSettings(jobs=2, cache=cache))


def rows(report: Report, table: str) -> list[dict[str, str]]:
    with (report.out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in {*TIMED, LOCK}}


def test_every_input_is_accounted_for(ran: Report) -> None:
    assert {Path(row["file"]).name: row["status"] for row in rows(ran, "documents")} == {
        "broken.pdf": "error",
        "dump.txt": "ok",
        "dump_again.txt": "ok",
        "empty.pdf": "error",
        "not_a_picture.png": "error",
        "report.pdf": "ok",
    }
    assert ran.exit_code == 1


def test_an_error_names_the_file_and_the_remedy(ran: Report) -> None:
    errors = [row for row in rows(ran, "documents") if row["error"]]
    assert len(errors) == 3
    for row in errors:
        assert Path(row["file"]).name in row["error"]
        assert ";" in row["error"]


def test_a_file_of_another_kind_is_a_note(ran: Report) -> None:
    (note,) = [row for row in rows(ran, "notes") if row["code"] == "file-skipped"]
    assert note["message"].endswith("office.docx")


def test_the_same_bytes_are_read_once(ran: Report) -> None:
    first, second = (row for row in rows(ran, "documents") if "dump" in row["file"])
    assert second["same_report_as"] == first["document_id"]
    counted = {row["document_id"] for row in rows(ran, "observations")}
    assert first["document_id"] in counted
    assert second["document_id"] not in counted


def test_every_row_belongs_to_a_document_and_ids_are_unique(ran: Report) -> None:
    observations = rows(ran, "observations")
    assert {o["document_id"] for o in observations} <= {d["document_id"] for d in rows(ran, "documents")}
    assert len({o["observation_id"] for o in observations}) == len(observations) > 20


def test_the_log_has_each_step_and_the_record_has_no_secret(ran: Report) -> None:
    events = [
        json.loads(line)["event"] for line in (ran.out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert events[0] == "start"
    assert events[-1] == "end"
    assert {"opened", "not-opened", "page", "document"} <= set(events)
    record = json.loads((ran.out / "run.json").read_text(encoding="utf-8"))
    assert "passwords" not in record["settings"]["extract"]
    assert record["counts"]["observations"] == len(rows(ran, "observations"))


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(
    ran: Report, inputs: Path, cache: Path, tmp_path: Path
) -> None:
    again = run_pipeline([inputs], tmp_path, RunSettings(jobs=1, cache=cache))
    assert again.pages_read == 0
    assert again.pages_kept == ran.pages_read
    assert tables(tmp_path) == tables(ran.out)


def test_a_new_file_costs_only_itself(inputs: Path, cache: Path, ran: Report, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("「電話」が20%でした。", encoding="utf-8")
    grown = run_pipeline([inputs, tmp_path / "new.txt"], tmp_path / "out", RunSettings(jobs=1, cache=cache))
    assert (grown.pages_read, grown.pages_kept) == (1, ran.pages_read)


def test_another_taxonomy_matches_anew_and_reads_no_page(
    inputs: Path, cache: Path, ran: Report, tmp_path: Path
) -> None:
    (tmp_path / "aliases.csv").write_text(
        "alias,id,kind,source\n不満がある,kpi.churn,item,test\n", encoding="utf-8"
    )
    settings = RunSettings(jobs=1, cache=cache, taxonomy=tmp_path)
    again = run_pipeline([inputs], tmp_path / "out", settings)
    assert (again.pages_read, again.pages_kept) == (0, ran.pages_read)
    ids = {row["item"]: row["item_id"] for row in rows(again, "observations")}
    assert ids["不満がある"] == "kpi.churn"


def test_a_correction_reads_no_page(inputs: Path, cache: Path, ran: Report, tmp_path: Path) -> None:
    row = next(row for row in rows(ran, "observations") if row["item"] == "不満がある")
    told = {"when": "2026-01-01", "who": "a", "action": "set", "field": "value", "after": "12.5"}
    told |= {"observation_id": row["observation_id"]}
    with (tmp_path / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, told)
        writer.writeheader()
        writer.writerow(told)
    again = run_pipeline([inputs], tmp_path, RunSettings(jobs=1, cache=cache))
    assert again.pages_read == 0
    (changed,) = (r for r in rows(again, "observations") if r["observation_id"] == row["observation_id"])
    assert (changed["value"], changed["status"]) == ("12.5", "corrected")


def test_without_a_cache_nothing_stays_behind(inputs: Path, tmp_path: Path) -> None:
    run_pipeline([inputs / "dump.txt"], tmp_path, RunSettings(jobs=1, review_page=False))
    written = {f"{t.name}.csv" for t in TABLES} | {"datapackage.json", *TIMED, LOCK}
    assert {p.name for p in tmp_path.iterdir()} == written


def test_a_cache_that_cannot_be_written_costs_no_page(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    settings = RunSettings(jobs=1, cache=tmp_path / "cache", review_page=False)
    report = run_pipeline([inputs / "dump.txt"], tmp_path / "out", settings)
    assert (report.exit_code, report.pages_read) == (0, 1)


def test_an_interrupted_run_says_so_and_gives_the_directory_back(inputs: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chosa", "run", str(inputs), "-o", str(tmp_path / "out"), "-q"]
    env = {**os.environ, "CHOSA_CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "out" / "log.jsonl").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "goes on where it stopped" in said
    assert "Traceback" not in said
    with FileLock(tmp_path / "out" / LOCK, timeout=0):
        pass


def test_only_the_pages_asked_for(cache: Path, ran: Report, tmp_path: Path) -> None:
    settings = RunSettings(Settings(pages=(2,)), jobs=1, cache=cache)
    report = run_pipeline([REPORTS / "release_vector.pdf"], tmp_path, settings)
    assert [row["page"] for row in rows(report, "pages")] == ["2"]
    assert report.pages_read == 0  # the other run has read it


def test_a_page_that_is_not_there_is_an_error_row(cache: Path, tmp_path: Path) -> None:
    settings = RunSettings(Settings(pages=(99,)), jobs=1, cache=cache)
    report = run_pipeline([REPORTS / "release_vector.pdf"], tmp_path, settings)
    (row,) = rows(report, "documents")
    assert "none of those asked for" in row["error"]


def test_two_runs_on_one_directory_do_not_mix(inputs: Path, cache: Path, tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK), pytest.raises(OutputBusy, match="another run is writing"):
        run_pipeline([inputs], tmp_path, RunSettings(cache=cache))


def test_an_output_that_is_a_file_is_told(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputFailed):
        run_pipeline([inputs], tmp_path / "out", RunSettings())


def test_nothing_to_read_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run_pipeline([], tmp_path, RunSettings())


def test_a_faulty_taxonomy_is_told_before_anything_is_read(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("no,such,columns\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="taxonomy"):
        run_pipeline([inputs], tmp_path / "out", RunSettings(taxonomy=tmp_path))


def test_a_killed_run_goes_on_where_it_stopped(ran: Report, inputs: Path, tmp_path: Path) -> None:
    """SIGKILL at random moments; the run that is left alone at last gives an undisturbed run's tables."""
    command = [
        sys.executable,
        "-m",
        "chosa",
        "run",
        str(inputs),
        "-o",
        str(tmp_path / "out"),
        "-j",
        "2",
        "-q",
    ]
    env = {**os.environ, "CHOSA_CACHE": str(tmp_path / "cache")}
    chance = random.Random(3)
    for _ in range(2):
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, cwd=ROOT, env=env, check=False, timeout=120)
    assert tables(tmp_path / "out") == tables(ran.out)

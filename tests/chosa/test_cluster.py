"""A run on a Dask cluster gives a process pool's tables, and survives what the cluster loses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

import chosa.cluster
from chosa.cluster import Cluster
from chosa.errors import UsageError, WorkersFailed
from chosa.executor import Call, Failure
from chosa.parcel import pack, unpack
from chosa.pipeline import Report, run_pipeline
from chosa.settings import RunSettings
from chosa.store import Store
from tests.chosa import faulty
from tests.chosa.test_pipeline import DUMP, tables
from tests.chosa.test_workers import MEMORY_MIB, run

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "fixtures" / "reports"
LOCAL = ("--host", "127.0.0.1", "--no-dashboard")
FAULTY = "tests.chosa.faulty"


@dataclass
class Local:
    """A scheduler and its workers, each a process of its own, as one starts them by hand."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        self.workers.append(
            _dask(
                self.folder, "worker", self.address, "--nthreads", "1", "--no-nanny",
                "--local-directory", str(self.folder), "--death-timeout", "20", *LOCAL,
            )
        )  # fmt: skip


def _dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=env, stdout=log, stderr=log)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Local]:
    file = folder / "scheduler.json"
    scheduler = _dask(folder, "scheduler", "--port", "0", "--scheduler-file", str(file), *LOCAL)
    local = Local(folder, scheduler, "")
    try:
        while not file.exists() or not file.read_bytes():
            assert scheduler.poll() is None
            time.sleep(0.05)
        local.address = json.loads(file.read_bytes())["address"]
        for _ in range(workers):
            local.add_worker()
        yield local
    finally:
        for process in (*local.workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    with cluster(tmp_path_factory.mktemp("dask"), 2) as both:
        yield both


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given") / "in"
    folder.mkdir()
    (folder / "dump.txt").write_text(DUMP, encoding="utf-8")
    shutil.copy(REPORTS / "release_vector.pdf", folder / "report.pdf")
    (folder / "page.html").write_text(f'<html><p>{DUMP}</p><img src="a.png"></html>', encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return folder


def ran(inputs: Path, out: Path, **settings: Any) -> Report:
    """A run with a taxonomy of one's own, which the workers need too."""
    taxonomy = inputs.with_name("taxonomy")
    taxonomy.mkdir(exist_ok=True)
    text = "alias,id,kind,source\n満足している,kpi.churn,item,test\n"
    (taxonomy / "aliases.csv").write_text(text, encoding="utf-8")
    return run_pipeline([inputs], out, RunSettings(taxonomy=taxonomy, **settings))


@pytest.fixture(scope="module")
def expected(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("processes")
    ran(inputs, out, jobs=2)
    return tables(out)


def test_the_tables_are_those_of_the_process_pool(
    local: Local, inputs: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    report = ran(inputs, tmp_path, scheduler=local.address)
    assert report.pages_read == 5
    assert tables(tmp_path) == expected
    assert b"kpi.churn" in expected["observations.csv"]


@pytest.mark.parametrize(
    ("function", "seconds", "says"),
    [
        pytest.param(faulty.hang, 1, "took longer than 1 s", id="an endless loop is stopped"),
        pytest.param(faulty.crash, 30, "brought its worker down", id="a segmentation fault"),
        pytest.param(faulty.bomb, 30, "more memory than a worker may use", id="a memory bomb"),
        pytest.param(faulty.refuse, 30, "page 3: no area", id="an error we foresaw"),
    ],
)
def test_a_bad_task_fails_alone_on_the_cluster_too(
    local: Local, tmp_path: Path, function: Any, seconds: float, says: str
) -> None:
    with Cluster(local.address, Store(tmp_path), MEMORY_MIB, preload=FAULTY) as executor:
        found = run(executor, ("good", faulty.double, 4, 30.0), ("bad", function, 1, seconds))
    assert isinstance(found["bad"], Failure)
    assert says in found["bad"].message
    assert found["good"] == 8


def slow_calls(count: int, answers: list[Any], on_first: Any = None) -> list[Call]:
    """Tasks of a quarter of a second; when the first has ended something happens."""

    def ended(answer: Any) -> tuple[()]:
        answers.append(answer)
        if len(answers) == 1 and on_first:
            on_first()
        return ()

    return [Call(faulty.slow_double, None, (n,), 30.0, ended) for n in range(count)]


@pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.terminate], ids=["killed", "closed"])
def test_a_worker_that_dies_costs_nothing_but_its_time(tmp_path: Path, end: Any) -> None:
    answers: list[int] = []
    with cluster(tmp_path, 2) as mine, Cluster(mine.address, Store(tmp_path), MEMORY_MIB, FAULTY) as executor:
        executor._client.wait_for_workers(2)
        executor.run(slow_calls(24, answers, on_first=lambda: end(mine.workers[0])))
    assert sorted(answers) == [2 * n for n in range(24)]


def test_a_scheduler_that_dies_is_told_and_what_was_read_is_kept(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster(tmp_path, 1) as mine:
        put = Store.put_packed

        def kill_after(store: Store, key: str, content: bytes) -> None:
            put(store, key, content)
            if len(list(store.entries())) == 5:  # four documents opened, one page read
                mine.scheduler.send_signal(signal.SIGKILL)

        with monkeypatch.context() as patch:
            patch.setattr(Store, "put_packed", kill_after)
            with pytest.raises(WorkersFailed, match=r"does not answer any more; start it again.*is kept"):
                ran(inputs, tmp_path / "out", scheduler=mine.address, cache=tmp_path / "cache")
    report = ran(inputs, tmp_path / "out", jobs=1, cache=tmp_path / "cache")
    assert report.pages_kept > 0
    assert tables(tmp_path / "out") == expected


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosa.cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(WorkersFailed, match="dask scheduler"):
        Cluster("tcp://127.0.0.1:9", Store(tmp_path), MEMORY_MIB)


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tcp://host:8786"):
        Cluster("what://?", Store(tmp_path), MEMORY_MIB)


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosa.cluster, "WORKERS_SECONDS", 0.5)
    with cluster(tmp_path, 0) as mine, pytest.raises(WorkersFailed, match="dask worker tcp://"):
        Cluster(mine.address, Store(tmp_path), MEMORY_MIB)


def test_another_version_on_the_workers_is_told(
    local: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chosa.cluster, "run_stamp", lambda: "another")
    with (
        pytest.raises(WorkersFailed, match="another version"),
        Cluster(local.address, Store(tmp_path), MEMORY_MIB, FAULTY) as executor,
    ):
        run(executor, ("a", faulty.double, 1, 30.0))


def test_a_web_page_travels_with_its_pictures(tmp_path: Path) -> None:
    page = tmp_path / "here" / "page.html"
    (page.parent / "page_files").mkdir(parents=True)
    page.write_text('<img src="page_files/a.png">')
    (page.parent / "page_files" / "a.png").write_bytes(b"picture")
    (page.parent / "other.pdf").write_bytes(b"not its")
    path, _ = unpack(pack(page, Store(tmp_path / "store"), ()), tmp_path / "there")
    assert path is not None
    assert path.read_bytes() == page.read_bytes()
    assert sorted(p.relative_to(path.parent).as_posix() for p in path.parent.rglob("*.*")) == [
        "page.html", "page_files/a.png",
    ]  # fmt: skip


def test_entries_of_the_store_travel_as_they_are(tmp_path: Path) -> None:
    here = Store(tmp_path / "here")
    here.put("ab" * 32, b"content")
    _, there = unpack(pack(None, here, ("ab" * 32, "cd" * 32)), tmp_path / "there")
    assert there.get("ab" * 32, bytes) == b"content"
    assert "cd" * 32 not in there


def test_a_taxonomy_travels_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "aliases.csv").write_text("alias,id\n")
    path, _ = unpack(pack(folder, Store(tmp_path / "store"), ()), tmp_path / "there")
    assert path is not None
    assert [p.name for p in path.iterdir()] == ["aliases.csv"]

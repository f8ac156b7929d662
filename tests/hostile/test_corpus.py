"""Hostile files cost themselves only: each is accounted for, good files beside them read as ever, nothing
is fetched, started or written elsewhere."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fixtures.hostile import CASES, write_corpus
from fixtures.hostile.case import VALUE, Case, Surroundings
from fixtures.hostile.pen import DUMP, HTML, good_pdf
from tests.hostile.reading import Fate, Run, fates, read

SECRET = "the secret that no document may fetch"
GOOD = {
    "good-a.txt": DUMP.encode() + "甲".encode(),
    "good-b.pdf": good_pdf() + b"%b",
    "good-c.html": HTML.encode(),
}
LIGHT = tuple(case for case in CASES if not case.heavy and not case.endless)
ENDLESS = tuple(case for case in CASES if case.endless)
# Seconds a page may take: more than any page needs on a busy machine; and, where it is all used up, less.
PATIENT, IMPATIENT = 100, 30
# What a sentence to a user says to do, in some form.
REMEDIES = (
    "again", "--password-file", "--page-seconds", "--memory", "split it", "scale it", "export",
    "check the name", "at a lower resolution", "likely damaged", "too many pixels", "print it to a new PDF",
)  # fmt: skip


class Listener:
    """A server that hopes to be called."""

    def __init__(self) -> None:
        self.calls: list[object] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/hostile"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, address = self._socket.accept()
            except OSError:
                return
            self.calls.append(address)
            caller.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def corpus(folder: Path, name: str, listener: Listener, cases: tuple[Case, ...]) -> Path:
    """The cases and three good files among them."""
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    write_corpus(folder / name, Surroundings(listener.url, secret), cases)
    for good, data in GOOD.items():
        (folder / name / good).write_bytes(data)
    return folder / name


@pytest.fixture(scope="module")
def both(folder: Path, listener: Listener) -> tuple[Run, Run]:
    """The run over what can be read, and at the same time the one over what never ends."""
    light, endless = corpus(folder, "light", listener, LIGHT), corpus(folder, "endless", listener, ENDLESS)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(read, light, folder / "work", PATIENT, 2)
        second = pool.submit(read, endless, folder / "work-endless", IMPATIENT, len(ENDLESS))
        return first.result(), second.result()


@pytest.fixture(scope="module")
def run(both: tuple[Run, Run]) -> Run:
    return both[0]


@pytest.fixture(scope="module")
def endless(both: tuple[Run, Run]) -> Run:
    return both[1]


@pytest.fixture(scope="module")
def ends(run: Run) -> dict[str, Fate]:
    return fates(run, LIGHT)


def shown(case: Case) -> str:
    return case.name.encode("ascii", "backslashreplace").decode()[:40]


@pytest.mark.parametrize("case", LIGHT, ids=shown)
def test_a_hostile_file_is_accounted_for(case: Case, ends: dict[str, Fate]) -> None:
    check(case, ends[case.name])


@pytest.mark.parametrize("case", ENDLESS, ids=shown)
def test_what_never_ends_is_stopped(case: Case, endless: Run) -> None:
    fate = fates(endless, [case])[case.name]
    check(case, fate)
    assert "took longer than" in fate.said or "memory" in fate.said


def check(case: Case, fate: Fate) -> None:
    assert fate.status in case.outcomes, fate.said
    assert case.says in fate.said
    assert "please report it" not in fate.said  # an error outside the family
    assert not case.value or VALUE in fate.values, fate.said
    if fate.status in ("error", "partial"):
        assert any(words in fate.said for words in REMEDIES), fate.said


@pytest.mark.parametrize("which", ["run", "endless"])
@pytest.mark.parametrize("name", sorted(GOOD))
def test_good_files_beside_them_are_read_as_ever(
    which: str, name: str, request: pytest.FixtureRequest
) -> None:
    result = request.getfixturevalue(which).result
    row = result.documents[result.documents["file"].str.endswith(os.sep + name)].iloc[0]
    found = result.observations[result.observations["document_id"] == row["document_id"]]
    assert (row["status"], list(found["item"]), list(found["value"])) == ("ok", ["はい"], [VALUE])


@pytest.mark.parametrize("which", ["run", "endless"])
def test_nothing_is_fetched_started_or_written_elsewhere(
    which: str, request: pytest.FixtureRequest, listener: Listener
) -> None:
    seen = request.getfixturevalue(which)
    assert seen.offences == ()
    assert len(seen.watched) >= 2  # the run and the server of its workers
    assert listener.calls == []


def test_no_document_says_what_stands_in_a_file_it_points_to(run: Run, folder: Path) -> None:
    tables = [path for path in (folder / "work" / "out").rglob("*") if path.is_file()]
    assert tables
    assert [path.name for path in tables if SECRET.encode() in path.read_bytes()] == []


def test_the_run_says_so_and_prints_nothing_of_its_engines(run: Run) -> None:
    assert run.exit_code == 1
    assert run.printed == ""

"""A task that crashes, hangs or swells costs itself only; its neighbours are answered."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from chosa.errors import WorkersFailed
from chosa.executor import Call, Executor, Failure
from chosa.workers import Workers
from tests.chosa import faulty

MEMORY_MIB = 1500
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(Path(), 2, MEMORY_MIB, preload="tests.chosa.faulty") as pool:
        yield pool


def run(executor: Executor, *tasks: tuple[str, Callable[..., Any], int, float]) -> dict[str, Any]:
    """The answer of each (name, function, argument, seconds)."""
    found: dict[str, Any] = {}

    def call(name: str, function: Callable[..., Any], number: int, seconds: float) -> Call:
        return Call(function, None, (number,), seconds, lambda answer: found.update({name: answer}) or ())

    executor.run(call(*task) for task in tasks)
    return found


def answers(workers: Workers, function: Callable[..., Any], seconds: float = 30) -> dict[str, Any]:
    """The faulty task among three good ones."""
    good = [(f"good{n}", faulty.double, n, 30.0) for n in range(3)]
    return run(workers, good[0], ("bad", function, 1, seconds), *good[1:])


@pytest.mark.parametrize(
    ("function", "seconds", "says"),
    [
        pytest.param(faulty.hang, 1, "took longer than 1 s", id="an endless loop is stopped"),
        pytest.param(faulty.crash, 30, "brought its worker down", id="a segmentation fault"),
        pytest.param(faulty.leave, 30, "brought its worker down (exit 3)", id="a library that exits"),
        pytest.param(
            faulty.bomb, 30, "more memory than a worker may use", id="a memory bomb meets the limit"
        ),
        pytest.param(faulty.refuse, 30, "page 3: no area; open it in a viewer", id="an error we foresaw"),
        pytest.param(faulty.stumble, 30, "ZeroDivisionError", id="an error we did not"),
        pytest.param(faulty.unpicklable, 30, "brought its worker down", id="an answer that cannot travel"),
    ],
)
def test_a_bad_task_fails_alone(
    workers: Workers, function: Callable[..., Any], seconds: float, says: str
) -> None:
    found = answers(workers, function, seconds)
    assert isinstance(found["bad"], Failure)
    assert says in found["bad"].message
    assert {key: found[key] for key in ("good0", "good1", "good2")} == {"good0": 0, "good1": 2, "good2": 4}


def test_only_an_unforeseen_error_has_a_trace(workers: Workers) -> None:
    assert answers(workers, faulty.refuse)["bad"].trace == ""
    assert "ZeroDivisionError" in answers(workers, faulty.stumble)["bad"].trace


def test_a_pool_without_tasks_starts_no_process() -> None:
    with Workers(Path(), 2, MEMORY_MIB) as pool:
        assert run(pool) == {}


def test_what_follows_from_an_answer_is_run_before_what_has_not_begun(workers: Workers) -> None:
    heard: list[int] = []

    def call(number: int, then: int = 0) -> Call:
        def ended(answer: int) -> list[Call]:
            heard.append(answer)
            return [call(then)] if then else []

        return Call(faulty.double, None, (number,), 30.0, ended)

    workers.run(call(n, then=100 + n) for n in range(40))
    assert sorted(heard) == [*range(0, 80, 2), *range(200, 280, 2)]
    assert heard.index(200) < heard.index(78)


def test_a_script_without_a_main_guard_does_not_start_itself_again(tmp_path: Path) -> None:
    """Python's own pools would import the script in each worker, and each would start a pool."""
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from chosa.executor import Call\n"
        "from chosa.workers import Workers\n"
        "from tests.chosa import faulty\n"
        "print('started')\n"
        "with Workers(Path(), 1, 1500, 'tests.chosa.faulty') as pool:\n"
        "    pool.run([Call(faulty.double, None, (4,), 30, lambda answer: print(answer) or ())])\n"
    )
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "started\n8\n"


def test_without_workers_the_run_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(Path(), 1, MEMORY_MIB, "tests.chosa.faulty") as pool:

        def broken(*_: object, **__: object) -> None:
            raise BrokenProcessPool("All workers expired")

        monkeypatch.setattr(pool._pool, "schedule", broken)
        with pytest.raises(WorkersFailed, match="free some memory"):
            run(pool, ("a", faulty.double, 1, 5.0))

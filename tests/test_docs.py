"""What the documents tell is true: links lead somewhere, commands exist, examples run."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
import duckdb
import pytest

from chosa.cli import COMMANDS
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted({ROOT / "README.md", *ROOT.glob("*/README.md"), *ROOT.glob("docs/**/*.md")})
EXAMPLES = ("README.md", "docs/tutorial.md", "docs/how-to/other-tools.md")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    gone = [link for link in LINK.findall(text) if "://" not in link and not (page.parent / link).exists()]
    assert not gone


def test_every_how_to_is_listed() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [p for p in PAGES if p.parent.name in ("how-to", "docs") and p.name != "README.md"]
    assert [p.name for p in pages if p.name not in listed] == []


def told_commands() -> Iterator[tuple[str, str]]:
    """(page, command line) of every ``chosa ...`` in the documents."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
        lines += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
        for line in lines:
            found = re.match(r"(?:\.venv/bin/)?chosa ([a-z].*?)(?:\s+#.*)?$", line.strip())
            if found:
                yield named(page), found[1]


@pytest.mark.parametrize(("page", "line"), sorted(set(told_commands())))
def test_commands_and_their_options_exist(page: str, line: str) -> None:
    plain = re.sub(r"[\[\]|]|\.\.\.", " ", line)
    name, *words = shlex.split(plain)
    assert name in COMMANDS, f"{page}: chosa {line}"
    known = options_of(name, words)
    unknown = [w for w in words if w.startswith("-") and w.split("=")[0] not in known]
    assert not unknown, f"{page}: chosa {line}"


def options_of(name: str, words: list[str]) -> set[str]:
    """The options of a command and of the sub-command that is named."""
    context = click.Context(click.Group())
    command = load(name)
    commands = [command]
    if isinstance(command, click.Group):
        commands += [sub for word in words if (sub := command.get_command(context, word))]
    return {"--help"} | {o for c in commands for p in c.params if isinstance(p, click.Option) for o in p.opts}


def load(name: str) -> click.Command:
    from importlib import import_module

    command: click.Command = import_module(f"chosa.commands.{name}").command
    return command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports and tables, as the examples take for granted."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "reports").mkdir()
    (folder / "reports" / "dump.txt").write_text("「満足している」が47.6%でした。", encoding="utf-8")
    rows = document(observation(item_id="kpi.nps", segment_id="s", status="accepted"), year="2026")
    emitted(folder, rows).rename(folder / "tables")
    return folder


def examples(kind: str) -> list[tuple[str, str]]:
    texts = ((page, (ROOT / page).read_text(encoding="utf-8")) for page in EXAMPLES)
    return [(page, block) for page, text in texts for name, block in FENCE.findall(text) if name == kind]


@pytest.mark.parametrize(("page", "code"), examples("python"))
def test_python_examples_run(page: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHOSA_CACHE", str(folder / "cache"))
    with chdir(folder):
        exec(compile(code, page, "exec"), {"__name__": "example"})


@pytest.mark.parametrize(("page", "sql"), examples("sql"))
def test_duckdb_examples_give_rows(page: str, sql: str, folder: Path) -> None:
    with chdir(folder):
        assert duckdb.sql(sql).fetchall(), page


def test_sqlite_examples_give_rows(folder: Path) -> None:
    text = (ROOT / "docs/how-to/other-tools.md").read_text(encoding="utf-8")
    found = re.findall(r'sqlite3 tables/chosa\.sqlite "([^"]+)"', text)
    assert found
    with sqlite3.connect(folder / "tables" / "chosa.sqlite") as base:
        assert all(base.execute(sql).fetchall() for sql in found)

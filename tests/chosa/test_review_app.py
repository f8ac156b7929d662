"""The review app: only for who holds the token, each decision on disk, the next run applies it."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from chosa.corrections import read_corrections
from chosa.errors import NothingThere, UsageError
from chosa.picturing import PageImage
from chosa.review.app import HOST, create_app
from chosa.review.desk import Desk
from chosa.review.page import write_review_page
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted

TOKEN = "let-me-in"
ROWS = document(
    observation("o1", value=41.6, witnesses="label!geometry"),
    observation("o2", item="電話", value=12.5, status="accepted"),
    observation("o3", item="<b>メール</b>", value=8.0),
)


def tables(folder: Path) -> Path:
    """A run's tables with review.html, as the app finds them."""
    from io import BytesIO

    from PIL import Image

    out, png = emitted(folder, ROWS, ()), BytesIO()
    Image.new("RGB", (397, 562), "white").save(png, "PNG")
    write_review_page(out, lambda _: PageImage(png.getvalue(), 2 / 3))
    return out


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tables(tmp_path), "hanako")


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The app on a free port of this machine, in a thread."""
    listening = socket.create_server((HOST, 0))
    server = uvicorn.Server(uvicorn.Config(create_app(desk, TOKEN), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://{HOST}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def ask(address: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, str]:
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data, headers)) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def rows_of(desk: Desk) -> dict[str, tuple[Any, Any]]:
    data = desk.data()
    at = {name: n for n, name in enumerate(data["columns"])}
    return {row[at["observation_id"]]: (row[at["value"]], row[at["status"]]) for row in data["rows"]}


def test_a_decision_is_on_disk_and_shown(desk: Desk, tmp_path: Path) -> None:
    assert desk.decide("o1", "set", "value", "47.6", "smudge")["value"] == 47.6
    (kept,) = read_corrections(tmp_path / "out")
    assert (kept.who, kept.before, kept.after, kept.why, kept.item) == (
        "hanako",
        "41.6",
        "47.6",
        "smudge",
        "チャット",
    )
    assert rows_of(desk) == {"o1": (47.6, "corrected"), "o2": (12.5, "accepted"), "o3": (8.0, "review")}


def test_undo_shows_what_the_run_read(desk: Desk) -> None:
    desk.decide("o1", "set", "value", "47.6")
    desk.decide("o1", "undo")
    assert rows_of(desk)["o1"] == (41.6, "review")


def test_a_new_start_shows_what_was_decided(desk: Desk, tmp_path: Path) -> None:
    desk.decide("o3", "reject")
    assert rows_of(Desk(tmp_path / "out", "taro"))["o3"] == (8.0, "rejected")


def test_the_next_run_applies_it(desk: Desk, tmp_path: Path) -> None:
    desk.decide("o1", "set", "value", "47.6")
    out = emitted(tmp_path, ROWS, ())
    assert rows_of(Desk(out, "taro"))["o1"] == (47.6, "corrected")


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (("o9", "accept"), NothingThere),
        (("o1", "label"), UsageError),
        (("o1", "set", "value", "much"), UsageError),
        (("o1", "set", "status", "accepted"), UsageError),
    ],
)
def test_what_is_no_decision_is_refused(
    desk: Desk, tmp_path: Path, wish: tuple[str, ...], error: type
) -> None:
    with pytest.raises(error):
        desk.decide(*wish)
    assert read_corrections(tmp_path / "out") == ()


def test_the_app_answers_only_who_has_the_token(desk: Desk) -> None:
    wish = {"id": "o1", "action": "accept"}
    with served(desk) as address:
        assert ask(f"{address}/")[0] == 403
        assert ask(f"{address}/?token=guess")[0] == 403
        assert ask(f"{address}/decide", wish)[0] == 403
        assert ask(f"{address}/?token={TOKEN}", Host="evil.example")[0] == 403
        status, page = ask(f"{address}/?token={TOKEN}")
        assert (status, "チャット" in page, "<b>メール" in page) == (200, True, False)
        assert ask(f"{address}/picture/0?token={TOKEN}")[0] == 200
        assert ask(f"{address}/picture/7?token={TOKEN}")[0] == 404
        assert ask(f"{address}/decide", wish, **{"x-chosa-token": TOKEN})[0] == 200
        assert ask(f"{address}/decide", {"id": "?"}, **{"x-chosa-token": TOKEN})[0] == 400


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium: apt install chromium")
@pytest.mark.skipif(not find_spec("playwright"), reason="no playwright: pip install playwright")
def test_the_page_in_a_browser(desk: Desk, tmp_path: Path) -> None:
    """Open, correct with the keyboard, reload."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with served(desk) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="ja-JP")
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/?token={TOKEN}")
        assert page.inner_text(".row.on .value") == "41.6"  # the disputed row comes first
        assert page.inner_text("#tally") == "3 / 3 件（要確認 2 件）"
        page.keyboard.press("e")
        page.keyboard.type("47.6")
        page.keyboard.press("Enter")
        page.wait_for_selector(".row:first-child .chip.corrected")
        assert page.inner_text(".row.on .item") == "<b>メール</b>"  # on to the next that waits for a person
        page.keyboard.press("r")
        page.wait_for_selector(".chip.rejected")
        page.keyboard.press("u")
        page.wait_for_selector(".chip.rejected", state="detached")
        page.reload()
        assert page.inner_text("#tally") == "3 / 3 件（要確認 1 件）"
        page.fill("#search", "電話")
        assert page.locator(".row").count() == 1
        page.click("#language")
        assert page.inner_text("#tally") == "1 of 3 rows (1 to review)"
        browser.close()
    assert errors == []
    assert [c.action for c in read_corrections(tmp_path / "out")] == ["set", "reject", "undo"]

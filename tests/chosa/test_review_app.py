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
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from chosa.corrections import read_corrections
from chosa.errors import NothingThere, UsageError
from chosa.picturing import PageImage
from chosa.review.app import HOST, create_app
from chosa.review.data import COLUMNS
from chosa.review.desk import Desk
from chosa.review.page import write_review_page
from chosa.rows import DocumentRows
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted

TOKEN = "let-me-in"
BROWSER_ARGS = ["--no-sandbox", "--disable-dev-shm-usage"]  # as root, and in containers with little /dev/shm
ROWS = document(
    observation("o1", value=41.6, witnesses="label!geometry"),
    observation("o2", item="電話", value=12.5, status="accepted", chart_id="doc1-p1-c1"),
    observation("o3", item="<b>メール</b>", value=8.0),
)
PLAIN = {"o1": (41.6, "review"), "o2": (12.5, "accepted"), "o3": (8.0, "review")}
PARTS = [{"item": "Web", "value": "41.6"}, {"item": "電話", "value": "12"}]


def tables(folder: Path, rows: DocumentRows = ROWS) -> Path:
    """A run's tables with review.html, as the app finds them."""
    from io import BytesIO

    from PIL import Image

    out, png = emitted(folder, rows, ()), BytesIO()
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
    (row,) = desk.decide("o1", "set", "value", "47.6", "smudge")["rows"]
    assert row[list(COLUMNS).index("value")] == 47.6
    (kept,) = read_corrections(tmp_path / "out")
    assert (kept.who, kept.before, kept.after, kept.why, kept.item) == (
        "hanako",
        "41.6",
        "47.6",
        "smudge",
        "チャット",
    )
    assert rows_of(desk) == {"o1": (47.6, "corrected"), "o2": (12.5, "accepted"), "o3": (8.0, "review")}


def test_a_split_shows_two_rows_and_undo_one(desk: Desk, tmp_path: Path) -> None:
    answer = desk.decide("o1", "split", why="two labels", parts=PARTS)
    (first, second), new = answer["rows"], answer["rows"][1][0]
    assert (first[0], second[0] != "o1", answer["gone"]) == ("o1", True, [])
    expected = {"o1": (41.6, "corrected"), new: (12.0, "corrected")}
    assert rows_of(desk) == expected | {"o2": (12.5, "accepted"), "o3": (8.0, "review")}
    (kept,) = read_corrections(tmp_path / "out")
    assert (kept.before, kept.why) == ('[{"item":"チャット","value":"41.6"}]', "two labels")
    assert kept.after == '[{"item":"Web","value":"41.6"},{"item":"電話","value":"12"}]'
    answer = desk.decide(new, "undo")  # nothing was decided about the new row itself
    assert ([row[0] for row in answer["rows"]], answer["gone"]) == (["o1"], [new])
    assert rows_of(desk) == PLAIN


def test_a_split_survives_the_next_run_and_can_be_taken_back_after_it(desk: Desk, tmp_path: Path) -> None:
    new = desk.decide("o1", "split", parts=PARTS)["rows"][1][0]
    desk.decide(new, "set", "value", "11")
    again = Desk(emitted(tmp_path, ROWS, ()), "taro")
    after = {"o1": (41.6, "corrected"), new: (11.0, "corrected")}
    assert rows_of(again) == after | {"o2": (12.5, "accepted"), "o3": (8.0, "review")}
    again.decide("o1", "undo")
    assert rows_of(again) == PLAIN  # what the run reads is seen after the next one
    assert rows_of(Desk(emitted(tmp_path, ROWS, ()), "taro")) == PLAIN


@pytest.mark.parametrize(
    "parts",
    ["x", [], [{"item": "Web"}], [{}, {}], [{"value": "41.6"}, {"value": "41.6"}], [{"page": "2"}, {}]],
)
def test_a_split_that_makes_nothing_new_is_refused(desk: Desk, tmp_path: Path, parts: Any) -> None:
    with pytest.raises(UsageError):
        desk.decide("o1", "split", parts=parts)
    assert read_corrections(tmp_path / "out") == ()


def test_undo_takes_back_one_decision_after_the_other(desk: Desk) -> None:
    desk.decide("o1", "set", "value", "47.6")
    desk.decide("o1", "reject")
    desk.decide("o1", "undo")
    assert rows_of(desk)["o1"] == (47.6, "corrected")
    desk.decide("o1", "undo")
    assert rows_of(desk) == PLAIN
    with pytest.raises(UsageError, match="nothing to take back"):
        desk.decide("o1", "undo")


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


@contextmanager
def opened(address: str, **context: Any) -> Iterator[Any]:
    """The page in a real browser; an error in its script fails the test."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, **context)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(address)
        yield page
        browser.close()
    assert errors == []


in_a_browser = pytest.mark.skipif(
    not shutil.which("chromium") or not find_spec("playwright"),
    reason="no chromium: apt install chromium; pip install playwright",
)


@in_a_browser
def test_correct_with_the_keyboard_reload_and_run_again(desk: Desk, tmp_path: Path) -> None:
    with served(desk) as address, opened(f"{address}/?token={TOKEN}", locale="ja-JP") as page:
        assert page.inner_text(".row.on .value") == "41.6"  # the disputed row comes first
        assert page.inner_text("#tally") == "3 / 3 件（要確認 2 件）"
        page.keyboard.press("e")
        page.keyboard.type("47.6")
        page.keyboard.press("Enter")
        page.wait_for_selector(".row:first-child .chip.corrected")
        assert page.inner_text(".row.on .item") == "<b>メール</b>"  # on to the next that waits for a person
        page.keyboard.press("r")
        page.wait_for_selector(".row .chip.rejected")
        page.keyboard.press("u")
        page.wait_for_selector(".row .chip.rejected", state="detached")
        page.reload()
        assert page.inner_text("#tally") == "3 / 3 件（要確認 1 件）"
    assert [c.action for c in read_corrections(tmp_path / "out")] == ["set", "reject", "undo"]
    again = Desk(emitted(tmp_path, ROWS, ()), "taro")
    with served(again) as address, opened(f"{address}/?token={TOKEN}") as page:
        assert page.locator(".row .chip.corrected").count() == 1


@in_a_browser
def test_split_with_the_keyboard(desk: Desk, tmp_path: Path) -> None:
    with served(desk) as address, opened(f"{address}/?token={TOKEN}", locale="en-US") as page:
        page.keyboard.press("x")
        page.keyboard.type("Web")
        for text in ("41.6", "", "電話", "12", "SaaS", "two labels in one"):
            page.keyboard.press("Tab")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_selector(".row .chip.corrected")
        assert page.locator(".row .item").all_inner_texts()[:2] == ["Web", "電話"]
        assert page.locator(".row .value").all_inner_texts()[:2] == ["41.6", "12"]
        assert page.inner_text("#tally") == "4 of 4 rows (1 to review)"
        page.keyboard.press("u")
        page.wait_for_selector(".row .chip.corrected", state="detached")
        assert page.inner_text("#tally") == "3 of 3 rows (2 to review)"
        page.keyboard.press("x")
        page.keyboard.press("Escape")
        assert page.locator(".bench form").count() == 0
    assert [c.action for c in read_corrections(tmp_path / "out")] == ["split", "undo"]
    assert read_corrections(tmp_path / "out")[0].why == "two labels in one"


@in_a_browser
def test_a_chart_is_accepted_at_once_and_keys_pressed_early_wait_their_turn(tmp_path: Path) -> None:
    rows = [observation(f"o{n}", value=n, chart_id=f"c{n // 3}") for n in range(6)]
    made = document(*rows)
    charts = tuple(replace(made.charts[0], chart_id=f"c{n}") for n in range(2))
    desk = Desk(tables(tmp_path, replace(made, charts=charts)), "hanako")
    with served(desk) as address, opened(f"{address}/?token={TOKEN}", locale="en-US") as page:
        page.keyboard.press("A")
        page.wait_for_selector(".row:nth-child(3) .chip.accepted")
        page.keyboard.press("a")
        page.keyboard.press("r")
        page.wait_for_selector(".row .chip.rejected")
        page.keyboard.press("u")
        page.wait_for_selector(".row .chip.rejected", state="detached")
    kept = [(c.observation_id, c.action) for c in read_corrections(tmp_path / "out")]
    assert kept == [*((f"o{n}", "accept") for n in range(4)), ("o4", "reject"), ("o4", "undo")]


@in_a_browser
def test_find_rows(desk: Desk) -> None:
    with served(desk) as address, opened(f"{address}/?token={TOKEN}", locale="ja-JP") as page:
        filters = (("status", "accepted", 1), ("note", "witness-disputed", 3), ("chart", "0", 1))
        for field, choice, count in (*filters, ("document", "0", 3)):
            page.select_option(f"#{field}", choice)
            assert page.locator(".row").count() == count, field
            page.select_option(f"#{field}", "")
        page.keyboard.press("/")
        page.keyboard.type("電話")
        page.keyboard.press("Escape")
        assert page.locator(".row").count() == 1
        page.click("#language")
        assert page.inner_text("#tally") == "1 of 3 rows (2 to review)"
        page.keyboard.press("?")
        assert "split: the row holds two" in page.inner_text("#keys")
        page.keyboard.press("Escape")
        assert not page.is_visible("#keys")


@in_a_browser
def test_a_doubt_is_told_in_words(desk: Desk) -> None:
    with served(desk) as address, opened(f"{address}/?token={TOKEN}", locale="ja-JP") as page:
        assert page.inner_text(".row.on .against") == "✗ 図形の長さ・角度と合わない"
        page.click("#language")
        assert page.inner_text(".row.on .against") == "✗ does not fit the drawn length"


@in_a_browser
@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_nothing_is_cut_off(desk: Desk, width: int) -> None:
    with served(desk) as address, opened(f"{address}/?token={TOKEN}") as page:
        page.set_viewport_size({"width": width, "height": 768})
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.getElementById('detail'))") <= 0

"""review.html: one file, its own script only, document text never markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from chosa.emit.place import placing
from chosa.picturing import PageImage
from chosa.review.data import review_data
from chosa.review.page import as_script_data, write_review_page
from tests.chosa.rows import NASTY, document, nasty_document, observation
from tests.chosa.test_emit import emitted

IMAGE = PageImage(b"\x89PNG", 1.5)


def page_of(folder: Path, image: PageImage | None = IMAGE) -> str:
    out = emitted(folder, nasty_document(), ())
    write_review_page(out, lambda _: image)
    return (out / "review.html").read_text(encoding="utf-8")


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_data_comes_through_whole(tmp_path: Path) -> None:
    data = data_of(page_of(tmp_path))
    item = list(data["columns"]).index("item")
    assert [row[item] for row in data["rows"]] == list(NASTY)


def test_a_document_cannot_write_markup(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert "alert(1)" in page
    assert page.count("<script") == 2
    assert "<script>alert" not in page


def test_the_page_asks_nothing_of_the_network(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)=["']?https?:""", page)


def test_a_page_without_a_picture_has_none(tmp_path: Path) -> None:
    (place,) = data_of(page_of(tmp_path, None))["places"]
    assert place["src"] == ""


def test_of_too_many_rows_those_for_review_come_first(tmp_path: Path) -> None:
    rows = [observation(f"o{n}", status="review" if n in (2, 4) else "accepted") for n in range(6)]
    out = emitted(tmp_path, document(*rows), ())
    data = review_data(out, lambda _: None, most=3)
    assert [row[0] for row in data["rows"]] == ["o0", "o2", "o4"]
    assert data["left_out"] == 3
    assert len(review_data(out, lambda _: None, most=6)["rows"]) == 6


def test_script_data_cannot_end_its_element() -> None:
    text = "".join(as_script_data({"a": "</script>&<!--", "b": iter(["<", 1])}))
    assert "<" not in text
    assert json.loads(text) == {"a": "</script>&<!--", "b": ["<", 1]}


def test_placing_is_all_or_nothing(tmp_path: Path) -> None:
    try:
        with placing(tmp_path) as placement:
            placement.path("a").write_text("1")
            raise RuntimeError
    except RuntimeError:
        pass
    assert list(tmp_path.iterdir()) == []

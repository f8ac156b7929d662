"""Saved web pages -> a scene of text and a scene per picture."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from extract.settings import Settings
from extract.sources import html as html_source
from extract.sources import open_source
from tests.extract.sources.engines import BlindOcr, texts

TEXT = "<p>この調査では、回答者の多くが満足していると答えました。</p>"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">
<rect x="100" y="20" width="150" height="30" fill="#4472c4"/>
<rect x="100" y="70" width="75" height="30" fill="#ed7d31"/>
<text x="255" y="40" font-size="12">50.0%</text></svg>"""


@pytest.fixture(autouse=True)
def blind(monkeypatch: pytest.MonkeyPatch) -> BlindOcr:
    engine = BlindOcr()
    monkeypatch.setattr(html_source, "ocr_engine", lambda name: engine)
    return engine


def picture(size: tuple[int, int] = (300, 200)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    return file.getvalue()


def page(folder: Path, body: str, encoding: str = "utf-8") -> Path:
    path = folder / "page.html"
    text = (
        f'<html><head><meta charset="{encoding}"><title>調査</title></head><body>{TEXT}{body}</body></html>'
    )
    path.write_bytes(text.encode(encoding))
    (folder / "page_files").mkdir(exist_ok=True)
    (folder / "page_files" / "q1.png").write_bytes(picture())
    return path


def test_the_text_is_one_scene_without_geometry(tmp_path: Path) -> None:
    with open_source(page(tmp_path, ""), Settings()) as source:
        seen = source.see(0)
    assert (len(source), seen.page, seen.unit, seen.titles) == (1, None, "none", ("調査",))
    assert [p.text for p in seen.paragraphs] == ["この調査では、回答者の多くが満足していると答えました。"]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp"])
def test_old_encodings(tmp_path: Path, encoding: str) -> None:
    with open_source(page(tmp_path, "", encoding), Settings()) as source:
        assert source.see(0).paragraphs[0].text.startswith("この調査では")


@pytest.mark.parametrize(
    "source",
    [
        "page_files/q1.png", "./page_files/q1.png", "https://img.example.jp/a/q1.png?w=800",
        "data:image/png;base64," + base64.b64encode(picture()).decode(),
    ],
    ids=["saved beside", "relative", "on a server, saved beside", "inside the page"],
)  # fmt: skip
def test_a_picture_is_a_scene_named_for_its_file(tmp_path: Path, source: str) -> None:
    with open_source(
        page(tmp_path, f'<h2>設問1</h2><img src="{source}" alt="満足度の図">'), Settings()
    ) as saved:
        seen = saved.see(1)
    assert (len(saved), seen.page, seen.width, seen.unit) == (2, None, 300, "px")
    assert seen.image in ("q1.png", "inline-1.png")
    assert seen.titles == ("満足度の図", "設問1")


@pytest.mark.parametrize("source", ["../secret.png", "/../secret.png", "page_files/../../secret.png"])
def test_nothing_outside_the_pages_folder_is_opened(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    inner = tmp_path / "inner"
    inner.mkdir()
    with open_source(page(inner, f'<img src="{source}">'), Settings()) as saved:
        notes = saved.see(0).notes
    assert len(saved) == 1
    assert [n.code for n in notes] == ["picture-missing"]


def test_icons_are_no_scenes_and_a_picture_shown_twice_is_one(tmp_path: Path) -> None:
    path = page(
        tmp_path, '<img src="page_files/i.png"><img src="page_files/q1.png"><img src="page_files/q1.png">'
    )
    (path.parent / "page_files" / "i.png").write_bytes(picture((32, 32)))
    with open_source(path, Settings()) as saved:
        assert saved.origin.files == ("q1.png",)


@pytest.mark.parametrize("where", ["in the page", "in a file"])
def test_an_svg_chart_is_a_vector_scene_without_ocr(tmp_path: Path, blind: BlindOcr, where: str) -> None:
    path = page(tmp_path, SVG if where == "in the page" else '<img src="page_files/c.svg">')
    (path.parent / "page_files" / "c.svg").write_text(SVG)
    with open_source(path, Settings()) as saved:
        seen = saved.see(1)
    assert [m.box.width for m in seen.marks if m.kind == "rect" and m.fill] == pytest.approx(
        [150, 75], abs=0.01
    )
    assert texts(seen.words) == ["50.0%"]
    assert (seen.unit, seen.width, blind.asked) == ("px", 400, 0)


@pytest.mark.parametrize("body", ['<img src="page_files/q1.png">', SVG], ids=["picture", "drawing"])
def test_every_picture_can_be_shown_and_the_text_cannot(tmp_path: Path, body: str) -> None:
    with open_source(page(tmp_path, body), Settings()) as saved:
        shown, scene = saved.shown(1, 96.0), saved.see(1)
        assert saved.shown(0, 96.0) is None
    assert shown is not None
    pixels, scale = shown
    assert pixels.shape[1] == pytest.approx(scene.width * scale, abs=1)


def test_the_sites_own_name_is_no_part_of_the_title(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<title>調査の結果 | 報道の場</title><h1>調査の結果</h1>{TEXT}", encoding="utf-8")
    with open_source(path, Settings()) as saved:
        assert saved.origin.title == "調査の結果"

"""PDF pages -> scenes, on pages the tests draw themselves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from extract.errors import ExtractError, PageFailed, PasswordNeeded, UnreadableFile
from extract.scene import Box, Scene
from extract.settings import Settings
from extract.sources import open_source
from extract.sources import pdf as pdf_source
from tests.extract.sources.engines import BlindOcr, DictatedOcr, texts

Draw = Callable[[Any], None]
SENTENCE = "この調査では回答者の多くが満足していると答えた"


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> BlindOcr:
    return use(monkeypatch, BlindOcr())


def use(monkeypatch: pytest.MonkeyPatch, engine: BlindOcr) -> BlindOcr:
    monkeypatch.setattr(pdf_source, "ocr_engine", lambda name: engine)
    return engine


def drawn(folder: Path, *draw: Draw, **saved: Any) -> Path:
    """A PDF with one 400 x 300 pt page per drawing."""
    doc: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    for each in draw:
        each(doc.new_page(width=400, height=300))
    path = folder / "drawn.pdf"
    doc.save(path, **saved)
    return path


def scene(path: Path, index: int = 0, **settings: Any) -> Scene:
    with open_source(path, Settings(**settings)) as source:
        return source.see(index)


def say(
    page: Any, text: str = SENTENCE, at: tuple[float, float] = (40, 60), size: float = 12, **kept: Any
) -> None:
    page.insert_text(at, text, fontname="japan", fontsize=size, **kept)


def test_text_and_bars_need_no_ocr(tmp_path: Path, blind: BlindOcr) -> None:
    def page(p: Any) -> None:
        say(p)
        p.draw_rect((100, 100, 250, 120), color=None, fill=(0.2, 0.4, 0.8))

    seen = scene(drawn(tmp_path, page))
    assert texts(seen.words) == [SENTENCE]
    assert [(m.kind, m.fill) for m in seen.marks] == [("rect", "#3366cc")]
    assert (seen.text_source, seen.page, blind.asked) == ("text", 1, 0)


def test_a_turned_and_cropped_page_is_seen_as_displayed(tmp_path: Path, blind: BlindOcr) -> None:
    def page(p: Any) -> None:
        say(p, "満足度", (100, 100))
        p.set_cropbox(pymupdf.Rect(50, 50, 350, 250))  # type: ignore[no-untyped-call]
        p.set_rotation(90)

    seen = scene(drawn(tmp_path, page))
    (word,) = seen.words
    assert (seen.width, seen.height, word.angle) == (200, 300, 90)
    assert word.box.x0 == pytest.approx(200 - 50 - 12 * 0.14, abs=0.1)
    assert word.box.y0 == pytest.approx(50, abs=0.1)
    assert word.box.height == pytest.approx(36, abs=0.1)


@pytest.mark.parametrize(
    "hide",
    [
        pytest.param(lambda p: say(p, "隠れた文字", (40, 120), render_mode=3), id="painted invisibly"),
        pytest.param(lambda p: say(p, "隠れた文字", (40, 120), fill_opacity=0.0), id="transparent"),
        pytest.param(lambda p: say(p, "隠れた文字", (900, 120)), id="off the page"),
        pytest.param(
            lambda p: (say(p, "隠れた文字", (40, 120)), p.draw_rect((30, 100, 200, 130), fill=(1, 1, 1))),
            id="painted over",
        ),
    ],
)
def test_what_a_reader_cannot_see_is_not_read(tmp_path: Path, blind: BlindOcr, hide: Draw) -> None:
    def page(p: Any) -> None:
        say(p)
        hide(p)

    assert texts(scene(drawn(tmp_path, page)).words) == [SENTENCE]


def test_what_is_marked_with_a_highlighter_is_read(tmp_path: Path, blind: BlindOcr) -> None:
    def page(p: Any) -> None:
        say(p)
        p.add_highlight_annot(pymupdf.Rect(40, 45, 320, 65))  # type: ignore[no-untyped-call]

    assert texts(scene(drawn(tmp_path, page)).words) == [SENTENCE]


def test_a_scan_is_read_by_ocr_in_page_coordinates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, DictatedOcr(("47.6%", Box(150, 300, 250, 330))))

    def page(p: Any) -> None:
        pixels = np.full((625, 833, 3), 255, np.uint8)
        pixels[300:330, 150:250] = 0
        p.insert_image((0, 0, 400, 300), pixmap=_pixmap(pixels))

    seen = scene(drawn(tmp_path, page))
    (word,) = seen.words
    assert (seen.text_source, word.seen_by, word.text) == ("ocr", "ocr", "47.6%")
    assert word.box.x0 == pytest.approx(150 * 72 / 150, abs=0.5)
    assert [n.code for n in seen.notes] == ["text-missing"]


def test_a_chart_pasted_as_a_picture_is_read_and_the_text_around_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, DictatedOcr(("12.3%", Box(100, 100, 180, 130))))

    def page(p: Any) -> None:
        say(p)
        p.insert_image((40, 100, 340, 280), pixmap=_pixmap(_charted(375, 625)))

    seen = scene(drawn(tmp_path, page))
    assert (seen.text_source, texts(seen.words)) == ("mixed", [SENTENCE, "12.3%"])
    assert [p.read for p in seen.pictures] == [True]
    assert seen.words[1].box.x0 == pytest.approx(40 + 100 * 72 / 150, abs=0.5)


def test_a_logo_is_not_read(tmp_path: Path, blind: BlindOcr) -> None:
    def page(p: Any) -> None:
        say(p)
        p.insert_image((340, 10, 390, 40), pixmap=_pixmap(_charted(60, 100)))

    assert [p.read for p in scene(drawn(tmp_path, page)).pictures] == [False]
    assert blind.asked == 0


def test_a_wash_under_the_text_is_not_read(tmp_path: Path, blind: BlindOcr) -> None:
    def page(p: Any) -> None:
        shade = np.linspace(200, 255, 400).astype(np.uint8)
        p.insert_image((0, 0, 400, 300), pixmap=_pixmap(np.repeat(shade[None, :, None], 300, 0).repeat(3, 2)))
        say(p)
        say(p, at=(40, 90))

    assert scene(drawn(tmp_path, page)).text_source == "text"
    assert blind.asked == 0


def test_garbled_text_is_replaced_by_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, DictatedOcr(("利用している", Box(110, 120, 400, 160))))

    def page(p: Any) -> None:
        for y in range(60, 280, 20):
            say(p, "縺薙ｮ隱ｿ譟ｻ縺ｧ縺ｯ蝗樒ｭ碑??ｮ螟壹￥縺梧ｺ雜ｳ", (40, y))
        p.draw_rect((300, 100, 380, 120), color=None, fill=(0, 0.5, 0))

    seen = scene(drawn(tmp_path, page))
    assert texts(seen.words) == ["利用している"]
    assert [n.code for n in seen.notes] == ["text-garbled"]
    assert [m.seen_by for m in seen.marks] == ["vector"]
    assert seen.legibility < 0.5


def test_the_outline_gives_titles(tmp_path: Path, blind: BlindOcr) -> None:
    doc: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    for _ in range(2):
        say(doc.new_page(width=400, height=300))
    doc.set_toc([[1, "第1章", 1], [2, "利用の有無", 2]])
    path = tmp_path / "outlined.pdf"
    doc.save(path)
    assert scene(path, 1).titles == ("利用の有無",)
    with open_source(path, Settings()) as source:
        assert source.origin.outline == ((1, "第1章", 1), (2, "利用の有無", 2))


def test_passwords(tmp_path: Path, blind: BlindOcr) -> None:
    locked = drawn(tmp_path, say, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="o", user_pw="u")
    with pytest.raises(PasswordNeeded, match=r"drawn\.pdf"):
        open_source(locked, Settings())
    with pytest.raises(PasswordNeeded, match="none of the given"):
        open_source(locked, Settings(passwords=("wrong",)))
    assert texts(scene(locked, passwords=("wrong", "u")).words) == [SENTENCE]


def test_a_file_only_protected_from_changes_is_read(tmp_path: Path, blind: BlindOcr) -> None:
    protected = drawn(tmp_path, say, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="o")
    assert texts(scene(protected).words) == [SENTENCE]


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"PK\x03\x04\x00\x00", b"\x00\x01\x02\x03" * 50],
    ids=["empty", "only a header", "no objects", "a zip file", "binary"],
)
def test_what_is_no_report_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"broken\.pdf"):
        open_source(path, Settings())


@pytest.mark.parametrize("cut", range(200, 1400, 150))
def test_a_truncated_file_gives_scenes_or_a_named_error(tmp_path: Path, blind: BlindOcr, cut: int) -> None:
    path = drawn(tmp_path, say)
    path.write_bytes(path.read_bytes()[:cut])
    with suppress(ExtractError), open_source(path, Settings()) as source:
        for index in range(len(source)):
            source.see(index)


def test_an_image_too_large_to_decode_fails_its_page(
    tmp_path: Path, blind: BlindOcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract.backends import mupdf

    def page(p: Any) -> None:
        p.insert_image((0, 0, 400, 300), pixmap=_pixmap(_charted(300, 400)))

    path = drawn(tmp_path, page)
    monkeypatch.setattr(mupdf, "MAX_IMAGE", 1000)
    with pytest.raises(PageFailed, match="too large"):
        scene(path)


def _charted(height: int, width: int) -> Any:
    """A picture of bars: sharp edges, few colours."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    for i, top in enumerate(range(10, height - 20, 30)):
        pixels[top : top + 18, 20 : 60 + (i * 37) % (width - 80)] = (40, 90, 160)
    return pixels


def _pixmap(pixels: Any) -> Any:
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels, dtype=np.uint8).tobytes()
    return pymupdf.Pixmap(pymupdf.csRGB, width, height, data, False)  # type: ignore[no-untyped-call]

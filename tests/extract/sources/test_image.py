"""Picture files -> scenes in their own pixels, as displayed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.errors import UnreadableFile
from extract.scene import Box
from extract.settings import Settings
from extract.sources import image as image_source
from extract.sources import open_source
from extract.sources.image import to_pixels
from tests.extract.sources.engines import BlindOcr, DictatedOcr, texts


@pytest.fixture(autouse=True)
def blind(monkeypatch: pytest.MonkeyPatch) -> BlindOcr:
    engine = BlindOcr()
    monkeypatch.setattr(image_source, "ocr_engine", lambda name: engine)
    return engine


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "bmp", "gif"])
def test_every_kind_of_picture_is_one_scene(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"p.{suffix}"
    Image.new("RGB", (300, 200), "white").save(path)
    with open_source(path, Settings()) as source:
        assert (source.origin.kind, len(source)) == ("image", 1)
        seen = source.see(0)
    assert (seen.width, seen.height, seen.unit, seen.page) == (300, 200, "px", 1)


def test_the_pages_of_a_tiff_are_scenes(tmp_path: Path) -> None:
    pages = [Image.new("L", (100 + 10 * i, 80), "white") for i in range(3)]
    pages[0].save(tmp_path / "p.tif", save_all=True, append_images=pages[1:])
    with open_source(tmp_path / "p.tif", Settings()) as source:
        assert [source.see(i).width for i in range(len(source))] == [100, 110, 120]


def test_words_are_in_pixels_of_the_whole_picture_however_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_source, "READ", 10_000)
    engine = DictatedOcr(("47.6%", Box(10, 20, 40, 30)))
    monkeypatch.setattr(image_source, "ocr_engine", lambda name: engine)
    Image.new("RGB", (200, 200), "white").save(tmp_path / "p.png")
    with open_source(tmp_path / "p.png", Settings()) as source:
        seen = source.see(0)
    assert texts(seen.words) == ["47.6%"]
    assert seen.words[0].box == Box(20, 40, 80, 60)


def test_a_photograph_taken_sideways_is_seen_upright() -> None:
    photo = Image.new("RGB", (30, 20), "white")
    photo.getexif()[0x0112] = 6
    assert to_pixels(photo).shape == (30, 20, 3)


def test_transparency_lies_on_white() -> None:
    assert to_pixels(Image.new("RGBA", (2, 2), (0, 0, 0, 0))).min() == 255


def test_deep_greys_keep_their_contrast() -> None:
    deep = Image.fromarray(np.array([[0, 65535]], dtype=np.uint16))
    assert to_pixels(deep)[0, :, 0].tolist() == [0, 255]


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_source, "LARGEST", 1000)
    Image.new("L", (100, 100)).save(tmp_path / "p.png")
    with pytest.raises(UnreadableFile, match=r"p\.png.*too many"):
        open_source(tmp_path / "p.png", Settings())


def test_a_damaged_picture_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    with pytest.raises(UnreadableFile, match=r"p\.png"):
        open_source(tmp_path / "p.png", Settings())

"""A PDF stays open from page to page; what is read of it is what a newly opened one gives."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from extract.errors import PageFailed
from extract.settings import Settings
from extract.sources import kept, open_source
from extract.sources.kept import kept_open
from extract.sources.pdf import PdfSource

posix = pytest.mark.skipif(not kept.KEEPS, reason="open files cannot be replaced here")


def a_pdf(path: Path, *texts: str) -> Path:
    with pymupdf.open() as document:
        for text in texts:
            document.new_page().insert_text((72, 72), text)
        path.write_bytes(document.tobytes())
    return path


def words(path: Path, index: int, settings: Settings = Settings()) -> list[str]:
    with kept_open(path, settings) as source:
        return [w.text for w in source.see(index).words]


@posix
def test_the_next_page_comes_from_the_same_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_pdf(tmp_path / "a.pdf", "first", "second")
    assert words(path, 0) == ["first"]
    monkeypatch.setattr(kept, "open_source", None)
    assert words(path, 1) == ["second"]
    assert words(path, 0) == ["first"]


@posix
def test_a_file_that_was_replaced_is_opened_again(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf", "old")
    assert words(path, 0) == ["old"]
    a_pdf(tmp_path / "b.pdf", "brand new").replace(path)
    assert words(path, 0) == ["brand new"]


def test_other_files_and_other_settings_are_other_documents(tmp_path: Path) -> None:
    one, two = a_pdf(tmp_path / "1.pdf", "one"), a_pdf(tmp_path / "2.pdf", "two")
    assert [words(p, 0) for p in (one, two, one)] == [["one"], ["two"], ["one"]]
    assert words(one, 0, Settings(ocr="tesseract")) == ["one"]
    assert len(kept._last) <= 1


def test_after_an_error_the_file_is_closed(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf", "only")
    with pytest.raises(PageFailed):
        words(path, 7)
    assert kept._last == []
    assert words(path, 0) == ["only"]


def test_pictures_and_dumps_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("回答は100人。", encoding="utf-8")
    with kept_open(path, Settings()) as source:
        assert source.origin.kind == "text"
    assert kept._last == []


def test_damage_met_on_one_page_does_not_change_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_source(a_pdf(tmp_path / "a.pdf", "first", "second"), Settings()) as source:
        assert isinstance(source, PdfSource)
        before = source._pdf
        monkeypatch.setattr(type(before), "repaired", property(lambda pdf: pdf is before))
        assert [w.text for w in source.see(0).words] == ["first"]
        assert source._pdf is not before
        assert [w.text for w in source.see(1).words] == ["second"]

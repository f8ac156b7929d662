"""Which documents stand under the files and folders that were typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from chosa.inputs import find_inputs, pictures_of


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def names(folder: Path) -> tuple[list[str], list[str]]:
    found = find_inputs([folder])
    kept = [str(Path(d.given).relative_to(folder)) for d in found.documents]
    return kept, [str(Path(s).relative_to(folder)) for s in found.skipped]


@pytest.mark.parametrize(
    ("files", "kept", "skipped"),
    [
        pytest.param({"b.pdf": "1", "a.txt": "2"}, ["a.txt", "b.pdf"], [], id="sorted by name"),
        pytest.param({"a.PDF": "1", "A.Html": "2"}, ["A.Html", "a.PDF"], [], id="upper case endings"),
        pytest.param({"a.docx": "1", "b.pdf": "2"}, ["b.pdf"], ["a.docx"], id="other kinds are skipped"),
        pytest.param({".DS_Store": "1", ".git/x.txt": "2"}, [], [], id="hidden files are not worth a word"),
        pytest.param({"year/1/a.pdf": "1"}, ["year/1/a.pdf"], [], id="folders in folders"),
        pytest.param(
            {"p.html": '<img src="p_files/c.png">', "p_files/c.png": "1", "p_files/s.css": "2"},
            ["p.html"],
            [],
            id="a page saved by a browser is one document",
        ),
        pytest.param(
            {"p.html": '<img src="img/c.png">', "img/c.png": "1", "img/d.png": "2"},
            ["img/d.png", "p.html"],
            [],
            id="a picture that no page mentions is a document",
        ),
        pytest.param(
            {"p.html": '<img src="%E5%9B%B3%201.png">', "図 1.png": "1"},
            ["p.html"],
            [],
            id="a percent-encoded name",
        ),
    ],
)
def test_a_folder(tmp_path: Path, files: dict[str, str], kept: list[str], skipped: list[str]) -> None:
    fill(tmp_path, files)
    assert names(tmp_path) == (kept, skipped)


def test_a_page_cannot_claim_pictures_outside_its_folder(tmp_path: Path) -> None:
    fill(tmp_path, {"secret.png": "1", "page/p.html": '<img src="../secret.png">'})
    assert pictures_of(tmp_path / "page" / "p.html") == ()


def test_a_file_of_another_kind_named_by_itself_is_tried(tmp_path: Path) -> None:
    fill(tmp_path, {"a.docx": "1"})
    assert [d.given for d in find_inputs([tmp_path / "a.docx"]).documents] == [str(tmp_path / "a.docx")]


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "same", "b.txt": "same", "c.txt": "other"})
    a, b, c = find_inputs([tmp_path]).documents
    assert (a.twin, b.twin, c.twin) == ("", a.id, "")
    assert len({a.id, b.id, c.id}) == 3


def test_the_same_path_twice_is_one_input(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "1"})
    assert len(find_inputs([tmp_path / "a.txt", tmp_path]).documents) == 1


def test_an_id_follows_the_bytes_not_the_name(tmp_path: Path) -> None:
    fill(tmp_path, {"a.txt": "1"})
    (before,) = find_inputs([tmp_path]).documents
    (tmp_path / "a.txt").rename(tmp_path / "z.txt")
    (after,) = find_inputs([tmp_path]).documents
    assert before.id == after.id


def test_a_changed_picture_changes_its_page(tmp_path: Path) -> None:
    fill(tmp_path, {"p.html": "c.png", "c.png": "1"})
    (before,) = find_inputs([tmp_path]).documents
    fill(tmp_path, {"c.png": "2"})
    (after,) = find_inputs([tmp_path]).documents
    assert before.sha256 == after.sha256
    assert before.digest != after.digest


@pytest.mark.parametrize(
    ("name", "says"),
    [("gone.pdf", "no such file"), ("empty.pdf", "is empty (0 bytes)"), ("pipe", "not a regular file")],
)
def test_what_cannot_be_read_is_a_document_with_a_problem(tmp_path: Path, name: str, says: str) -> None:
    import os

    (tmp_path / "empty.pdf").touch()
    os.mkfifo(tmp_path / "pipe")
    (document,) = find_inputs([tmp_path / name]).documents
    assert says in document.problem
    assert name in document.problem


def test_two_empty_files_are_two_errors(tmp_path: Path) -> None:
    fill(tmp_path, {"a.pdf": "", "b.pdf": ""})
    a, b = find_inputs([tmp_path]).documents
    assert a.problem
    assert b.problem
    assert not b.twin
    assert a.id != b.id

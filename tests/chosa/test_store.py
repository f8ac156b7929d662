"""What is kept is whole or absent, and a key stands for exactly what it was made of."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosa.errors import StoreFailed
from chosa.store import Store, key_of

PARTS = st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=4)
KEY = key_of("anything")


@given(PARTS, PARTS)
def test_two_keys_are_equal_only_for_equal_parts(
    a: list[str | int | None], b: list[str | int | None]
) -> None:
    assert (key_of(*a) == key_of(*b)) == (a == b)


def test_what_was_put_is_got(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert KEY not in store
    assert store.get(KEY, bytes) is None
    store.put(KEY, b"content")
    assert KEY in store
    assert store.get(KEY, bytes) == b"content"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="emptied"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut short"),
        pytest.param(lambda data: data[:-4] + b"oops", id="last bytes changed"),
    ],
)
def test_a_damaged_entry_is_absent_and_removed(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    store = Store(tmp_path)
    store.put(KEY, b"content" * 100)
    (entry,) = store.entries()
    entry.write_bytes(damage(entry.read_bytes()))
    assert store.get(KEY, bytes) is None
    assert KEY not in store


def test_an_entry_that_is_of_another_type_is_absent(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"no number")
    assert store.get(KEY, int) is None


def test_a_write_that_never_finished_is_no_entry(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    (entry,) = store.entries()
    entry.rename(entry.with_name(".new-abc"))
    assert store.get(KEY, bytes) is None
    assert store.size() == (0, 0)


def test_clearing_by_age_leaves_what_is_new(tmp_path: Path) -> None:
    store, old = Store(tmp_path), key_of("old")
    store.put(old, b"1")
    (entry,) = store.entries()
    ago = time.time() - 3 * 86_400
    os.utime(entry, (ago, ago))
    store.put(KEY, b"2")
    assert store.clear(older_than_days=2) == 1
    assert (old in store, KEY in store) == (False, True)
    assert store.clear() == 1
    assert store.size() == (0, 0)


def test_what_cannot_be_kept_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFailed, match="name another folder with CHOSA_CACHE"):
        Store(tmp_path / "file").put(KEY, b"content")

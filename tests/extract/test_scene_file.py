"""Scenes go to JSON and come back the same."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.finding import Finding, PageReading, Reading, Taken
from extract.scene import Box, Grid, GridCell, Mark, Paragraph, Picture, Scene, Sector, Word
from extract.scene_file import json_to_reading, json_to_scene, reading_to_json, scene_to_json

numbers = st.floats(-1e6, 1e6, allow_nan=False)
texts = st.text(max_size=12)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
colors = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
words = st.builds(
    Word, texts, boxes, numbers, st.lists(numbers, max_size=4).map(tuple), colors,
    st.booleans(), st.floats(0, 1), seen_by=st.sampled_from(["text", "ocr"]), line=st.integers(-1, 99),
)  # fmt: skip
sectors = st.none() | st.builds(Sector, numbers, numbers, numbers, numbers, numbers, numbers)
marks = st.builds(
    Mark, st.sampled_from(["rect", "sector", "line"]), boxes, colors, sector=sectors,
    points=st.lists(st.tuples(numbers, numbers), max_size=3).map(tuple),
)  # fmt: skip
grids = st.builds(
    Grid, st.lists(st.builds(GridCell, st.integers(0, 9), st.integers(0, 9), text=texts)).map(tuple)
)
scenes = st.builds(
    Scene, numbers, numbers, st.none() | st.integers(1, 99), st.none() | texts, st.sampled_from(["pt", "px"]),
    words=st.lists(words, max_size=3).map(tuple), marks=st.lists(marks, max_size=3).map(tuple),
    pictures=st.lists(st.builds(Picture, boxes, texts), max_size=2).map(tuple),
    paragraphs=st.lists(st.builds(Paragraph, texts), max_size=2).map(tuple),
    grids=st.lists(grids, max_size=1).map(tuple), titles=st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=60)
@given(scenes)
def test_a_scene_comes_back_the_same(scene: Scene) -> None:
    assert json_to_scene(scene_to_json(scene)) == scene


@settings(max_examples=30)
@given(scenes, st.frozensets(st.integers(0, 50)))
def test_a_page_reading_comes_back_the_same(scene: Scene, used: frozenset[int]) -> None:
    finding = Finding(
        "chart", 47.6, "percent", "項目", box=Box(1, 2, 3, 4), readings=(Reading("label", "text", 47.6),)
    )
    reading = PageReading(scene, findings=(finding,), taken=Taken(used))
    assert json_to_reading(reading_to_json(reading)) == reading


def test_the_same_reading_gives_the_same_bytes() -> None:
    scene = Scene(10, 10)
    one, two = (PageReading(scene, taken=Taken(frozenset(ids))) for ids in ([3, 1, 200], [200, 3, 1]))
    assert reading_to_json(one) == reading_to_json(two)


def test_what_is_no_scene_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        json_to_scene(b'{"width": "wide"}')

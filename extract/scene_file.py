"""Scenes and page readings to JSON and back without loss: trace of a run, test input of every reader."""

from __future__ import annotations

from pathlib import Path

import msgspec

from extract.finding import PageReading
from extract.scene import Scene


def scene_to_json(scene: Scene) -> bytes:
    """The scene as JSON; the same scene gives the same bytes."""
    return msgspec.json.encode(scene)


def json_to_scene(data: bytes) -> Scene:
    """Raises msgspec.ValidationError when the data is no scene."""
    return msgspec.json.decode(data, type=Scene)


def reading_to_json(reading: PageReading) -> bytes:
    """Everything read from one page as JSON; sets are written in order, so bytes are reproducible."""
    return msgspec.json.encode(reading, order="deterministic")


def json_to_reading(data: bytes) -> PageReading:
    """Raises msgspec.ValidationError when the data is no page reading."""
    return msgspec.json.decode(data, type=PageReading)


def write_scene(scene: Scene, path: Path) -> None:
    path.write_bytes(scene_to_json(scene))


def read_scene(path: Path) -> Scene:
    return json_to_scene(path.read_bytes())

"""Words of a scene -> paragraphs in reading order."""

from __future__ import annotations

from extract.finding import Taken
from extract.scene import Paragraph, Scene


def scene_to_paragraphs(scene: Scene, taken: Taken) -> tuple[Paragraph, ...]:
    """The running text of the scene without the words that charts and tables have taken."""
    return scene.paragraphs

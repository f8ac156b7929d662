"""Images on a page -> pictures as a reader sees them, and those large enough to carry a chart or text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.backends.mupdf import Image
from extract.scene import Box

# Points; strips of one picture meet within this.
SEAM = 1.5
# Share of the page below which a picture is an icon, a logo or a thumbnail: 100 x 100 pt of A4.
SMALLEST = 0.02
# Points; and its sides: no chart with printed numbers is lower or narrower.
LOWEST, NARROWEST = 55.0, 80.0
# Share of the page from which a picture is the page: a scan or a slide exported as an image.
WHOLE = 0.7


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as shown: its box within the page, its pixels, and its resolution in dots per inch."""

    box: Box
    width_px: int
    height_px: int

    @property
    def dpi(self) -> float:
        return 72.0 * self.width_px / self.box.width if self.box.width > 0 else 0.0

    def fills(self, page: Box) -> bool:
        return self.box.area >= WHOLE * page.area


def images_to_pictures(images: Sequence[Image], page: Box) -> list[Shown]:
    """Pictures of a page: the part of each image on the page, strips and tiles put together."""
    pictures: list[Shown] = []
    for image in images:
        box = _on_page(image.box, page)
        if box is None or box.width < 1 or box.height < 1:
            continue
        shown = Shown(box, image.width_px, image.height_px)
        for i, other in enumerate(pictures):
            joined = _joined(other, shown)
            if joined is not None:
                pictures[i] = joined
                break
        else:
            pictures.append(shown)
    return pictures


def _on_page(box: Box, page: Box) -> Box | None:
    x0, y0 = max(box.x0, page.x0), max(box.y0, page.y0)
    x1, y1 = min(box.x1, page.x1), min(box.y1, page.y1)
    return Box(x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _joined(a: Shown, b: Shown) -> Shown | None:
    """Two strips or tiles of one picture, or the same picture painted twice; None when they are two."""
    whole = a.box | b.box
    if (
        a.box.shared(b.box) > 0.9 * min(a.box.area, b.box.area)
        and max(a.box.area, b.box.area) > 0.95 * whole.area
    ):
        return Shown(whole, max(a.width_px, b.width_px), max(a.height_px, b.height_px))
    level = abs(a.box.x0 - b.box.x0) <= SEAM and abs(a.box.x1 - b.box.x1) <= SEAM
    if level and min(abs(a.box.y1 - b.box.y0), abs(b.box.y1 - a.box.y0)) <= SEAM:
        return Shown(whole, max(a.width_px, b.width_px), a.height_px + b.height_px)
    upright = abs(a.box.y0 - b.box.y0) <= SEAM and abs(a.box.y1 - b.box.y1) <= SEAM
    if upright and min(abs(a.box.x1 - b.box.x0), abs(b.box.x1 - a.box.x0)) <= SEAM:
        return Shown(whole, a.width_px + b.width_px, max(a.height_px, b.height_px))
    return None


def may_carry_text(picture: Shown, page: Box) -> bool:
    """Whether a picture is large enough, on the page and in pixels, to show numbers a reader can read."""
    box = picture.box
    return (
        box.area >= SMALLEST * page.area
        and box.height >= LOWEST
        and box.width >= NARROWEST
        and (picture.width_px == 0 or min(picture.width_px, picture.height_px) >= 60)
    )

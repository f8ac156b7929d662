"""Picture files (PNG, JPEG, TIFF, WebP, BMP, GIF) to scenes in pixels, as a viewer displays them."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from extract.backends import OcrEngine, ocr_engine
from extract.errors import PageFailed, UnreadableFile
from extract.scene import Box, Picture, Scene
from extract.settings import Settings
from extract.sources.blocks import number_lines
from extract.sources.origin import Origin
from extract.sources.raster import enlarged, placed, see_pixels

# Pixels a picture may have before it is refused: a full A0 poster at 200 dpi has 62 million. Decoded, this
# takes 600 MB.
LARGEST = 200_000_000
# Pixels read at full resolution; larger pictures are read from a smaller copy.
READ = 30_000_000
# Animations and multi-page files: pages beyond this are a video.
MOST_PAGES = 2000

Image.MAX_IMAGE_PIXELS = None  # checked here, with a message that says what to do


class ImageSource:
    """An open picture file; every page of a TIFF is a scene. Raises UnreadableFile."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._settings = settings
        self._name = path.name
        try:
            self._image: Any = Image.open(path)
            pages = min(int(getattr(self._image, "n_frames", 1)), MOST_PAGES)
        except Exception as error:  # Pillow's readers raise whatever their parsing stumbles on
            raise UnreadableFile(f"{path.name}: not a picture, or damaged; save it again as PNG") from error
        if self._image.format == "GIF":
            pages = 1
        width, height = self._image.size
        if width * height > LARGEST:
            self._image.close()
            raise UnreadableFile(
                f"{path.name}: {width} x {height} pixels are too many; scale it to below {LARGEST:,}"
            )
        self.origin = Origin(path.name, "image", pages)

    def __len__(self) -> int:
        return self.origin.pages or 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._image.close()

    def see(self, index: int) -> Scene:
        """Picture ``index`` of the file, read. Raises PageFailed."""
        return picture_scene(self._pixels(index), ocr_engine(self._settings.ocr), page=index + 1)

    def shown(self, index: int, dpi: float) -> tuple[NDArray[np.uint8], float]:
        """The picture's own pixels. Raises PageFailed."""
        return self._pixels(index), 1.0

    def _pixels(self, index: int) -> NDArray[np.uint8]:
        try:
            self._image.seek(index)
            return to_pixels(self._image)
        except MemoryError:
            raise
        except Exception as error:
            raise PageFailed(
                f"{self._name}, picture {index + 1}: damaged ({why_unread(error)}); save or download it again"
            ) from error


def why_unread(error: Exception) -> str:
    """What Pillow says of a picture it cannot read, without the addresses of its objects."""
    return "no known kind of picture" if isinstance(error, UnidentifiedImageError) else str(error)[:200]


def to_pixels(image: Any) -> NDArray[np.uint8]:
    """RGB pixels (h, w, 3) of a Pillow image as displayed: EXIF turn applied, transparency on white."""
    image = _upright(image)
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        values = np.asarray(image, dtype=np.float64)
        top = 65535.0 if values.max() > 255 else 255.0
        grey = np.clip(values / top * 255, 0, 255).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        ground = Image.new("RGBA", coloured.size, "white")
        image = Image.alpha_composite(ground, coloured)
    return np.asarray(image.convert("RGB"), dtype=np.uint8)


def _upright(image: Any) -> Any:
    """Turned as its EXIF data say; damaged EXIF data are no reason to refuse the picture."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        image.info.pop("exif", None)
        return image


def picture_scene(
    pixels: NDArray[np.uint8],
    engine: OcrEngine,
    page: int | None = None,
    image: str | None = None,
    titles: tuple[str, ...] = (),
) -> Scene:
    """The scene of one picture, in its own pixels however large it was read."""
    height, width = pixels.shape[:2]
    factor = min(1.0, (READ / (width * height)) ** 0.5)
    seen = see_pixels(enlarged(pixels, factor) if factor < 1 else pixels, engine, scan=image is None)
    if factor < 1:
        seen = placed(seen, factor, 0.0, 0.0)
    if seen.turn in (90, 270):
        width, height = height, width
    box = Box(0.0, 0.0, float(width), float(height))
    return Scene(
        width=float(width),
        height=float(height),
        turn=seen.turn,
        page=page,
        image=image,
        unit="px",
        words=number_lines(seen.words),
        marks=seen.marks,
        pictures=(Picture(box, image or "", width, height, read=True),),
        titles=titles,
        text_source="ocr" if seen.words else "none",
        legibility=0.0,
        legibility_reason="a picture has no text layer",
    )

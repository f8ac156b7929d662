"""Charts painted pixel by pixel, so that the truth is known to a fraction of a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Box

Color = tuple[int, int, int]
WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (217, 217, 217)
BLUE, ORANGE, GREEN, RED, PALE = (68, 114, 196), (237, 125, 49), (112, 173, 71), (192, 0, 0), (189, 215, 238)
FINE = 8
"""Times finer than the pixels that curved shapes are painted before they are averaged."""


class Easel:
    """An RGB image to paint on; coordinates in pixels, fractions allowed."""

    def __init__(self, width: int, height: int, ground: Color = WHITE) -> None:
        self.image: NDArray[np.float64] = np.full((height, width, 3), ground, np.float64)
        self.words: list[Box] = []

    def rect(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        """Fill a rectangle; each pixel by the share of it that is covered."""
        height, width = self.image.shape[:2]
        across = _covered(width, x0, x1)
        down = _covered(height, y0, y1)
        share = (down[:, None] * across[None, :])[..., None]
        self.image = self.image * (1 - share) + share * np.array(color, float)

    def outline(self, x0: float, y0: float, x1: float, y1: float, color: Color, width: float = 1.0) -> None:
        half = width / 2
        self.rect(x0 - half, y0 - half, x1 + half, y0 + half, color)
        self.rect(x0 - half, y1 - half, x1 + half, y1 + half, color)
        self.rect(x0 - half, y0 + half, x0 + half, y1 - half, color)
        self.rect(x1 - half, y0 + half, x1 + half, y1 - half, color)

    def text(self, text: str, x: int, y: int, color: Color = BLACK, size: float = 0.6) -> None:
        """Write with the baseline at y; remembers where."""
        painted = np.ascontiguousarray(np.rint(self.image).astype(np.uint8))
        (w, h), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
        cv2.putText(painted, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, color, 1, cv2.LINE_AA)
        self.image = painted.astype(np.float64)
        self.words.append(Box(x, y - h, x + w, y + below))

    def slice(
        self, center: tuple[float, float], radius: float, turns: tuple[float, float], color: Color
    ) -> None:
        """A sector between two angles in degrees clockwise from 12 o'clock."""
        angles = np.radians(np.linspace(*turns, 400))
        rim = np.column_stack((center[0] + radius * np.sin(angles), center[1] - radius * np.cos(angles)))
        self._polygon(np.vstack((center, rim)), color)

    def disc(self, center: tuple[float, float], radius: float, color: Color) -> None:
        angles = np.radians(np.linspace(0, 360, 200))
        self._polygon(
            np.column_stack((center[0] + radius * np.sin(angles), center[1] - radius * np.cos(angles))), color
        )

    def curve(self, points: Sequence[tuple[float, float]], width: float, color: Color) -> None:
        for (ax, ay), (bx, by) in pairwise(points):
            length = float(np.hypot(bx - ax, by - ay))
            nx, ny = -(by - ay) / length * width / 2, (bx - ax) / length * width / 2
            corners = [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]
            self._polygon(np.array(corners), color)

    def _polygon(self, corners: NDArray[np.float64], color: Color) -> None:
        height, width = self.image.shape[:2]
        fine = np.zeros((height * FINE, width * FINE), np.uint8)
        cv2.fillPoly(fine, [np.rint(corners * FINE - 0.5).astype(np.int32)], 255)
        share = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)[..., None] / 255.0
        self.image = self.image * (1 - share) + share * np.array(color, float)

    def pixels(self, quality: int | None = None, blur: float = 0.0, noise: float = 0.0) -> NDArray[np.uint8]:
        """The image as 8-bit RGB; compressed as JPEG, blurred and noisy on request."""
        image = self.image
        if blur:
            image = cv2.GaussianBlur(image, (0, 0), blur)
        if noise:
            image = image + np.random.default_rng(1).normal(0, noise, image.shape)
        sharp = np.clip(np.rint(image), 0, 255).astype(np.uint8)
        if quality is None:
            return sharp
        _, packed = cv2.imencode(".jpg", sharp[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.ascontiguousarray(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


def _covered(count: int, start: float, stop: float) -> NDArray[np.float64]:
    """Share of each of the pixels 0..count-1 that lies between start and stop."""
    pixel = np.arange(count, dtype=np.float64)
    return np.clip(np.minimum(pixel + 1, stop) - np.maximum(pixel, start), 0.0, 1.0)

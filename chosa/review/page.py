"""review.html: data, script, style and page pictures in one file that can be sent by mail."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, StrictUndefined

from chosa.emit.place import placing
from chosa.picturing import PageImage
from chosa.review.data import PlaceKey, review_data

# Pictures in one file: beyond this a browser takes seconds to open it, and mail servers refuse it. Pages past
# it show the printed text beside the value instead.
MOST_PICTURE_BYTES = 40 * 1024 * 1024
# Rows in one file: a browser opens it in a second. `chosa review` shows all rows however many.
MOST_ROWS = 50_000
ImageOf = Callable[[PlaceKey], PageImage | None]


def write_review_page(folder: Path, image_of: ImageOf) -> None:
    """Write review.html over the tables in the folder. Raises OutputFailed, NothingThere."""
    data = review_data(folder, _within_budget(image_of), most=MOST_ROWS)
    with placing(folder) as placement:
        placement.path("review.html").write_text(render(data), encoding="utf-8", newline="\n")


def render(data: dict[str, Any]) -> str:
    """The page. Its data cannot end the script element, and no script but its own runs in it."""
    script = asset("words.js") + asset("review.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(asset("page.html.j2")).render(
        style=asset("review.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=as_script_data(data),
    )


def asset(name: str) -> str:
    """One of the page's own files."""
    return (files("chosa.review") / "assets" / name).read_text(encoding="utf-8")


def as_script_data(data: Any) -> str:
    """JSON that is safe between script tags: no character that could begin a tag or a comment."""
    text = msgspec.json.encode(data).decode()
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _within_budget(image_of: ImageOf) -> Callable[[PlaceKey], tuple[str, float] | None]:
    left = MOST_PICTURE_BYTES

    def picture_of(key: PlaceKey) -> tuple[str, float] | None:
        nonlocal left
        image = image_of(key) if left > 0 else None
        if image is None:
            return None
        left -= len(image.png)
        return "data:image/png;base64," + base64.b64encode(image.png).decode(), image.scale

    return picture_of

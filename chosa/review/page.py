"""review.html: data, script, style and page pictures in one file that can be sent by mail."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, StrictUndefined

from chosa.emit.place import placing
from chosa.picturing import PageImage
from chosa.review.data import PlaceKey, review_parts

# Pictures in one file: beyond this a browser takes seconds to open it, and mail servers refuse it. Pages past
# it show the printed text beside the value instead.
MOST_PICTURE_BYTES = 40 * 1024 * 1024
# Rows in one file: a browser opens it in a second. `chosa review` shows all rows however many.
MOST_ROWS = 50_000
DATA_HERE = "@data@"  # where in the template the data goes
ImageOf = Callable[[PlaceKey], PageImage | None]


def write_review_page(folder: Path, image_of: ImageOf) -> None:
    """Write review.html over the tables in the folder. Raises OutputFailed, NothingThere."""
    data = review_parts(folder, _within_budget(image_of), most=MOST_ROWS)
    with (
        placing(folder) as placement,
        placement.path("review.html").open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(pieces(data))


def pieces(data: dict[str, Any]) -> Iterator[str]:
    """The page bit by bit. Its data cannot end the script element, and no script but its own runs in it."""
    script = asset("words.js") + asset("review.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    page = environment.from_string(asset("page.html.j2")).render(
        style=asset("review.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=DATA_HERE,
    )
    before, after = page.split(DATA_HERE)
    yield before
    yield from as_script_data(data)
    yield after


def asset(name: str) -> str:
    """One of the page's own files."""
    return (files("chosa.review") / "assets" / name).read_text(encoding="utf-8")


def as_script_data(data: dict[str, Any]) -> Iterator[str]:
    """JSON that is safe between script tags (no character that could begin a tag or a comment), bit by bit;
    an iterator is written as a list."""
    for n, (name, value) in enumerate(data.items()):
        yield f"{',' if n else '{'}{_safe(name)}:"
        if isinstance(value, Iterator):
            yield "["
            for m, part in enumerate(value):
                yield f"{',' if m else ''}{_safe(part)}"
            yield "]"
        else:
            yield _safe(value)
    yield "}"


def _safe(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
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

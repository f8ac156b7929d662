"""Where a scene stands in its document, as the tables say it: page, and file name of a web page's picture."""

from __future__ import annotations

from extract.sources.origin import Origin

Place = tuple[int | None, str]


def place_of(origin: Origin, index: int) -> Place:
    """(page, image) of scene ``index``: a web page's pictures follow its text."""
    if origin.pages is not None:
        return index + 1, ""
    picture = index - 1
    return None, origin.files[picture] if 0 <= picture < len(origin.files) else ""

"""The matcher a run uses: over the built-in taxonomy, or that and a folder of the user's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chosa.errors import UsageError
from normalize.errors import NormalizeError
from normalize.match import Matcher
from normalize.taxonomy import load_taxonomy


@cache
def matcher_for(taxonomy: Path | None) -> Matcher:
    """The matcher over the built-in taxonomy, extended by this folder; loaded once per process.
    Raises UsageError when the folder's files are at fault."""
    try:
        return Matcher(load_taxonomy(taxonomy))
    except NormalizeError as error:
        raise UsageError(str(error)) from error

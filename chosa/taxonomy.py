"""The matcher a run uses: over the built-in taxonomy, or that and a folder of the user's."""

from __future__ import annotations

from pathlib import Path

from chosa.errors import UsageError
from chosa.versions import taxonomy_stamp
from normalize.errors import NormalizeError
from normalize.match import Matcher
from normalize.taxonomy import load_taxonomy

# By what the tables say, not by where they lie: on a cluster they lie elsewhere with every call.
_matchers: dict[str, Matcher] = {}
MOST_KEPT = 2  # matchers per process, some 70 MB each: a run needs one, the next may need another


def matcher_for(taxonomy: Path | None) -> Matcher:
    """The matcher over the built-in taxonomy, extended by this folder; loaded once per process.
    Raises UsageError when the folder's files are at fault."""
    stamp = taxonomy_stamp(taxonomy)
    if stamp not in _matchers:
        if len(_matchers) >= MOST_KEPT:
            _matchers.clear()
        try:
            _matchers[stamp] = Matcher(load_taxonomy(taxonomy))
        except NormalizeError as error:
            raise UsageError(str(error)) from error
    return _matchers[stamp]

"""Which taxonomy a run matches against, and a stamp that changes when any of its files does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from chosa.errors import UsageError
from chosa.versions import code_stamp
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


def taxonomy_stamp(taxonomy: Path | None) -> str:
    """Hash over the matching code and the taxonomy's files."""
    whole = hashlib.sha256(code_stamp("normalize").encode())
    for path in sorted(taxonomy.glob("*.csv")) if taxonomy else ():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()

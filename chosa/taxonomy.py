"""Which taxonomy a run matches against, and a stamp that changes when any of its files does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from chosa.versions import code_stamp
from normalize.match import Matcher


@cache
def matcher_for(taxonomy: Path | None) -> Matcher:
    """The matcher over this folder, None for the built-in taxonomy; loaded once per process."""
    try:
        from normalize import load_matcher
    except ImportError:
        return Matcher()
    return load_matcher(taxonomy)


def taxonomy_stamp(taxonomy: Path | None) -> str:
    """Hash over the matching code and the taxonomy's files."""
    whole = hashlib.sha256(code_stamp("normalize").encode())
    for path in sorted(taxonomy.glob("*.csv")) if taxonomy else ():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()

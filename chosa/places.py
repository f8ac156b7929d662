"""Where chosa keeps things on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

CACHE_VARIABLE = "CHOSA_CACHE"


def default_cache() -> Path:
    """The folder of page readings: $CHOSA_CACHE, else the system's place for caches."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else user_cache_path("chosa", appauthor=False)

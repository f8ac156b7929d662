"""Loaded once by the process that workers are forked from: the readers, and all that is mutated."""

import chosa.single_thread  # noqa: F401, I001  (first: numeric libraries read these variables when loaded)

from benchmarks.fuzz import attempt, seeds

LOADED = (attempt, seeds.files(), seeds.scenes())

"""Why a run could not start or finish. Every message says what to do next.

ChosaError
  |- UsageError      the command cannot be meant as typed (exit 2)
  |- OutputBusy      another run is writing to the same directory
  |- OutputFailed    the tables could not be written (disk full, no permission)
  |- StoreFailed     what was read cannot be kept (disk full, no permission)
  |- WorkersFailed   worker processes cannot be started, or all of them ended; a cluster is not there
  '- NothingThere    a directory has no tables, or no such row in them
"""

from __future__ import annotations


class ChosaError(Exception):
    """The family's head: catch this and you have caught them all."""


class UsageError(ChosaError):
    """The command cannot be meant as typed."""


class OutputBusy(ChosaError):
    """Another run is writing to the same directory."""


class OutputFailed(ChosaError):
    """The tables could not be written."""


class StoreFailed(ChosaError):
    """What was read cannot be kept."""


class WorkersFailed(ChosaError):
    """Worker processes cannot be started, or all of them ended; or a cluster is not there (any more)."""


class NothingThere(ChosaError):
    """A directory without tables, or no such row in them."""

"""What can be wrong with a taxonomy: every fault names file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass


class NormalizeError(Exception):
    """The family: anything stage 2 refuses to work with."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one taxonomy line (1-based; 0 = the file as a whole) and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}; {self.remedy}"


class TaxonomyError(NormalizeError):
    """A taxonomy that cannot be used; ``faults`` lists every reason at once, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
        more = f"\n  ... and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        super().__init__(f"the taxonomy has {len(faults)} fault(s):\n{shown}{more}")


class ProposalError(NormalizeError):
    """A proposal that cannot be accepted as asked."""


SHOWN = 20  # faults printed in the message; all of them are in ``faults``

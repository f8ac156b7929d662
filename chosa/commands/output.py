"""Where commands print: a terminal at its own width, a file or a pipe in lines wide enough for tables."""

from __future__ import annotations

from rich.console import Console

FILE_WIDTH = 130  # characters


def console() -> Console:
    """A console on stdout; no colours where nobody sees them."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=FILE_WIDTH)

"""Why a document could not be read. Every message names the file and the remedy.

ExtractError
  |- UnreadableFile      not a file chosa can read, or damaged beyond repair
  |   '- PasswordNeeded  encrypted; no or a wrong password given
  |- PageFailed          one page could not be read; the others go on
  '- EngineMissing       an engine asked for by name is not installed or not known
"""

from __future__ import annotations


class ExtractError(Exception):
    """The family's head: catch this and you have caught them all."""


class UnreadableFile(ExtractError):
    """Not a kind chosa reads, empty, or damaged beyond repair."""


class PasswordNeeded(UnreadableFile):
    """The file is encrypted and no given password opens it."""


class PageFailed(ExtractError):
    """One page could not be read; its document goes on without it."""


class EngineMissing(ExtractError):
    """An OCR engine that was asked for is unknown or not installed."""

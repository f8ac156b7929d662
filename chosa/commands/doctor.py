"""``chosa doctor``: are the engines, fonts and libraries there, and which versions."""

from __future__ import annotations

import importlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from chosa.places import default_cache
from chosa.settings import default_jobs
from chosa.versions import LIBRARIES, chosa_version, installed

# What each library is imported as, where that is not its own name; and whether a run can do without it.
MODULES = {"pdfminer.six": "pdfminer", "opencv-python-headless": "cv2", "pillow": "PIL"}
OPTIONAL = frozenset({"pytesseract"})
JAPANESE = "jpn"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``needed``: a run with default settings fails without it."""

    name: str
    found: bool
    says: str
    needed: bool = True


@click.command(short_help="Check that engines, fonts and libraries are there.")
def command() -> int:
    """Check that engines, fonts and libraries are there; exit 2 when something needed is missing."""
    checks = [*_machine(), *map(_library, LIBRARIES), _rapid(), *_tesseract(), _cache()]
    for check in checks:
        mark = "ok " if check.found else "MISSING" if check.needed else "not there"
        click.echo(f"{mark:9} {check.name:24} {check.says}")
    missing = [check.name for check in checks if check.needed and not check.found]
    click.echo(f"\nMissing: {', '.join(missing)}" if missing else "\nEverything a run needs is there.")
    return 2 if missing else 0


def _machine() -> Iterator[Check]:
    yield Check("chosa", True, chosa_version())
    yield Check("python", sys.version_info >= (3, 11), platform.python_version())
    yield Check("cores", True, f"{default_jobs()} (jobs by default)")


def _library(name: str) -> Check:
    """Installed is not enough: a library may lack a system library it needs."""
    needed = name not in OPTIONAL
    try:
        importlib.import_module(MODULES.get(name, name))
    except ImportError as error:
        return Check(name, False, f"{error}; pip install {name}", needed)
    return Check(name, True, installed(name), needed)


def _rapid() -> Check:
    """Read an empty picture with the embedded engine: the models must be there and load."""
    try:
        import numpy as np

        from extract.backends import ocr_engine

        ocr_engine("rapid").read(np.full((64, 64, 3), 255, np.uint8))
    except Exception as error:
        return Check("OCR engine rapid", False, f"{type(error).__name__}: {error}")
    return Check("OCR engine rapid", True, "models load")


def _tesseract() -> Iterator[Check]:
    """The alternative engine, and page orientation of scans: a system program with its Japanese data."""
    program = shutil.which("tesseract")
    if program is None:
        yield Check(
            "tesseract", False, "only for --ocr tesseract; apt install tesseract-ocr tesseract-ocr-jpn", False
        )
        return
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
    )
    languages = listed.stdout.split()[1:]
    japanese = JAPANESE in languages
    yield Check("tesseract", True, program, False)
    yield Check("tesseract Japanese", japanese, "jpn" if japanese else "apt install tesseract-ocr-jpn", False)


def _cache() -> Check:
    folder = default_cache()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Check("cache", False, f"{folder}: {error.strerror}; set CHOSA_CACHE or use --no-cache")
    return Check("cache", True, str(folder))

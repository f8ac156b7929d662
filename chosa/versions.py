"""What the results depend on besides the input: the code and the engines, as short stamps."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

# Outside libraries whose release can change what is read; their versions are part of the cache key.
ENGINES = (
    "pymupdf",
    "pdfplumber",
    "pdfminer.six",
    "rapidocr",
    "onnxruntime",
    "opencv-python-headless",
    "pytesseract",
    "lxml",
)
LIBRARIES = (*ENGINES, "numpy", "rapidfuzz", "pillow", "msgspec", "pebble", "pyarrow", "pandas")


def chosa_version() -> str:
    """The installed version; of a bare checkout the one in its pyproject.toml is unknown."""
    return installed("chosa") or "0+checkout"


def installed(package: str) -> str:
    """The version of an installed package, "" when it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@cache
def code_stamp(package: str) -> str:
    """Hash over all files of one of our packages (source and data): the same stamp, the same behaviour."""
    spec = find_spec(package)
    whole = hashlib.sha256()
    for root in sorted(spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(root).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@cache
def extract_stamp() -> str:
    """Code of the extract stage together with the engines it calls."""
    engines = ",".join(f"{name}={installed(name)}" for name in ENGINES)
    return hashlib.sha256(f"{code_stamp('extract')},{engines}".encode()).hexdigest()


def taxonomy_stamp(taxonomy: Path | None) -> str:
    """Hash over the matching code and the taxonomy's files."""
    whole = hashlib.sha256(code_stamp("normalize").encode())
    for path in sorted(taxonomy.glob("*.csv")) if taxonomy else ():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@cache
def run_stamp() -> str:
    """All code and engines: two machines with the same stamp give the same rows."""
    ours = ",".join(code_stamp(name) for name in ("normalize", "chosa"))
    return hashlib.sha256(f"{extract_stamp()},{ours}".encode()).hexdigest()

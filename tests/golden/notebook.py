"""docs/notebook.ipynb: run cell by cell from the project's folder; rewritten with its results by hand."""

from __future__ import annotations

from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
CELL_SECONDS = 600  # the first cell reads all fixtures, six pages by OCR


def run_notebook() -> nbformat.NotebookNode:
    """The notebook with what its cells give. Raises CellExecutionError."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    kernel = KernelManager(kernel_name="python3", transport="ipc")  # no port that others could reach
    here = {"metadata": {"path": str(ROOT)}}
    try:
        NotebookClient(notebook, km=kernel, timeout=CELL_SECONDS, resources=here).execute()
    finally:
        kernel.shutdown_kernel(now=True)
    return notebook


def rewrite() -> None:
    """Without times and kernel versions, which would differ each time."""
    notebook = run_notebook()
    for cell in notebook.cells:
        cell.metadata = {}
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(notebook, NOTEBOOK)


if __name__ == "__main__":
    rewrite()

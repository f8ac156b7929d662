"""What people decided about rows and labels, kept in corrections.csv and applied by every later run.

decision.py   one decision: what it may say, which of many still stand
file.py       corrections.csv: a file that only grows, so that two people's merge
places.py     which row a decision means when the row's id is gone
applying.py   decisions onto the rows of a document
"""

from chosa.corrections.applying import Corrector, IdOf, decided, unfolded
from chosa.corrections.decision import (
    ACTIONS,
    COLUMNS,
    CORRECTIONS,
    FIELDS,
    LABEL_KINDS,
    Correction,
    about,
    contradictions,
    part_ids,
    parts_of,
    parts_text,
    problem_of,
    standing,
)
from chosa.corrections.file import FILE_NAME, append_corrections, read_corrections
from chosa.corrections.places import folded

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "CORRECTIONS",
    "FIELDS",
    "FILE_NAME",
    "LABEL_KINDS",
    "Correction",
    "Corrector",
    "IdOf",
    "about",
    "append_corrections",
    "contradictions",
    "decided",
    "folded",
    "part_ids",
    "parts_of",
    "parts_text",
    "problem_of",
    "read_corrections",
    "standing",
    "unfolded",
]

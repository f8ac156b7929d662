"""The decision on a row in words."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, get_args

import pytest

from chosa.commands.explain import DISPUTES, decision
from chosa.observation import Observation
from extract.weigh.testimony import Witness


def row(status: str, witnesses: str) -> Observation:
    """A row of nothing but its verdict."""
    needed: dict[str, Any] = {f.name: "" for f in fields(Observation) if f.default is MISSING}
    return Observation(**needed | {"status": status, "witnesses": witnesses, "value": 47.6})


@pytest.mark.parametrize(
    ("status", "witnesses", "says"),
    [
        ("accepted", "label+geometry+sum", "accepted: nothing disputes it, geometry and sum vouch for it"),
        ("review", "label+geometry!arithmetic", "arithmetic: no number of respondents gives it"),
        ("review", "label!geometry!format", "geometry: its mark has another length; format: "),
        ("review", "label+echo", "echo vouches for it, too little"),
        ("review", "label", "nothing else vouches for it, too little"),
        ("corrected", "label!geometry", "corrected by a person"),
    ],
)
def test_the_decision_in_words(status: str, witnesses: str, says: str) -> None:
    assert says in decision(row(status, witnesses))


def test_every_witness_that_can_dispute_has_its_words() -> None:
    assert set(DISPUTES) | {"difference", "grammar"} == set(get_args(Witness))

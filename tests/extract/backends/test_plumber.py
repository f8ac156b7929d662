"""Cells that rules enclose: the same as pdfplumber finds, at a cost that grows with the cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

from extract.backends.plumber import Crossings, edge, rules_to_tables
from extract.scene import Box

places = st.integers(0, 6)
rules = st.lists(st.tuples(places, places, places, st.booleans()), max_size=25)


def drawn(at: int, start: int, end: int, upright: bool) -> tuple[Box, bool]:
    """A rule at ``at`` from ``start`` to ``end``, ten units a step."""
    low, high = 10.0 * min(start, end), 10.0 * max(start, end)
    line = 10.0 * at
    return (Box(line, low, line, high) if upright else Box(low, line, high, line)), upright


@given(rules)
def test_cells_are_those_of_pdfplumber(found: list[tuple[int, int, int, bool]]) -> None:
    edges = [edge(*drawn(*rule)) for rule in found]
    crossings = edges_to_intersections(merge_edges(edges, 1, 1, 1, 1), 1, 1)
    assert Crossings(crossings).cells() == intersections_to_cells(crossings)


def test_a_lattice_of_ten_thousand_cells() -> None:
    level = [Box(0.0, 10.0 * n, 1000.0, 10.0 * n) for n in range(101)]
    upright = [Box(10.0 * n, 0.0, 10.0 * n, 1000.0) for n in range(101)]
    (table,) = rules_to_tables(level, upright, 1.0)
    assert len(table) == 10_000

"""The drawing of a comparison: well-formed, every fact a dot on the axis, document text never markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from chosa.comparison import compare
from chosa.plot import LABELS, MARGIN, WIDTH, comparison_svg
from chosa.tables import DocumentRow
from tests.chosa.rows import observation

SVG = "{http://www.w3.org/2000/svg}"
DOCUMENT = DocumentRow("doc1", "a.pdf", year="2026", publisher="<見本> & Co")


def drawn(*values: float, **changes: object) -> ET.Element:
    rows = [observation(f"o{n}", item_id="i", value=v, **changes) for n, v in enumerate(values)]
    return ET.fromstring(comparison_svg(compare(rows, [DOCUMENT], "i"), "<i>"))


def dots(picture: ET.Element) -> list[float]:
    return [float(c.attrib["cx"]) for group in picture.iter(f"{SVG}g") for c in group.iter(f"{SVG}circle")]


@pytest.mark.parametrize("values", [(47.6,), (0.0,), (100.0, 0.1), (-3.5, 12.0), (525507.0, 3.0)])
def test_every_value_lies_on_the_axis(values: tuple[float, ...]) -> None:
    places = dots(drawn(*values, unit="point"))
    assert len(places) == len(values)
    assert all(LABELS <= x <= WIDTH - MARGIN for x in places)


def test_larger_values_lie_further_right() -> None:
    assert dots(drawn(10.0, 20.0, 40.0)) == sorted(dots(drawn(10.0, 20.0, 40.0)))


def test_a_row_nobody_confirmed_is_hollow() -> None:
    (hollow,), (full,) = (
        [c.attrib["fill"] for g in drawn(47.6, status=s).iter(f"{SVG}g") for c in g.iter(f"{SVG}circle")]
        for s in ("review", "accepted")
    )
    assert hollow == "#fff"
    assert full != "#fff"


def test_document_text_is_text() -> None:
    assert "<見本> & Co" in "".join(drawn(47.6).itertext())

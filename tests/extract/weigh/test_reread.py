"""Labels and charts read again under a name, when their witnesses agree on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.finding import Finding, Reading
from extract.scene import Box
from tests.extract.weigh.documents import bar, chart, heard

SHARES = (47.6, 33.3, 14.3, 61.9, 9.5)


def labels(texts: Sequence[str], drawn: Sequence[float] = SHARES, n: int | None = 21) -> list[Finding]:
    """Recognised labels one under the other, each at the bar of ``drawn``."""
    values = [float(text.rstrip("%")) for text in texts]
    return [
        bar(f"項目{i}", value, length, n=n, engine="rapid", confidence=0.97, text=text, at=20.0 * i)
        for i, (text, value, length) in enumerate(zip(texts, values, drawn, strict=True))
    ]


def repair(finding: Finding) -> Reading | None:
    return next((r for r in finding.readings if r.method == "repair"), None)


@pytest.mark.parametrize(
    ("misread", "name"),
    [
        pytest.param("476%", "decimal point lost", id="476 for 47.6"),
        pytest.param("47.69", "percent sign read as a digit", id="the sign read as 9"),
        pytest.param("47.66", "percent sign read as a digit", id="the sign read as 6"),
        pytest.param("4769", "decimal point lost, percent sign read as a digit", id="both"),
    ],
)
def test_a_label_misread_in_a_known_way_is_read_again(misread: str, name: str) -> None:
    found = heard(labels([misread, "33.3%", "14.3%", "61.9%", "9.5%"])).findings[0]
    again = repair(found)
    assert again is not None
    assert (found.value, again.engine) == (47.6, name)
    assert found.readings[0].text == misread  # the first reading stays
    assert "repair" in found.witnesses


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        pytest.param("6%", "review", id="one of a hundred beginnings"),
        pytest.param("7.6%", "accepted", id="one of nine, and k of 21 leaves no doubt"),
    ],
)
def test_a_label_whose_beginning_lies_on_another_ground_is_read_again(seen: str, status: str) -> None:
    found = heard(labels([seen, "33.3%", "14.3%", "61.9%", "9.5%"])).findings[0]
    again = repair(found)
    assert again is not None
    assert (found.value, again.engine, found.status) == (47.6, "first digits not seen", status)


def test_a_label_that_no_known_way_explains_is_left_alone() -> None:
    found = heard(labels(["74.6%", "33.3%", "14.3%", "61.9%", "9.5%"])).findings[0]
    assert (found.value, found.status, repair(found)) == (74.6, "review", None)


def test_a_lost_point_that_only_the_format_tells_is_left_to_a_person() -> None:
    found = heard(labels(["476%", "33.3%", "14.3%", "61.9%", "9.5%"], (30.0, *SHARES[1:]), n=None)).findings[
        0
    ]
    assert (found.value, found.status) == (476.0, "review")


@pytest.mark.parametrize("step", [1, -1])
def test_labels_shifted_by_one_are_moved_back(step: int) -> None:
    moved = [*SHARES[step:], *SHARES[:step]]
    found = heard(labels([f"{v:.1f}%" for v in moved])).findings
    assert tuple(f.value for f in found) == SHARES
    assert {r.engine for f in found if (r := repair(f)) is not None} == {"labels shifted by one"}


def test_columns_are_shifted_across_the_page() -> None:
    moved = [*SHARES[1:], SHARES[0]]
    bars = [across(f, 40.0 * i) for i, f in enumerate(labels([f"{v:.1f}%" for v in moved]))]
    found = heard(bars, chart("vbar")).findings
    assert tuple(f.value for f in found) == SHARES


def across(finding: Finding, x: float) -> Finding:
    """The label at x, as high on the page as its column is."""
    box = Box(x, 100 - finding.value, x + 20, 108 - finding.value)
    label, *others = finding.readings
    return replace(finding, box=box, readings=(replace(label, box=box), *others))


def test_labels_in_no_known_disorder_go_to_a_person() -> None:
    mixed = (33.3, 47.6, 61.9, 9.5, 14.3)
    found = heard(labels([f"{v:.1f}%" for v in mixed])).findings
    assert tuple(f.value for f in found) == mixed
    assert {f.status for f in found} == {"review"}


def two_groups(
    left: Sequence[float], right: Sequence[float], drawn: Sequence[Sequence[float]]
) -> list[Finding]:
    rows = zip(("SaaS", "非SaaS"), (left, right), drawn, strict=True)
    return [
        bar(
            f"項目{i}",
            v,
            w,
            engine="rapid",
            confidence=0.97,
            segment=name,
            at=20.0 * i + (name != "SaaS") * 8,
        )
        for name, values, lengths in rows
        for i, (v, w) in enumerate(zip(values, lengths, strict=True))
    ]


SIZES = (("SaaS", 21), ("非SaaS", 30))
OF_30 = (46.7, 36.7, 23.3, 60.0, 13.3)


def test_swapped_series_are_told_by_their_marks() -> None:
    found = heard(two_groups(OF_30, SHARES, (SHARES, OF_30)), chart(bases=SIZES)).findings
    assert tuple(f.value for f in found) == (*SHARES, *OF_30)
    assert repair(found[0]) is not None


def test_a_turned_legend_is_told_by_the_respondents() -> None:
    found = heard(two_groups(OF_30, SHARES, (OF_30, SHARES)), chart(bases=SIZES)).findings
    assert [(f.segment, f.base_n) for f in found] == [("非SaaS", 30)] * 5 + [("SaaS", 21)] * 5
    again = repair(found[0])
    assert again is not None
    assert again.why == "SaaS by its colour, 非SaaS by its respondents"


def test_a_legend_is_not_turned_where_both_sizes_allow_everything() -> None:
    sizes = (("SaaS", 2100), ("非SaaS", 3000))
    found = heard(two_groups(OF_30, SHARES, (OF_30, SHARES)), chart(bases=sizes)).findings
    assert {f.segment for f in found[:5]} == {"SaaS"}


def test_a_text_layer_is_not_read_again() -> None:
    bars = [
        bar(f"項目{i}", v, w, n=21, at=20.0 * i) for i, (v, w) in enumerate(zip(SHARES, SHARES, strict=True))
    ]
    odd = bar("項目9", 476.0, 47.6, n=21, text="476%", at=200)
    found = heard([*bars, odd]).findings[-1]
    assert (found.value, found.status) == (476.0, "review")

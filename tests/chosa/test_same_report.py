"""A report in two forms is recognised by what it says; two waves of one survey are not."""

from __future__ import annotations

from chosa.rows import DocumentRows
from chosa.same_report import SeenReports, fingerprint
from tests.chosa.rows import document, observation


def report(id: str, values: range, title: str = "") -> DocumentRows:
    """A document with an item for each number n, at n + 0.5 %."""
    rows = [observation(f"{id}{n}", document_id=id, item=f"項目{n}", value=n + 0.5) for n in values]
    return document(*rows, document_id=id, title=title)


def same(*reports: DocumentRows) -> dict[str, str]:
    seen = SeenReports()
    for each in reports:
        seen.add(fingerprint(each))
    return seen.same()


def test_the_same_numbers_in_another_file_are_the_same_report() -> None:
    assert same(report("a", range(20)), report("b", range(20))) == {"b": "a"}


def test_half_the_numbers_are_enough_only_with_the_same_title() -> None:
    assert same(report("a", range(20)), report("b", range(10, 30))) == {}
    title = "見本調査二〇二六"
    assert same(report("a", range(20), title), report("b", range(10, 30), title)) == {"b": "a"}


def test_the_same_title_with_other_numbers_is_another_report() -> None:
    title = "見本調査二〇二六"
    assert same(report("a", range(20), title), report("b", range(20, 40), title)) == {}


def test_a_few_shared_numbers_are_chance() -> None:
    assert same(report("a", range(5)), report("b", range(5))) == {}


def test_three_forms_name_the_first() -> None:
    assert same(*(report(id, range(20)) for id in "abc")) == {"b": "a", "c": "a"}

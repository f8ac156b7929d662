"""A report in two forms is recognised by what it says; two waves of one survey are not."""

from __future__ import annotations

from chosa.rows import DocumentRows
from chosa.same_report import SeenReports, fingerprint
from tests.chosa.rows import document, observation

TITLE = "見本調査二〇二六"


def report(id: str, values: range, title: str = "", per_question: int = 1000) -> DocumentRows:
    """A document with an item for each number n, at n + 0.5 %; so many to a question."""
    rows = [
        observation(
            f"{id}{n}", document_id=id, question=f"設問{n // per_question}", item=f"項目{n}", value=n + 0.5
        )
        for n in values
    ]
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
    assert same(report("a", range(20), TITLE), report("b", range(10, 30), TITLE)) == {"b": "a"}


def test_the_same_title_with_other_numbers_is_another_report() -> None:
    assert same(report("a", range(20), TITLE), report("b", range(20, 40), TITLE)) == {}


def test_two_releases_that_share_a_chart_are_two_reports() -> None:
    """Each has a question of its own beside the shared one; an excerpt has none."""
    first, second = (report(id, r, TITLE, 10) for id, r in (("a", range(20)), ("b", range(10, 30))))
    assert same(first, second) == {}
    excerpt = report("c", range(10, 20), TITLE, 10)
    assert same(first, excerpt) == {"c": "a"}


def test_charts_that_one_form_lost_do_not_part_the_two() -> None:
    """Questions 1 and 2 were not read in one form, a few numbers of 0 in the other."""
    whole = report("a", range(3, 30), TITLE, 10)
    part = report("b", range(12), TITLE, 10)
    assert same(whole, part) == {"b": "a"}


def test_a_few_shared_numbers_are_chance() -> None:
    assert same(report("a", range(5)), report("b", range(5))) == {}


def test_three_forms_name_the_first() -> None:
    assert same(*(report(id, range(20)) for id in "abc")) == {"b": "a", "c": "a"}

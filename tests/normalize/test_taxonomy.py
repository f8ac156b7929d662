"""The taxonomy keeps its promises, and a broken one says where and what to do."""

from pathlib import Path

import pytest

from normalize.errors import TaxonomyError
from normalize.fold import fold
from normalize.taxonomy import KINDS, load_taxonomy

HEADER = "id,label_ja,label_en,definition,facet,broader,related,note,question\n"


def written(directory: Path, **files: str) -> Path:
    for name, text in files.items():
        (directory / f"{name}.csv").write_text(text, encoding="utf-8")
    return directory


def test_the_built_in_taxonomy_loads_and_every_wording_leads_to_its_id() -> None:
    taxonomy = load_taxonomy()
    for kind in KINDS:
        for wording, concept_id in taxonomy.wordings(kind):
            assert taxonomy.keys[kind][fold(wording)] == concept_id


def test_every_item_has_labels_in_both_languages() -> None:
    for kind in KINDS:
        for concept in load_taxonomy().concepts[kind].values():
            assert concept.label_ja, concept.id
            assert concept.label_en, concept.id


def test_narrower_is_the_inverse_of_broader() -> None:
    taxonomy = load_taxonomy()
    assert "kpi.churn_logo" in taxonomy.narrower("item", "kpi.churn")


def test_search_finds_by_wording_and_by_id() -> None:
    found = {concept.id for concept in load_taxonomy().search("解約率", "item")}
    assert {"kpi.churn", "effect.churn_down"} <= found


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param(
            {"items": HEADER + "x.a,甲,,,x,,,,\nx.a,乙,,,x,,,,\n"},
            "items.csv:3: id 'x.a' is already on line 2",
            id="id twice",
        ),
        pytest.param(
            {"items": HEADER + "x.a,甲の数,,,x,,,,\nx.b,甲・の数,,,x,,,,\n"},
            "items.csv:3: '甲・の数' of x.b has the key of x.a",
            id="one key, two ids",
        ),
        pytest.param(
            {"aliases": "alias,id,kind,source\n丙,x.none,item,me\n"},
            "aliases.csv:2: alias '丙' points to 'x.none', which is no item",
            id="alias of nobody",
        ),
        pytest.param(
            {"items": HEADER + "x.a,甲,,,x,x.gone,,,\n"}, "x.a links to 'x.gone'", id="broader does not exist"
        ),
        pytest.param(
            {"items": HEADER + "x.a,甲,,,x,x.b,,,\nx.b,乙,,,x,x.a,,,\n"},
            "x.a is its own broader concept",
            id="broader in a circle",
        ),
        pytest.param(
            {"items": HEADER + "Bad Id,甲,,,x,,,,\n"}, "id 'Bad Id' is malformed", id="malformed id"
        ),
        pytest.param({"items": "id,name\nx.a,甲\n"}, "column label_ja missing", id="column missing"),
        pytest.param(
            {"aliases": "alias,id,kind,source\n丙,kpi.churn,thing,me\n"}, "unknown kind 'thing'", id="kind"
        ),
        pytest.param({"items": HEADER + "x.a,,,,x,,,,\n"}, "items.csv:2: label_ja is empty", id="no label"),
        pytest.param({"items": HEADER + "x.a,（）,,,x,,,,\n"}, "has no letters or digits", id="no key"),
        pytest.param({"items": HEADER + "x.a,甲,,,x,,,,q.gone\n"}, "names question 'q.gone'", id="question"),
        pytest.param({}, "no taxonomy files found", id="empty directory"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, files: dict[str, str], told: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(written(tmp_path, **files))
    assert told in str(caught.value)
    assert all(fault.remedy for fault in caught.value.faults)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    items = HEADER + "Bad Id,甲,,,x,,,,\nx.b,,,,x,,,,\n"
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(written(tmp_path, items=items))
    assert len(caught.value.faults) == 2


def test_a_directory_extends_overrides_and_moves(tmp_path: Path) -> None:
    aliases = "alias,id,kind,source\n月面基地,moon.base,item,me\nチャーンレート,kpi.grr,item,me\n"
    taxonomy = load_taxonomy(
        written(tmp_path, items=HEADER + "moon.base,月の基地,,,moon,,,,\n", aliases=aliases)
    )
    assert taxonomy.keys["item"][fold("月面基地")] == "moon.base"
    assert taxonomy.keys["item"][fold("チャーンレート")] == "kpi.grr"
    assert taxonomy.keys["item"][fold("解約率")] == "kpi.churn"
    assert taxonomy.digest != load_taxonomy().digest


def test_a_directory_may_replace(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(
        written(tmp_path, items=HEADER + "moon.base,月の基地,,,moon,,,,\n"), replace=True
    )
    assert list(taxonomy.concepts["item"]) == ["moon.base"]

"""A label in, a canonical id or a refusal with its reason out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import settings as bars
from normalize.match import LabelKind, Match, Matcher
from normalize.tables import rows

MATCHER = Matcher()


def one(label: str, kind: LabelKind = "item", question: str = "") -> Match:
    (match,) = MATCHER.match([label], kind, question)
    return match


@pytest.mark.parametrize(
    ("label", "concept_id", "decided_by"),
    [
        pytest.param("継続率", "kpi.retention", "exact", id="a label"),
        pytest.param("チャーンレート", "kpi.churn", "alias", id="an alias"),
        pytest.param(
            "継続率（毎月の契約に対する割合／リピート）", "kpi.retention", "alias", id="head with a note"
        ),
        pytest.param("クロスセル／アップセル", "work.upsell_cross_sell", "alias", id="another order"),
        pytest.param("Usage of the features", None, "none", id="English nobody knows"),
        pytest.param(
            "Renewal contract", "activity.contract_renewal", "alias", id="English words in another order"
        ),
        pytest.param("解約率の削滅", "effect.churn_down", "fuzzy", id="a misread kanji"),
        pytest.param("退会率の引き下げ", "effect.churn_down", "fuzzy", id="synonyms"),
        pytest.param("100名〜500名未満", "band:people:100-499", "exact", id="a band"),
        pytest.param("NPS：向上したと感じている", "kpi.nps=answer.improved", "alias", id="metric and answer"),
        pytest.param("月面での宿泊", None, "none", id="outside the field"),
        pytest.param("―", None, "none", id="nothing to compare"),
    ],
)
def test_items(label: str, concept_id: str | None, decided_by: str) -> None:
    match = one(label)
    assert (match.id, match.decided_by) == (concept_id, decided_by)
    assert match.why


@pytest.mark.parametrize(
    ("label", "concept_id"),
    [
        ("効果実感層（n=494）", "segment.effect_felt"),
        ("フェーズ分け非運用層 × 効果実感層", "segment.phase_not_operating x segment.effect_felt"),
        ("SaaS vs. 非SaaS", "segment.saas vs segment.non_saas"),
        ("2021年", "period:2021"),
        ("30代", "band:age:30-39"),
        ("従業員1,000名以上の企業", "band:employees:1000-"),
        ("SaaS企業に所属する回答者", "segment.saas"),
    ],
)
def test_segments(label: str, concept_id: str) -> None:
    assert one(label, "segment").id == concept_id


@pytest.mark.parametrize(
    "label",
    [
        "[2024年] 利用しているヘルススコア（複数回答）",
        "Q7. 利用しているヘルススコア（複数回答可、n=500）",
        "利用しているヘルススコア",
    ],
)
def test_questions_are_matched_without_their_decoration(label: str) -> None:
    assert one(label, "question").id == "q.health_score_in_use"


@pytest.mark.parametrize(
    ("question", "concept_id"),
    [
        ("図2-1 カスタマーサクセスの課題／企業規模別（n=320）", "q.cs_challenges"),
        ("あなたの会社の従業員数を教えてください。", "q.employee_size"),
        ("カスタマーサクセスで利用しているツール：業種別", "q.tools_in_use"),
        ("Q5.取り組む上での課題は何ですか？（3つまで、複数回答可）", "q.cs_challenges"),
    ],
)
def test_questions_are_matched_without_breakdown_and_politeness(question: str, concept_id: str) -> None:
    assert one(question, "question").id == concept_id


@pytest.mark.parametrize(
    ("label", "concept_id"),
    [
        ("成果を実感している会社", "segment.effect_felt"),
        ("成果を実感していない会社", "segment.effect_not_felt"),
        ("ツールを導入している回答者", "segment.tool_user"),
        ("ツールを導入していない層", "segment.tool_non_user"),
        ("CS専任組織がある会社", "segment.cs_dept_yes"),
        ("CS専任組織がない会社", "segment.cs_dept_no"),
        ("売上が増えた会社", "segment.sales_up"),
    ],
)
def test_a_group_is_known_by_what_its_members_have_in_common(label: str, concept_id: str) -> None:
    assert one(label, "segment").id == concept_id


@pytest.mark.parametrize(
    ("label", "concept_id"),
    [
        ("MRRの増加", "kpi.mrr=trend.up"),
        ("ログイン率が低下した", "health_score.login=trend.down"),
        ("売上高の増加", "effect.sales_up"),
        ("解約率・NPS", "kpi.churn + kpi.nps"),
        ("NPS／解約率", "kpi.churn + kpi.nps"),
    ],
)
def test_what_is_made_of_known_items_is_composed_unless_it_is_an_item_of_its_own(
    label: str, concept_id: str
) -> None:
    assert one(label).id == concept_id


@pytest.mark.parametrize(
    ("label", "not_id"),
    [
        ("非SaaS", "model.saas"),
        ("影響はなかった", "impact.yes"),
        ("クロスセル率", "kpi.upsell"),
        ("ヘルススコア（単体）の閾値", "criteria.score_composite"),
        ("減少した", "answer.increased"),
    ],
)
def test_opposites_never_share_an_id(label: str, not_id: str) -> None:
    assert one(label).id != not_id


def test_a_charts_labels_go_to_distinct_ids() -> None:
    matches = MATCHER.match(["解約率の低滅", "解約数の減小", "LTVの向土"], "item")
    ids = [match.id for match in matches if match.id]
    assert "effect.churn_down" in ids
    assert len(ids) == len(set(ids)) < len(matches)


def test_the_questions_facet_decides_between_near_candidates() -> None:
    plain, asked = one("テックタッチ支援"), one("テックタッチ支援", question="利用しているツール")
    assert asked.score >= plain.score or asked.id == plain.id


def test_a_refusal_names_its_nearest_candidate() -> None:
    match = one("顧客満足度の監査")
    assert match.id is None
    assert match.runner_up is not None
    assert match.runner_up.id in match.why


def test_a_match_tells_its_margin() -> None:
    match = one("解約率の削滅")
    assert match.margin == match.score - (match.runner_up.score if match.runner_up else 0.0)


def test_matching_again_gives_the_same() -> None:
    labels = ["解約率の削滅", "継続率", "月面での宿泊"]
    assert MATCHER.match(labels, "item") == MATCHER.match(labels, "item")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=25), min_size=1, max_size=6, unique=True))
def test_any_text_gives_one_match_per_label_in_order(labels: list[str]) -> None:
    for kind in ("item", "segment", "question"):
        matches = MATCHER.match(labels, kind)
        assert [match.label for match in matches] == labels
        assert all(0.0 <= match.score <= 100.0 for match in matches)
        assert all((match.id is None) == (match.decided_by == "none") for match in matches)


def test_a_garbled_label_is_matched_with_the_garbled_taxonomy_but_never_trusted() -> None:
    reading = next(row for row in rows("garbled") if len(row["garbled"]) > 20 and row["kind"] == "item")
    (match,) = MATCHER.match([reading["garbled"]], "item", garbled=True)
    assert match.id == reading["id"]
    assert match.score <= bars.GARBLED
    assert MATCHER.match([reading["garbled"]], "item")[0].id is None


def test_an_acronym_that_survives_garbling_is_less_certain_there() -> None:
    (match,) = MATCHER.match(["SaaS"], "segment", garbled=True)
    assert match.id == "segment.saas"
    assert match.score < MATCHER.match(["SaaS"], "segment")[0].score


def test_a_label_does_not_fall_back_on_a_poor_candidate_when_its_best_is_taken() -> None:
    known, other = MATCHER.match(["解約率の削減", "解約数の減小"], "item")
    assert known.id == "effect.churn_down"
    assert other.id is None
    assert "goes to another label" in other.why


def test_one_label_read_twice_has_one_id() -> None:
    once, again = MATCHER.match(["解約率の削減", "解約率の削滅"], "item")
    assert once.id == again.id == "effect.churn_down"
    assert "misread" in again.why


def test_a_short_everyday_word_needs_a_question_that_asks_for_it() -> None:
    assert one("価格", question="解約理由").id == "churn_reason.price"
    assert one("価格", question="月面基地の建設").id is None
    assert one("価格が高い", question="月面基地の建設").id == "churn_reason.price"


@pytest.mark.parametrize(
    "label", ["効果測定が十分にできていない", "効果測定の難しさ", "効果測定が不十分", "効果測定が課題"]
)
def test_a_problem_is_matched_by_its_subject_whatever_the_predicate(label: str) -> None:
    assert one(label).id == "challenge.effect_measurement"

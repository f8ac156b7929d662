"""The tidy row: the one place where the columns of observations.csv are defined."""

from __future__ import annotations

from dataclasses import dataclass

from chosa.schema import Table, column

UNITS = (
    "percent", "point", "count", "score", "ratio", "currency_jpy", "currency_usd",
    "age", "year", "month", "day", "hour", "minute",
)  # fmt: skip
QUALIFIERS = ("exact", "approx", "at_least", "at_most", "range_low", "range_high", "vague", "measured")
STATUSES = ("accepted", "review", "corrected", "rejected")
# Best first: which of several sightings of a fact stands for it.
RANK = {"corrected": 0, "accepted": 1, "review": 2}
EVERYONE = "全体"  # what tables for people call the group that an empty segment means


@dataclass(frozen=True, slots=True)
class Observation:
    """One reported number at one place, with its labels as worded and as matched."""

    observation_id: str = column("stable id: the same input and settings give the same id", ja="行の番号")
    edition_of_report: str = column(
        "this, or prior when the number is quoted from another release",
        ja="今回の調査か、過去の調査の引用か",
        choices=("this", "prior"),
    )
    fact_id: str = column("shared by sightings of the same fact", ja="同じ事実に共通の番号")
    document_id: str = column("key into documents.csv", ja="文書の番号")
    page: int | None = column(
        "1-based page, 1 for a picture file; empty for web pages and text dumps without form feeds",
        ja="ページ（1から）",
        default=None,
    )
    image: str = column("file name of the picture inside a web page", ja="ウェブページ内の画像")
    source: str = column("where the number stands", ja="出所", choices=("chart", "table", "prose"))
    question: str = column("as worded: chart title, table caption, the thing asked about", ja="設問（原文）")
    question_id: str = column("canonical id of the question, empty when unknown", ja="設問の標準ID")
    question_type: str = column(
        "single or multiple answer (複数回答), empty when unknown",
        ja="単一回答か複数回答か",
        choices=("single", "multiple"),
    )
    segment: str = column("respondent group as worded; empty is everyone", ja="回答者層（原文）")
    segment_id: str = column("canonical id of the group, empty when unknown", ja="回答者層の標準ID")
    item: str = column("answer option as worded, line breaks joined", ja="項目（原文）")
    item_alt: str = column("its printed translation, if any", ja="項目の訳（原文）")
    item_id: str = column("canonical id of the item, empty when none fits", ja="項目の標準ID")
    item_score: float | None = column("match score 0-100 of item_id", ja="一致度", default=None)
    item_runner_up: str = column("best other candidate, as id:score", ja="次点の候補")
    value: float = column("the number as printed; 47.6 for 47.6 %", ja="値", default=0.0)
    unit: str = column("what the number counts", ja="単位", choices=UNITS)
    scale: float = column(
        "multiplier named elsewhere (1e8 for 億円 on the axis), else 1", ja="倍率", default=1.0
    )
    qualifier: str = column("exact, or how it was hedged", ja="値の表し方", choices=QUALIFIERS)
    base_n: int | None = column("sample size of the segment", ja="母数 n", default=None)
    base_n_source: str = column(
        "printed, inherited (stated elsewhere in the document), inferred (arithmetic)",
        ja="母数の出所",
        choices=("printed", "inherited", "inferred"),
    )
    status: str = column(
        "accepted or review by rule; corrected or rejected by a person", ja="状態", choices=STATUSES
    )
    confidence: float = column(
        "0-1, calibrated: of rows at 0.98 about 98 % are right", ja="確信度", default=0.0
    )
    witnesses: str = column("what confirms (+) and disputes (!) the number", ja="裏づけ")
    chart_id: str = column("key into charts.csv, empty for prose and tables", ja="図の番号")
    x0: float | None = column(
        "box of the value: left, points or pixels from the top left", ja="左", default=None
    )
    y0: float | None = column("box of the value: top", ja="上", default=None)
    x1: float | None = column("box of the value: right", ja="右", default=None)
    y1: float | None = column("box of the value: bottom", ja="下", default=None)
    snippet: str = column("the printed text around the number", ja="前後の文")
    citation: str = column("publisher, title, year and page, ready to cite", ja="引用表記")


OBSERVATIONS = Table(
    "observations",
    Observation,
    "one row per reported number at one place",
    key=("observation_id",),
    links=(("document_id", "documents", "document_id"),),
)

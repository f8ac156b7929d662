"""The other tables of a run and their columns; ``TABLES`` lists all of them in the order written."""

from __future__ import annotations

from dataclasses import dataclass

from chosa.observation import OBSERVATIONS
from chosa.schema import Table, column

# The version of the columns, not of the code: raised when a column is renamed, removed or means
# something else (a new column at the end raises the second number).
SCHEMA_VERSION = "1.0"

DOCUMENT_STATUSES = ("ok", "partial", "empty", "error")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One input, read or not."""

    document_id: str = column("from the file's bytes, so that a renamed file keeps it", ja="文書の番号")
    file: str = column("the input as given", ja="ファイル")
    sha256: str = column("of the file's bytes", ja="SHA-256")
    bytes: int | None = column("size of the file", ja="バイト数", default=None)
    pages: int | None = column("number of pages, empty where it has none", ja="ページ数", default=None)
    title: str = column("title as printed", ja="題名")
    publisher: str = column("who published it", ja="発行者")
    survey_name: str = column("name of the survey series", ja="調査名")
    edition: str = column("edition within the series (2025年版 第六弾)", ja="版")
    year: str = column("year of the survey", ja="年")
    fieldwork_start: str = column("first day of fieldwork, ISO 8601, as precise as printed", ja="調査開始")
    fieldwork_end: str = column("last day of fieldwork, ISO 8601", ja="調査終了")
    method: str = column("how people were asked", ja="調査方法")
    region: str = column("where", ja="地域")
    population: str = column("who was asked", ja="調査対象")
    sample_size: int | None = column("number of respondents", ja="回答者数", default=None)
    release_date: str = column("date of release, ISO 8601", ja="公表日")
    url: str = column("address stated for the document", ja="URL")
    same_report_as: str = column("document_id of the same report in another form", ja="同じ報告書")
    weighted: str = column("how results were weighted, as worded; empty when not stated", ja="重み付け")
    status: str = column("how far it was read", ja="状態", choices=DOCUMENT_STATUSES)
    error: str = column("what went wrong and what to do", ja="エラーと対処")


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page, or one picture of a web page."""

    document_id: str = column("key into documents.csv", ja="文書の番号")
    page: int | None = column("1-based page, as in observations.csv", ja="ページ（1から）", default=None)
    image: str = column("file name of the picture inside a web page", ja="ウェブページ内の画像")
    text_source: str = column(
        "where its words come from", ja="文字の出所", choices=("text", "ocr", "mixed", "none")
    )
    legibility: float | None = column(
        "judgement over the text layer, 0 garbage - 1", ja="文字層の読みやすさ（0-1）", default=None
    )
    legibility_reason: str = column("why it was judged so", ja="そう判断した理由")
    charts: int = column("charts read on it", ja="読んだ図の数", default=0)
    tables: int = column("tables that gave observations", ja="読んだ表の数", default=0)
    observations: int = column("observations on it", ja="行の数", default=0)
    words: int = column("words seen on it", ja="語の数", default=0)
    width: float | None = column("width of the page as displayed", ja="ページの幅", default=None)
    height: float | None = column("height of the page as displayed", ja="ページの高さ", default=None)
    unit: str = column("unit of its boxes", ja="枠の単位", choices=("pt", "px", "none"))
    status: str = column("whether it could be read", ja="状態", choices=("ok", "error"))
    error: str = column("what went wrong and what to do", ja="エラーと対処")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One chart as read."""

    chart_id: str = column("document_id, page and number of the chart on it", ja="図の番号")
    document_id: str = column("key into documents.csv", ja="文書の番号")
    page: int | None = column("1-based page", ja="ページ（1から）", default=None)
    image: str = column("file name of the picture inside a web page", ja="ウェブページ内の画像")
    x0: float | None = column("box of the chart: left", ja="左", default=None)
    y0: float | None = column("box of the chart: top", ja="上", default=None)
    x1: float | None = column("box of the chart: right", ja="右", default=None)
    y1: float | None = column("box of the chart: bottom", ja="下", default=None)
    type: str = column("kind of chart", ja="図の種類")
    title: str = column("its title as worded", ja="図の題名（原文）")
    series: str = column("legend entries, separated by ' | '", ja="系列（凡例）")
    categories: str = column("categories, separated by ' | '", ja="カテゴリ")
    origin: str = column(
        "drawn by the file or traced from pixels", ja="描画か画像か", choices=("vector", "raster", "mixed")
    )
    axis_min: float | None = column(
        "lower end of the value axis, empty when it has none", ja="軸の下端", default=None
    )
    axis_max: float | None = column("upper end of the value axis", ja="軸の上端", default=None)
    bases: str = column(
        "sample sizes printed for its series or categories, as label=n separated by ' | '",
        ja="印字された母数",
    )
    observations: int = column("observations read from it", ja="読んだ行の数", default=0)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One witness of one observation."""

    observation_id: str = column("key into observations.csv", ja="行の番号")
    number: int = column("1-based, in the order in which they were heard", ja="順番（1から）", default=0)
    method: str = column(
        "how the number was read",
        ja="読み方",
        choices=("label", "geometry", "arithmetic", "format", "echo", "repair", "correction"),
    )
    engine: str = column("what read it", ja="読み手")
    value: float | None = column(
        "what it read; empty: looked and could not read it", ja="読んだ値（空欄は読めず）", default=None
    )
    text: str = column("the characters it saw", ja="読んだ文字")
    x0: float | None = column("box: left", ja="左", default=None)
    y0: float | None = column("box: top", ja="上", default=None)
    x1: float | None = column("box: right", ja="右", default=None)
    y1: float | None = column("box: bottom", ja="下", default=None)
    confidence: float | None = column("its own confidence, 0-1", ja="読み手の確信度", default=None)
    slack: float | None = column(
        "how far it may honestly be off, in the value's unit", ja="許容される誤差", default=None
    )
    why: str = column("why it could not read it, or what it rests on", ja="根拠、または読めない理由")


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One distinct label and what was decided about it: the crosswalk."""

    kind: str = column("what the label names", ja="種類", choices=("item", "segment", "question"))
    label: str = column("as worded", ja="ラベル（原文）")
    id: str = column("canonical id, empty when none fits", ja="標準ID")
    score: float | None = column("match score 0-100", ja="一致度", default=None)
    runner_up: str = column("best other candidate", ja="次点の候補")
    runner_up_score: float | None = column("its score 0-100", ja="次点の一致度", default=None)
    occurrences: int = column("observations that carry it", ja="行の数", default=0)
    decided_by: str = column("how", ja="決め方", choices=("exact", "alias", "fuzzy", "correction", "none"))
    why: str = column("why it was refused", ja="採らなかった理由")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One doubt at one place."""

    code: str = column("kind of doubt", ja="注記の種類")
    severity: str = column("how bad", ja="重さ", choices=("info", "warning", "error"))
    document_id: str = column(
        "key into documents.csv, empty when about the run", ja="文書の番号（空欄は実行全体）"
    )
    page: int | None = column("1-based page", ja="ページ（1から）", default=None)
    image: str = column("file name of the picture inside a web page", ja="ウェブページ内の画像")
    x0: float | None = column("box: left", ja="左", default=None)
    y0: float | None = column("box: top", ja="上", default=None)
    x1: float | None = column("box: right", ja="右", default=None)
    y1: float | None = column("box: bottom", ja="下", default=None)
    message: str = column("what was seen", ja="見つかったこと")
    remedy: str = column("what to do", ja="対処")


_DOCUMENT = (("document_id", "documents", "document_id"),)
DOCUMENTS = Table("documents", DocumentRow, "one row per input, read or not", key=("document_id",))
PAGES = Table("pages", PageRow, "one row per page, or picture of a web page", links=_DOCUMENT)
CHARTS = Table("charts", ChartRow, "one row per chart", key=("chart_id",), links=_DOCUMENT)
READINGS = Table(
    "readings",
    ReadingRow,
    "one row per witness of an observation",
    key=("observation_id", "number"),
    links=(("observation_id", "observations", "observation_id"),),
)
LABELS = Table("labels", LabelRow, "the crosswalk: one row per distinct label and decision")
NOTES = Table("notes", NoteRow, "one row per doubt")

__all__ = ["CHARTS", "DOCUMENTS", "LABELS", "NOTES", "OBSERVATIONS", "PAGES", "READINGS", "TABLES"]

TABLES = (DOCUMENTS, OBSERVATIONS, PAGES, CHARTS, READINGS, LABELS, NOTES)

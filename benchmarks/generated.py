"""Random charts with known truth: drawn by the fixtures' own pen, seen as vector scenes.

Figures are k of n for random k and n, so that geometry, arithmetic and sums all have something to say.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from extract.scene import Scene
from extract.settings import Settings
from extract.sources import open_source
from fixtures.make.charts import Group, Row, columns, grouped_bars, pie, stacked_bars
from fixtures.make.page import Sheet
from fixtures.make.render import as_images, draw_document, save

COLORS = ("#1f4e79", "#f4a259", "#2a9d8f", "#b5b5b5", "#8d5a97", "#d1495b", "#edae49", "#66a182")
ITEMS = (
    "継続率", "解約率", "アップセル率", "顧客満足度", "オンボーディング完了率", "特に定めていない",
    "契約更新率", "利用頻度", "機能の利用状況", "ログイン率", "紹介件数", "その他", "わからない", "チャット",
    "コミュニティ", "勉強会", "メール配信", "電話", "訪問", "動画", "ヘルプページ", "アンケート",
)  # fmt: skip
GROUPS = (
    ("SaaS", "非SaaS"),
    ("効果実感層", "効果未実感層"),
    ("運用している", "運用していない"),
    ("大企業", "中小企業"),
)
ANSWERS = (
    "とても感じている",
    "やや感じている",
    "どちらともいえない",
    "あまり感じていない",
    "感じていない",
    "わからない",
)

# Share of charts of bars that print no values at all.
BARE = 0.15
# Dots per inch of scanned pages, from poor to good.
RESOLUTIONS = (110, 150, 200)


@dataclass(frozen=True)
class Known:
    """A chart as a scene and what it truly shows."""

    scene: Scene
    rows: tuple[Row, ...]


def counts(dice: random.Random, n: int, parts: int) -> list[int]:
    """n people over so many answers, none forgotten."""
    cuts = sorted(dice.sample(range(1, n), parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)]


def draw_random(dice: random.Random, sheet: Sheet) -> list[Row]:
    """One random chart on the sheet."""
    kind = dice.choice(("grouped", "grouped", "stacked", "stacked", "pie", "columns"))
    question = f"設問{dice.randint(1, 99)}の回答"
    pair = dice.choice(GROUPS)
    sizes = [dice.randint(40, 600), dice.randint(40, 600)]
    paint = dice.sample(COLORS, 6)
    if kind == "grouped":
        groups = [Group(name, n, color) for name, n, color in zip(pair, sizes, paint, strict=False)]
        items = dice.sample(ITEMS, dice.randint(4, 12))
        table = {item: tuple(dice.randint(1, int(0.65 * n)) for n in sizes) for item in items}
        bare = items if dice.random() < BARE else dice.sample(items, dice.randint(0, 1))
        return grouped_bars(sheet, question, groups, table, "c1", top=70, bare=bare)
    if kind == "stacked":
        answers = list(zip(dice.sample(ANSWERS, dice.randint(3, 4)), paint, strict=False))
        parts = {name: tuple(counts(dice, n, len(answers))) for name, n in zip(pair, sizes, strict=True)}
        return stacked_bars(sheet, question, answers, parts, "c1")
    if kind == "pie":
        names = dice.sample(ANSWERS, dice.randint(3, 5))
        slices = counts(dice, sizes[0], len(names))
        return pie(sheet, question, list(zip(names, slices, paint, strict=False)), "c1")
    years = {f"{year}年": round(dice.uniform(5, 75), 1) for year in range(2021, 2021 + dice.randint(3, 6))}
    return columns(sheet, question, years, paint[0], "c1")


def known_charts(count: int, seed: int) -> Iterator[Known]:
    """``count`` charts, one a page; the same seed gives the same charts."""
    document, rows = draw_charts(count, seed)
    yield from seen(document, rows)


def known_pictures(count: int, seed: int) -> Iterator[Known]:
    """The same charts as page images of a scanner, read by OCR: some seconds of work each."""
    document, rows = draw_charts(count, seed)
    pages = [
        as_images(one_page(document, at), RESOLUTIONS[at % len(RESOLUTIONS)], False) for at in range(count)
    ]
    scanned = pymupdf.open()
    for page in pages:
        scanned.insert_pdf(page)
    yield from seen(scanned, rows)


def draw_charts(count: int, seed: int) -> tuple[pymupdf.Document, list[Row]]:
    dice = random.Random(seed)
    return draw_document([lambda sheet: draw_random(dice, sheet) for _ in range(count)])


def one_page(document: pymupdf.Document, at: int) -> pymupdf.Document:
    single = pymupdf.open()
    single.insert_pdf(document, from_page=at, to_page=at)
    return single


def seen(document: pymupdf.Document, rows: Sequence[Row]) -> Iterator[Known]:
    """Each page of the document as a scene, with what it truly shows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.pdf"
        save(document, path, "", "")
        with open_source(path, Settings()) as source:
            for index in range(len(source)):
                on_page = tuple(row for row in rows if row["page"] == index + 1)
                yield Known(source.see(index), on_page)

"""Random charts with known truth: drawn by the fixtures' own pen, seen as vector scenes.

Figures are k of n for random k and n, so that geometry, arithmetic and sums all have something to say.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.scene import Scene
from extract.settings import Settings
from extract.sources import open_source
from fixtures.make.charts import Group, Row, columns, grouped_bars, pie, stacked_bars
from fixtures.make.page import Sheet
from fixtures.make.render import draw_document, save

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
        return grouped_bars(sheet, question, groups, table, "c1", top=70)
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
    dice = random.Random(seed)
    document, rows = draw_document([lambda sheet: draw_random(dice, sheet) for _ in range(count)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.pdf"
        save(document, path, "", "")
        with open_source(path, Settings()) as source:
            for index in range(count):
                on_page = tuple(row for row in rows if row["page"] == index + 1)
                yield Known(source.see(index), on_page)

"""The outline block of a survey (調査方法：… 調査期間：…) -> label and value, from text and from places.

A report prints it as lines with a colon, as a two-column list, or as a table; on pages with geometry
the value stands right of its label, and what follows below it is the rest of the value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.layout import Line, scene_lines
from extract.scene import Paragraph, Scene

# What a label means; the label is compared without signs, spaces and the words 本・当該.
LABELS: dict[str, tuple[str, ...]] = {
    "survey_name": (
        "調査名", "調査名称", "調査の名称", "調査タイトル", "調査テーマ", "調査題目", "アンケート名",
    ),
    "period": (
        "調査期間", "調査実施期間", "実施期間", "調査時期", "調査日", "調査実施日", "実施時期", "実施日",
        "調査年月", "調査年月日", "回答期間", "集計期間", "調査実施時期", "アンケート期間",
    ),
    "method": (
        "調査方法", "調査手法", "調査方式", "実施方法", "調査形式", "調査形態", "アンケート方法", "回収方法",
        "収集方法",
    ),
    "region": (
        "対象地域", "調査地域", "調査対象地域", "調査エリア", "対象エリア", "調査対象エリア", "エリア",
        "地域",
    ),
    "population": (
        "対象者", "調査対象", "調査対象者", "対象", "回答者", "調査対象条件", "回答者条件", "対象者条件",
        "対象企業", "アンケート対象", "調査客体",
    ),
    "sample": (
        "有効回答数", "有効回答", "有効回答者数", "有効回答サンプル数", "回答数", "回答者数", "回答件数",
        "サンプル数", "サンプルサイズ", "調査サンプル数", "有効サンプル数", "回収サンプル数", "調査人数",
        "調査対象人数", "回収数", "有効回収数", "標本数", "有効票数", "調査数", "n数",
    ),
    "publisher": (
        "調査主体", "実施主体", "調査実施", "調査会社", "実施機関", "調査機関", "調査元", "発行元", "発行者",
        "調査実施主体", "調査企画",
    ),
    "weighted": ("ウェイトバック", "ウエイトバック", "割付", "ウェイト", "集計方法"),
    "release": ("発行", "発行日", "公開日", "発表日", "リリース日", "配信日", "掲載日"),
    "url": ("url", "リリースurl", "調査結果url", "レポートurl", "掲載url"),
}  # fmt: skip
_MEANING = {label: meaning for meaning, labels in LABELS.items() for label in labels}
_SIGNS = re.compile(r"^[\s・■◆●◼◇▼▶●○□※\-－–—＊*•⚫◎【\[〔＜<]+|[\s】\]〕＞>：:]+$")
_WITH_COLON = re.compile(
    r"^\s*[・■◆●◼◇▼▶○□※\-－–＊*•⚫◎【\[〔＜<]*\s*(?P<label>[^：:。、]{2,14}?)\s*[】\]〕＞>]?\s*(?"
    r":[：:]|｜|\s{2,}|／)\s*(?P<value>.+)$",
    re.S,
)
_BRACKETED = re.compile(
    r"^\s*[・■◆●]?[【\[〔＜<](?P<label>[^】\]〕＞>]{2,14})[】\]〕＞>]\s*[：:]?\s*(?P<value>.+)$", re.S
)
LONGEST = 160  # characters of a value that stands on the line below its label
ROW = 0.6  # in line heights: how far the middle of a value may be off its label's


def meaning(label: str) -> str:
    """The fact a label stands for, "" when it is none."""
    bare = _SIGNS.sub("", label)
    bare = re.sub(r"\s|^(?:本|当該|今回の)", "", bare)
    return _MEANING.get(bare.lower(), "")


def block_facts(scenes: Sequence[Scene], texts: Sequence[Sequence[Paragraph]]) -> dict[str, list[str]]:
    """Values by meaning, in document order; several values where the document states several."""
    out: dict[str, list[str]] = {}
    for scene, paragraphs in zip(scenes, texts, strict=True):
        found = _from_places(scene) + _from_text(paragraphs)
        for key, value in found:
            if value and value not in out.setdefault(key, []):
                out[key].append(value)
    return out


def _from_text(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str]]:
    out, waiting = [], ""
    for paragraph in paragraphs:
        for line in paragraph.text.split("\n"):
            m = _WITH_COLON.match(line) or _BRACKETED.match(line)
            key = meaning(m["label"]) if m else ""
            if m and key and not re.search(r"(?:ます|ました|です|でした)。", line):
                out.append((key, m["value"].strip()))
                waiting = ""
            elif meaning(line):
                waiting = meaning(line)
            elif waiting:
                if len(line) <= LONGEST and not re.search(r"。|^[^：:]{2,8}$", line):
                    out.append((waiting, line.strip()))
                waiting = ""
    return out


def _from_places(scene: Scene) -> list[tuple[str, str]]:
    """Labels with their values to the right, on pages that know where their words stand."""
    lines = scene_lines(scene)
    labels = [(line, meaning(line.text)) for line in lines if meaning(line.text)]
    return [(key, text) for line, key in labels if (text := _right_of(line, [ln for ln, _ in labels], lines))]


def _right_of(label: Line, labels: Sequence[Line], lines: Sequence[Line]) -> str:
    """The first line right of the label and those that go on below it, up to the next label."""
    height = label.box.height
    right = [ln for ln in lines if ln.box.x0 >= label.box.x1 and ln is not label]
    beside = [ln for ln in right if abs(ln.box.cy - label.box.cy) <= ROW * height]
    if not beside:
        return ""
    first = min(beside, key=lambda ln: ln.box.x0)
    below = [lb.box.cy for lb in labels if lb.box.cy > label.box.cy + ROW * height]
    limit = min(below, default=first.box.y1 + 6 * height) - ROW * height
    text, last = first.text, first
    for line in sorted(right, key=lambda ln: ln.box.y0):
        goes_on = (
            line.box.y0 > last.box.cy and line.box.y0 - last.box.y1 <= 1.5 * height and line.box.cy < limit
        )
        if goes_on and line.box.x0 < first.box.x1 and line.box.x1 > first.box.x0:
            text, last = text + line.text, line
    return text.lstrip("：: ").strip()

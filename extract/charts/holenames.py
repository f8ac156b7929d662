"""Donuts side by side that say in their holes what each is about: 「2023年」, 「2026年」.

Their heading is one, their answers are the same: what stands in the hole is the group, or the part of the
question. One donut alone may carry anything there, mostly its sample size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.charts.bases import split_base
from extract.charts.draft import Region
from extract.charts.namedvalues import split_named
from extract.charts.pies import find_pies, with_hole
from extract.charts.titles import Title, group_of, text_lines
from extract.charts.wave import is_period
from extract.charts.wording import join
from extract.scene import Box, Scene

# A name in a hole lies within this share of the hole's radius.
WITHIN = 1.0
# Longer text in a hole is a sentence about the chart, not its name (characters).
LONGEST = 20
# Rings of one donut share their centre within this share of the outer one's width.
CONCENTRIC = 0.05
_SAID = (
    r"(?:の?(?:円|輪|グラフ|ドーナツ))?\s*(?:[：:=＝]|[がはを]|→)?\s*(?P<name>[^、,，。/／()（）\s]{2,20})"
)
OUTER = re.compile(r"外(?:側|円|周|輪)" + _SAID)
INNER = re.compile(r"内(?:側|円|周|輪)" + _SAID)
RINGS = re.compile(r"[(（][^()（）]*[外内](?:側|円|周|輪)[^()（）]*[)）]")


def named_by_holes(scene: Scene, regions: Sequence[Region]) -> list[Region]:
    """Donuts under one title told apart by the names in their holes: ``group``, or ``title｜name``."""
    out = list(regions)
    by_title: dict[str, list[int]] = {}
    for k, region in enumerate(regions):
        if region.kind == "sectors" and not region.group:
            by_title.setdefault(region.title, []).append(k)
    for members in by_title.values():
        names = [hole_name(scene, regions[k]) for k in members]
        texts = [name.text for name in names]
        if len(members) < 2 or not all(texts) or len(set(texts)) < len(texts):
            continue
        sizes = [dict(regions[k].bases).get("") for k in members]
        groups = all(group_of(t) for t in texts) or (None not in sizes and len(set(sizes)) > 1)
        for k, name in zip(members, names, strict=True):
            region = regions[k]
            words = region.title_words + name.words
            if groups:
                out[k] = replace(region, group=name.text, title_words=words)
            else:
                title = f"{region.title}｜{name.text}" if region.title else name.text
                out[k] = replace(region, title=title, title_words=words)
    return out


def hole_name(scene: Scene, region: Region) -> Title:
    """What is said in the hole of the region's donut beside values and sample sizes; empty for a pie."""
    pies = find_pies(scene.marks, region.marks)
    pie = with_hole(max(pies, key=lambda p: p.r_outer), scene.marks) if pies else None
    if pie is None or pie.r_inner <= 0:
        return Title("")
    reach = WITHIN * pie.r_inner
    inside = [
        w for w, word in enumerate(scene.words)
        if max(abs(word.box.x0 - pie.cx), abs(word.box.x1 - pie.cx)) <= reach
        and max(abs(word.box.y0 - pie.cy), abs(word.box.y1 - pie.cy)) <= reach
    ]  # fmt: skip
    named = [w for w in inside if not split_named(scene, w)[1] or is_period(scene.words[w].text)]
    text, base = split_base(join([line.text for line in text_lines(scene, named)]))
    return Title(text, tuple(named), base) if len(text) <= LONGEST else Title("")


def named_by_rings(scene: Scene, regions: Sequence[Region]) -> list[Region]:
    """Rings about one centre told apart by what the page says of them: 「外側：2026年、内側：2023年」.

    Where it says nothing the rings stay without groups, and their numbers contradict each other.
    """
    out = list(regions)
    rings = [k for k, region in enumerate(regions) if region.kind == "sectors"]
    for k in rings:
        inner = [j for j in rings if j != k and _lies_within(regions[j].plot, regions[k].plot)]
        said = " ".join(
            [regions[k].title, *(line.text for line in text_lines(scene, range(len(scene.words))))]
        )
        outside, inside = OUTER.search(said), INNER.search(said)
        if len(inner) != 1 or outside is None or inside is None:
            continue
        title = RINGS.sub("", regions[k].title).strip()
        for i, name in ((k, outside["name"]), (inner[0], inside["name"])):
            out[i] = replace(out[i], group=name.strip(), title=title or out[i].title)
    return out


def _lies_within(inner: Box, outer: Box) -> bool:
    apart = max(abs(inner.cx - outer.cx), abs(inner.cy - outer.cy))
    return apart <= CONCENTRIC * outer.width and inner.width < (1 - CONCENTRIC) * outer.width

"""Sample sizes printed beside names and titles: ``(n=494)``, ``N＝1,200``, ``回答者数：312人``."""

from __future__ import annotations

import re
import unicodedata

# 「n=」 with any equals sign or colon an OCR engine or a typist leaves; or spelt out in words.
BASE = re.compile(
    r"[\s(\[]*"
    r"(?:(?<![A-Za-z])(?:sample size|valid cases|n)\s*[=:≒]\s*"
    r"|(?:回答者数|有効回答数?|回答数|サンプル数|母数)\s*[=:は]?\s*"
    r"|(?=[\d,]+\s*(?:件の(?:有効)?回答|responses))(?<![\d,]))"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s*(?:件の(?:有効)?回答|responses|人|名|社|件|票|ss)?"
    r"[\s)\]]*",
    re.IGNORECASE,
)
# A bare count in brackets at the end of a name (「20代（312）」, 「男性(1,024人)」).
BRACKETED = re.compile(r"\s*[(](?P<n>\d{1,3}(?:,\d{3})+|\d{2,})(?:人|名|社|件)?[)]\s*$")

BRACKETS = re.compile(r"[(（]([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)?)[)）]")
# What stands in brackets beside a sample size without naming a group: the kind of answer.
ANSWER_KIND = re.compile(
    r"回答|選択|MA|SA|単位|%|\d点満点|段階(?:評価)?$|平均|multiple|single|select", re.IGNORECASE
)


def split_base(text: str) -> tuple[str, int | None]:
    """The text without its sample size, and the sample size; the text as it stands when it has none."""
    folded = unicodedata.normalize("NFKC", text)
    match = BASE.search(folded)
    if match is None:
        return text, None
    if folded == text or len(folded) == len(text):
        rest = text[: match.start()].rstrip() + _gap(text, match) + text[match.end() :].lstrip()
    else:
        rest = folded[: match.start()].rstrip() + _gap(folded, match) + folded[match.end() :].lstrip()
    return rest.strip(" 　、,;；").rstrip("(（[［ "), int(match["n"].replace(",", ""))


def split_bracketed(text: str) -> tuple[str, int | None]:
    """Like split_base for names that carry a bare count in brackets; only for names, never for titles."""
    folded = unicodedata.normalize("NFKC", text)
    match = BRACKETED.search(folded)
    if match is None or match.start() == 0:
        return text, None
    cut = match.start() if len(folded) == len(text) else None
    rest = text[:cut] if cut is not None else folded[: match.start()]
    return rest.strip(), int(match["n"].replace(",", ""))


def all_bases(text: str) -> tuple[int, ...]:
    """Every sample size the text states, in order."""
    folded = unicodedata.normalize("NFKC", text)
    return tuple(int(match["n"].replace(",", "")) for match in BASE.finditer(folded))


def stated_bases(text: str) -> tuple[tuple[str, int], ...]:
    """Every sample size with the words said before it since the last one (「2024年調査、n=222」)."""
    folded = unicodedata.normalize("NFKC", text)
    found, start = [], 0
    for match in BASE.finditer(folded):
        found.append(
            (folded[start : match.start()].strip(" 　、,;；:：/(※*"), int(match["n"].replace(",", "")))
        )
        start = match.end()
    return tuple(found)


def split_population(text: str) -> tuple[str, int | None, str]:
    """A title without its sample size, the sample size, and the group named in the same brackets.

    「…ありましたか（n=500、取り組み企業）」 is the question, 500 and 取り組み企業. Sizes of several groups
    are none of the whole; ``stated_bases`` tells them apart.
    """
    for match in BRACKETS.finditer(text):
        inside = unicodedata.normalize("NFKC", match[1])
        base = BASE.search(inside)
        if base is None:
            continue
        if len(all_bases(inside)) > 1:  # 「（男性n=400、女性n=420）」: no group is the whole chart's
            return (text[: match.start()] + text[match.end() :]).strip(), None, ""
        group = (inside[: base.start()] + " " + inside[base.end() :]).strip(" 　、,;；:：/・")
        if ANSWER_KIND.search(group):
            kept = text[: match.start()] + f"（{group}）" + text[match.end() :]
            return kept.strip(), int(base["n"].replace(",", "")), ""
        rest = (text[: match.start()] + text[match.end() :]).strip()
        return rest, int(base["n"].replace(",", "")), group
    rest, base_n = split_base(text)
    return rest, base_n, ""


def _gap(text: str, match: re.Match[str]) -> str:
    """A blank where the cut would glue two words together."""
    return " " if match.start() > 0 and match.end() < len(text) else ""

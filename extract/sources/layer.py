"""May the text layer of a page be believed? Per block, with a spot check where the statistic is unsure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.scene import Box, Word, hull
from extract.sources.legible import ENOUGH, Verdict, VerdictName, agrees, judge_page
from extract.sources.likeness import evidence, fold

# Lines compared with the rendered page per page: two or three decide it, each costs about 60 ms.
SPOTS = 3
# A line to be compared has so many characters: shorter ones agree by chance, longer ones cost more.
SHORTEST, LONGEST = 4, 40
# Characters of a chunk judged at a glance, and of a page for which that is worth it: in the company of less
# good text a short garbled block weighs enough to be looked at.
CHUNK, LONG_PAGE = 100, 300
# Share of a page's characters: with fewer garbled ones each garbled block is looked at before it is given
# up; with fewer unsure ones they lean on the rest of the page.
FEW, MANY = 0.3, 0.15

# Characters without a mapping, and the share of a block from which on it is read anew.
UNMAPPED, UNMAPPED_SHARE = "\ufffd", 0.03
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
# Shorter blocks hold too few characters to be judged by how they follow each other.
ALONE = 20

Recognise = Callable[[Box], str]


@dataclass(frozen=True, slots=True)
class Belief:
    """The verdict on a page's text layer: words worth keeping, boxes of the blocks that are not."""

    good: tuple[Word, ...]
    bad: tuple[Word, ...]
    score: float
    reason: str

    @property
    def bad_boxes(self) -> list[Box]:
        blocks: dict[int, list[Box]] = {}
        for word in self.bad:
            blocks.setdefault(word.block, []).append(word.box)
        return [hull(boxes) for boxes in blocks.values()]

    @property
    def bad_share(self) -> float:
        """Share of the layer's characters that are not believed."""
        bad, good = _length(self.bad), _length(self.good)
        return bad / (bad + good) if bad + good else 0.0


def believe(words: Sequence[Word], recognise: Recognise) -> Belief:
    """What of a numbered text layer is believed. ``recognise`` reads one line of the rendered page."""
    if not words:
        return Belief((), (), 0.0, "no text layer")
    blocks = {key: list(group) for key, group in groupby(words, key=lambda w: w.block)}
    verdicts = _judged({key: block_text(block) for key, block in blocks.items()})
    names = _doubtful(blocks, verdicts)
    for name in names:
        keys = [key for key, v in verdicts.items() if v.verdict == name]
        doubtful = [w for key in keys for w in blocks[key]]
        checked = _spot_check(doubtful, recognise)
        if checked is None:
            continue
        verdicts.update(dict.fromkeys(keys, checked))
        if name == "unsure" and checked.verdict == "good" and _is_wordy(doubtful) and "garbled" not in names:
            names.append("garbled")  # old spelling, a dialect, a list of names: the rest may be as good
    bad = {key for key, v in verdicts.items() if v.verdict == "garbled"}
    bad |= _condemned({key: block_text(block) for key, block in blocks.items()}, bad)
    lengths = {key: _length(block) for key, block in blocks.items()}
    score = sum(lengths[k] * v.score for k, v in verdicts.items()) / max(1, sum(lengths.values()))
    telling = bad or set(blocks)
    return Belief(
        tuple(w for w in words if w.block not in bad),
        tuple(w for w in words if w.block in bad),
        round(score, 3),
        verdicts[max(telling, key=lambda k: lengths[k])].reason,
    )


def _condemned(texts: Mapping[int, str], bad: Collection[int]) -> set[int]:
    """Short blocks that cannot stand by themselves: unmapped characters, or Japanese among garbled Japanese.

    A label of two kanji looks as good wrong as right; where most Japanese of the page is garbled by the same
    fonts, so is the label. Numerals keep their own verdict.
    """
    unmapped = {key for key, text in texts.items() if text.count(UNMAPPED) > UNMAPPED_SHARE * len(text)}
    letters = {key: len(JAPANESE.findall(text)) for key, text in texts.items()}
    garbled = sum(letters[key] for key in bad)
    if garbled * 2 <= sum(letters.values()):
        return unmapped
    return unmapped | {key for key, count in letters.items() if count and len(texts[key]) < ALONE}


def _judged(texts: Mapping[int, str]) -> dict[int, Verdict]:
    """The verdict on each block: at a glance on long pages, and block by block where the glance is not good.

    Most pages are good all over, and then one glance per chunk does; it costs a fraction of a verdict per
    block, since short blocks must each be judged with their neighbours.
    """
    if sum(map(len, texts.values())) < LONG_PAGE:
        return dict(zip(texts, judge_page(list(texts.values())), strict=True))
    verdicts: dict[int, Verdict] = {}
    chunks = _in_chunks(texts)
    glances = judge_page(["\n".join(texts[key] for key in chunk) for chunk in chunks])
    for i, (chunk, glance) in enumerate(zip(chunks, glances, strict=True)):
        if glance.verdict == "good" or len(chunk) == 1:
            verdicts.update(dict.fromkeys(chunk, glance))
            continue
        company = [key for near in chunks[max(0, i - 1) : i + 2] for key in near]
        judged = zip(company, judge_page([texts[key] for key in company]), strict=True)
        verdicts.update({key: verdict for key, verdict in judged if key in chunk})
    return verdicts


def _in_chunks(texts: Mapping[int, str]) -> list[list[int]]:
    """Blocks that can be judged by themselves, and short ones put together until they can."""
    chunks: list[list[int]] = []
    current: list[int] = []
    for key, text in texts.items():
        if evidence(fold(text)) >= ENOUGH:
            chunks.append([key])
            continue
        current.append(key)
        if sum(len(texts[k]) for k in current) >= CHUNK:
            chunks.append(current)
            current = []
    return [*chunks, current] if current else chunks


def _is_wordy(words: Sequence[Word]) -> bool:
    """Whether words of Japanese were looked at, and not numbers alone."""
    return any(len(JAPANESE.findall(w.text)) >= SHORTEST for w in spot_lines(words))


def _doubtful(blocks: Mapping[int, Sequence[Word]], verdicts: Mapping[int, Verdict]) -> list[VerdictName]:
    """Verdicts worth a look at the rendered page.

    On a page that is mostly good: a garbled block (an odd name, a list of codes), and unsure ones when
    they are many. On a page that is mostly garbled: the unsure ones.
    """
    length = dict.fromkeys(("good", "garbled", "unsure", "missing"), 0)
    for key, verdict in verdicts.items():
        length[verdict.verdict] += _length(blocks[key])
    total = max(1, sum(length.values()))
    names: list[VerdictName] = []
    if 0 < length["garbled"] < FEW * total:
        names.append("garbled")
    if length["unsure"] >= MANY * total or (length["unsure"] and length["garbled"] >= FEW * total):
        names.append("unsure")
    return names


def plain_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without characters that say nothing: icons of private fonts, control characters."""
    return tuple(plain for w in words if (plain := _plain(w)) is not None)


def _plain(word: Word) -> Word | None:
    if word.text.isprintable():  # private use is not printable either
        return word
    kept = [i for i, c in enumerate(word.text) if _speaks(c)]
    text = "".join(word.text[i] for i in kept).strip()
    if not text or not word.edges:
        return replace(word, text=text, edges=()) if text else None
    edges = (*(word.edges[i] for i in kept), word.edges[kept[-1] + 1])
    return replace(word, text=text, edges=edges if len(edges) == len(text) + 1 else ())


def _speaks(char: str) -> bool:
    return char.isprintable()


def block_text(words: Sequence[Word]) -> str:
    """The text of a block as a reader would type it: lines joined, blanks only where the page has them."""
    return "\n".join(" ".join(w.text for w in line) for _, line in groupby(words, key=lambda w: w.line))


def _length(words: Sequence[Word]) -> int:
    return sum(len(w.text) for w in words)


def _spot_check(words: Sequence[Word], recognise: Recognise) -> Verdict | None:
    """The middle verdict over a few lines read from the rendered page; None when none can be compared."""
    verdicts: list[Verdict] = []
    for word in spot_lines(words):
        verdicts.append(agrees(recognise(word.box), word.text))
        if sum(v.verdict == verdicts[-1].verdict for v in verdicts) * 2 > SPOTS:
            break  # the middle one is decided
    if not verdicts:
        return None
    middle = sorted(verdicts, key=lambda v: v.score)[len(verdicts) // 2]
    if middle.verdict == "unsure":
        return Verdict("garbled", middle.score, middle.reason)
    return middle


def spot_lines(words: Sequence[Word]) -> list[Word]:
    """The words that tell most: with kana (a permuted map shows there), then with digits, long ones first."""
    fit = [w for w in words if SHORTEST <= len(w.text) <= LONGEST and w.angle in (0, 90)]
    ranked = sorted(fit, key=lambda w: (-_telling(w.text), w.block, w.line))
    return ranked[:SPOTS]


def _telling(text: str) -> float:
    kana = len(re.findall("[\u3041-\u30fa]", text))
    return min(len(text), 20) / 20 + (0.5 if kana >= 2 else 0.0) + (0.5 if re.search(r"\d", text) else 0.0)

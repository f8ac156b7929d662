"""How tightly a sentence binds its number: an answer in quotation marks right at the number, or loose words.

The prose reader says by what in the text each number has its labels (Finding.binding). A quoted answer is no
guess of the reader's, and where every word of the clause is accounted for (leftover.py), nobody was missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finding import Finding
from extract.weigh.keys import joined
from extract.weigh.leftover import leftover
from extract.weigh.places import label_reading
from extract.weigh.testimony import Kind, Testimony

# By what in the text an item is bound where its own words are not next to the number.
LOOSE = ("said", "before", "apart", "reworded", "carried", "twin")
EVERYONE = ("everyone", "everyone, others named")
QUOTED = ("quoted", "quoted apart")
# Particles that make a clause of a label.
CLAUSE = re.compile("[をがにはで]")
# Questions that the text states, by a verb, as a topic, or over the paragraph.
TOLD = ("asked", "topic", "heading")
# Groups that the clause itself names, or that nobody named.
STATED = ("clause", *EVERYONE)


def hear_grammar(finding: Finding) -> Iterator[Testimony]:
    """A quoted answer, and whether anything in its clause is unaccounted for."""
    binding = finding.binding
    if binding is None or binding.odd or not (binding.item in QUOTED or labelled(finding)):
        return
    if binding.item == "quoted":
        yield Testimony("grammar", True, "item quoted", "the item is quoted right at the number")
    elif binding.item == "quoted apart":
        yield Testimony("grammar", True, "item quoted apart", "the item is quoted in the sentence")
    if tight(finding) and not leftover(finding):
        why = "no other word of the clause is unaccounted for"
        plain = finding.qualifier == "exact"
        yield Testimony("grammar", True, "nothing left over" if plain else "nothing left, hedged", why)


def labelled(finding: Finding) -> bool:
    """A plain noun right at the number, answer of everyone to a question that the text states (価格：56％).

    Of 78 such shares in sentences of many publishers none was wrong; a clause (…を入れた) may begin earlier.
    """
    binding = finding.binding
    asked = binding is not None and binding.group in EVERYONE and binding.question in TOLD
    return asked and binding is not None and binding.item == "named" and not CLAUSE.search(finding.item)


def tight(finding: Finding) -> bool:
    """A share of a quoted answer whose group is set as the frame of the sentence (A層では), or is everyone
    who was asked a question that the text states; no share of the sentence went unread.

    Of 250 framed shares and 250 of everyone, in sentences of many publishers, none was wrong; of a group
    that is only a subject (A層は), or of everyone where nothing was asked, 1 in 20 and 1 in 30.
    """
    binding = finding.binding
    if binding is None or finding.unit != "percent" or joined(finding.segment) or binding.lost:
        return False
    if binding.framed or (binding.item == "quoted apart" and binding.group == "clause"):
        return True
    return binding.group in EVERYONE and binding.question in TOLD


def circumstances(finding: Finding) -> Iterator[tuple[Kind, float]]:
    """Where the number stands and how it was read: what the odds are before any witness is heard."""
    if finding.qualifier == "measured":
        yield "measured", 1.0
        return
    label = label_reading(finding)
    text = label is None or label.engine == "text"
    kinds: dict[tuple[str, bool], Kind] = {
        ("chart", True): "chart text", ("chart", False): "chart ocr",
        ("table", True): "table text", ("table", False): "table ocr",
        ("prose", True): "prose", ("prose", False): "prose",
    }  # fmt: skip
    yield kinds[finding.source, text], 1.0
    if finding.source == "prose":
        if not text:
            yield "prose ocr", 1.0
        yield from told_how(finding)


def told_how(finding: Finding) -> Iterator[tuple[Kind, float]]:
    """What makes a sentence's number less sure than a plain share of an answer named beside it."""
    binding = finding.binding
    if finding.qualifier != "exact":
        whole = finding.value == round(finding.value)
        yield "hedged" if whole else "hedged decimal", 1.0  # 58.2%を下回った compares, it hedges nothing
    if finding.unit != "percent":
        yield "other unit", 1.0
    if binding is None or not (binding.framed or binding.group in STATED):
        yield "group carried", 1.0
    elif binding.group in EVERYONE:
        yield "no group", 1.0
    if binding is None or binding.item in LOOSE:
        yield "item loose", 1.0
    if binding is not None and binding.odd:
        yield "item odd", 1.0
    if leftover(finding):
        yield "words left over", 1.0

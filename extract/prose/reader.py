"""Paragraph by paragraph through a document: what is prior, what is boilerplate, what is a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.finding import Finding, PageReading, Reading
from extract.layout import joined
from extract.prose import sections
from extract.prose.bases import base_of
from extract.prose.callouts import Callouts, lone_numbers
from extract.prose.clause import read_clauses
from extract.prose.context import Context
from extract.prose.mended import mended
from extract.prose.questions import clean_question
from extract.prose.sentence import closing, read_sentence, split_sentences
from extract.prose.titles import Sighting, is_slide, titled
from extract.prose.walk import Draft
from extract.scene import Box, Paragraph, Scene, hull

_LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}[.．)）]|[(（]\d{1,2}[)）]|[①-⑳])\s*(?=[^\d\s%％])")


LOOK_AHEAD = 6  # paragraphs at the head of a page among which a broken sentence may go on
_FRESH = re.compile(r"^(?:[■◆●◼◇▼【＜≪・•⚫]|一方|また|さらに|次に|続いて|まず|なお|しかし|これ)")


LONGEST = 2000  # characters; what runs on longer without a full stop is no sentence


class Reader:
    """Feeds sentences to the grammar and keeps the running context; one per document."""

    def __init__(self) -> None:
        self.context = Context()
        self.findings: list[Finding] = []
        self.skipping = False
        self.callouts = Callouts()
        self.order = 0
        self.orders: list[int] = []  # the paragraph of each finding
        self.seen: list[Sighting] = []  # how the question of each finding is known
        self.heading = Sighting("")
        self.section = ""  # the text since the heading
        self.last: Paragraph | None = None
        self.broken: tuple[Paragraph, Scene] | None = None
        self.carried: Scene | None = None  # the page on which the paragraph in hand begins
        self.seam = 0  # where in the paragraph in hand its second page begins

    def read_page(self, paragraphs: Sequence[Paragraph], scene: Scene) -> None:
        """Take in a page: the sentence that the last page broke off goes on in its first running text."""
        rest = mended(paragraphs)
        if is_slide(scene) and self.context.edition == "this":
            self.context.head("")  # a slide has its own title, which its chart may have taken
            self.heading = Sighting("")
            self.skipping = False
        if self.broken is not None:
            head, before = self.broken
            self.broken = None
            k = next(
                (
                    k
                    for k, p in enumerate(rest[:LOOK_AHEAD])
                    if p.kind == "body" and "。" in p.text and not _FRESH.match(p.text)
                ),
                None,
            )
            if k is None:
                self.read(head, before)
            else:
                tail = rest.pop(k)
                self.carried, self.seam = before, len(head.text)
                self.read(joined(head, tail), scene)
                self.carried, self.seam = None, 0
        last = next(
            (k for k in range(len(rest) - 1, -1, -1) if rest[k].kind == "body" and "。" in rest[k].text), None
        )
        for k, paragraph in enumerate(rest):
            if (
                k == last
                and scene.page is not None
                and not re.search(r"[。！？」』】）)：:]\s*$", paragraph.text)
            ):
                self.broken = (paragraph, scene)
            else:
                self.read(paragraph, scene)

    def read(self, paragraph: Paragraph, scene: Scene) -> None:
        """Take in the next paragraph of the document."""
        text = paragraph.text
        self.order += 1
        if not text.strip() or not paragraph.legible or self._continues(paragraph, scene):
            return
        if self.callouts.take(paragraph, scene, self.order, len(self.findings)):
            return
        if self._turns(paragraph, scene) or self.skipping or sections.is_residue(paragraph, scene):
            return
        self._new_paragraph(paragraph)
        self.section += text
        for start, end in _pieces(text):
            if end - start > LONGEST:
                continue
            if sections.asks_alone(text[start:end]):
                self.context.ask(clean_question(text[start:end].strip()).rstrip("？?。 　は"), by="topic")
                continue
            sentence = read_sentence(text, start, end)
            for draft in read_clauses(sentence, self.context):
                self.findings.append(self._finding(draft, paragraph, scene))
                self.orders.append(self.order)
                self.seen.append(replace(self.heading, asked=draft.asked, text=self.section))

    def _turns(self, paragraph: Paragraph, scene: Scene) -> bool:
        """Whether the paragraph is no running text; switches between prior, boilerplate and this survey."""
        line = paragraph.text.strip()
        if sections.is_prior(line):
            self.context.edition, self.skipping = "prior", False
            return not sections.has_result(line)
        if not sections.is_heading(paragraph, scene):
            if self.context.edition == "prior" and line.count("。") > 1:
                self.context.edition = "this"  # other releases are quoted by headlines, not told at length
            return False
        if sections.is_boilerplate(line):
            self.skipping = True
            return True
        if self.context.edition == "prior" and sections.opens_section(line):
            self.context.edition = "this"
        if sections.parts(line) and self.context.edition == "this":
            self.skipping, self.last = False, paragraph
            return True
        if sections.says_nothing(line):
            self.last = paragraph
            return not sections.has_result(line)
        self.skipping = False
        if self.context.edition == "this":
            asked = clean_question(line).rstrip("。")
            named = clean_question(sections.HEADING_SIGN.sub("", line))
            named = "" if sections.is_legend(named) or sections.has_result(line) else named
            self.context.head(asked if sections.asks(line) else named)
            box = _box(paragraph, 0, len(paragraph.text))
            self.heading = Sighting("", self.context.heading, "", box, scene.page)
            self.section = ""
        return not sections.has_result(line)

    def _new_paragraph(self, paragraph: Paragraph) -> None:
        """A group spoken of does not outlive a finished paragraph, unless a list goes on."""
        finished = self.last is None or bool(re.search(r"[。！？」]$", self.last.text.strip()))
        listed = re.search(r"(?:[：:…]|\s|」)\s*[\d.]+\s?[%％]\s*$", paragraph.text)
        fresh = (
            paragraph.kind == "item" or _LIST_NUMBER.match(paragraph.text) or paragraph.text[:1] in "・•●■"
        )
        if (finished or fresh) and not listed:
            self.context.group = self.context.scope
        self.context.told = ""
        self.last = paragraph

    def _continues(self, paragraph: Paragraph, scene: Scene) -> bool:
        """A number on a line of its own that the line before it waits for (…と答えた企業は / 95%)."""
        waits = self.last is not None and re.search(r"(?:は|が|わずか|約|で|、)$", self.last.text.strip())
        if self.last is None or not waits or self.callouts.row or not lone_numbers(paragraph.text):
            return False
        whole = replace(joined(self.last, paragraph), kind="body")
        self.last = None
        self.read(whole, scene)
        return True

    def _finding(self, draft: Draft, paragraph: Paragraph, scene: Scene) -> Finding:
        text = paragraph.text[draft.start : draft.end]
        end = draft.end
        if self.carried is not None and draft.start < self.seam:
            scene, end = self.carried, min(draft.end, self.seam)
        box = _box(paragraph, draft.start, end)
        doubts = paragraph.doubts[draft.start : end]
        ocr = scene.text_source == "ocr" or any(d < 1 for d in paragraph.doubts)
        label = Reading("label", "ocr" if ocr else "text", draft.value, text, box, min(doubts, default=1.0))
        return Finding(
            source="prose", value=draft.value, unit=draft.unit, item=draft.item, segment=draft.group,
            question=draft.question, qualifier=draft.qualifier, page=scene.page, image=scene.image, box=box,
            snippet=re.sub(r"\s+", " ", paragraph.text[draft.snippet[0] : draft.snippet[1]]).strip(),
            edition=self.context.edition,
            readings=(label,),
            binding=draft.binding,
        )  # fmt: skip

    def close(self, pages: Sequence[PageReading]) -> tuple[tuple[Finding, ...], tuple[tuple[str, int], ...]]:
        """All findings with the sample sizes of their groups, and those sample sizes."""
        if self.broken is not None:
            self.read(*self.broken)
        self.findings = titled(self.findings, self.seen, pages)
        for lone, draft in self.callouts.drafts(tuple(self.findings)):
            self.findings.append(self._finding(draft, lone.paragraph, lone.scene))
            self.orders.append(lone.order)
        ranked = sorted(range(len(self.findings)), key=lambda n: (self.orders[n], n))
        ordered = [self.findings[n] for n in ranked]
        bases = tuple(dict.fromkeys(self.context.bases))
        out: list[Finding] = []
        for f in ordered:
            n = base_of(f.segment, bases) if f.edition == "this" else None
            out.append(replace(f, base_n=n, base_n_source="inherited") if n else f)
        return tuple(out), bases


def _box(paragraph: Paragraph, start: int, end: int) -> Box | None:
    """The hull of the characters; None where the paragraph knows no boxes."""
    return (
        hull(paragraph.boxes[start:end])
        if len(paragraph.boxes) == len(paragraph.text) and start < end
        else None
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """Sentences; a statement that stands in quotation marks as a whole is read without them."""
    out: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        numbered = _LIST_NUMBER.match(text, start, end)
        start = numbered.end() if numbered else start
        body = text[start:end].strip()
        lead = start + len(text[start:end]) - len(text[start:end].lstrip())
        opened = re.match(r"[^「『、。」』]{0,12}[「『]", body)
        if (
            opened
            and re.search(r"[」』]$", body)
            and closing(body, opened.end() - 1, len(body)) == len(body) - 1
        ):
            inner = body[opened.end() : -1]
            if sections.has_result(inner):
                out.extend(
                    (lead + opened.end() + a, lead + opened.end() + b) for a, b in split_sentences(inner)
                )
                continue
        out.append((start, end))
    out = [part for span in out for part in _asked_first(text, *span)]
    return [piece for span in out for piece in _headline(text, *span)]


def _asked_first(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """「Q. …していますか　している 31％」: the question and its answers in one line."""
    m = re.match(r"\s*(?:[QＱ]|問)[^。]{0,80}?(?:か|は|か？|は？|か\?|は\?)[\s　]+(?=\S)", text[start:end])
    return [(start, start + m.end()), (start + m.end(), end)] if m else [(start, end)]


def _headline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A headline of two statements parted by a stroke is two sentences."""
    body = text[start:end]
    if body.rstrip().endswith("。"):
        return [(start, end)]
    for m in re.finditer(r"[／/｜|∕]|\s[―—–-]{1,2}\s", body):
        left, right = body[: m.start()], body[m.end() :]
        if (
            len(left) > (12 if m[0] in "／/∕" else 6)
            and len(right) > 6
            and _balanced(left)
            and (sections.has_result(left) or sections.has_result(right))
        ):
            return [(start, start + m.start()), *_headline(text, start + m.end(), end)]
    return [(start, end)]


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("「」", "（）", "()", "『』"))

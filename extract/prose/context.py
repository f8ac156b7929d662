"""What is understood without being said again: the question, the group, the answer in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.finding import Edition
from extract.prose.titles import Asked
from extract.prose.words import is_bare


@dataclass(slots=True)
class Context:
    """The running state of a document's prose, changed by headings, questions and sentences.

    ``scope`` is the group a question was put to; ``group`` the one spoken of now. ``bases`` holds the
    sample size printed for each group, in order of printing.
    """

    question: str = ""
    asked_by: Asked = ""
    heading: str = ""
    title: str = ""
    scope: str = ""
    group: str = ""
    other: str = ""
    item: str = ""
    lead: str = ""  # the largest answer of the last sentence, which a parting by kind is of
    told: str = ""  # what the last sentence named as its topic (利用目的は「A」が…)
    parted: bool = False  # the last numbers were those of parts (by trade, by age) of one answer
    framed: set[str] = field(default_factory=set)  # groups set as frames since the question was put
    members: bool = False  # the last share was how many of everyone its people are
    listing: bool = False  # lines of a list whose labels, people as well, are the answers
    people: str = ""  # whom このうち points to
    edition: Edition = "this"
    bases: list[tuple[str, int]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def ask(self, question: str, scope: str = "", by: Asked = "verb") -> None:
        """A new question, asked by a verb or named as topic: nothing of the last one carries over."""
        self.question, self.asked_by = question, by
        self.scope = self.group = scope
        self.other = self.item = self.lead = self.people = ""
        self.told = ""
        self.framed = {scope} if scope else set()
        self.listing = self.parted = self.members = False

    def head(self, heading: str) -> None:
        """A new heading: as a new question until the text asks one."""
        self.heading = heading
        self.ask("")

    @property
    def asked(self) -> str:
        """The question in force as worded: asked in the text, else the heading."""
        return self.question or (self.heading if self.edition == "this" else "")

    def state_base(self, group: str, n: int) -> None:
        self.bases.append((group, n))


def group_worded(text: str) -> str:
    """A group as worded, without sample size; "" for everyone; 「はい」層 -> はい."""
    text = re.sub(r"[（(]?\s?[nN]\s?[=＝]\s?[\d,]+(?:人|名|社)?\s?[)）]?", "", text).strip()
    text = re.sub(r"^(?:特に|とくに|なかでも|中でも)(?=.{2})|の(?:方|ほう)$", "", text)
    text = re.sub(r"^[^「」、]{2,10}として(?=.{2})", "", text)
    text = re.sub(r"(?:の(?:うち|中|方|場合)|全体|の回答者|別|向け)$", "", text) if len(text) > 4 else text
    quoted = re.fullmatch(
        r"(?:[^「」『』]{1,20}[にを])?[「『“](?P<inner>[^「」『』]+)[」』”](?:層|群|グループ|派)?", text
    )
    if quoted:
        return quoted["inner"].strip()
    return "" if is_bare(text) else text

"""One sentence -> its numbers with item, group and question: a walk from left to right.

Left of a number stand the phrases that say what it is of and among whom; behind it may stand what
its people answered. What is missing is filled from a later answer of the same sentence (40％、B群でも
50％が「増えた」と回答), then from the running context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.finding import Qualifier, Unit
from extract.prose.brackets import Labelled, labelled_values
from extract.prose.context import Context, group_worded
from extract.prose.phrases import Phrase, cut
from extract.prose.predicates import Predicate, clean_clause, predicate
from extract.prose.questions import asked
from extract.prose.sentence import ASIDE, NUMBER, QUOTE, REFUSED, SAMPLE, VALUES, Sentence, sample_size
from extract.prose.words import GIVERS, METRIC, QUOTED_GIVERS, RANKING, SINCE, is_bare, is_group, is_relative, strip_leading

_SHARED = re.compile(r"共に|ともに|いずれも|どちらも|それぞれ|各々|各|同率|同じく|双方")
_SUM = re.compile(r"合わせ|あわせ|合計|合算|計|足し")
_MEASURES = r"(?:率|割合|比率|度)$"
_COUNT_ONLY = re.compile(r"約?[\d,万]+\s?[人名社件]")
# About the survey, not about the world; or a word that points to something unread.
_NOT_ASKED = r"(?:有効)?(?:回答率|回収率|応答率|回収数|回答数)$|(?:その|この)[^他の]{1,3}$|(?:これ|それ)(?:ら)?$|両者$|前者$|後者$"
_USED_AS = re.compile(r"^(?P<thing>.+?)を[^をが、]{1,12}として(?:使用|利用|活用|採用|導入|選択|使っ)(?:して)?(?:いる|いた)$")
_GROWTH = re.compile(r"の(?P<what>成長|伸び|増加|減少|上昇|低下|削減|向上|増収|増益)(?:を|が|と)")
_TOPICS = re.compile(r"(?:理由|課題|目的|手段|方法|効果|点|要因|条件|情報源|メリット|デメリット|施策|内容|場所|相手|きっかけ|背景|原因|不安|悩み|用途|基準|決め手)$")
_RANKS = re.compile(r"(?:最も|もっとも|一番|次に|次いで|\d番目に)?[^、]{0,12}(?:多かっ|高かっ|少なかっ|低かっ|多い|高い|少ない|低い)[^、]{0,10}$|^(?:トップ|最多|首位|上位|次点|\d位|第\d位|以下|最多回答|トップ\d|[^、]{0,6}理由|[^、]{0,8}(?:として|内訳|順))$")


@dataclass(slots=True)
class Draft:
    """A number on its way to a finding; positions are those of the paragraph's text."""

    start: int
    end: int
    value: float
    qualifier: Qualifier
    unit: Unit
    group: str = ""
    item: str = ""
    question: str = ""
    metric: str = ""
    base: int | None = None
    snippet: tuple[int, int] = (0, 0)
    carries: bool = True  # whether an item of an earlier sentence may be meant
    open: bool = False  # item only guessed or missing: a later answer of the sentence may fill it
    maybe_group: str = ""


@dataclass(slots=True)
class State:
    """What the walk knows at this point of the sentence."""

    items: list[str] = field(default_factory=list)
    fresh: bool = False
    about: bool = False
    maybe_group: str = ""
    group: str = ""
    said: bool = False
    nested: str = ""
    groups: list[str] = field(default_factory=list)
    than: str = ""
    since: str = ""
    topic: str = ""
    shared: bool = False
    listed: list[str] = field(default_factory=list)
    listed_groups: list[str] = field(default_factory=list)
    question: str = ""
    period: str = ""
    of_group: bool = False
    touching: bool = False
    mentioned: str = ""
    of_those: str = ""


def read_clauses(sentence: Sentence, context: Context) -> list[Draft]:
    """Every result the sentence states, in order."""
    walk = _Walk(sentence, context)
    return walk.run()


class _Walk:
    def __init__(self, sentence: Sentence, context: Context) -> None:
        self.sentence, self.sk, self.context = sentence, sentence.skeleton, context
        self.topical = False
        self.opening = ""  # the group a sentence without numbers is about: carried to the next one
        self.state = State(group=context.group)
        self.drafts: list[Draft] = []
        self.done: set[int] = set()
        self.grouped_by = ""
        self.last_maybe = ""
        self.header = False  # an answer stands above several labels, which then are groups
        self.group_new = False  # a group was named since the last number
        self.group_before = ""
        self.everyone = False  # whether the sentence also names everyone (全体)
        self.period_before = ""
        self.periods: list[str] = []

    def run(self) -> list[Draft]:
        at = self._question()
        events = [i for i, c in enumerate(self.sk) if c in (NUMBER, VALUES) and i >= at]
        self._bases()
        for n, i in enumerate(events):
            if i in self.done:
                continue
            rest = [e for e in events[n + 1 :] if e not in self._glossing(i)]
            stop = rest[0] if rest else len(self.sk)
            at = self._number(at, i, stop) if self.sk[i] == NUMBER else self._values(at, i, stop)
        if at < len(self.sk):
            self._left(at, len(self.sk), closing=True)
        self._settle()
        return self.drafts

    # what the sentence asks and whom it counts

    def _question(self) -> int:
        question = asked(self.sentence)
        if question is None:
            return 0
        chosen = re.match(r"^[「『]([^「」『』]+)[」』](?:と[^、]{2,8})?の?(?:人|方|者|企業|層|会社)$", question.text)
        if question.viewed and chosen:
            self.state.items, self.state.group = [chosen[1]], question.scope
            return question.end
        if is_group(question.text) and not re.search(r"[かいる]$", question.text):
            self.context.ask("", group_worded(question.text))
            self.state.group = self.context.scope
            return question.end
        if question.viewed and re.search(r"(?:率|割合|比率|度|人数|件数|時間)$", question.text):
            self.state.items, self.state.group = [question.text], question.scope
            return question.end
        self.context.ask(question.text, question.scope)
        self.state.group = question.scope
        nested = re.match(r"^(.+?)の(?:.+)$", question.text)
        if nested and len(nested[1]) < 25 and not re.search(r"[「」『』をがはで]", nested[1]) and is_group(nested[1]) and not is_bare(nested[1]) and not question.scope:
            self.state.nested = group_worded(nested[1])
            self.state.group = self.state.nested
        return question.end

    def _bases(self) -> None:
        for i, c in enumerate(self.sk):
            inside = c == QUOTE and sample_size(self.sentence.inner(i))
            if c not in (SAMPLE, VALUES) and not inside:
                continue
            n = inside or sample_size(self.sentence.inner(i))
            if not n:
                continue
            start = i if c == QUOTE else self._noun_phrase(0, i)
            text = self.sentence.worded(start, i + 1 if c == QUOTE else i)
            self.context.state_base(group_worded(re.sub(r"層$", "", text) if c == QUOTE else text), n)

    def _noun_phrase(self, start: int, end: int) -> int:
        phrases = cut(self.sentence, start, end)
        return phrases[-1].start if phrases else end

    # left of a number

    def _left(self, start: int, end: int, closing: bool = False) -> Phrase | None:
        """Take in the phrases between two numbers; the last one, when it touches the number, is given back."""
        phrases = cut(self.sentence, start, end)
        text = self.sk[start:end]
        if SINCE.search(self.sentence.raw(start, end)):
            self.state.since = "前回比"
        self.state.shared = bool(_SHARED.search(text[-12:]))
        last = phrases.pop() if phrases and phrases[-1].marker in ("bare", "of") and not closing else None
        phrases = [p for p in phrases if p.start < p.end]
        for n, p in enumerate(phrases):
            self._phrase(p)
            if closing and start == 0 and (p.marker == "where" or n == 0 and p.marker == "topic") and self.state.groups:
                self.opening = self.state.groups[-1]
        return last

    def _phrase(self, p: Phrase) -> None:
        text = self.sentence.worded(p.start, p.end)
        sk = self.sk[p.start : p.end]
        if not text:
            return
        if p.marker == "clause" or p.marker == "comma" and re.search(r"(?:であり|ており|おり|なり|たり|り|し|く|て|れ|え|け|み|き)$", sk) and not re.search(rf"(?:{QUOTE}|[一-龥]り|多く|高く|少なく|低く)$", sk):
            if self.state.fresh and not self.state.about:
                self.state.items, self.state.fresh, self.state.topic = [], False, ""
            if self.group_new and self.grouped_by == "subject":
                self.state.group, self.group_new = self.group_before, False
            quotes = [k for k, c in enumerate(sk) if c == QUOTE]
            self.state.mentioned = self.sentence.inner(p.start + quotes[-1]) if quotes else self.state.mentioned
            return
        if p.marker == "colon":
            self._colon(p, text)
        elif p.marker == "where":
            self._where(p, text)
        elif p.marker == "than":
            self.state.than = group_worded(text) if is_group(text) else self.state.than
        elif p.marker == "comma":
            if re.fullmatch(rf"{QUOTE}", sk):
                self.state.listed.append(self.sentence.inner(p.start))
            elif re.search(r"(?:や|(?<=[一-龥ァ-ヶーA-Za-z」])と)$", sk) and VALUES not in sk and len(sk) > 2:
                self.state.listed.append(self._item(p.start, p.end - 1))
            elif is_group(text) and not is_relative(text) and not is_bare(text) and len(text) < 15:
                self.state.listed_groups.append(group_worded(text))
                self._set_group(group_worded(text))
        elif p.marker == "about" and p.particle == "として" and not p.comma:
            self.state.question = text if _TOPICS.search(text) else self.state.question
        elif p.marker == "about" and p.comma and not is_group(text) and not self._owner(p) and not self.drafts and len(text) > 1:
            self.context.ask(self._item(p.start, p.end), self.context.scope)
            self.state.group = self.context.scope
        else:
            self._subject(p, text)

    def _colon(self, p: Phrase, text: str) -> None:
        """「平均：」「男性：」「導入の決め手：」: a label of what follows."""
        if is_group(text) and not is_relative(text):
            self._set_group(group_worded(text))
        elif not _RANKS.match(self.sk[p.start : p.end]) and not re.fullmatch(METRIC, text):
            self.state.question = text

    def _where(self, p: Phrase, text: str) -> None:
        if self.sk[p.start : p.end] == REFUSED and _COUNT_ONLY.fullmatch(text):
            return
        pair = re.fullmatch(r"(.+?)と(.+)", text)
        if is_group(text) and pair and is_group(pair[1]) and p.particle.startswith("で") and len(pair[1]) < 25:
            self.state.groups.extend([group_worded(pair[1]), group_worded(pair[2])])
            self.state.than = group_worded(pair[2])
            self.state.group = group_worded(pair[1])
            self.state.said = True
            return
        sk = self.sk[p.start : p.end]
        if p.particle.startswith("別"):
            return
        if is_bare(text):
            self._set_group("")
            return
        if re.fullmatch(rf"(?:{QUOTE}(?:や|と|・|、)?)+", sk) and not p.particle.startswith("でも最"):
            quotes = [self.sentence.inner(p.start + k) for k, c in enumerate(sk) if c == QUOTE]
            if len(quotes) > 1:
                self._set_items(quotes, about=False)
            elif p.particle == "で":
                self.state.topic = quotes[0]
            else:
                self.state.question = self.state.topic = quotes[0]
            return
        givers = self._givers(p)
        if givers:
            self._set_items([givers], about=False)
            return
        if is_group(text) or text in (g for g, _ in self.context.bases):
            self._set_group(group_worded(text))
            return
        if re.search(r"(?:率|割合|比率|人数|件数|額|度)$", text) and p.particle != "で":
            self._set_items(self._items(p.start, p.end), about=False)
            return
        owner = self._owner(p)
        if owner:
            self._set_group(owner[0])
            self.state.topic = owner[1]
            return
        if SINCE.search(text) and len(text) < 12:
            self.state.period = text
            return
        if text not in ("間", "間に", "この中", "中", "現在", "現時点", "これ", "それ", "今後"):
            self.state.topic = text

    def _owner(self, p: Phrase) -> tuple[str, str] | None:
        """「A層の部門管理」 -> (A層, 部門管理)."""
        sk = self.sk[p.start : p.end]
        for m in re.finditer(r"(?:における|での|の)(?=.)", sk):
            head = self.sentence.worded(p.start, p.start + m.start())
            if is_group(head) and (not is_relative(head) or len(head) < 14) and not is_bare(head):
                return group_worded(head), self._item(p.start + m.end(), p.end)
        return None

    def _known(self, group: str) -> bool:
        """Whether the document has spoken of this group, or it is one that any survey has."""
        said = {g for g, _ in self.context.bases} | self.context.seen
        return group in said or bool(re.search(r"(?:男性|女性|\d代|世代|層|大企業|中小企業|業)$", group) and not re.search(r"経営層$", group))

    def _set_group(self, group: str) -> None:
        if re.match(r"(?:いずれ|すべて|全て|どの|各|全)", group):
            group = ""
        self.everyone = self.everyone or not group
        if self.state.nested and group != self.state.nested:
            group = f"{self.state.nested} × {group}"
        if not self.group_new:
            self.group_before = self.state.group
        self.group_new = True
        self.state.group = group
        self.state.said = True
        self.last_maybe = self.state.maybe_group or self.last_maybe
        self.state.of_group, self.state.maybe_group = False, ""
        if group:
            self.state.groups.append(group)

    def _subject(self, p: Phrase, text: str) -> None:
        sk = self.sk[p.start : p.end]
        if text in ("最高", "最低", "最大", "最小", "最長", "最短", "中央値") and p.marker == "topic":
            self._set_items([text], about=False)
            return
        if sk == REFUSED and (not is_group(text) or _COUNT_ONLY.fullmatch(text)):
            return
        givers = self._givers(p)
        if givers:
            self._set_items([givers], about=False)
            self.header = p.marker == "topic"
            return
        if re.fullmatch(r"(?:その)?(?:割合|比率)", text) and not self.state.items and self.state.mentioned:
            self._set_items([self.state.mentioned], about=False)
            return
        if re.fullmatch(METRIC, text) and not self.state.fresh and self.drafts and re.search(r"(?:率|割合|度)$", self.drafts[-1].item):
            self._set_items([text], about=False)
            return
        if p.start == p.end or re.fullmatch(METRIC, text) or _RANKS.match(sk) or RANKING.match(sk) and not is_group(text) or text in ("の", "その割合", "こと", "間に", "割合"):
            return
        quoted = re.fullmatch(rf"(?:.*[をにがは、])?({QUOTE})の?(?:人|方|企業|者|世帯|会社|社員)", sk)
        if quoted:
            self._set_items([self.sentence.inner(p.start + quoted.start(1))], about=False)
            self.state.of_those, self.header = text, p.marker == "topic"
            return
        giver = re.sub(r"(?:から|より|に)$", "", text)
        if giver != text and is_group(giver):
            self._group_subject(p, giver)
            return
        if giver != text and SINCE.search(giver) and len(giver) < 16:
            self.state.period = re.sub(r"^.*の(?=\d{4}年)", "", giver)
            return
        dated = re.match(rf"^({REFUSED}(?:度)?)の(?=.)", sk)
        if dated:
            self.state.period = self.sentence.worded(p.start, p.start + dated.end(1))
            p = Phrase(p.start + dated.end(), p.end, p.marker, p.comma, p.particle)
            text, sk = self.sentence.worded(p.start, p.end), self.sk[p.start : p.end]
        parts = re.fullmatch(r"(.+)の内訳", text)
        if parts:
            self._set_group(group_worded(parts[1]))
            return
        several = self._several(p.start, p.end) or self._such(p, sk)
        if several:
            self._set_items(several, about=p.marker == "about")
            people = re.search(r"(?:る|た|い|な)([^るたいな]{2,10})$", text)
            if people and is_group(people[1]) and not is_bare(people[1]):
                self._set_group(group_worded(people[1]))
            return
        if is_group(text):
            self._group_subject(p, text)
            self.grouped_by = "" if p.comma else p.marker
            return
        adjacent = self.sk.startswith(NUMBER, p.end + len(p.particle))
        if self.header and adjacent and p.marker == "subject" and QUOTE not in sk and not re.search(_MEASURES, text):
            self._set_group(group_worded(text))
            return
        if p.marker == "subject" and self.grouped_by == "subject" and self.drafts and not self.state.fresh and QUOTE not in sk:
            self._set_group(group_worded(text))  # A業が…、B業が…、医療・福祉が…: the third is a group too
            return
        owner = self._owner(p)
        pair = re.fullmatch(r"(.+?)と(.+?)の間(?:に)?", text)
        if pair and is_group(pair[1]) and is_group(pair[2]):
            self.state.groups.extend([group_worded(pair[1]), group_worded(pair[2])])
            self.state.group, self.state.than = self.state.groups[-2:]
            return
        if owner and owner[1] and (p.marker != "subject" or self._known(owner[0]) or re.search(_MEASURES, owner[1])):
            self._set_group(owner[0])
            if not re.fullmatch(METRIC, owner[1]):
                self._set_items(self._items_of_text(p, owner[1]), about=p.marker == "about")
            return
        self._set_items(self._items(p.start, p.end), about=p.marker == "about")
        self.topical = p.marker == "topic"
        self.header = p.marker == "topic" and bool(re.search(_MEASURES, text))

    def _givers(self, p: Phrase) -> str:
        """The answer in 「…」と回答した人 and its like; the people become the group when they are named."""
        sk = self.sk[p.start : p.end]
        m = GIVERS.match(sk) or QUOTED_GIVERS.match(sk)
        if m is None:
            return ""
        start, end = p.start, p.start + m.end("answer")
        thinks = re.match(r"と(?:感じ|考え|思|捉え|認識)", self.sk[end : p.end])
        if thinks and self.sk[end - 1] != QUOTE and is_bare(self.sentence.worded(p.start + m.start("who"), p.start + m.end("who"))):
            return ""
        inner = cut(self.sentence, start, end)
        for q in inner[:-1]:
            if q.marker == "where":
                self._where(q, self.sentence.worded(q.start, q.end))
                start = inner[inner.index(q) + 1].start
        who = self.sentence.worded(p.start + m.start("who"), p.start + m.end("who"))
        named = re.sub(r"の$", "", who)
        if named and (is_group(named) or m.re is QUOTED_GIVERS and len(named) < 12) and not is_bare(named) and not re.fullmatch(METRIC, named) and named not in ("の", "ところ", "ケース"):
            self._set_group(group_worded(named))
        verb = self.sk[end : p.end]
        if re.match(r"を(?:挙げ|あげ|選)", verb) and QUOTE not in self.sk[start:end]:
            asked_of = re.match(r"^.{2,}?(?:に|として)(?=.{2,})", self.sk[start:end])
            start += asked_of.end() if asked_of else 0
        return self._answer(start, end)

    def _answer(self, start: int, end: int) -> str:
        sk = self.sk[start:end]
        quotes = [i for i, c in enumerate(sk) if c == QUOTE]
        front = re.match(rf"^([^{QUOTE}、]{{2,30}}?)(?:に|を|が|は|について){QUOTE}$", sk)
        if front and not self.context.question:
            self.state.question = self.sentence.worded(start + front.start(1), start + front.end(1))
        if len(quotes) == 1 and (sk[-1] == QUOTE or re.fullmatch(rf"{QUOTE}(?:の|を|と|が)?", sk)):
            return self.sentence.inner(start + quotes[0])
        if len(quotes) > 1 and sk[-1] == QUOTE:
            return self.sentence.worded(start + quotes[0], end)
        return clean_clause(self.sentence.worded(start, end))

    def _group_subject(self, p: Phrase, text: str) -> None:
        if is_relative(text):
            clause = re.sub(r"(?:企業|会社|回答者|人|方|方々|人々|者|層|社|社員|従業員|世帯|ユーザー)$", "", self._item(p.start, p.end))
            used = _USED_AS.match(clause)
            clause = used["thing"] if used else clause
            self.state.maybe_group = group_worded(text)
            self.state.items, self.state.fresh, self.state.about = [clause], True, False
            self.header, self.group_new = p.marker == "topic", True
            return
        self._set_group(group_worded(text))

    def _several(self, start: int, end: int) -> list[str]:
        """「A」「B」「C」を重視する人: the quotations when they are chosen by the people behind them."""
        sk = self.sk[start:end]
        m = re.fullmatch(rf"((?:{QUOTE}(?:や|と|、|・|および|及び)?){{2,}})(?:を|に|が|と)[^、]{{1,10}}", sk)
        return [self.sentence.inner(start + k) for k, c in enumerate(sk) if c == QUOTE] if m else []

    def _such(self, p: Phrase, sk: str) -> list[str]:
        """「A」（…）や「B」（…）といった組み合わせ: the quotations belong to a noun that says nothing alone."""
        chain = re.search(rf"((?:{QUOTE}{VALUES}?(?:や|、|と|・)?)+)といった$", self.sk[: p.start])
        if chain and re.fullmatch(r"組み合わせ|組合せ|項目|もの|要素|回答|理由|手段|内容|声", sk):
            return [self.sentence.worded(chain.start(1), p.end)]
        return []

    def _set_items(self, items: list[str], about: bool) -> None:
        waiting = self.drafts[-1] if self.drafts else None
        if waiting and not waiting.item and self.sk.startswith("だった", self._sign_at(waiting.end)):
            waiting.item = items[0] if items else ""
        if self.state.fresh and len(self.state.items) == 1 and not self.state.about and self.topical:
            self.state.question = self.state.items[0]
        self.topical = False
        self.state.items = [i for i in items if re.search(r"\w", i)]
        self.state.fresh, self.state.about, self.state.maybe_group = True, about, ""

    def _item(self, start: int, end: int) -> str:
        """A noun phrase as item: its quotation when a measure is all that follows, else as worded."""
        sk = self.sk[start:end]
        front = len(sk) - len(strip_leading(sk))
        start, sk = start + front, sk[front:]
        if not sk:
            return ""
        quotes = [i for i, c in enumerate(sk) if c == QUOTE]
        if len(quotes) == 1:
            behind = sk[quotes[0] + 1 :].replace(VALUES, "").replace(SAMPLE, "")
            before = sk[: quotes[0]]
            if (not behind or re.fullmatch(rf"{METRIC}|など|等|も|という(?:回答|人|声|意見)?|を?(?:組み合わせる|用いる|利用する|使う|選ぶ|挙げる|あげる|選択する|選んだ|利用している|使っている)(?:層|人|企業|割合|の|方|者)?", behind)) and (
                not before or re.search(r"(?:の|は|が|、|として|で|に|と)$", before) or len(before) <= 6
            ):
                return self.sentence.inner(start + quotes[0])
        text = self.sentence.worded(start, end)
        text = re.sub(rf"(?:など|等)?{METRIC}$", "", text) if re.search(r"[」』]の?\w{1,4}$", text) else text
        text = re.sub(r"(?:という(?:回答|人|声|意見)|との(?:回答|声|意見)|など|等|を用いる割合|する割合|の割合|した割合|いる割合|のは|の)$", self._keep_verb, text)
        return text.strip()

    @staticmethod
    def _keep_verb(m: re.Match[str]) -> str:
        return {"する割合": "する", "した割合": "した", "いる割合": "いる"}.get(m[0], "")

    def _items(self, start: int, end: int) -> list[str]:
        """The items of a phrase: several quotations side by side are several items."""
        sk = self.sk[start:end]
        quotes = [i for i, c in enumerate(sk) if c == QUOTE]
        if len(quotes) > 1:
            between = "".join(sk[a + 1 : b] for a, b in zip(quotes, quotes[1:], strict=False))
            behind = sk[quotes[-1] + 1 :]
            if re.fullmatch(r"の?(?:合計|合算|計)(?:値|割合)?", behind):
                return [self.sentence.worded(start + quotes[0], end)]
            if re.fullmatch(r"(?:や|と|、|・|および|及び|,)*", between) and (not behind or re.fullmatch(rf"(?:など|等|の両方|の\w項目)?(?:{METRIC})?", behind)):
                return [*self.state.listed, *(self.sentence.inner(start + q) for q in quotes)]
        aside = sk.find(ASIDE)
        if aside > 0 and re.search(r"(?:指標|項目|施策|取り組み|取組|機能|サービス|ツール|手段|理由|もの)$", sk[:aside]) and aside == len(sk) - 1:
            parts = [t.strip() for t in re.split(r"[、,]", self.sentence.inner(start + aside)) if t.strip()]
            if len(parts) > 1:
                return [re.sub(r"(?:など|等)$", "", t) for t in parts]
        if self.state.shared and len(quotes) == 0:
            pair = re.fullmatch(r"(.{2,30}?)(?:と|や)(.{2,30}?)(?:が.*)?", self.sentence.worded(start, end))
            if pair:
                return [*self.state.listed, pair[1], pair[2]]
        item = self._item(start, end)
        return [*self.state.listed, item] if self.state.listed and item else [item]

    def _items_of_text(self, p: Phrase, text: str) -> list[str]:
        for m in re.finditer(r"(?:の|における)(?=.)", self.sk[p.start : p.end]):
            items = self._items(p.start + m.end(), p.end)
            if items and items[-1].endswith(text[-4:]):
                return items
        return [text]

    # the number itself

    def _number(self, at: int, i: int, stop: int) -> int:
        last = self._left(at, i) if not self._labels(at, i) else None
        q = self.sentence.signs[i].quantity
        assert q is not None
        if last is not None:
            self._touching(last)
        left_text = self.sk[at:i]
        if self.state.of_those and re.search(r"(?:その|この)うち", left_text):
            self._set_group(self.state.of_those)
        run = self._run(i)
        if len(run) > 1:
            return self._respectively(run)
        behind = i + 1
        for k in self._glossing(i):
            self.done.add(k)
            behind = k + 1
        said = predicate(self.sentence, behind, stop)
        growth = _GROWTH.match(self.sk, behind)
        if growth and not self.state.fresh:
            self._set_items([growth["what"]], about=False)
        follows = re.match(rf"(?:と|で)[^、]{{0,14}}(?:の|回答)は({QUOTE})", self.sk[behind:stop])
        if follows and not self.state.fresh:
            self._set_items([self.sentence.inner(behind + follows.start(1))], about=False)
        if not self._is_result(i, at, stop):
            return said.end if said else i + 1
        moved = q.unit not in ("percent", "score") and SINCE.search(left_text) and re.search(r"(?:より|から|比べて?|比で?)", left_text)
        if q.unit in ("point", "ratio") or moved:
            self._difference(i, stop, left_text)
            return i + 1
        self._emit(i, said, _SUM.search(left_text[-14:]) is not None)
        if behind > i + 1:
            self._exact_inside(behind - 1)
        return said.end if said else behind

    def _labels(self, at: int, i: int) -> bool:
        """「在宅勤務が増えた：44.1％」: the whole stretch before a colon that touches the number."""
        sk = self.sk[at:i]
        if not re.search(r"[：:…]$", sk) or len(sk) < 2:
            return False
        start = at + max(sk.rfind(c) for c in "、,") + 1
        start += len(self.sk[start:i]) - len(strip_leading(self.sk[start:i]))
        if QUOTE in self.sk[start : i - 1] and self.sk[i - 2] != QUOTE or start >= i - 1:
            return False
        text = self.sentence.worded(start, i - 1)
        text = text.rstrip("…")
        if re.search(r"[：:]", text):
            return False
        if is_group(text) and not is_relative(text) and (self.state.items or self.context.item):
            self._set_group(group_worded(text))
        else:
            self._set_items([self._item(start, i - len(sk) + len(sk.rstrip("：:…")))], about=False)
        return True

    def _run(self, i: int) -> list[int]:
        """それぞれ 83％、81％: numbers side by side from sign ``i``, when the words before share them out."""
        m = re.match(rf"{NUMBER}(?:(?:、|,|と|および|及び)(?:約)?{NUMBER})+", self.sk[i:])
        if m is None or not re.search(r"それぞれ|各々|順に", self.sk[max(0, i - 8) : i]):
            return [i]
        return [i + k for k, c in enumerate(m[0]) if c == NUMBER]

    def _respectively(self, run: list[int]) -> int:
        state = self.state
        groups = list(dict.fromkeys(g for g in state.listed_groups + state.groups if g))[-len(run) :]
        items = state.items or [self.context.item]
        by_group = len(groups) == len(run) and len(items) == 1
        if not by_group and len(items) == 1:
            parts = re.split(r"、|と|や|および|及び", re.sub(r"(?<=.)(?:が|を|に)[^、とやがを]*$", "", items[0]))
            items = parts if len(parts) == len(run) and all(parts) else items
        for k, i in enumerate(run):
            sign = self.sentence.signs[i]
            assert sign.quantity is not None
            group = groups[k] if by_group else state.group
            item = items[k] if len(items) == len(run) else items[0]
            for value, qualifier in sign.quantity.values:
                self._add(sign.start, sign.end, value, qualifier, sign.quantity.unit, group, item, "", not item)
            self.done.add(i)
        said = predicate(self.sentence, run[-1] + 1, len(self.sk))
        if said and (said.quoted or said.answered):
            self._fill(said.item, said.quoted)
        state.fresh, state.listed, state.listed_groups = False, [], []
        return run[-1] + 1

    def _glossing(self, i: int) -> list[int]:
        """Signs right behind number ``i`` that say the same again: 52.8%と半数以上が, 約8割（79.6%）が."""
        first = self.sentence.signs[i].quantity
        if first is None or first.unit != "percent" or len(first.values) > 1:
            return []
        m = re.match(rf"(?:と|で、?|、|という)?(?:ほぼ|実に|約)?({NUMBER}|{VALUES})", self.sk[i + 1 :])
        if m is None:
            return []
        k = i + 1 + m.start(1)
        second = self.sentence.signs[k].quantity
        if second is None:
            inner = self.sentence.signs[k].inner
            values = labelled_values(self.sentence.text, *inner) if inner and first.values[0][1] != "exact" else []
            close = len(values) == 1 and values[0].unit == "percent" and abs(values[0].values[0][0] - first.values[0][0]) <= 6
            return [k] if close and not values[0].since else []
        more = second.values[0][1] == "at_least" and 0 <= first.values[0][0] - second.values[0][0] <= 20
        if more and first.values[0][1] == "exact" and second.unit == "percent":
            return [k]
        vague = first.values[0][1] == "exact" and second.values[0][1] in ("vague", "at_least", "approx")
        return [k] if vague and second.unit == "percent" and abs(second.values[0][0] - first.values[0][0]) <= 6 else []

    def _exact_inside(self, k: int) -> None:
        """約8割（79.6%）: the exact number in the bracket is the result."""
        inner = self.sentence.signs[k].inner
        if self.sk[k] == VALUES and inner and self.drafts:
            value = labelled_values(self.sentence.text, *inner)[0]
            draft = self.drafts[-1]
            draft.value, draft.qualifier, draft.start, draft.end = *value.values[0], value.start, value.end

    def _touching(self, p: Phrase) -> None:
        """The phrase right before the number, bare or with の: a group, an item, or only an adverb."""
        text = self.sentence.worded(p.start, p.end)
        text = re.sub(r"(?:の?うち|実に|わずか|約)$", "", text)
        text = re.sub(r"(?:である|を)$", "", text)
        given = re.fullmatch(r"(.+?)と(?:いう)?(?:回答|答え)(?:した|た)", self.sk[p.start : p.end])
        if given:
            self._set_items([self._answer(p.start, p.start + given.end(1))], about=False)
            return
        if self.sk[p.start : p.end] == REFUSED and not SINCE.search(text):
            if not is_group(text) or re.search(r"[人名社件]$", text):
                return
        if not text or RANKING.match(text) or re.fullmatch(METRIC, text) or re.fullmatch(r"(?:\d?[月年週日]|1人|全体)?(?:当たり|あたり)?の?平均|中央値|およそ", text):
            return
        if text in ("残り", "残る"):
            self.state.group, self.state.said = self.context.scope, False
            return
        text = re.sub(r"(?<=[年度前])(?:に|には|は)$", "", text)
        if SINCE.fullmatch(text) or SINCE.search(text) and re.fullmatch(rf"{REFUSED}(?:度|時点|調査)?|\d+年前|前回(?:調査)?|前年度?|昨年度?", re.sub(r"(?:に|は)$", "", self.sk[p.start : p.end])):
            self.state.period = text
            return
        if p.marker == "of" and self.sk[p.start : p.end] == QUOTE:
            self._set_items([self.sentence.inner(p.start)], about=False)
            return
        if p.marker == "of":
            if is_group(text):
                if not is_bare(text):
                    self._set_group(group_worded(text))
                    self.state.of_group = True
            elif not self.state.fresh:
                self.state.topic = text
            return
        self.state.touching = True
        if is_group(text):
            self._set_group(group_worded(text)) if not is_bare(text) else None
        elif not _SHARED.fullmatch(text) and not _SUM.match(text) and re.search(r"[一-龥ァ-ヶーA-Za-z」』)）]$", text):
            end = p.end - len(self.sk[p.start : p.end]) + len(re.sub(r"(?:である|を)$", "", self.sk[p.start : p.end]))
            if self.header and QUOTE not in self.sk[p.start : p.end]:
                self._set_group(group_worded(text))
                return
            self._set_items(self._items(p.start, end), about=False)

    def _glosses(self, i: int) -> bool:
        """A vague number that only comments on an exact one beside it."""
        q = self.sentence.signs[i].quantity
        assert q is not None
        if q.values[0][1] not in ("vague", "at_least", "approx") or q.unit != "percent":
            return False
        behind = self.sk[i + 1 : i + 3]
        return behind == f"の{NUMBER}" or behind.startswith(NUMBER)

    def _is_result(self, i: int, at: int, stop: int) -> bool:
        q = self.sentence.signs[i].quantity
        assert q is not None
        if self._glosses(i):
            return False
        behind, before = self.sk[i + 1 : i + 13], self.sk[max(0, i - 14) : i]
        if q.unit == "percent":
            vague = q.values[0][1] in ("vague", "at_least", "approx")
            if vague and self.drafts and self._same_phrase(i, q.values[0][0]):
                return False
            return not re.match(r"(?:以内|OFF|オフ|引き|還元|台と低|の確率|ルール)", behind)
        if q.unit in ("point", "ratio"):
            return not re.match(r"(?:以内|還元|付与|制|カード|を(?:貯|付与|進呈|獲得)|満点)", behind) and not re.search(r"(?:つの|数|\d)$", before)
        return True

    def _same_phrase(self, i: int, value: float) -> bool:
        """Whether the number right before says the same more exactly: 29.3%と約3割, 55.6%と半数を超え."""
        last = self.drafts[-1]
        between = self.sk[self._sign_at(last.end) : i]
        return (
            last.unit == "percent" and last.qualifier == "exact" and abs(last.value - value) <= 6
            and bool(re.fullmatch(rf"(?:[{VALUES}{SAMPLE}]|と|で|、|という|と、|であり|を占め|の人|、全体の|ほぼ|実に|が[^、]{{0,20}}と回答し|はいずれも)*", between))
        )  # fmt: skip

    def _sign_at(self, position: int) -> int:
        return next((k for k, s in enumerate(self.sentence.signs) if s.start >= position), len(self.sk))

    def _emit(self, i: int, said: Predicate | None, summed: bool) -> None:
        state, sign = self.state, self.sentence.signs[i]
        q = sign.quantity
        assert q is not None
        if said and said.who[0] < said.who[1] and not (self.group_new and self.state.group):
            who = self.sentence.worded(*said.who)
            if is_group(who) and not is_bare(who):
                self._set_group(group_worded(who))
        items, opened, metric, group = self._choose(said, summed)
        values = q.values
        pairs = [(item, v) for item in items for v in values]
        if said and metric and state.about and any(d.open and d.metric for d in self.drafts):
            pairs = [(name, v) for name in state.items for v in values]
            metric, opened = "", True
        for n, (item, (value, qualifier)) in enumerate(pairs):
            if q.change:
                self.period_before, state.period = state.period or self.period_before, ""
                qualifier, group = "exact", self._moved(i, n)
            self._add(sign.start, sign.end, value, qualifier, q.unit, group, item, metric, opened)
        if said is None and self.sk.startswith("が", i + 1) and not RANKING.match(self.sk[i + 2 : i + 12]):
            for draft in self.drafts[-len(pairs) :]:
                draft.carries = False  # its people are the subject of something that could not be read
        if said and (self.group_new or state.about or not self.sk[max(0, i - 4) : i].endswith("の")):
            self._fill(said.item, said.quoted or said.answered)
        self.group_new, self.grouped_by = False, self.grouped_by if self.group_new else ""
        if said and not state.items:
            state.items = [said.item]
        state.fresh, state.touching, state.listed, state.listed_groups, state.period = False, False, [], [], ""

    def _moved(self, i: int, n: int) -> str:
        """The period of the first and of the second value of 「58％から 71％に上昇」."""
        if n % 2 == 0 and self.period_before:
            return self.period_before
        periods = [self.sentence.worded(k, k + 1) for k in range(i) if self.sk[k] == REFUSED and SINCE.search(self.sentence.worded(k, k + 1))]
        if n % 2:
            return periods[-1] if len(periods) > 1 else self.state.group
        return periods[0] if len(periods) > 1 else periods[-1] if periods else "前回"

    def _choose(self, said: Predicate | None, summed: bool) -> tuple[list[str], bool, str, str]:
        """Items, whether they are open to a later answer, the metric, the group."""
        state = self.state
        if said is not None:
            if state.maybe_group:
                self._set_group(state.maybe_group)
                return [said.item], False, "", state.group
            if state.items and state.fresh and not summed:
                if said.spent and state.topic:
                    return [f"{state.topic}を{said.item}"], False, "", state.group
                if state.about or said.quoted or state.touching:
                    return [said.item] * len(state.items), False, "｜".join(state.items[:1]), state.group
                return list(state.items), False, "", state.group
            if said.spent and state.topic:
                return [f"{state.topic}を{said.item}"], False, "", state.group
            return [said.item], False, "", state.group
        if summed and not state.fresh:
            return [], False, "", state.group
        if state.listed and not state.fresh:
            return list(state.listed), True, "", state.group
        if state.items:
            return list(state.items), True, "", state.group
        if state.topic:
            return [state.topic], True, "", state.group
        return [""], True, "", state.group

    def _fill(self, item: str, quoted: bool) -> None:
        """An answer stated once for several numbers of the sentence: those before it get it too."""
        for draft in self.drafts:
            if draft.open and draft.unit == "percent":
                if not quoted and draft.item:
                    continue
                if draft.maybe_group:
                    draft.group, draft.item, draft.open = draft.maybe_group, item, False
                elif draft.metric:
                    draft.question, draft.open = f"{draft.question}（{item}）" if draft.question else item, False
                    self.shared_answer = True
                elif not draft.item:
                    draft.item, draft.open = item, False

    def _add(self, start: int, end: int, value: float, qualifier: Qualifier, unit: Unit, group: str, item: str, metric: str, opened: bool) -> None:
        state = self.state
        question = state.question or self.context.asked
        if state.period:
            self.periods.append(state.period)
        if state.period and group != "前回比" and " vs. " not in group:
            group = f"{group} × {state.period}" if group else state.period
        if metric:
            question = f"{question}｜{metric}" if question else metric
        self.drafts.append(Draft(
            start, end, value, qualifier, unit, group, item, question,
            metric if metric else (state.items[0] if state.about and state.items else ""),
            snippet=self._clause_span(start, end), open=opened, maybe_group=state.maybe_group,
        ))  # fmt: skip

    def _clause_span(self, start: int, end: int) -> tuple[int, int]:
        """The text around a number up to the next comma on either side, 40 characters at most."""
        text = self.sentence.text
        left, right = start, end
        while left > self.sentence.start and start - left < 40 and text[left - 1] not in "、。\n":
            left -= 1
        while right < self.sentence.end and right - end < 30 and text[right] not in "、。\n":
            right += 1
        return left, right

    # differences and multiples

    def _difference(self, i: int, stop: int, left: str) -> None:
        state, sign = self.state, self.sentence.signs[i]
        q = sign.quantity
        assert q is not None
        own = state.group
        of_last = re.fullmatch(r"の(?:約|およそ|ほぼ)?", left)
        if (state.of_group or of_last) and len(state.groups) > 1:
            own, state.than = state.groups[-2], own
        if state.of_group and len(state.groups) == 1 and self.last_maybe:
            own, other, state.items = self.last_maybe, state.groups[0], [state.question] if state.question else state.items
        elif self.everyone and state.groups and not state.than:
            own, other = state.groups[-1], "全体"
        elif state.than and state.than != own:
            other = state.than
        elif state.since or SINCE.search(self.sk[max(0, i - 25) : i]):
            dated = list(dict.fromkeys(p for p in self.periods if re.search(r"\d", p)))
            own, other = f"{dated[0]}→{dated[1]}" if len(dated) == 2 else "前回比", ""
        else:
            known = [g for g in state.groups if g != own]
            other = known[-1] if known else (self.context.other if self.context.other != own else "")
        group = f"{own} vs. {other}" if other else own
        pair = re.search(r"(?P<a>[^、]+?)の(?P<what>[^、の]{2,20})と(?P<b>[^、]+?)の(?P=what)(?:に|で|の間に|には)$", self.sentence.worded(0, i))
        if pair and is_group(pair["a"]) and is_group(pair["b"]):
            group, state.items = f"{group_worded(pair['a'])} vs. {group_worded(pair['b'])}", [pair["what"]]
        items = state.items or ([state.topic] if state.topic else [self.context.item])
        if not state.items and self.drafts:
            items = [self.drafts[-1].item]
        if not (other or own == "前回比" or "→" in own or pair) or not items or not items[0]:
            return
        for item in items:
            for value, qualifier in q.values:
                self._add(sign.start, sign.end, value, qualifier, q.unit, group, item, "", False)
        state.listed, state.period, state.fresh = [], "", False

    # brackets with values

    def _values(self, at: int, i: int, stop: int) -> int:
        last = self._left(at, i)
        inner = self.sentence.signs[i].inner
        assert inner is not None
        labelled = labelled_values(self.sentence.text, *inner)
        before = len(self.drafts)
        self._bracketed(last, i, labelled)
        who = re.match(r"と(?:回答した|答えた|した|する)([^、。がはもをに]{1,20})[がはも]", self.sk[i + 1 : stop])
        if who and len(self.drafts) == before + 1:
            group = self.sentence.worded(i + 1 + who.start(1), i + 1 + who.end(1))
            if is_group(group) and not is_bare(group):
                self.drafts[-1].group = group_worded(group)
        return i + 1

    def _bracketed(self, p: Phrase | None, i: int, values: list[Labelled]) -> None:
        state = self.state
        if i and self.sk[i - 1] == NUMBER and self.drafts and self.drafts[-1].end == self.sentence.signs[i - 1].end:
            self._parts(values)
            return
        if p is not None and self.sk[p.start : p.end] == REFUSED and re.search(r"[人名社件]$", self.sentence.worded(p.start, p.end)):
            pass
        elif p is not None and p.start < p.end:
            self._before_bracket(p, values)
        elif self.sk[i - 1 : i] == QUOTE:
            self._set_items([self.sentence.inner(i - 1)], about=False)
        for value in values:
            self._labelled(value)
        state.listed, state.period = [], ""
        state.fresh = False

    def _before_bracket(self, p: Phrase, values: list[Labelled]) -> None:
        text = self.sentence.worded(p.start, p.end)
        givers = self._givers(p)
        if givers:
            self._set_items([givers], about=False)
        elif SINCE.search(text) and re.fullmatch(rf"{REFUSED}(?:度|調査|時点)?", self.sk[p.start : p.end]):
            self.state.period = text
        elif is_bare(text) and (self.state.items or self.drafts):
            self._set_group("")
        elif is_group(text) and (not is_relative(text) or self.state.items and self.state.fresh or self.drafts and self.state.said):
            self._set_group(group_worded(text))
        elif self.state.fresh and self.state.items and re.search(r"(?:ている|った|した|いる|ある|高い|低い|多い)$", text):
            pass
        else:
            self.state.shared = any(v.shared for v in values) or self.state.shared
            owner = self._owner(p) if QUOTE not in self.sk[p.start : p.end] else None
            owner = owner if owner and (self._known(owner[0]) and not self.drafts or re.search(_MEASURES, owner[1])) else None
            if owner:
                self._set_group(owner[0])
            listed = self.state.listed
            self.state.listed = listed if self.state.shared else []
            self._set_items([owner[1]] if owner else self._items(p.start, p.end), about=False)

    def _labelled(self, value: Labelled) -> None:
        state = self.state
        group, items = state.group, list(state.items) or [self.context.item]
        if value.label and is_group(value.label):
            group = group_worded(value.label)
            state.groups.append(group)
        elif value.label:
            items = [value.label]
        if value.unit in ("point", "ratio"):
            group = f"{group} vs. {state.than}" if state.than and not value.since else "前回比"
        elif value.since:
            group = f"{group} × {value.since}" if group else value.since
        for item in items:
            for v, qualifier in value.values:
                self._add(value.start, value.end, v, qualifier, value.unit, group, item, "", False)

    def _parts(self, values: list[Labelled]) -> None:
        """約9割（40.8%+50.5%）: the parts of the number before, named when the item names alternatives."""
        if not self.drafts:
            return
        whole = self.drafts[-1]
        names = re.search(r"[（(](?P<list>[^（）()]+)[)）]", whole.item)
        parts = re.split(r"[・、/／]", names["list"]) if names else []
        if len(values) == 1 and not values[0].label:
            value = values[0]
            if value.unit == "percent" and whole.qualifier != "exact" and abs(value.values[0][0] - whole.value) < 6:
                whole.value, whole.qualifier, whole.start, whole.end = value.values[0][0], value.values[0][1], value.start, value.end
                return
        for n, value in enumerate(values):
            item = value.label or whole.item
            if names and len(parts) == len(values):
                item = whole.item[: names.start()] + names[0][0] + parts[n] + names[0][-1] + whole.item[names.end() :]
            earlier = " × ".join(t for t in (whole.group, value.since) if t)
            group = "前回比" if value.unit == "point" else earlier if value.since else whole.group
            for v, qualifier in value.values:
                self._add(value.start, value.end, v, qualifier, value.unit, group, item, "", False)

    # after the walk

    def _settle(self) -> None:
        carried = self.context.item
        for d in self.drafts:
            if not d.item and d.open and carried and d.carries:
                d.item = carried
            if not d.item and d.group and d.open and d.unit == "percent" and re.search(r"(?:派|層|組)$", d.group):
                d.item, d.group = d.group, ""  # 肯定派は58％: the group is the answer
        self.drafts = [d for d in self.drafts if d.item and not re.match(_NOT_ASKED, d.item)]
        context, state = self.context, self.state
        if not self.drafts:
            state.groups = [self.opening] if self.opening else []
            state.said = bool(state.groups)
        if state.said and state.groups:
            first = next((g for g in state.groups), "")
            context.group = state.groups[-1] if len(set(state.groups)) == 1 else first
            context.other = next((g for g in state.groups if g != context.group), context.other)
        context.seen.update(d.group for d in self.drafts if d.group)
        plain = [d for d in self.drafts if d.unit == "percent"]
        if plain:
            context.item = plain[-1].item

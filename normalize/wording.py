"""A label taken apart: decoration off, head and notes in brackets, sides of a composed label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.fold import fold, plain

GROUP = re.compile(
    r"(?:規模)?の(?:企業|会社|方|人|回答者|層)$|規模(?:企業)?$"
)  # what makes a band a group of respondents
SHORTEST = 2  # characters a question must keep when it is shortened
_GROUP_NOUN = re.compile(r"(?:の|な)?(?:企業|会社|法人|組織|事業者|回答者|社員|層|群|人|方)(?:\(計\)|全体)?$")
_NOTE = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]?")
_EDITION = re.compile(r"^[\[【(]?\s*(?:19|20)\d\d\s*年?(?:度|版)?\s*[\]】)]\s*")
_NUMBERING = re.compile(
    r"^(?:[Qq問図表]+\s*\.?\s*\d+(?:[-.]\d+)*[.:)、\s_]\s*|#\d[\d-]*_?|[(]?\d{1,2}[.)]\s+|[①-⑳]\s*|[・●■◆▶▼※*]\s*)"
)
_ANSWERS = re.compile(
    r"[(\[【]?(?:[・,、/]?\s*(?:複数回答|単一回答|単数回答|複数選択|自由回答|択一|MA|SA|[Nn]\s*=\s*[\d,]+)(?:可|あり|形式|で)?)+[^()\[\]]*[)\]】]"
)
_BASE = re.compile(r"[(\[]?\s*[nN]\s*=\s*[\d,]+\s*(?:人|名|社)?\s*[)\]]?")
_TAIL = re.compile(
    r"(?:と回答した(?:企業|人|方)|と答えた(?:企業|人|方)|に所属する(?:回答者|人|方)|と回答|との回答|の割合|の比率)$"
)
_NARROWS = re.compile(
    r"以外|除く|含まない|のみ|だけ|単体|単一|複合|複数の|SaaS|非|未|AI|新規|既存", re.IGNORECASE
)
_SEPARATORS = re.compile(r"\s*[/・、,+&|]\s*")
_VERSUS = re.compile(r"\s+vs\.?\s+", re.IGNORECASE)
_CROSS = re.compile(r"\s*[×✕✖]\s*")


_BREAKDOWN = re.compile(
    r"\s*:\s*[^:]*(?:別|ごと)$|\s*[/×:|\-–~【(\[]\s*[^/×:|【(\[]*(?:別|ごと|との関係|比較)\s*[)】\]]?$"
)
_POLITE = re.compile(
    r"(?:について|に関して|を)?、?(?:お聞かせ|お答え|教えて|お教え|お選び|選んで)(?:下さい|ください).*$"
    r"|(?:として)?(?:は|とは)(?:何|どれ|どのくらい|どれくらい|いくつ|どのようなもの)ですか$"
    r"|(?:について|に関して|の状況|の実態|の結果|の有無)$"
)
_POLITE_END = re.compile(r"[?。.]+$|\s*\*$")
_TREND = re.compile(r"(.+?)(?:の|が)(向上|拡大|低下)(?:した|する|している)?")
_ADDRESSED = re.compile(
    r"^(?:現在、?|今後、?)?(?:あなたの会社の|あなた[のが]|(?:貴社|御社|自社)(?:の|では、?)|お勤め先の|勤務先の"
    r"|お勤めの|会社の|カスタマーサクセス(?:に関する|における|の)|回答者の)"
)


_PROBLEM = re.compile(
    r"(?:が|に|を|は)?(?:十分に|うまく)?(?:できていない|出来ていない|不十分|不足している|足りていない|足りない|難しい|課題|困難"
    r"|進まない|進んでいない|整っていない|整備されていない|課題がある|いかない|わからない|得られない|されていない|取れていない)$"
    r"|の(?:難しさ|不足|不備|欠如)$|不足$"
)

_DONE = re.compile(r"(?:して|しており|んで)いる$|済み?$|中$")
_UNDONE = re.compile(r"(.+[をにが])?([^をにが]+?)(?:して|んで)いない")
_WITH = re.compile(r"(?:がある|あり)$")
_WITHOUT = re.compile(r"(?:がない|なし)$")
_GROUP_PARTICLE = re.compile(r"[をに](?=[^ぁ-ん])")


@dataclass(frozen=True, slots=True)
class Wording:
    """One label: ``text`` without decoration, ``head`` without its bracketed ``notes``."""

    text: str
    head: str
    notes: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        """Whether a note narrows the head down to something else: 情報通信業（SaaS以外）,
        ヘルススコア（単体）."""
        return any(map(_NARROWS.search, self.notes))


def take_apart(label: str) -> Wording:
    """Drop what is no part of the name (edition, numbering, 複数回答, n=) and split off notes in brackets."""
    text = _ANSWERS.sub("", plain(label))
    text = _BASE.sub("", _NUMBERING.sub("", _EDITION.sub("", text)))
    text = _TAIL.sub("", text.strip()).strip(" :;。") or plain(label)
    notes = tuple(note.strip("()[]〔〕【】 ") for note in _NOTE.findall(text))
    head = _NOTE.sub("", text).strip() or text
    return Wording(text, head, tuple(note for note in notes if note))


def parts(text: str) -> list[str]:
    """The members of an enumeration (アップセル率／数／額, NPS・CSAT); one part when there is no
    separator."""
    return [part for part in _SEPARATORS.split(text) if part]


def parts_key(text: str) -> str:
    """A key that ignores the order of an enumeration; "" when the text is none."""
    folded = sorted(filter(None, map(fold, parts(text))))
    return "/".join(folded) if len(folded) > 1 else ""


def group_key(text: str) -> str:
    """The key of what a group of respondents has in common, whatever the group is called and however the
    doing is worded: ツールを導入している企業, ツール導入済み企業, ツール導入層; CS部門がある会社,
    CS部門あり."""
    common = _GROUP_NOUN.sub("", plain(text))
    if undone := _UNDONE.fullmatch(common):  # ツールを導入していない = ツール未導入
        common = f"{undone[1] or ''}未{undone[2]}"
    common = _WITHOUT.sub("無", _WITH.sub("有", _DONE.sub("", common)))
    common = _GROUP_PARTICLE.sub("", common)
    return fold(common) if len(common) >= SHORTEST else ""


def metric_and_answer(text: str) -> tuple[str, str] | None:
    """``NPS:向上した`` -> (NPS, 向上した), else None."""
    metric, colon, answer = text.partition(":")
    return (metric.strip(), answer.strip()) if colon and metric.strip() and answer.strip() else None


def sides(text: str) -> tuple[str, list[str]] | None:
    """``A vs. B`` -> ("vs", [A, B]); ``A × B`` -> ("x", [A, B]); ``AとBの比`` -> ("vs", ...); else None."""
    for name, pattern in (("vs", _VERSUS), ("x", _CROSS)):
        pieces = [piece.strip() for piece in pattern.split(text) if piece.strip()]
        if len(pieces) > 1:
            return name, pieces
    if between := re.fullmatch(r"(.+?)と(.+)の[差比]", text):
        return "vs", [between[1], between[2]]
    return None


def asked(text: str) -> list[str]:
    """Shorter ways to say a question: without its breakdown (効果実感別), its polite end, whom it
    addresses."""
    forms = [text]
    for pattern in (_BREAKDOWN, _POLITE_END, _POLITE, _ADDRESSED):
        shorter = pattern.sub("", forms[-1]).strip()
        if len(shorter) >= SHORTEST and shorter != forms[-1]:
            forms.append(shorter)
    return forms[1:]


def metric_and_trend(spelled: str) -> tuple[str, str] | None:
    """A metric that goes up or down, in one vocabulary: (MRR, up) from MRRの向上; None for anything else."""
    match = _TREND.fullmatch(spelled)
    return (match[1], "down" if match[2] == "低下" else "up") if match else None


def troubled(text: str) -> str:
    """What a problem is about: ナレッジ共有 of ナレッジ共有ができていない; "" when the text names no
    trouble."""
    subject = _PROBLEM.sub("", text)
    return subject if subject != text and len(subject) >= SHORTEST else ""

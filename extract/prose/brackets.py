"""What a bracket with values says: （45.2%）, （A層：33.2％ vs. B層：16.2％）, （共に 36%）."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.finding import Qualifier, Unit
from extract.numbers import find_quantities

_MONEY = ("currency_jpy", "currency_usd")  # in a bracket only beside an amount of the sentence
_SHARED = re.compile(r"共に|ともに|いずれも|それぞれ|各|どちらも|同率")
_MOVED = re.compile(r"\s*(?:増|減|上昇|低下|アップ|ダウン|UP|DOWN)")
_SINCE = re.compile(
    r"前回|前年|昨年|前々回|前期|前月|前四半期|(?:19|20)\d\d年(?:度)?|(?<!\d)\d\d年度?(?=[：:は\s])"
)
_DITTO = re.compile(r"\s*同(?=\s*$)")  # （昨年1.9％）…（同1.7％）
_SAME_LABEL = re.compile(r"[\s、,，/／;；]*同[\s：:]*")
_LINKS = re.compile(
    r"^(?:\s|、|,|，|／|/|;|；|vs\.?|VS\.?|対|→|⇒|から|で|は|が|や|と|・|\+|＋|n\s?=\s?[\d,]+(?:人"
    r"|名|社)?|[：:=＝])+|(?:\s|：|:|は|が|＝|=|、|で|約)+$"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One value of a bracket with the label before it; ``since`` when it is one of an earlier survey."""

    label: str
    values: tuple[tuple[float, Qualifier], ...]
    unit: Unit
    start: int
    end: int
    shared: bool = False
    since: str = ""
    moved: bool = False  # 対前年比4.3％減: a change, no earlier value
    ditto: bool = False  # 同39.9％: labelled as the value of the bracket before


def labelled_values(text: str, start: int, end: int) -> list[Labelled]:
    """The values of the bracket whose content is ``text[start:end]``, in order."""
    content = text[start:end]
    quantities = [
        q
        for q in find_quantities(content)
        if not q.refusal and q.unit in ("percent", "point", "ratio", "score", *_MONEY)
    ]
    out: list[Labelled] = []
    at = 0
    for q in quantities:
        before = content[at : q.start]
        shared = bool(_SHARED.search(before))
        since = _SINCE.search(before) or (_DITTO.match(before) if out == [] else None)
        out.append(
            Labelled(
                _label(before),
                q.values,
                q.unit,
                start + q.start,
                start + q.end,
                shared,
                since[0].replace("同", "前回") if since else "",
                bool(_MOVED.match(content, q.end)),
                bool(_SAME_LABEL.fullmatch(before)),
            )
        )
        at = q.end
    return out


def as_before(values: list[Labelled], last: list[Labelled]) -> list[Labelled]:
    """（A層：58％、B層：44％）…（同40％、同51％）: the labels of the bracket before, in their order."""
    if len(values) != len(last) or not values or not values[0].ditto:
        return values
    if not all(v.ditto or not v.label for v in values):
        return values
    return [replace(v, label=a.label, since=a.since) for v, a in zip(values, last, strict=True)]


def _label(before: str) -> str:
    text = _SHARED.sub("", before)
    text = re.sub(r"[nN]\s?[=＝]\s?[\d,]+(?:人|名|社)?", "", text)
    previous = ""
    while text != previous:
        previous, text = text, _LINKS.sub("", text).strip()
    text = re.sub(r"^[「『](.+)[」』]$", r"\1", text)
    text = re.sub(r"(?<=[体人社業者])の$", "", text)
    if re.fullmatch(
        r"対?(?:前回|前年|昨年|前々回|前期|前月|前四半期)?(?:同[月期])?(?:調査|度)?(?:比|差|より|から|と比べて?)?(?:は|：|:)?"
        r"|(?:(?:19|20)\d\d|\d\d)年(?:度)?(?:調査|時点|実績)?|同|計|合計|全体"
        r"|うち|平均|構成比|複数回答",
        text,
    ):
        return ""
    return text

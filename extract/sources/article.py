"""A web page's markup -> its article: paragraphs and tables in order, pictures with the heading above them.

Boilerplate (navigation, header, footer, related links) is left out by element, role and link density;
the main text is the smallest element that holds nearly all running text (as readability tools do).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree, html

from extract.scene import Grid, GridCell, Paragraph, ParagraphKind

# Elements that are never part of what an article says.
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "input",
    "textarea", "iframe", "object", "video", "audio", "canvas", "map", "dialog", "menu",
))  # fmt: skip
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog"))
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
    "figure", "figcaption", "table", "h1", "h2", "h3", "h4", "h5", "h6", "header", "address", "hr",
    "center", "body", "details", "summary", "fieldset",
))  # fmt: skip
_KINDS: dict[str, ParagraphKind] = {"li": "item", "dd": "item", "figcaption": "note", "small": "note"}
# Share of a page's running text that its main element must hold.
MAIN_SHARE = 0.8
# Characters of text that make a block running text rather than a label.
RUNNING = 25
# Share of a block's text inside links from which it is a list of links.
LINKED = 0.6
# Characters of the longest line above a table that is its label and no running text.
LABEL_LENGTH = 80
UNIT_LENGTH = 30
_UNIT_LINE = re.compile(r"^\W*(単位|Unit)\W|^[（(]?\s*[％%]\s*[)）]?$", re.IGNORECASE)
# The most cells a table may span by its own word, and the most it may have: more is a layout or an attack.
WIDEST_SPAN, MOST_CELLS = 60, 20_000


@dataclass(frozen=True, slots=True)
class Meta:
    """What the page says about itself."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: where its pixels are (``source``) or its own drawing (``svg``), and what stands with it."""

    source: str
    svg: bytes | None
    titles: tuple[str, ...]


@dataclass(slots=True)
class Article:
    """The article, in document order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    grid_list: list[Grid] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    meta: Meta = Meta()

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(self.grid_list)


def html_to_article(text: str) -> Article:
    """The article of a page. Raises ValueError, lxml's ParserError when there is no element at all."""
    root = html.document_fromstring(_without_declaration(text))
    article = Article(meta=_meta(root))
    headings: list[Any] = list(root.iter("h1"))
    heading = next((text for h in headings if (text := clean("".join(h.itertext())))), "")
    if heading and article.meta.title.startswith(heading):  # the site's own name follows
        article.meta = replace(article.meta, title=heading)
    body = root.find("body")
    main = _main_element(body if body is not None else root)
    _Walk(article, _kept_titles(root, main)).into(main)
    return article


def _without_declaration(text: str) -> str:
    """lxml refuses text that still declares a byte encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))


def _meta(root: Any) -> Meta:
    def of(*names: str) -> str:
        for name in names:
            for node in root.iter("meta"):
                if name in (node.get("property"), node.get("name"), node.get("itemprop")):
                    content = clean(node.get("content") or "")
                    if content:
                        return content
        return ""

    title = clean("".join(root.findtext(".//title") or ""))
    link = next((n.get("href") or "" for n in root.iter("link") if n.get("rel") == "canonical"), "")
    linked = _linked_data(root)
    return Meta(
        title=of("og:title") or title,
        url=link or of("og:url"),
        publisher=linked.get("publisher", "") or of("author", "og:site_name", "publisher"),
        published=linked.get("published", "") or of("article:published_time", "date", "datePublished"),
    )


def _linked_data(root: Any) -> dict[str, str]:
    """Publisher and date of a schema.org block, as press sites embed it."""
    found: dict[str, str] = {}
    for node in root.iter("script"):
        if node.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(node.text or "")
        except ValueError:
            continue
        for item in data if isinstance(data, list) else [data]:
            if not isinstance(item, dict):
                continue
            who = item.get("author") or item.get("publisher")
            who = who[0] if isinstance(who, list) and who else who
            if isinstance(who, dict) and isinstance(who.get("name"), str):
                found.setdefault("publisher", clean(who["name"]))
            if isinstance(item.get("datePublished"), str):
                found.setdefault("published", item["datePublished"])
    return found


def _main_element(body: Any) -> Any:
    """The deepest element that still holds most of the page's running text."""
    total = _running_text(body)
    element = body
    while total:
        inner = max((child for child in element if _is_kept(child)), key=_running_text, default=None)
        if inner is None or inner.tag in ("p", "table", "ul", "ol", "dl"):
            break
        if _running_text(inner) < MAIN_SHARE * total:
            break
        element = inner
    return element


def _running_text(element: Any) -> int:
    """Characters of sentences in an element, links and short labels aside."""
    total = 0
    for node in element.iter("p", "li", "td", "div", "h1", "h2", "h3", "span", "section", "article", "dd"):
        if any(a.tag in _SKIPPED for a in node.iterancestors() if isinstance(a.tag, str)):
            continue
        own = len(clean(node.text or "")) + sum(
            len(clean(c.tail or "")) + (len(clean(c.text or "")) if c.tag in ("b", "strong", "em") else 0)
            for c in node
        )
        if own >= RUNNING or (node.tag == "p" and own >= 8):
            total += own
    return total


def _is_kept(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    if (element.get("role") or "") in _ROLES or element.get("aria-hidden") == "true":
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style:
        return False
    if element.tag == "header" and not any(a.tag in ("article", "main") for a in element.iterancestors()):
        return element.find(".//h1") is not None
    return True


def _kept_titles(root: Any, main: Any) -> str:
    """The page's own heading when it stands outside the main element."""
    if main.find(".//h1") is not None or main.tag == "h1":
        return ""
    first = root.find(".//h1")
    return clean("".join(first.itertext())) if first is not None else ""


def clean(text: str) -> str:
    """Blanks, line ends and invisible characters of markup as one blank, none at the ends."""
    return re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", text.replace("\u00ad", "")).strip()


class _Walk:
    """The walk through the article, remembering the headings above."""

    def __init__(self, article: Article, title: str) -> None:
        self._article = article
        self._headings: list[tuple[int, str]] = []
        self._captioned = 0  # paragraphs up to the last table: they are over no other
        if title:
            self._heading(title, 1)

    def into(self, element: Any) -> None:
        """Everything the element says, in order."""
        text = ""
        if element.text:
            text += element.text
        for child in element:
            if isinstance(child.tag, str) and _is_kept(child):
                if child.tag in _BLOCKS or child.tag in ("img", "svg", "picture", "br", "tr"):
                    if child.tag == "br":
                        text += "\n"
                    elif child.tag in ("img", "svg"):
                        self._figure(child)
                    else:
                        self._say(text, element)
                        text = ""
                        self._block(child)
                elif _has_block(child):
                    self._say(text, element)
                    text = ""
                    self.into(child)
                else:
                    text += _inline_text(child)
                    for picture in child.iter("img", "svg"):
                        self._figure(picture)
            if child.tail:
                text += child.tail
        self._say(text, element)

    def _block(self, element: Any) -> None:
        if re.fullmatch("h[1-6]", element.tag):
            self._heading(clean("".join(element.itertext())), int(element.tag[1]))
            for picture in element.iter("img", "svg"):
                self._figure(picture)
        elif element.tag == "table":
            self._table(element)
        elif not _is_link_list(element):
            self.into(element)

    def _heading(self, text: str, level: int) -> None:
        if not text:
            return
        self._article.paragraphs.append(Paragraph(text, "heading", level=level))
        self._headings = [h for h in self._headings if h[0] < level] + [(level, text)]

    def _say(self, text: str, element: Any) -> None:
        for part in re.split(r"\n\s*\n", _line_breaks(text)):
            said = clean(part)
            if said and re.search(r"\w", said):
                self._article.paragraphs.append(Paragraph(said, _kind(element)))

    def _figure(self, element: Any) -> None:
        caption = ""
        for ancestor in element.iterancestors("figure"):
            found = ancestor.find(".//figcaption")
            caption = clean("".join(found.itertext())) if found is not None else ""
            break
        alt = clean(element.get("alt") or element.get("aria-label") or element.get("title") or "")
        heading = self._headings[-1][1] if self._headings else ""
        titles = tuple(dict.fromkeys(t for t in (caption, alt, heading) if t))
        if element.tag == "svg":
            self._article.figures.append(Figure("", _svg_bytes(element), titles))
            return
        source = element.get("src") or ""
        placeholder = len(source) < 200 and source.startswith("data:")  # shown until it is scrolled to
        if not source or placeholder:
            source = element.get("data-src") or element.get("data-original") or source
        if source and all(f.source != source for f in self._article.figures):
            self._article.figures.append(Figure(source, None, titles))

    def _table(self, element: Any) -> None:
        if _is_layout(element):
            self.into(element)
            return
        cells = table_cells(element)
        if cells:
            self._article.grid_list.append(Grid(tuple(cells), caption=self._caption(element)))
        self._captioned = len(self._article.paragraphs)
        for picture in element.iter("img", "svg"):
            self._figure(picture)

    def _caption(self, table: Any) -> str:
        """The table's own caption; else the label right above it; else the heading. A line that only tells
        the unit follows in brackets."""
        own = table.find(".//caption")
        for figure in table.iterancestors("figure"):
            own = figure.find(".//figcaption") if own is None else own
        above = [p.text for p in self._article.paragraphs[self._captioned :]]
        unit = above.pop() if above and _UNIT_LINE.match(above[-1]) and len(above[-1]) <= UNIT_LENGTH else ""
        title = clean("".join(own.itertext())) if own is not None else ""
        label = above[-1] if above else ""
        if not title and len(label) <= LABEL_LENGTH and not label.endswith(("。", ".", "：")):
            title = label
        if not title and self._headings:
            title = self._headings[-1][1]
        return f"{title}（{unit.strip('（()）')}）" if unit else title


def _line_breaks(text: str) -> str:
    """A <br> ends a line only: Japanese continues without a blank, two in a row end the paragraph."""
    return re.sub(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t]*(?=[^\x00-\x7f\n])", "", text)


def _inline_text(element: Any) -> str:
    parts = []
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in _SKIPPED:
            parts.append("\n" if node.tag == "br" else node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def _has_block(element: Any) -> bool:
    return any(isinstance(n.tag, str) and n.tag in _BLOCKS for n in element.iter())


def _kind(element: Any) -> ParagraphKind:
    if element.tag in _KINDS:
        return _KINDS[element.tag]
    for ancestor in element.iterancestors():
        if ancestor.tag in ("li", "figcaption"):
            return _KINDS[ancestor.tag]
    return "body"


def _is_link_list(element: Any) -> bool:
    """Whether a block is mostly links: related articles, tags, breadcrumbs."""
    if element.tag not in ("ul", "ol", "div", "section"):
        return False
    links = list(element.iter("a"))
    if len(links) < 4:
        return False
    total = len(clean("".join(element.itertext())))
    linked = sum(len(clean("".join(a.itertext()))) for a in links)
    return total > 0 and linked >= LINKED * total and element.find(".//p") is None


def _is_layout(table: Any) -> bool:
    """Whether a table only places things: one cell, nested tables, or no row with two texts."""
    if table.find(".//table") is not None:
        return True
    rows = list(table.iter("tr"))
    widest = max((len(list(r.iterchildren("td", "th"))) for r in rows), default=0)
    return widest < 2 or (len(rows) < 2 and table.find(".//th") is None)


def table_cells(table: Any) -> list[GridCell]:
    """Cells with their place in the grid, spans expanded as browsers do."""
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    rows: Sequence[Any] = list(table.iter("tr"))
    for row_number, row in enumerate(rows):
        column = 0
        in_head = any(a.tag == "thead" for a in row.iterancestors())
        for cell in row.iterchildren("td", "th"):
            while (row_number, column) in taken:
                column += 1
            high, wide = _span(cell.get("rowspan"), len(rows) - row_number), _span(cell.get("colspan"))
            taken.update((row_number + r, column + c) for r in range(high) for c in range(wide))
            text = clean(_cell_text(cell))
            header = cell.tag == "th" or in_head
            cells.append(GridCell(row_number, column, high, wide, text=text, header=header))
            column += wide
            if len(cells) >= MOST_CELLS:
                return cells
    return cells


def _cell_text(cell: Any) -> str:
    return _line_breaks("".join(_pieces(cell)))


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag == "br" or child.tag in _BLOCKS:
                yield "\n"
            yield from _pieces(child)
        yield child.tail or ""


def _span(value: str | None, most: int = WIDEST_SPAN) -> int:
    digits = re.match(r"\d{1,4}", (value or "").strip())
    wanted = int(digits.group()) if digits else 1
    return max(1, min(wanted or most, WIDEST_SPAN, max(most, 1)))


def _svg_bytes(element: Any) -> bytes:
    """The drawing as a file of its own: named as SVG, sized by its viewBox when it has no size."""
    drawing = html.fromstring(etree.tostring(element, with_tail=False))
    text = etree.tostring(drawing, encoding="unicode", with_tail=False)
    text = re.sub(r"\bviewbox=", "viewBox=", text)
    if "xmlns=" not in text[:2000]:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return text.encode()

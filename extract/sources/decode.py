"""Bytes of a web page or a text dump -> text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Web pages that say Shift_JIS mean Microsoft's superset of it; the same for the others.
_SUPERSETS = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-jp": "euc_jis_2004", "x-euc-jp": "euc_jis_2004", "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
_JAPANESE = ("cp932", "euc_jis_2004")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]+)|<\?xml[^>]*encoding=[\"']([^\"']+)", re.I)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in; never fails, undecodable bytes become U+FFFD."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(_explicit(name, bom), errors="replace"), name
    if b"\x1b$" in data[:4096] or b"\x1b(" in data[:4096]:
        return data.decode("iso2022_jp_ext", errors="replace"), "iso2022_jp"
    try:  # a dump cut off within a character at its end is UTF-8 all the same
        return codecs.getincrementaldecoder("utf-8")().decode(data), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    candidates = [declared] if declared else []
    candidates += [name for name in _JAPANESE if name not in candidates]
    found = [(name, data.decode(name, errors="replace")) for name in candidates]
    utf8 = data.decode("utf-8", errors="replace")
    found.append(("utf-8", utf8))
    name, text = max(found, key=lambda f: _likeness(f[1]))
    return text, name


def _explicit(name: str, bom: bytes) -> str:
    if name == "utf-16":
        return "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
    if name == "utf-32":
        return "utf-32-le" if bom == codecs.BOM_UTF32_LE else "utf-32-be"
    return name


def _declared(data: bytes) -> str:
    """The encoding a web page or XML file names in its head, "" when none or unknown."""
    match = _DECLARED.search(data[:8192])
    if match is None:
        return ""
    name = (match.group(1) or match.group(2)).decode("ascii", errors="ignore").strip().lower()
    name = _SUPERSETS.get(name, name)
    try:
        return codecs.lookup(name).name and name
    except LookupError:
        return ""


def _likeness(text: str) -> float:
    """How much a decoding looks like Japanese: hiragana are a third of it and rare in every wrong reading."""
    if not text:
        return 0.0
    sample = text[:20000]
    wide = [c for c in sample if c > "\x7f"] or [" "]
    hiragana = sum("\u3041" <= c <= "\u3096" for c in wide) / len(wide)
    broken = sum(map(_is_odd, wide)) / len(wide)
    return hiragana - 3 * broken


def _is_odd(char: str) -> bool:
    """Undecodable, half-width katakana, or a C1 control: what the wrong encoding makes of Japanese."""
    return char == "\ufffd" or "\uff61" <= char <= "\uff9f" or "\x80" <= char <= "\x9f"

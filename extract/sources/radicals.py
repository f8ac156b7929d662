"""Radicals that stand for characters (⾒ for 見, ⻑ for 長), put right without loss.

Fonts draw a radical and its character alike, and the ToUnicode maps that browsers write name the radical.
Unicode's own folding (NFKC) knows the Kangxi radicals only, and gives old forms for some of them.
"""

from __future__ import annotations

import re
import unicodedata

# Kangxi radicals whose NFKC form is not the one Japanese writes.
_OLD_FORMS = {"戶": "戸", "靑": "青", "黃": "黄", "黑": "黒", "麥": "麦", "齒": "歯", "龜": "亀"}
# CJK Radicals Supplement: those that are whole characters of Japanese.
_SUPPLEMENT = dict(
    zip(
        "⺒⺟⺠⺩⺫⺬⺮⻁⻂⻄⻆⻌⻍⻎⻑⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻲",
        "巳母民王目示竹虎衤西角辶辶辶長青食飠骨鬼麦黄斉歯竜亀",
        strict=True,
    )
)
_FORMS = {
    **{chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)},
    **_SUPPLEMENT,
}
_TABLE = {ord(radical): _OLD_FORMS.get(form, form) for radical, form in _FORMS.items()}
_RADICAL = re.compile(f"[{''.join(_FORMS)}]")


def unradical(text: str) -> str:
    """The text with every radical as the character it stands for; as long as before."""
    return text.translate(_TABLE)


def count_radicals(text: str) -> int:
    """How many radicals stand in the text."""
    return 0 if text.isascii() else len(_RADICAL.findall(text))

"""Names of lines: what is split off before what."""

from __future__ import annotations

import pytest

from extract.tables.matrix import Entry
from extract.tables.names import entries_to_line


@pytest.mark.parametrize(
    ("printed", "name", "size"),
    [
        ("関東（n=96）", "関東", 96),
        ("近畿（ｎ＝72）", "近畿", 72),
        ("九州・沖縄(n= 51)", "九州・沖縄", 51),
        ("全国（n=1,204）", "全国", 1204),
        ("その他（n=8）※1", "その他", 8),
        ("その他 1)", "その他", None),
    ],
)
def test_a_sample_size_is_no_footnote(printed: str, name: str, size: int | None) -> None:
    line = entries_to_line([Entry(printed, None, (0, 0))])
    assert (line.name, line.base_n) == (name, size)

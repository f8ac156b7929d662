"""Trains the model by which text layers are judged: extract/sources/legible.npz.

    python benchmarks/legible_train.py ARCHIVE... [--lexicon JANOME.whl] [--report]

ARCHIVE: packages with Japanese translations under permissive licences, as their registries give them:
the wheels of Django (BSD), Sphinx (BSD), Superset (Apache-2.0), the npm packages typescript (Apache-2.0)
and @codingame/monaco-vscode-language-pack-ja (MIT). LEXICON: the wheel of janome (Apache-2.0, with the
IPA dictionary). English comes from the docstrings of Python itself; survey wording from
``legible_survey.txt``, written for this. Nothing of these texts is shipped, only statistics of their
neighbouring characters.

Garbled text is made from held-out good text the ways it happens in PDF files: permuted, shifted and
missing ToUnicode maps, glyph numbers as code points, bytes read in a wrong encoding, (cid:N), U+FFFD,
and Tesseract reading drawn Japanese lines as English.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import string
import sys
import sysconfig
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from extract.sources.likeness import (  # noqa: E402
    BINS,
    FEATURES,
    SCRIPTS,
    STEPS,
    Model,
    features,
    fold,
    pair_cells,
    pair_codes,
    triples,
)

OUT = ROOT / "extract" / "sources" / "legible.npz"
SEED = 20240601
LEAST = 0.6  # a pair must count this much to be kept
HELD_OUT = 5  # every fifth text is kept for the weights
RIDGE = 0.02

ROWS = 400  # rows of names added to the good text of each source

Examples = list[tuple[str, str]]  # kind and text of a block

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
_QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_ENTRY = re.compile(r"\(u'((?:\\u[0-9a-f]{4}|[^'\\]|\\.)*)',\d+,\d+, ?(-?\d+)\)")
_NAMED_JAPANESE = re.compile(r"(^|[/_.-])(ja|ja_JP|ja-JP)([/_.-]|$)|language-pack-ja")


def archive_texts(path: Path) -> list[str]:
    """Every quoted Japanese string of an archive's Japanese translations, once."""
    found: dict[str, None] = {}
    whole = "language-pack-ja" in path.name
    for name, data in _members(path):
        if not (whole or _NAMED_JAPANESE.search(name)) or not re.search(r"\.(po|json|js)$", name):
            continue
        for groups in _QUOTED.findall(data().decode("utf-8", "ignore")):
            text = _unescaped("".join(groups))
            if JAPANESE.search(text):
                found.update(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    return list(found)


def _members(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                yield name, lambda name=name: wheel.read(name)  # type: ignore[misc]
        return
    with tarfile.open(path) as ball:
        for member in ball:
            if member.isfile() and (file := ball.extractfile(member)):
                yield member.name, file.read


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(json.loads('"' + text.replace("\\'", "'") + '"'))
    except json.JSONDecodeError:
        return text.replace("\\n", "\n")


def lexicon(path: Path) -> list[tuple[str, float]]:
    """Words of the dictionary with a weight: common words have low costs."""
    words = []
    with zipfile.ZipFile(path) as wheel:
        for name in wheel.namelist():
            if re.search(r"entries_compact\d\.py$", name):
                for escaped, cost in _ENTRY.findall(wheel.read(name).decode()):
                    word = escaped.encode().decode("unicode_escape")
                    words.append((word, float(np.clip(np.exp((5000 - int(cost)) / 2000), 0.05, 3))))
    return words


def english_texts() -> list[str]:
    """Sentences of the docstrings of Python's own library."""
    texts = []
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                texts += [" ".join(p.split()) for p in (ast.get_docstring(node) or "").split("\n\n")]
    return [t for t in texts if len(t) > 20 and not re.search(r"[<>=_{}|\\]|\.\.\.", t)]


def pair_model(texts: list[str], words: list[tuple[str, float]]) -> tuple[NDArray, NDArray]:
    """Codes of the pairs that occur, rising, and their associations log p(ab) / (p(a) p(b))."""
    pairs, first, second = Counter[int](), Counter[int](), Counter[int]()
    weighted = [(fold(t), 1.0) for t in texts] + [(fold(w), weight) for w, weight in words]
    for text, weight in weighted:
        for code in pair_codes(text).tolist():
            pairs[code] += weight  # type: ignore[assignment]
            first[code >> 16] += weight  # type: ignore[assignment]
            second[code & 0xFFFF] += weight  # type: ignore[assignment]
    total = sum(pairs.values())
    kept = sorted(code for code, count in pairs.items() if count >= LEAST)
    score = [np.log(pairs[c] * total / (first[c >> 16] * second[c & 0xFFFF])) for c in kept]
    return np.array(kept, np.uint32), np.clip(np.array(score), -4, 7.5)


def latin_model(texts: list[str]) -> NDArray:
    """Log-likelihood of each letter triple against an even choice of letters, centred on English."""
    counts = np.full((27, 27, 27), 0.1)
    for text in texts:
        for word in re.findall(r"[A-Za-z]+", text):
            np.add.at(counts.reshape(-1), triples(word), 1)
    odds = np.log(counts / counts.sum(axis=2, keepdims=True) * 27)
    return np.clip(odds, -6, 3).reshape(-1)


# ---------------------------------------------------------------------------------------- garbling


def permuted(text: str, rng: random.Random, kind: str) -> str:
    """Characters of one script exchanged among each other, the same way all through."""
    scripts = {"kana": "[ぁ-んァ-ヶ]", "kanji": "[一-龥]", "all": "[ぁ-んァ-ヶ一-龥a-zA-Z0-9]"}
    pool = sorted(set(re.findall(scripts[kind], text)) | set(COMMON[kind]))
    shuffled = rng.sample(pool, len(pool))
    return text.translate({ord(a): b for a, b in zip(pool, shuffled, strict=True)})


def shifted(text: str, rng: random.Random) -> str:
    """Every code point moved by the same distance, as when a font's subset is numbered anew."""
    step = rng.choice([-31, -29, 1, 3, 29, 31, 64, 256])
    return "".join(chr(max(33, ord(c) + step)) if not c.isspace() else c for c in text)


def numbered(text: str, rng: random.Random) -> str:
    """Glyph numbers taken for code points."""
    base = rng.choice([3, 36, 0x100, 0x400])
    order: dict[str, int] = {}
    return "".join(chr(base + 33 + order.setdefault(c, len(order))) if not c.isspace() else c for c in text)


def mojibake(text: str, rng: random.Random) -> str:
    """Bytes of one encoding read in another."""
    wrote, read = rng.choice(
        [
            ("cp932", "latin-1"),
            ("utf-8", "latin-1"),
            ("utf-8", "cp932"),
            ("euc_jp", "cp932"),
            ("cp932", "cp1252"),
            ("euc_jp", "latin-1"),
            ("utf-8", "cp1252"),
            ("cp932", "gb18030"),
            ("utf-8", "gb18030"),
            ("gb18030", "latin-1"),
            ("utf-16-le", "latin-1"),
            ("cp932", "euc_jp"),
            ("cp932", "mac_roman"),
        ]
    )
    return text.encode(wrote, "ignore").decode(read, "replace")


def unmapped(text: str, rng: random.Random) -> str:
    """Some or all characters without a mapping."""
    share = rng.choice([0.2, 0.5, 1.0])
    sign = rng.choice(["\ufffd", "cid", "\ue000", "\x01"])
    return "".join(_unmapped_char(c, sign) if rng.random() < share and not c.isspace() else c for c in text)


def _unmapped_char(char: str, sign: str) -> str:
    return (
        f"(cid:{ord(char) % 9000})"
        if sign == "cid"
        else chr(0xE000 + ord(char) % 4000)
        if sign == "\ue000"
        else sign
    )


def read_as_english(texts: list[str], fonts: list[Path], rng: random.Random) -> list[str]:
    """What Tesseract makes of drawn Japanese lines when told they are English."""
    found = []
    for start in range(0, len(texts), 25):
        font = ImageFont.truetype(str(rng.choice(fonts)), rng.choice([22, 28, 34]))
        page = Image.new("L", (1700, 1500), 255)
        draw = ImageDraw.Draw(page)
        for row, text in enumerate(texts[start : start + 25]):
            draw.text((60, 30 + row * 58), text[:60], fill=0, font=font)
        read = pytesseract.image_to_string(page, lang="eng", config="--psm 6")
        found += [line for line in read.split("\n") if len(line.strip()) >= 4]
    return found


COMMON: dict[str, str] = {}


def garbled(texts: list[str], rng: random.Random, fonts: list[Path]) -> Examples:
    """(kind, text) of garbled text."""
    kinds: list[tuple[str, Callable[[str], str]]] = [
        ("kana", lambda t: permuted(t, rng, "kana")),
        ("kanji", lambda t: permuted(t, rng, "kanji")),
        ("all", lambda t: permuted(t, rng, "all")),
        ("shifted", lambda t: shifted(t, rng)),
        ("numbered", lambda t: numbered(t, rng)),
        ("mojibake", lambda t: mojibake(t, rng)),
        ("unmapped", lambda t: unmapped(t, rng)),
    ]
    made = [(kind, change(t)) for kind, change in kinds for t in rng.sample(texts, min(len(texts), 400))]
    return made + [
        ("english", t) for t in chunks(read_as_english("\n".join(texts).split("\n")[:500], fonts, rng), rng)
    ]


def chunks(lines: list[str], rng: random.Random) -> list[str]:
    """Blocks of one to six lines, as text layers have them."""
    blocks, rest = [], list(lines)
    while rest:
        size = rng.choice([1, 1, 2, 3, 6])
        blocks.append("\n".join(rest[:size]))
        rest = rest[size:]
    return blocks


def tempting_blocks(japanese: list[str], english: list[str], rng: random.Random) -> Examples:
    """Legible blocks that tempt a judge: letter-spaced type, names, numbers, half-width kana, labels."""
    spaced = [" ".join(t) for t in rng.sample(japanese, min(200, len(japanese)))]
    halves = [_half_width(t) for t in rng.sample(japanese, min(100, len(japanese)))]
    return [
        *(("english", b) for b in chunks(english, rng)),
        *(("spaced", b) for b in spaced),
        *(("half", b) for b in halves),
        *(("labels", f"{t[:12]} {_number(rng)}") for t in rng.sample(japanese, min(400, len(japanese)))),
        *(("latin", " ".join(_name(rng, english) for _ in range(rng.randint(2, 6)))) for _ in range(120)),
    ]


def _number(rng: random.Random) -> str:
    value = rng.uniform(0, 100)
    return rng.choice(
        [
            f"{value:.1f}%",
            f"{value:.0f}%",
            f"{value:.1f}",
            f"n={int(value * 17)}",
            f"{int(value * 977):,}",
            "Q3-2",
            f"{int(value)}",
            f"20{int(value) % 30:02d}",
            f"p.{int(value)}",
            "-",
            f"({value:.1f})",
        ]
    )


def _name(rng: random.Random, english: list[str]) -> str:
    word = rng.choice(re.findall(r"[A-Za-z]{3,}", rng.choice(english)) or ["Report"])
    return rng.choice(
        [word.title(), word.title(), word.upper(), word, word[:3].upper(), f"{word}-{word[::-1][:0]}alt"]
    )


def _half_width(text: str) -> str:
    table = dict(
        zip(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
            "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ",
            strict=True,
        )
    )
    return "".join(table.get(c, c) for c in text)


# ----------------------------------------------------------------------------------------- weights


def fit(good: NDArray, bad: NDArray) -> NDArray:
    """Weights of a ridge logistic regression, bias last; both classes count the same."""
    x = np.vstack([good, bad])
    x = np.hstack([x, np.ones((len(x), 1))])
    y = np.r_[np.ones(len(good)), np.zeros(len(bad))]
    sample = np.r_[np.full(len(good), 1 / len(good)), np.full(len(bad), 1 / len(bad))] * len(x) / 2
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (sample * (y - p)) - RIDGE * weights
        curve = (x * (sample * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> None:
    """Train, store, and print what the model gets right on text it was not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("archives", type=Path, nargs="+")
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("--font", type=Path, action="append", required=True)
    args = parser.parse_args()
    rng = random.Random(SEED)
    sources = {path.name: archive_texts(path) for path in args.archives} | {"survey": survey_texts()}
    words, english = lexicon(args.lexicon), english_texts()
    for texts in (*sources.values(), english):
        rng.shuffle(texts)
    latin = np.rint(latin_model([t for i, t in enumerate(english) if i % HELD_OUT]) * STEPS).astype(np.int8)
    letters = (latin / STEPS).astype(np.float32)
    made: list[tuple[Model, Examples, Examples]] = []
    for left_out in sources:  # text is always judged by pairs learnt from other sources
        learn = [t for name, texts in sources.items() if name != left_out for t in texts]
        known = Model(*pair_model(learn, words), np.zeros(0, np.float32), letters, np.zeros(0))
        rows = word_rows(words, rng, ROWS)
        made.append((known, *examples(sources[left_out], rows, english[::HELD_OUT], learn, rng, args.font)))
    worth = np.rint(pair_worth(made, rng) * STEPS).astype(np.int8)
    sets: list[list[tuple[str, NDArray]]] = [[], []]
    for known, *sides in made:
        judge = replace(known, worth=(worth / STEPS).astype(np.float32))
        for side, texts in zip(sets, sides, strict=True):
            side += [(kind, features(f, judge)) for kind, t in texts if len(f := fold(t)) >= 5]
    halves = [[s[i::2] for s in sets] for i in (0, 1)]
    report(halves[1], fit(*(np.array([f for _, f in s]) for s in halves[0])))
    weights = fit(*(np.array([f for _, f in s]) for s in sets))
    codes, associations = pair_model([t for texts in sources.values() for t in texts], words)
    np.savez_compressed(
        OUT,
        gaps=np.diff(codes, prepend=np.uint32(0)),
        associations=np.rint(associations * STEPS).astype(np.int8),
        worth=worth,
        latin=latin,
        weights=weights,
    )
    print((worth / STEPS).round(1))
    print(dict(zip((*FEATURES, "bias"), weights.round(2).tolist(), strict=True)))
    print({k: len(v) for k, v in sources.items()}, f"{len(codes)} pairs, {OUT.stat().st_size} bytes")


def word_rows(words: list[tuple[str, float]], rng: random.Random, count: int) -> list[str]:
    """Names of people, places and firms, as address lists have them: words of the dictionary in a row."""
    pool = [w for w, _ in words if 2 <= len(w) <= 5 and re.fullmatch("[一-龥ァ-ヶー]+", w)]
    return [
        rng.choice(["", " ", "　", "、"]).join(rng.choice(pool) for _ in range(rng.randint(1, 5)))
        + rng.choice(["", "", "株式会社", "市", "町", "村", "県", "大学", "病院", "部", "課"])
        for _ in range(count)
    ]


def pair_worth(made: list[tuple[Model, Examples, Examples]], rng: random.Random) -> NDArray:
    """Log-odds of good against permuted text by scripts of a pair and bin of its association."""
    counts = np.ones((2, SCRIPTS * SCRIPTS * (len(BINS) + 2)))
    for known, good, _ in made:
        for kind, text in good:
            if kind != "good":
                continue
            wrong = permuted(permuted(text, rng, "kana"), rng, "kanji")
            for row, side in enumerate((text, wrong)):
                np.add.at(counts[row], pair_cells(fold(side), known), 1)
    tables = counts.reshape(2, SCRIPTS * SCRIPTS, -1)
    shares = tables / tables.sum(axis=2, keepdims=True)
    return np.clip(np.log(shares[0] / shares[1]), -4, 4)


def survey_texts() -> list[str]:
    """Sentences, and labels each by itself."""
    lines = (Path(__file__).parent / "legible_survey.txt").read_text(encoding="utf-8").split("\n")
    return [p for line in lines for p in ([line] if "。" in line else line.split("　")) if p]


def examples(
    texts: list[str],
    rows: list[str],
    english: list[str],
    others: list[str],
    rng: random.Random,
    fonts: list[Path],
) -> tuple[Examples, Examples]:
    """Good and garbled blocks of one source, as (kind, text)."""
    COMMON.update(kana=_common(others, "[ぁ-んァ-ヶ]", 80), kanji=_common(others, "[一-龥]", 600))
    COMMON["all"] = COMMON["kana"] + COMMON["kanji"][:300] + string.ascii_letters + string.digits
    some = texts[:3000]
    blocks = [b for b in chunks(some, rng) if len(JAPANESE.findall(b)) >= 6]
    good = [("good", b) for b in chunks(some, rng)] + [("names", b) for b in chunks(rows, rng)]
    tempting = tempting_blocks(some, rng.sample(english, min(len(english), 400)), rng)
    return good + tempting, garbled(blocks, rng, fonts)


def report(sets: list[list[tuple[str, NDArray]]], weights: NDArray) -> None:
    """Share of blocks on the right side of one half, by kind."""
    right, count = Counter[str](), Counter[str]()
    for side, wanted in zip(sets, (True, False), strict=True):
        for kind, feature in side:
            count[kind] += 1
            right[kind] += (np.r_[feature, 1] @ weights > 0) == wanted
    for kind in count:
        print(f"{kind:10} {right[kind] / count[kind]:.2%} of {count[kind]}")


def _common(texts: list[str], pattern: str, count: int) -> str:
    found = Counter(c for t in texts for c in re.findall(pattern, t))
    return "".join(c for c, _ in found.most_common(count))


if __name__ == "__main__":
    main()

"""How many printed numbers and labels of a report's charts occur among the words an OCR engine reads.

    python benchmarks/ocr_words.py FILE TRUTH.csv [--engine rapid] [--dpi 200] [--pages 3 4]
                                   [--misses 20] [--default]

FILE is a PDF (every page named in the truth is rendered whole) or a picture. TRUTH.csv has a row per
chart number: doc (file name), page, source, segment, item, value, and labelled = no where the number is
not printed. A number counts as read when it occurs among the words as often as the page prints it; a
label when it is at most one character off, after folding, in one word or in neighbouring words joined.
``--default`` also times RapidOCR() as it comes on the same images, in the same run.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pymupdf
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract.backends import ocr_engine
from extract.scene import Word

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOT_PRINTED = {"全体", "合計", ""}  # what a truth table calls everyone


def fold(text: str) -> str:
    """NFKC, no blanks, one dash, one wave."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
    return re.sub("[‐‑‒–—―−-]", "-", folded).replace("〜", "~").replace("ー", "-")


def page_images(path: Path, pages: list[int], dpi: int) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """The pages as RGB images."""
    if path.suffix.lower() != ".pdf":
        yield 1, np.asarray(Image.open(path).convert("RGB"))
        return
    with pymupdf.open(path) as document:
        for page in pages:
            pixmap = document[page - 1].get_pixmap(dpi=dpi, alpha=False)
            yield page, np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width, 3)


def joined(words: list[Word]) -> list[str]:
    """Each word alone, with its right neighbours, and with up to five words below it."""
    texts = [fold(w.text) for w in words]
    texts += [fold("".join(w.text for w in run)) for run in _rows(words)]
    for start in words:
        chain = [start]
        while len(chain) < 6 and (below := _below(chain[-1], words)):
            chain.append(below)
            texts.append(fold("".join(w.text for w in chain)))
    return texts


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.x0):
        row = next((r for r in rows if _follows(r[-1], word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return rows


def _follows(left: Word, right: Word) -> bool:
    level = abs(left.box.cy - right.box.cy) < 0.4 * min(left.size, right.size)
    return level and -0.5 * left.size < right.box.x0 - left.box.x1 < 1.5 * left.size


def _below(word: Word, words: list[Word]) -> Word | None:
    near = [
        other
        for other in words
        if other is not word
        and 0.5 * word.size < other.box.cy - word.box.cy < 2 * word.size
        and min(other.box.x1, word.box.x1) - max(other.box.x0, word.box.x0) > 0
    ]
    return min(near, key=lambda w: w.box.cy, default=None)


def label_distance(label: str, texts: list[str]) -> int:
    """Fewest edits between the label and the part of any text most like it."""
    if any(label in text for text in texts):
        return 0
    best = len(label)
    for text in texts:
        found = fuzz.partial_ratio_alignment(label, text) if len(text) >= len(label) else None
        part = text[found.dest_start : found.dest_end] if found else text
        best = min(best, Levenshtein.distance(label, part))
    return best


def score_page(rows: pd.DataFrame, words: list[Word]) -> tuple[int, list[str], int, list[str]]:
    """Numbers printed and missed, labels printed and missed."""
    seen = Counter(float(n.replace(",", "")) for w in words for n in NUMBER.findall(fold(w.text)))
    printed = Counter(abs(float(v)) for v in rows["value"].dropna())
    missed = [f"{value:g}" for value in (printed - seen).elements()]
    labels = {str(v) for c in ("item", "segment") for v in rows[c].dropna()} - NOT_PRINTED
    parts = {fold(part) for label in labels for part in re.split("｜| × | vs\\. |→", label)} - {""}
    texts = joined(words)
    lost = [label for label in sorted(parts) if label_distance(label, texts) > 1]
    return printed.total(), missed, len(parts), lost


def main() -> None:
    """Print the shares and the misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--engine", default="rapid")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--misses", type=int, default=20)
    parser.add_argument("--pages", type=int, nargs="*", help="only these")
    parser.add_argument("--default", action="store_true")
    args = parser.parse_args()
    truth = pd.read_csv(args.truth)
    truth = truth[(truth["doc"].isin([args.file.name, args.file.stem])) & (truth["source"] == "chart")]
    if "labelled" in truth:
        truth = truth[truth["labelled"] == "yes"]
    engine = ocr_engine(args.engine)
    totals, misses, seconds, default = Counter[str](), list[str](), 0.0, 0.0
    pages = sorted({int(p) for p in truth["page"].dropna() if not args.pages or p in args.pages})
    for page, image in page_images(args.file, pages, args.dpi):
        start = time.process_time()
        words = list(engine.read(image))
        seconds += time.process_time() - start
        rows = truth[truth["page"] == page] if args.file.suffix.lower() == ".pdf" else truth
        numbers, missed, labels, lost = score_page(rows, words)
        totals.update(numbers=numbers, missed=len(missed), labels=labels, lost=len(lost), words=len(words))
        misses += [f"page {page} number {n}" for n in missed] + [f"page {page} label {t}" for t in lost]
        default += _default_seconds(image) if args.default else 0.0
    print(f"{args.file.name}: {len(pages)} pages, {totals['words']} words, {seconds:.1f} CPU s")
    for what, lost_ in (("numbers", "missed"), ("labels", "lost")):
        share = 1 - totals[lost_] / max(1, totals[what])
        print(f"  {what}: {totals[what] - totals[lost_]} of {totals[what]} ({share:.2%})")
    if args.default:
        print(f"  default RapidOCR(): {default:.1f} CPU s, ratio {seconds / default:.2f}")
    print("\n".join(f"  {m}" for m in misses[: args.misses]))


def _default_seconds(image: NDArray[np.uint8]) -> float:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})
    engine(np.ascontiguousarray(image[:64, :64, ::-1]))  # load the models before the clock starts
    start = time.process_time()
    engine(np.ascontiguousarray(image[:, :, ::-1]))
    return time.process_time() - start


if __name__ == "__main__":
    main()

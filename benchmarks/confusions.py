"""Which glyphs the embedded OCR engine exchanges: labels of the taxonomy rendered small and blurred, read
back.

    python benchmarks/confusions.py [--labels 1000] [--out benchmarks/confusions.csv]

Each label is drawn in the fonts found, 8-11 pixels high, blurred, and read by the recogniser alone (no
detection). The table counts, in folded letters, substitutions (a -> b), insertions ("" -> b) and deletions (a
-> ""): the noise that benchmarks/normalize.py adds to labels. Confusions of tables/confusions.csv come from
here and from glyph shapes.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from normalize.fold import fold
from normalize.taxonomy import KINDS, load_taxonomy

# pixels of the em: small print of a chart at 72-100 dpi; larger print is read almost without error
SIZES = (8, 9, 11)
BLURS = (0.8, 1.1)  # radius in pixels
TOO_FAR = 0.5  # share of a label that may differ before its reading counts as a failed one, not as confusions


def drawn(text: str, font: ImageFont.FreeTypeFont, blur: float) -> np.ndarray:
    """The text as a blurred RGB line image, enlarged to the height the recogniser expects."""
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("RGB", (int(right - left) + 12, int(bottom - top) + 10), "white")
    ImageDraw.Draw(image).text((6 - left, 5 - top), text, font=font, fill=(60, 60, 60))
    image = image.filter(ImageFilter.GaussianBlur(blur))
    return np.asarray(image.resize((image.width * 3, image.height * 3), Image.Resampling.BILINEAR))


def count(label: str, read: str, counts: Counter[tuple[str, str]]) -> None:
    """Add the edits between a label and its reading, both folded."""
    a, b = fold(label), fold(read)
    edits = Levenshtein.editops(a, b)
    if len(edits) > TOO_FAR * len(a):
        counts["failed", ""] += 1
        return
    counts["characters", ""] += len(a)
    for edit in edits:
        old = a[edit.src_pos] if edit.tag != "insert" else ""
        new = b[edit.dest_pos] if edit.tag != "delete" else ""
        counts[old, new] += 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=int, default=1000)
    parser.add_argument("--font", nargs="+", required=True, help="font files with Japanese glyphs")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("confusions.csv"))
    args = parser.parse_args()
    from rapidocr import RapidOCR

    engine = RapidOCR()
    taxonomy = load_taxonomy()
    texts = sorted(
        {
            text
            for kind in KINDS
            for text, _ in taxonomy.wordings(kind)
            if len(text) > 3 and not text.isascii()
        }
    )
    rng = random.Random(1)
    counts: Counter[tuple[str, str]] = Counter()
    for text in rng.sample(texts, min(args.labels, len(texts))):
        font = ImageFont.truetype(rng.choice(args.font), rng.choice(SIZES))
        result = engine(drawn(text, font, rng.choice(BLURS)), use_det=False, use_cls=False, use_rec=True)
        count(text, "".join(result.txts or ()), counts)
    with args.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "b", "count"])
        writer.writerows((a, b, n) for (a, b), n in counts.most_common())
    return 0


if __name__ == "__main__":
    sys.exit(main())

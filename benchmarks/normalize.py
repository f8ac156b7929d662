"""What label matching costs and what it withstands: speed, OCR noise, wordings and concepts held out.

    python -m benchmarks.normalize [speed] [noise] [heldout]      (all three when none is named)

speed    100 000 distinct labels against all wordings, in charts of 20 labels, then again (remembered)
noise    every wording with 1-3 character edits drawn from the measured confusions (confusions.csv):
         recall at the threshold where 98 % of the accepted ids are right
heldout  half of the wordings hidden: how many are matched to their id through the other half, how many to
         a wrong one; then whole concepts hidden: how many of their wordings are forced onto another id
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from normalize.fold import fold
from normalize.match import Match, Matcher
from normalize.taxonomy import KINDS, Kind, Taxonomy, load_taxonomy

CHART = 20  # labels matched together
LABELS = 100_000
WORDINGS = 5_000
PRECISION = 0.98  # share of accepted ids that must be right

Wording = tuple[Kind, str, str]  # kind, wording, id


def wordings(taxonomy: Taxonomy) -> list[Wording]:
    return [(kind, text, i) for kind in KINDS for text, i in taxonomy.wordings(kind)]


def without(taxonomy: Taxonomy, hidden: Callable[[Kind, str, str], bool]) -> Taxonomy:
    """The taxonomy with the hidden wordings taken out (concepts stay, wordless if need be)."""
    concepts: dict[Kind, dict[str, object]] = {}
    for kind, own in taxonomy.concepts.items():
        concepts[kind] = {
            i: replace(
                c,
                label_ja="" if hidden(kind, c.label_ja, i) else c.label_ja,
                label_en="" if hidden(kind, c.label_en, i) else c.label_en,
            )
            for i, c in own.items()
        }
    aliases = tuple(a for a in taxonomy.aliases if not hidden(a.kind, a.text, a.id))
    rest = replace(taxonomy, concepts=concepts, aliases=aliases)  # type: ignore[arg-type]
    return replace(rest, keys={kind: {fold(text): i for text, i in rest.wordings(kind)} for kind in KINDS})


class Noise:
    """Character edits as OCR makes them: drawn from counted confusions, of folded letters."""

    def __init__(self, table: Path, rng: random.Random) -> None:
        self._rng = rng
        self._swaps: dict[str, list[tuple[str, int]]] = {}
        self._extra: list[tuple[str, int]] = []
        self._lost = 0
        with table.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                a, b, n = row["a"], row["b"], int(row["count"])
                if len(a) == 1 and len(b) == 1:
                    self._swaps.setdefault(a, []).append((b, n))
                elif not a and b:
                    self._extra.append((b, n))
                elif len(a) == 1 and not b:
                    self._lost += n
        swapped = sum(n for own in self._swaps.values() for _, n in own)
        self._rates = (swapped, self._lost, sum(n for _, n in self._extra))

    def edit(self, key: str) -> str:
        """One edit; a substitution only where the table knows one for some letter of the key."""
        kind = self._rng.choices(("swap", "lose", "add"), self._rates)[0]
        places = [i for i, c in enumerate(key) if c in self._swaps]
        if kind == "swap" and places:
            i = self._rng.choice(places)
            return key[:i] + self._pick(self._swaps[key[i]]) + key[i + 1 :]
        i = self._rng.randrange(len(key))
        if kind == "add" and self._extra:
            return key[:i] + self._pick(self._extra) + key[i:]
        return key[:i] + key[i + 1 :]

    def _pick(self, counted: list[tuple[str, int]]) -> str:
        return self._rng.choices([c for c, _ in counted], [n for _, n in counted])[0]


def speed(taxonomy: Taxonomy) -> None:
    rng = random.Random(3)
    pool = [w for w in wordings(taxonomy) if w[0] == "item"][:WORDINGS]
    kept = {text for _, text, _ in pool}
    matcher = Matcher(without(taxonomy, lambda kind, text, i: kind == "item" and text not in kept))
    noise = Noise(confusions(), rng)
    labels: dict[str, None] = {}
    while len(labels) < LABELS:
        text = fold(rng.choice(pool)[1])
        for _ in range(rng.randint(0, 4)):
            text = noise.edit(text) or text
        labels[
            text
            + rng.choice(("", "", "の割合", "に関する取り組み", "（その他を含む）", str(rng.randint(1, 999))))
        ] = None
    charts = [list(labels)[i : i + CHART] for i in range(0, LABELS, CHART)]
    for name in ("first", "again"):
        start, cpu = time.perf_counter(), time.process_time()
        found = sum(match.id is not None for chart in charts for match in matcher.match(chart, "item"))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        spent = f"{seconds:.1f} s ({cpu:.1f} s of one core)"
        print(f"speed {name}: {LABELS} labels x {len(kept)} wordings: {spent}, {found} matched")


def noise(taxonomy: Taxonomy) -> None:
    rng = random.Random(5)
    table = Noise(confusions(), rng)
    matcher = Matcher(taxonomy)
    pool = [w for w in wordings(taxonomy) if w[0] == "item" and len(fold(w[1])) >= 5 and not w[1].isascii()]
    for edits in (1, 2, 3):
        results = []
        for kind, text, i in rng.sample(pool, 1500):
            noisy = fold(text)
            for _ in range(edits):
                noisy = table.edit(noisy) or noisy
            results.append((matcher.match([noisy], kind)[0], i))
        right = sum(m.id == i for m, i in results)
        wrong = sum(m.id not in (None, i) for m, i in results)
        recall, threshold = at_precision(results)
        print(
            f"noise {edits} edit(s): recall {right / len(results):.3f}, wrong {wrong / len(results):.3f};",
            end=" ",
        )
        print(f"recall at {PRECISION:.0%} precision {recall:.3f} (score >= {threshold:.0f})")


def at_precision(results: Sequence[tuple[Match, str]]) -> tuple[float, float]:
    """(recall, threshold) of the lowest score at which PRECISION still holds."""
    ranked = sorted(((m.score, m.id == i) for m, i in results if m.id), key=lambda r: -r[0])
    right, best = 0, (0.0, 100.0)
    for n, (score, ok) in enumerate(ranked, 1):
        right += ok
        if right >= PRECISION * n and (n == len(ranked) or ranked[n][0] < score):
            best = (right / len(results), score)
    return best


def heldout(taxonomy: Taxonomy) -> None:
    rng = random.Random(7)
    everything = wordings(taxonomy)
    hidden = {w for w in everything if rng.random() < 0.5}
    reachable = {(kind, i) for kind, text, i in everything if (kind, text, i) not in hidden}
    tests = [w for w in hidden if (w[0], w[2]) in reachable]
    report("half of the wordings hidden", taxonomy, lambda *w: (w[0], w[1], w[2]) in hidden, tests)
    concepts = sorted({(kind, i) for kind, _, i in everything})
    gone = set(rng.sample(concepts, len(concepts) // 7))
    tests = [w for w in everything if (w[0], w[2]) in gone]
    report("one concept in seven hidden", taxonomy, lambda kind, text, i: (kind, i) in gone, tests)


def report(
    name: str, taxonomy: Taxonomy, hidden: Callable[[Kind, str, str], bool], tests: Sequence[Wording]
) -> None:
    matcher = Matcher(without(taxonomy, hidden))
    right = wrong = 0
    for kind, text, i in sorted(tests):
        questions = taxonomy.concepts[kind][i].questions
        asked = taxonomy.concepts["question"][questions[0]].label_ja if questions else ""
        found = matcher.match([text], kind, asked)[0].id
        right += found == i
        wrong += found not in (None, i)
    n = len(tests)
    shares = (right / n, wrong / n, (n - right - wrong) / n)
    print("{}: {} wordings, right {:.3f}, wrong {:.3f}, refused {:.3f}".format(name, n, *shares))


def confusions() -> Path:
    return Path(__file__).with_name("confusions.csv")


if __name__ == "__main__":
    known = {"speed": speed, "noise": noise, "heldout": heldout}
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("what", nargs="*", choices=[*known, []], default=[])
    for wanted in asked.parse_args().what or known:
        known[wanted](load_taxonomy())

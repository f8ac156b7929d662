"""Which wordings of the taxonomy come into question for a label: character pairs they share, rare pairs
first.

An inverted index over character bigrams with tf-idf weights (Salton & Buckley 1988), as one sparse matrix:
the cost of a label is proportional to the postings of its bigrams, not to the size of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


class CandidateIndex:
    """Bigram index over ``keys`` (folded wordings); ``nearest`` returns positions in ``keys``."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._vocabulary: dict[str, int] = {}
        grams = [_bigrams(key) for key in keys]
        for own in grams:
            for gram in own:
                self._vocabulary.setdefault(gram, len(self._vocabulary))
        counts = np.zeros(max(1, len(self._vocabulary)))
        for own in grams:
            for gram in set(own):
                counts[self._vocabulary[gram]] += 1
        self._idf: NDArray[np.float64] = np.log1p(max(1, len(keys)) / np.maximum(counts, 1))
        self._unseen = float(self._idf.max(initial=1.0))
        self._matrix = self._vectors(grams).T.tocsr()

    @property
    def pairs(self) -> Container[str]:
        """The letter pairs that occur in some wording."""
        return self._vocabulary

    def nearest(self, keys: Sequence[str], limit: int, floor: float) -> list[list[int]]:
        """Positions of up to ``limit`` wordings per key with cosine >= ``floor`` (0-1), best first."""
        scores = (self._vectors([_bigrams(key) for key in keys]) @ self._matrix).tocsr()
        found = []
        for row in range(len(keys)):
            span = slice(scores.indptr[row], scores.indptr[row + 1])
            values, positions = scores.data[span], scores.indices[span]
            keep = np.flatnonzero(values >= floor)
            if len(keep) > limit:
                keep = keep[np.argpartition(-values[keep], limit)[:limit]]
            order = np.lexsort((positions[keep], -values[keep]))
            found.append([int(p) for p in positions[keep][order]])
        return found

    def _vectors(self, grams: Sequence[list[str]]) -> csr_matrix:
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for own in grams:
            known = [self._vocabulary[gram] for gram in own if gram in self._vocabulary]
            weights = self._idf[known]
            norm = float(np.sqrt((weights**2).sum() + (len(own) - len(known)) * self._unseen**2)) or 1.0
            data += (weights / norm).tolist()
            columns += known
            ends.append(len(columns))
        shape = (len(grams), max(1, len(self._vocabulary)))
        return csr_matrix((data, columns, ends), shape=shape, dtype=np.float64)


def _bigrams(key: str) -> list[str]:
    padded = f"^{key}$"
    return [padded[i : i + 2] for i in range(len(padded) - 1)]

"""Every threshold of matching, with its unit and the measurement behind it (see tests and benchmarks)."""

from __future__ import annotations

# Scores are 0-100. Levels of certainty that do not come from similarity:
EXACT = 100.0  # the label's key is the key of a label of the taxonomy
ALIAS = 98.0  # ... of an alias, or of the label without its decoration
HEAD = 94.0  # the label without its bracketed note has a known key
PARTS = 93.0  # the same enumeration in another order
MISREAD_MALUS = 4.0  # points per glyph that must be misread
DERIVED = 90.0  # composed of known items: a metric with a direction, a list
QUOTED = 90.0  # the label quotes one known wording
BAND = 97.0  # a range parsed to numbers

EVERYDAY = 4  # characters of a label that may be an everyday word
FLOOR = 84.0  # a fuzzy match below this is a refusal: above it 92 % are right with half the wordings hidden
MARGIN = 3.0  # points that the best id must lead the runner-up by
FALLBACK = 5.0  # points below its best candidate at which a label may still take another, free one
FACET_BONUS = 2.0  # points for an id of the facet that the question asks for
FACET_MALUS = 4.0  # points off for an id of another facet when the question's facet is known
MAX_FUZZY = 97.0  # a fuzzy score never reaches the certainty of a known key
CANDIDATES = 12  # wordings compared per label
COSINE = 0.3  # bigram cosine below which a wording is not compared
SENSE = 92.0  # the same words after synonyms, order ignored; likeness of senses is scaled to this
ENGLISH_EDITS = 0.1  # share of the letters of an English label that may be misread
SHORT = 5  # characters; below this an edit changes the meaning as often as not
SHORT_MALUS = 14.0  # points off for a short label that is not the same

GARBLED = 80.0  # scores of garbled labels are scaled to this: never as sure as a legible label
# 45 % alike and 3 % ahead before scaling: of 134 labels of a real garbled dump, 38 are accepted so, 31
# rightly
GARBLED_FLOOR = 36.0
GARBLED_MARGIN = 2.4  # points
GARBLED_FACET = 4.0  # points for an id of the facet that the question asks for

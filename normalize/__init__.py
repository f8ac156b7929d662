"""Stage 2: a label in, a canonical id or a refusal out.

fold (the key two spellings share) -> lookup (known keys, heads, enumerations) -> bands (ranges as numbers)
-> rank (candidates by bigrams, weighted edits, facet) -> assign (one chart, distinct ids) -> Match.
"""

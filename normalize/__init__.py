"""Stage 2: a label in, a canonical id or a refusal out."""

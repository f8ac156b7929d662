"""Mutated reports and mutated scenes, read under limits: what becomes of them, and what must not."""

"""One file per command: its options, and what it prints. What it does is elsewhere."""

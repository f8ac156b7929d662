"""Stage 3: rows in, files out.

rows of each document -> sinks (csv always; parquet, sqlite, excel, jsonl on request) -> moved into place
all of them           -> datapackage.json, run.json, review.html
"""

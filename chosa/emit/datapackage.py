"""datapackage.json: all tables and columns described for other tools (Frictionless Data Package)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from chosa.schema import Column, Table
from chosa.tables import SCHEMA_VERSION


def datapackage(tables: Sequence[Table]) -> str:
    """The descriptor as JSON text. Empty cells are missing values; enumerated columns list their values."""
    package = {
        "profile": "tabular-data-package",
        "name": "chosa-output",
        "title": "Numbers reported in survey reports",
        "version": SCHEMA_VERSION,
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.links:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": target, "fields": [key]}}
            for column, target, key in table.links
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.meaning}
    if column.ja:
        described["title"] = column.ja
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return described | ({"constraints": constraints} if constraints else {})

"""run.json: inputs with their hashes, versions, settings, counts and seconds."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from chosa.emitting import Emitted
from chosa.settings import RunSettings
from chosa.tables import SCHEMA_VERSION
from chosa.versions import LIBRARIES, chosa_version, code_stamp, installed, taxonomy_stamp


def run_record(
    settings: RunSettings, emitted: Emitted, pages_read: int, pages_kept: int, seconds: float
) -> dict[str, Any]:
    """Everything needed to say how these tables came about. Passwords are not in it."""
    knobs = asdict(settings)
    knobs["extract"].pop("passwords")
    return {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "schema": SCHEMA_VERSION,
        "versions": {
            "chosa": chosa_version(),
            "python": platform.python_version(),
            "platform": f"{sys.platform} {platform.machine()}",
            **{name: installed(name) for name in LIBRARIES if installed(name)},
        },
        "code": {name: code_stamp(name)[:16] for name in ("extract", "normalize", "chosa")},
        "taxonomy": taxonomy_stamp(settings.taxonomy)[:16],
        "settings": knobs,
        "inputs": [
            {
                "document_id": d.row.document_id,
                "file": d.row.file,
                "sha256": d.row.sha256,
                "status": d.row.status,
            }
            for d in emitted.documents
        ],
        "counts": {
            "documents": len(emitted.documents),
            "pages_read": pages_read,
            "pages_from_cache": pages_kept,
            "charts": sum(d.charts for d in emitted.documents),
            "observations": emitted.observations,
            "accepted": emitted.accepted,
            "review": emitted.review,
            "corrections_applied": emitted.corrections_applied,
            "corrections_stale": emitted.corrections_stale,
            "notes": dict(emitted.notes),
        },
    }

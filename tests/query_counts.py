"""Recorded numbers of database queries per page, in query_counts.json: a change is seen in the diff.

UPDATE_QUERY_COUNTS=1 writes the numbers measured.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

RECORDED = Path(__file__).with_name("query_counts.json")


def assert_queries(page: str, request: Callable[[], Any]) -> None:
    """Fail unless the request asks exactly as many queries as recorded for the page."""
    with CaptureQueriesContext(connection) as asked:
        request()
    known: dict[str, int] = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        known[page] = len(asked)
        RECORDED.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")
    listed = "\n".join(query["sql"][:160] for query in asked)
    assert len(asked) == known.get(page), f"{page}: {len(asked)} truy vấn, đã ghi {known.get(page)}.\n{listed}"

"""A report as a file, the same for page, command line and API."""

from __future__ import annotations

import json

from atvsld.documents.render import FORMATS, render
from atvsld.oversight.reporting import paper
from atvsld.oversight.reporting.result import Report


def as_file(report: Report, kind: str) -> tuple[bytes, str]:
    """A report in a format of `FORMATS`, with its media type. JSON is the report's data, not the paper's layout."""
    if kind == "json":
        return (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode(), "application/json"
    return render(paper.document(report), kind), FORMATS[kind].media_type

"""A consolidation as a file, the same for page and API."""

from __future__ import annotations

import json

from atvsld.documents.render import FORMATS, render
from atvsld.oversight.consolidation import compare_paper, paper
from atvsld.oversight.consolidation.compare import SideBySide
from atvsld.oversight.consolidation.result import Consolidated

# What an accepted consolidation keeps.
KEPT = ("json", "pdf", "docx", "xlsx")


def comparison_as_file(both: SideBySide, kind: str) -> tuple[bytes, str]:
    """Submissions beside registers in a format of `FORMATS`; JSON is their data."""
    if kind == "json":
        return (json.dumps(both.to_json(), ensure_ascii=False, indent=2) + "\n").encode(), "application/json"
    return render(compare_paper.document(both), kind), FORMATS[kind].media_type


def as_file(report: Consolidated, kind: str) -> tuple[bytes, str]:
    """A consolidation in a format of `FORMATS`, with its media type. JSON is its data, not the paper's layout."""
    if kind == "json":
        return (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode(), "application/json"
    return render(paper.document(report), kind), FORMATS[kind].media_type

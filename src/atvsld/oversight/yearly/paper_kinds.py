"""Found by the room of papers when it is loaded."""

from __future__ import annotations

from atvsld.oversight.yearly.paper_source import KINDS, ReportPapers
from atvsld.platform.papers.registry import register, serve

for _kind in KINDS.values():
    register(_kind)
serve(ReportPapers())

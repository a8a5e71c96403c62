"""Found by the room of papers when it is loaded."""

from __future__ import annotations

from atvsld.casework.proposals.source import LETTER, REPORT, ConsolidatedPapers
from atvsld.platform.papers.registry import register, serve

register(REPORT)
register(LETTER)
serve(ConsolidatedPapers())

"""Found by the room of papers when it is loaded: the source and its one kind."""

from __future__ import annotations

from atvsld.oversight.obligations.certificate_source import PunctualityPapers
from atvsld.platform.papers.registry import serve

serve(PunctualityPapers())

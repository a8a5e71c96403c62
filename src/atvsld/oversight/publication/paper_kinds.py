"""Found by the room of papers when it is loaded."""

from __future__ import annotations

from atvsld.oversight.publication.source import NOTICE_KIND, NoticePapers
from atvsld.platform.papers.registry import register, serve

register(NOTICE_KIND)
serve(NoticePapers())

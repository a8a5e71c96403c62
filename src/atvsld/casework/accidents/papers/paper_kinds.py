"""Found by the room of papers when it is loaded: the source and every kind."""

from __future__ import annotations

from atvsld.casework.accidents.papers.kinds import (  # noqa: F401 - each states its kinds
    commune,
    declarations,
    letters,
    meetings,
    minutes,
    statements,
    teams,
)
from atvsld.casework.accidents.papers.source import AccidentPapers
from atvsld.platform.papers.registry import serve

serve(AccidentPapers())

"""A case changed: its level and its clocks may have changed with it."""

from __future__ import annotations

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.actions.machine import locked, reassess
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.platform.acts import Act


def facts_changed(act: Act, case: AccidentCase) -> None:
    """Bring the file of a case, if it has one, into line with what the case now says."""
    if CaseFile.objects.filter(case=case).exists():
        reassess(act, locked(case))

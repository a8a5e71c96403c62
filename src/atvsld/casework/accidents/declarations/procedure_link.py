"""What a declaration means to the procedure of its case: the instants from which deadlines run."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations.models import Declaration, Kind
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.platform.acts import Act

_EMPLOYER = frozenset({Kind.EMPLOYER, Kind.HOST, Kind.OUTSIDERS, Kind.ABROAD})
_TO_COMMUNE = frozenset({Kind.FAMILY, Kind.OTHER, Kind.UNION})


def opened(act: Act, declaration: Declaration) -> None:
    """Open the procedure file of the declaration's case, or tell it of instants it does not know yet."""
    if declaration.case is None:
        return
    stated = procedure.Instants(**instants(declaration))
    by = "employer" if declaration.kind in _EMPLOYER else "commune" if declaration.kind == Kind.COMMUNE else ""
    abroad = declaration.kind == Kind.ABROAD
    procedure.open_file(act, case=declaration.case, instants=stated, abroad=abroad, declared_by=by)


def set_aside(act: Act, case: AccidentCase, kept: AccidentCase) -> bool:
    """Take the file of a case that is another one out of the procedure, so that nothing falls due twice.

    False when it has no file, or stands where only its own people may take it out.
    """
    return _step(act, case, "set_out_of_scope", _("Trùng với vụ %(number)s.") % {"number": kept.number})


def take_back(act: Act, case: AccidentCase) -> bool:
    """Put the file back to where the law now sends it."""
    return _step(act, case, "triage", act.reason)


def _step(act: Act, case: AccidentCase, step: str, reason: str) -> bool:
    file = procedure.file_of(case)
    if file is None or all(view.id != step or not view.ready for view in procedure.steps(act.actor, file, at=act.at)):
        return False
    procedure.advance(act, case=case, step=step, reason=reason)
    return True


def instants(declaration: Declaration) -> dict[str, datetime | None]:
    """The instants a declaration states, by the names of the procedure."""
    stated: dict[str, datetime | None] = {"notified_at": declaration.notified_at}
    if declaration.kind in _EMPLOYER:
        stated["employer_aware_at"] = declaration.known_at or declaration.occurred_at
        stated["department_received_at"] = declaration.received_at
    elif declaration.kind == Kind.COMMUNE:
        stated["department_received_at"] = declaration.received_at
        stated["commune_received_at"] = declaration.known_at
    elif declaration.kind in _TO_COMMUNE:
        stated["commune_received_at"] = declaration.received_at
    return stated | {"known_at": declaration.known_at or declaration.received_at}

"""Two cases found to be one accident: what the one that is counted no more still had to be done falls away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations.facade import same_accident
from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.acts import Act
from atvsld.registers.duties import facade as duties

MARK = "same_accident"


def duties_follow(act: Act, case: AccidentCase) -> None:
    """Withdraw the open duties of a case that was joined to another; bring them back when that is undone."""
    kept = same_accident(case)
    if kept is None:
        duties.restore(act, context="accidents", subject=case.public_id, mark=MARK)
        return
    reason = _("Cùng một vụ với %(number)s") % {"number": kept.number}
    duties.withdraw(act, context="accidents", subject=case.public_id, reason=reason, mark=MARK)

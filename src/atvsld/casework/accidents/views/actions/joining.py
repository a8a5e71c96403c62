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
    if same_accident(case) is None:
        duties.restore(act, context="accidents", subject=case.public_id, mark=MARK)
        return
    # Said to the owner too: it must not tell an employer that somebody else told of the accident.
    reason = _("Hồ sơ không còn được tính.")
    duties.withdraw(act, context="accidents", subject=case.public_id, reason=reason, mark=MARK)

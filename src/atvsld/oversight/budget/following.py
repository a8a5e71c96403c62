"""What happens to lines when a body is followed by another."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.actions.following import hand_lines
from atvsld.oversight.budget.models import BudgetLine
from atvsld.platform.acts import Act
from atvsld.registers.bodies.handing_over import HandingOver, when_succeeded
from atvsld.registers.bodies.models import Body


class Lines:
    """Open lines go along when the body ends; what was paid stays."""

    def counted(self, body: Body, on: date) -> tuple[str, int]:
        rows = queries.standing(BudgetLine.objects.filter(body=body, year__gte=on.year))
        return _("dòng kinh phí"), rows.count()

    def take_over(self, act: Act, step: HandingOver) -> None:
        # A handing over still to come is carried out on its day by the periodic job.
        if step.ends and step.on <= act.day:
            hand_lines(act, old=step.old, new=step.new, on=step.on)


# After offices and tasks.
when_succeeded(70, Lines())

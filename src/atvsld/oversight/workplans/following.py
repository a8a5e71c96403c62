"""Open tasks in a reorganisation: each goes on with whoever takes over from its body."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.oversight.workplans.settling import concerned, of_body, settle
from atvsld.platform.acts import Act
from atvsld.registers.bodies.handing_over import HandingOver, when_succeeded
from atvsld.registers.bodies.models import Body
from atvsld.registers.places.following import Effect, Journal, Outcome, follow
from atvsld.registers.places.planning import Plan
from atvsld.registers.places.tree import PlaceTree


class Tasks:
    """What is still to be done; what was done stays with who did it."""

    moves = frozenset({"workplans.task"})

    def foresee(self, plan: Plan, places: PlaceTree) -> list[Effect]:  # noqa: ARG002
        found = list(concerned().filter(body__place_id__in=plan.ended).order_by("pk"))
        if not found:
            return []
        lines = tuple(str(task) for task in found)
        effects = [Effect(_("Nhiệm vụ của kế hoạch năm chuyển sang cơ quan tiếp nhận"), len(found), lines)]
        doubtful = tuple(
            str(task) for task in found if plan.heir(task.place_id) is None or plan.is_split(task.place_id)
        )
        if doubtful:
            label = _("Trong đó không rõ nơi nhận, cần rà lại")
            effects.append(Effect(label, len(doubtful), doubtful, attention=True))
        return effects

    def follow(self, act: Act, outcome: Outcome, journal: Journal) -> None:  # noqa: ARG002
        settle(outcome.plan.day, journal)


class TasksOfBody:
    """Open tasks of a body that is followed by another without any unit being reorganised."""

    def counted(self, body: Body, on: date) -> tuple[str, int]:  # noqa: ARG002
        return _("nhiệm vụ kế hoạch năm đang làm"), of_body(body)

    def take_over(self, act: Act, step: HandingOver) -> None:
        # A handing over still to come is carried out on its day by the periodic job.
        if step.on <= act.day:
            settle(step.on, Journal(), bodies=[step.old.pk])


follow(40, Tasks())
when_succeeded(40, TasksOfBody())

"""Open duties in a reorganisation of units: each goes on at the unit, and with the body, that takes over."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from atvsld.platform.acts import Act
from atvsld.registers.bodies.handing_over import HandingOver, when_succeeded
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.duties.models import Duty
from atvsld.registers.places.following import Effect, Journal, Outcome, follow
from atvsld.registers.places.planning import Plan
from atvsld.registers.places.tree import PlaceTree


def concerned(plan: Plan) -> QuerySet[Duty]:
    """Open duties of units that end."""
    return Duty.objects.filter(state=Duty.State.OPEN, place_id__in=plan.ended).order_by("pk")


class Duties:
    """What is still to be done; what was done stays where it was done."""

    moves = frozenset({"duties.duty"})

    def foresee(self, plan: Plan, places: PlaceTree) -> list[Effect]:  # noqa: ARG002
        found = list(concerned(plan))
        if not found:
            return []
        moving = tuple(str(duty) for duty in found if plan.heir(duty.place_id) is not None)
        stranded = tuple(str(duty) for duty in found if plan.heir(duty.place_id) is None)
        divided = tuple(str(duty) for duty in found if plan.is_split(duty.place_id))
        effects = [Effect(_("Việc đang phải làm chuyển sang đơn vị mới"), len(moving), moving)]
        if divided:
            label = _("Trong đó ở đơn vị bị chia: chuyển theo phần lớn nhất, cần xem lại")
            effects.append(Effect(label, len(divided), divided, attention=True))
        if stranded:
            label = _("Việc đang phải làm không có đơn vị tiếp nhận")
            effects.append(Effect(label, len(stranded), stranded, attention=True))
        return effects

    def follow(self, act: Act, outcome: Outcome, journal: Journal) -> None:  # noqa: ARG002
        plan = outcome.plan
        edges = successors(plan.day)
        held = Q(place_id__in=plan.ended) | Q(body_id__in=edges)
        together: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for pk, place, body in (
            Duty.objects.filter(held, state=Duty.State.OPEN).order_by("pk").values_list("pk", "place_id", "body_id")
        ):
            together[place, body].append(pk)
        for (where, held_by), keys in together.items():
            heir: int | None = outcome.heir(where) if where in plan.ended else where
            if heir is None:
                continue  # nobody takes over: the duty stays where people will look for it
            journal.update(
                Duty.objects.filter(pk__in=keys),
                place_id=heir,
                body_id=_successor(held_by, heir, edges),
                from_place_id=where,
                from_body_id=held_by,
                moved_on=plan.day,
            )


def successors(day: date) -> dict[int, list[tuple[int, int]]]:
    """By body that handed over on a day: the bodies that took over, each with its place."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    edges = BodySuccession.objects.filter(effective_on=day).order_by("pk")
    for old, new, place in edges.values_list("predecessor_id", "successor_id", "successor__place_id"):
        found[old].append((new, place))
    return dict(found)


def _successor(body: int | None, heir: int, edges: dict[int, list[tuple[int, int]]]) -> int | None:
    """The body of the unit that took over when there are several; the body itself when it goes on."""
    if body is None or body not in edges:
        return body
    return next((new for new, place in edges[body] if place == heir), edges[body][0][0])


class DutiesOfBody:
    """Open duties of a body that is followed by another, in whatever units it sits: they go on with the successor."""

    def counted(self, body: Body, on: date) -> tuple[str, int]:  # noqa: ARG002
        return _("việc đang phải làm"), Duty.objects.filter(state=Duty.State.OPEN, body=body).count()

    def take_over(self, act: Act, step: HandingOver) -> None:
        # A handing over still to come is carried out on its day by the periodic job.
        if step.ends and step.on <= act.day:
            Duty.objects.filter(state=Duty.State.OPEN, body=step.old).update(
                body=step.new, from_body=step.old, moved_on=step.on, version=F("version") + 1
            )


follow(30, Duties())
when_succeeded(30, DutiesOfBody())

"""People's offices in a reorganisation of units: each ends with its unit and begins anew at the one that takes over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act
from atvsld.registers.bodies.handing_over import HandingOver, when_succeeded
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.following import Effect, Journal, Outcome, follow
from atvsld.registers.places.planning import Plan
from atvsld.registers.places.tree import PlaceTree


def concerned(plan: Plan) -> QuerySet[Office]:
    """Offices that outlast a unit they are bound to."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=plan.day)
    return Office.objects.filter(lasting, place_id__in=plan.ended).select_related("user", "place").order_by("pk")


class Offices:
    """Offices over places; those for an establishment are not touched."""

    moves = frozenset({"offices.office"})

    def foresee(self, plan: Plan, places: PlaceTree) -> list[Effect]:  # noqa: ARG002
        found = list(concerned(plan))
        moving = [office for office in found if office.place_id and plan.heir(office.place_id) is not None]
        stranded = [office for office in found if office not in moving]
        divided = [office for office in moving if office.place_id and plan.is_split(office.place_id)]
        people = len({office.user_id for office in found})
        effects = [
            Effect(_("Người dùng có chức trách chuyển sang đơn vị mới"), people, tuple(map(_line, moving))),
        ]
        if divided:
            label = _("Trong đó ở đơn vị bị chia: chuyển theo phần lớn nhất, cần xem lại")
            effects.append(Effect(label, len(divided), tuple(map(_line, divided)), attention=True))
        if stranded:
            problem = Problem(
                "stranded_offices",
                _("Còn người giữ chức trách tại đơn vị kết thúc mà không có nơi tiếp nhận."),
                _("Ghi nơi tiếp nhận ở cột new_code của dòng end, hoặc kết thúc các chức trách đó trước."),
            )
            label = _("Chức trách không có nơi tiếp nhận")
            effects.append(Effect(label, len(stranded), tuple(map(_line, stranded)), attention=True, problem=problem))
        return effects

    def follow(self, act: Act, outcome: Outcome, journal: Journal) -> None:  # noqa: ARG002
        plan = outcome.plan
        found = list(concerned(plan))
        begun = [office for office in found if office.valid_from <= plan.last_day]
        journal.update(Office.objects.filter(pk__in=[office.pk for office in begun]), valid_to=plan.last_day)
        new: dict[tuple[int, str, int | None], Office] = {}
        for office in begun:
            assert office.place_id is not None  # offices over places only
            heir = outcome.heir(office.place_id)
            key = (office.user_id, office.role, heir)
            # The office read before still holds its own last day.
            new.setdefault(
                key,
                Office(
                    user_id=office.user_id,
                    role=office.role,
                    place_id=heir,
                    body_id=_successor(office.body_id, heir, outcome),
                    valid_from=plan.day,
                    valid_to=office.valid_to,
                ),
            )
        journal.create(new.values())
        for office in found:
            if office not in begun and office.place_id is not None:
                # Not begun yet: it will begin at the unit that then exists.
                heir = outcome.heir(office.place_id)
                body = _successor(office.body_id, heir, outcome)
                journal.update(Office.objects.filter(pk=office.pk), place_id=heir, body_id=body)


def _successor(body: int | None, heir: int | None, outcome: Outcome) -> int | None:
    """The body that took over: the one of the unit that took over when there are several."""
    if body is None:
        return None
    edges = BodySuccession.objects.filter(predecessor_id=body, effective_on=outcome.plan.day).order_by("pk")
    rows = list(edges.values_list("successor_id", "successor__place_id"))
    if not rows:
        still = Body.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=outcome.plan.day), pk=body)
        return body if still.exists() else None
    return next((pk for pk, place in rows if place == heir), rows[0][0])


def _line(office: Office) -> str:
    role = roles().get(office.role)
    return f"{office.user} – {role.label_vi if role else office.role} – {office.place}"


class OfficesOfBody:
    """Offices for a body that is followed by another: each ends with it and goes on for the successor."""

    def counted(self, body: Body, on: date) -> tuple[str, int]:
        return _("chức trách"), self._lasting(body, on).count()

    def take_over(self, act: Act, step: HandingOver) -> None:  # noqa: ARG002
        if not step.ends:
            return
        for office in self._lasting(step.old, step.on):
            if office.valid_from >= step.on:
                Office.objects.filter(pk=office.pk).update(body=step.new)
                continue
            until = office.valid_to
            Office.objects.filter(pk=office.pk).update(valid_to=step.on - timedelta(days=1))
            Office.objects.create(
                user_id=office.user_id, role=office.role, place_id=office.place_id, body=step.new,
                establishment_id=office.establishment_id, valid_from=step.on, valid_to=until,
            )  # fmt: skip

    def _lasting(self, body: Body, on: date) -> QuerySet[Office]:
        return Office.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), body=body).order_by("pk")


follow(20, Offices())
when_succeeded(20, OfficesOfBody())

"""The standing body reminds bodies of what is due, in their inbox."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law.programme import Programme
from atvsld.oversight.programme.policy import BODIES
from atvsld.oversight.workplans.policy import OVERSEE
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.outbox import facade as outbox
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.offices.models import Office


class About(StrEnum):
    """What a body is reminded of."""

    NO_PLAN = "no_plan"
    OVERDUE = "overdue"
    UNPROVEN = "unproven"


@action(needs=OVERSEE, records="programme:programme:reminded")
def remind(
    act: Act, *, bodies: Collection[Body], about: About, programme: Programme, year: int, text: str = ""
) -> dict[int, int]:
    """A message to everybody who holds an office of these bodies; how many by body. Once a day for each thing.

    A body nobody holds an office of stands with 0: it must be reminded on paper.
    """
    if not bodies:
        message = _("Chưa chọn đơn vị nào.")
        raise Rejected([Problem("no_bodies", message, _("Đánh dấu ít nhất một đơn vị."), column="bodies")])
    for body in bodies:
        BODIES.require(act.actor, OVERSEE, body)
    told = dict.fromkeys((body.pk for body in bodies), 0)
    holders = Office.objects.filter(in_force(act.day), user__is_active=True, body__in=bodies)
    request = subject(about, programme, year)
    url = f"{reverse('programme:follow')}?kh={programme.id}&nam={year}&xem={_VIEWS[about]}"
    for body_id, user_id in sorted(set(holders.values_list("body_id", "user_id"))):
        outbox.post(
            key=f"programme:{about}:{programme.id}:{year}:{act.day}:{body_id}:{user_id}",
            user_id=user_id,
            subject=request,
            body="\n\n".join(
                filter(None, (request, text.strip(), _("Người gửi: %(name)s") % {"name": act.actor.name}))
            ),
            url=url,
            at=act.at,
        )
        told[body_id] += 1
    return told


def subject(about: About, programme: Programme, year: int) -> str:
    """What a body is asked for, in one sentence."""
    return str(_SUBJECTS[about]() % {"plan": programme.title.vi, "year": year})


_VIEWS = {About.NO_PLAN: "chua-ke-hoach", About.OVERDUE: "qua-han", About.UNPROVEN: "chua-chung-minh"}
_SUBJECTS = {
    About.NO_PLAN: lambda: _("Đề nghị gửi kế hoạch năm %(year)s thực hiện %(plan)s"),
    About.OVERDUE: lambda: _("Đề nghị cập nhật nhiệm vụ quá hạn năm %(year)s của %(plan)s"),
    About.UNPROVEN: lambda: _("Đề nghị nêu bằng chứng cho nhiệm vụ năm %(year)s của %(plan)s"),
}

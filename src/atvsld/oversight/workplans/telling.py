"""Messages to the officers of whoever must know: asked for help, answered, a plan returned or taken in."""

from __future__ import annotations

from functools import cache

from atvsld.oversight.workplans.policy import CHANGE
from atvsld.platform.acts import Act
from atvsld.platform.outbox import facade as outbox
from atvsld.registers.bodies.queries import heirs, in_force
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles


@cache
def _writers() -> tuple[str, ...]:
    """The roles that make plans for their own body or establishment."""
    return tuple(slug for slug, role in roles().items() if CHANGE in role.own)


def tell(
    act: Act, *, key: str, subject: str, url: str, text: str = "", body: int | None = None,
    establishment: int | None = None,
) -> int:  # fmt: skip
    """Post to everybody who makes plans there today, under its later names too; how many. A key is told once."""
    held = Office.objects.filter(in_force(act.day), user__is_active=True, role__in=_writers())
    if body is not None:
        held = held.filter(body__in=[one.pk for one in heirs(body, act.day)])
    else:
        held = held.filter(establishment__in=[establishment])
    users = sorted(set(held.values_list("user_id", flat=True)) - {act.actor.user_id})
    for user in users:
        outbox.post(key=f"workplans:{key}:{user}", user_id=user, subject=subject, body=text, url=url, at=act.at)
    return len(users)

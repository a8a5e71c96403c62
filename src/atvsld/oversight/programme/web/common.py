"""What the pages share: the plan of an address, the year asked for, how far the person sees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from atvsld.law.programme import Programme
from atvsld.oversight.programme.policy import READ
from atvsld.oversight.programme.queries import followed, readable
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.places import tree
from atvsld.registers.proofs import Asked

FIRST_YEAR, LAST_YEAR = 2016, 2100


def today_of(request: HttpRequest) -> date:
    return clock.local_day(request.now)  # type: ignore[attr-defined]


def plan_or_404(actor: Actor, code: str, on: date) -> Programme:
    """A plan the person may read."""
    found = next((one for one in readable(actor, on) if one.id == code), None)
    if found is None:
        raise Http404
    return found


def year_of(request: HttpRequest, today: date) -> int:
    """The year asked for, this one when none or nonsense is."""
    asked = request.GET.get("nam", "")
    return (
        int(asked)
        if asked.isdecimal() and FIRST_YEAR <= int(asked[:4]) <= LAST_YEAR and len(asked) == 4
        else today.year
    )


def years(today: date) -> list[int]:
    """The years a page offers, newest first."""
    return list(range(today.year + 1, today.year - 5, -1))


def sees_all(actor: Actor) -> bool:
    """Whether the person follows the whole province, so that figures need not be narrowed."""
    return any(
        scope.everything
        or (scope.dimension == "place" and scope.root is not None and tree.current().covers_everything(scope.root))
        for scope in actor.scopes(READ)
    )


def asked_by(actor: Actor, year: int, *, establishments: bool = True) -> Asked:
    """A year's figures as far as the person sees: the whole province, the own bodies, or the own establishment."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    if sees_all(actor):
        return Asked(start, end)
    firms = frozenset[int]().union(*(s.ids for s in actor.scopes(READ) if s.dimension == "establishment"))
    bodies = frozenset(followed(actor).values_list("pk", flat=True))
    if establishments and firms and not bodies:
        return Asked(start, end, establishments=firms)
    return Asked(start, end, bodies=bodies)


def kept(request: HttpRequest, **changes: Any) -> str:
    """The query of this page with some parameters changed; None or an empty text leaves one out."""
    given = request.GET.copy()
    for name, value in changes.items():
        given.pop(name, None)
        if value not in (None, ""):
            given[name] = str(value)
    return f"?{given.urlencode()}"

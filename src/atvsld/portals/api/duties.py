"""Duties for other systems: what must be done by whom by when."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.duties import queries
from atvsld.registers.duties.policy import READ
from atvsld.registers.duties.shown import as_data
from atvsld.registers.places import tree

router = Router(tags=["duties"])


class DutyOut(Schema):
    """One duty. `due` and `last_ok` are the law's own (null when it names none), `due_at` the last moment in time.

    `house`: the term is the installation's own, because the law says “at once”. `status`: how sure the law book is.
    """

    id: str
    rule: str
    title: str
    context: str
    subject: str
    label: str
    url: str
    owner: str
    body_code: str | None
    body_name: str | None
    place_code: str
    place_name: str
    establishment_tax_code: str | None
    assigned: bool
    begun_at: str | None
    period: str | None
    due: str | None
    last_ok: str | None
    due_at: str | None
    unit: str | None
    bound: str | None
    house: bool
    extended: bool
    remaining: str
    overdue: bool
    state: str
    done_at: str | None
    late: bool | None
    reason: str
    citation: str
    status: str
    explanation: str


class DutyPage(Schema):
    """A page of duties; `next` is the cursor of the page after, null at the end."""

    items: list[DutyOut]
    next: str | None


class DutyQuery(Paging):
    """Filters; all that are given must hold."""

    state: Literal["open", "done", "cancelled", ""] = ""
    overdue: bool = Field(False, description="open and past the last moment")
    due_within: int | None = Field(None, ge=0, le=3660, description="open and due within so many days, not yet late")
    mine: bool = Field(False, description="only what comes to the account through its offices")
    rule: str = Field("", max_length=40)
    context: str = Field("", max_length=40)
    subject: str = Field("", max_length=60, description="public id of the record the duty is about")
    owner: str = Field("", max_length=40)
    place: str = Field("", max_length=10, description="code of an administrative unit; everything within it counts")


@router.get("/duties", response=DutyPage, operation_id="list_duties")
def list_duties(request: HttpRequest, query: Query[DutyQuery]) -> dict[str, Any]:
    """Duties in the account's area, in order of entry."""
    actor, now = actor_of(request), request.now  # type: ignore[attr-defined]
    if not actor.may(READ):
        raise Refused("Tài khoản không có quyền xem việc và hạn.")
    found = queries.visible(actor).select_related("place", "establishment", "body")
    for name in ("state", "rule", "context", "subject", "owner"):
        if value := getattr(query, name).replace("\x00", ""):
            found = found.filter(**{name: value})
    if query.overdue:
        found = found.filter(queries.overdue(now))
    if query.due_within is not None:
        found = found.filter(queries.due_within(now, query.due_within))
    if query.mine:
        found = found.filter(queries.mine(actor, queries.day(now)))
    if query.place:
        graph = tree.current()
        units = graph.with_code(query.place.replace("\x00", ""))
        found = found.filter(place_id__in={pk for node in units for pk in graph.territory(node.pk)})
    duties, following = page(found, query)
    return {"items": [as_data(duty, now) for duty in duties], "next": following}

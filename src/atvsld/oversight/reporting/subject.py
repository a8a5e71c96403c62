"""Whom a report is about: an establishment, a place, or a body for the area it answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period
from atvsld.platform.access.actor import Actor
from atvsld.platform.access.policy import Policy
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree

# The function whose holder answers for a unit of each level.
LEVEL_FUNCTIONS = {"province": "osh_lead", "district": "district", "commune": "commune"}
# Bodies that consolidate the accidents of a whole area; a zone authority's part of one is not marked in records.
AREA_FUNCTIONS = (*LEVEL_FUNCTIONS.values(), "ppc")


class Basis(StrEnum):
    """Which place of a record decides whether it counts: where it happened, or the employer's head office."""

    PLACE = "place"
    HEADQUARTERS = "headquarters"


class Boundary(StrEnum):
    """By which boundaries records are counted, when no date is given outright."""

    PERIOD_END = "period_end"
    EVENT = "event"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Subject:
    """The resolved subject of a report.

    `place_ids` are the places whose records count (None: no narrowing by place); `register_ids` those for what
    stands in a register without a date of its own, such as an establishment; `establishment` narrows to one.
    """

    kind: str
    code: str
    name: str
    address: str = ""
    place_pk: int | None = None
    place_ids: frozenset[int] | None = None
    register_ids: frozenset[int] | None = None
    establishment: Establishment | None = None
    body: Body | None = None
    boundary: date | None = None
    boundary_choice: str = Boundary.PERIOD_END

    def to_json(self) -> dict[str, str | None]:
        return {
            "kind": self.kind,
            "code": self.code,
            "name": self.name,
            "boundary": self.boundary.isoformat() if self.boundary else None,
        }


SUBJECTS = Policy({"place": "place_pk", "establishment": "establishment.pk"})


def require_readable(actor: Actor, permission: str, subject: Subject) -> None:
    """Raise `Refused` unless the actor may read reports about the whole subject, so that figures are complete."""
    if not actor.may(permission):
        raise Refused(_("Tài khoản không có quyền xem báo cáo."))
    scopes = actor.scopes(permission)
    if any(scope.everything for scope in scopes):
        return
    wanted = subject.place_ids if subject.establishment is None else None
    for scope in scopes:
        if scope.dimension == "place" and wanted is not None and wanted <= scope.ids:
            return
        if SUBJECTS.decide(actor, permission, subject) and subject.establishment is not None:
            return
        if scope.dimension == "place" and subject.establishment and subject.establishment.place_id in scope.ids:
            return
    raise Refused(_("Đối tượng báo cáo nằm ngoài phạm vi được giao cho tài khoản."))


def for_establishment(tax_code: str) -> Subject:
    """An establishment by tax code, or the one it was merged into; `Rejected` when the register has none."""
    held = Establishment.objects.select_related("place", "headquarters_place")
    found = held.filter(tax_code=tax_code).first()
    if found is not None and found.merged_into_id is not None:
        found = held.get(pk=found.merged_into_id)
    if found is None:
        raise Rejected(
            [_missing("establishment", _("Chưa có cơ sở nào mang mã số thuế %(code)s.") % {"code": tax_code})]
        )
    return Subject(
        kind="establishment", code=found.tax_code, name=found.name, address=found.address, place_pk=found.place_id,
        establishment=found,
    )  # fmt: skip


def for_place(code: str, period: Period, *, boundary: str = Boundary.PERIOD_END, today: date) -> Subject:
    """A place by code.

    The unit is the one that bore the code on the boundary date: the end of the period, today, or a day given
    as ISO text. With `event`, records count under the unit they were recorded in. `Rejected` when the code
    named no unit in the period.
    """
    graph = tree.current()
    day = _boundary_day(boundary, period, today)
    node = graph.at(code, day)
    if node is None:
        # The unit may have ended within the period, or not exist yet on the chosen day: take its own last days.
        known = [unit for unit in graph.with_code(code) if unit.valid_from <= period.end]
        node = next((unit for unit in reversed(known) if unit.valid_to is None or unit.valid_to >= period.start), None)
        if node is None:
            raise Rejected([_missing("place", _("Không có đơn vị hành chính mã %(code)s trong kỳ %(period)s.")
                                     % {"code": code, "period": period.label_vi})])  # fmt: skip
        day = min(day, node.valid_to) if node.valid_to else max(day, node.valid_from)
    ground = graph.territory(node.pk, day)
    return Subject(
        kind="place",
        code=code,
        name=node.name,
        place_pk=node.pk,
        place_ids=_recorded_under(graph, code, period) if boundary == Boundary.EVENT else ground,
        register_ids=ground,
        boundary=day,
        boundary_choice=boundary,
    )


def for_body(code: str, period: Period, *, boundary: str = Boundary.PERIOD_END, today: date) -> Subject:
    """A body by its code, for the area it answers for; `Rejected` when there is none."""
    body = Body.objects.select_related("place").filter(code=code).first()
    if body is None:
        message = _("Không có cơ quan mang mã %(code)s.") % {"code": code}
        raise Rejected([_missing("body", message)])
    if not body.functions.filter(function__in=AREA_FUNCTIONS).exists():
        message = _("%(name)s không tổng hợp tai nạn lao động của cả một địa bàn.") % {"name": body.name}
        remedy = _("Chọn cơ quan quản lý ATVSLĐ hoặc ủy ban nhân dân, hoặc chọn địa bàn.")
        raise Rejected([Problem("body_without_area", message, remedy, column="body")])
    area = for_place(body.place.code, period, boundary=boundary, today=today)
    return Subject(
        kind="body",
        code=code,
        name=body.name,
        place_pk=area.place_pk,
        place_ids=area.place_ids,
        register_ids=area.register_ids,
        body=body,
        boundary=area.boundary,
        boundary_choice=boundary,
    )


def home_place_code(on: date) -> str:
    """Code of the place whose OSH lead body is in office on a day: the province this installation serves.

    With several (history of merged provinces), the one still in office; `Rejected` on an empty installation.
    """
    holding = BodyFunction.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), function="osh_lead", valid_from__lte=on
    )
    found = holding.filter(place__level="province").select_related("place").order_by("valid_from").last()
    if found is None:
        raise Rejected([_missing("place", _("Chưa có cơ quan quản lý ATVSLĐ của tỉnh trong danh bạ."))])
    return found.place.code


def answering_body(subject: Subject, period: Period, function: str | None = None) -> Body | None:
    """The body that answers for the subject's place at the end of the period; None when the register has none.

    `function` asks for its holder instead of the body that answers for the level of the place.
    """
    if subject.body is not None:
        return subject.body
    graph = tree.current()
    node = graph.nodes[subject.place_pk] if subject.place_pk and subject.establishment is None else None
    if node is None:
        return None
    day = min(period.end, node.valid_to) if node.valid_to else period.end
    found = bodies.holders(function or LEVEL_FUNCTIONS[node.level], node.pk, day)
    return found[0] if len(found) == 1 else None


def province_of(establishment: Establishment) -> str:
    """Name of the province-level unit in which the head office stands, by the newest hanging of its place."""
    graph = tree.current()
    node = graph.nodes[establishment.headquarters_place_id]
    return (node, *graph.ancestors(node.pk, node.valid_to or date.max))[-1].name


def _boundary_day(boundary: str, period: Period, today: date) -> date:
    match boundary:
        case Boundary.PERIOD_END | Boundary.EVENT:
            return period.end
        case Boundary.TODAY:
            return today
        case _:
            try:
                return date.fromisoformat(boundary)
            except ValueError as error:
                message = _("Không đọc được ranh giới “%(text)s”.") % {"text": boundary}
                problem = Problem(
                    "bad_boundary", message, _("Chọn period_end, event, today hoặc một ngày dạng 2026-07-01.")
                )
                raise Rejected([problem]) from error


def _recorded_under(graph: tree.PlaceTree, code: str, period: Period) -> frozenset[int]:
    """Places that in the period belonged to a unit bearing the code, whichever unit bore it at the time."""
    bearers = {unit.pk for unit in graph.with_code(code) if _span(unit, period)}
    found: set[int] = set()
    for pk, unit in graph.nodes.items():
        span = _span(unit, period)
        if span and (pk in bearers or any(up.pk in bearers for day in span for up in graph.ancestors(pk, day))):
            found.add(pk)
    return frozenset(found)


def _span(unit: tree.Node, period: Period) -> tuple[date, date] | None:
    """First and last day of a unit's life within a period; None when they do not meet."""
    first, last = max(unit.valid_from, period.start), min(unit.valid_to or period.end, period.end)
    return (first, last) if first <= last else None


def _missing(field: str, message: str) -> Problem:
    return Problem(f"{field}_not_found", message, _("Kiểm tra lại mã."), column=field)

"""The record page of a case: what happened, what the law says of it, what is due, who did what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.casework.accidents import actions, codes
from atvsld.casework.accidents.assessment import assess
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.panels import panels
from atvsld.casework.accidents.policy import CASES, CHANGE, READ, READ_IDENTITY
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES, OCCUPATIONS
from atvsld.casework.accidents.web.edit import case_or_404
from atvsld.casework.accidents.web.forms import IdentityForm
from atvsld.law import load_book
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import moment, money, number
from atvsld.platform.ui.pages import PageAction, act_of, actor_of, requires
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.places import tree

COSTS = ("medical_cost", "wage_cost", "compensation_cost")
PROTECTED = ("name", "birth_year", "injury_codes")


@requires(READ)
def case_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record with identities masked."""
    case = case_or_404(request, public_id, READ)
    return _shown(request, case, list(case.victims.order_by("position")), clear=False, form=IdentityForm())


@require_POST
@requires(READ_IDENTITY)
def identities(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record with identities in clear for this one view, once the purpose is said and recorded."""
    case = case_or_404(request, public_id, READ)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        held = list(case.victims.order_by("position"))
        return _shown(request, case, held, clear=False, form=form)
    victims = actions.read_identities(act_of(request, form.cleaned_data["purpose"]), cases=[case])[case.pk]
    response = _shown(request, case, victims, clear=True, form=form)
    response["Cache-Control"] = "no-store"
    return response


def _shown(
    request: HttpRequest, case: AccidentCase, victims: Sequence[Victim], *, clear: bool, form: IdentityForm
) -> HttpResponse:
    may_change = bool(CASES.decide(actor_of(request), CHANGE, case))
    may_read_identity = bool(CASES.decide(actor_of(request), READ_IDENTITY, case))
    book = load_book()
    found = assess(book, case, victims)
    parts = panels(case, request)
    context = {
        "title": _("Vụ tai nạn %(number)s") % {"number": case.number},
        "case": case,
        "facts": _facts(case),
        "where": _where(case, clock.local_day(request.now)),  # type: ignore[attr-defined]
        "establishment": _establishment(request, case),
        "people": [_person(view.victim, case, clear=clear) | {"view": view} for view in found.victims],
        "costs": _costs(case, victims),
        "assessment": found,
        "parts": {column: [part for part in parts if part.column == column] for column in ("lead", "main", "side")},
        "replaced": {name for part in parts for name in part.replaces},
        "clear": clear,
        "identity_form": form,
        "may_change": may_change,
        "may_read_identity": may_read_identity,
        "page_actions": _actions(case) if may_change else [],
        "history": timeline(case, [(Victim, {"case_id": case.pk}, _("Người bị nạn"))], masked=PROTECTED),
    }
    return render(request, "accidents/case.html", context, status=422 if form.errors else 200)


def _actions(case: AccidentCase) -> list[PageAction]:
    return [
        PageAction(_("Thêm người bị nạn"), reverse("accidents:add_victim", args=[case.public_id]), "plus"),
        PageAction(_("Sửa"), reverse("accidents:change", args=[case.public_id]), "pencil", primary=True),
    ]


def _facts(case: AccidentCase) -> list[tuple[str, Any]]:
    day = clock.local_day(case.occurred_at)
    return [
        (_("Xảy ra lúc"), moment(case.occurred_at)),
        (_("Kết luận"), case.get_conclusion_display()),
        (_("Nguyên nhân chính"), codes.label(CAUSES, case.cause_code, day)),
        (_("Yếu tố chính gây chấn thương"), codes.label(AGENTS, case.injury_agent_code, day)),
        (_("Số người bị nạn"), number(case.victim_count)),
        (_("Mã vụ của đơn vị"), case.case_key or "–"),
    ]


def _where(case: AccidentCase, today: Any) -> dict[str, Any]:
    """The unit of the day of the accident, what it belonged to, and the unit of today."""
    graph, day = tree.current(), clock.local_day(case.occurred_at)
    node, now = graph.nodes[case.place_id], graph.unit_on(case.place_id, today)
    return {
        "node": node,
        "above": ", ".join(up.name for up in graph.ancestors(node.pk, day)),
        "now": now if now is not None and now.pk != node.pk else None,
        "now_above": ", ".join(up.name for up in graph.ancestors(now.pk, today)) if now is not None else "",
        "url": reverse("places:place", args=[case.place.public_id]),
    }


def _establishment(request: HttpRequest, case: AccidentCase) -> dict[str, Any] | None:
    if case.establishment is None:
        return None
    seen = establishments.visible(actor_of(request)).filter(pk=case.establishment.pk).exists()
    url = reverse("establishments:establishment", args=[case.establishment.public_id]) if seen else ""
    return {"record": case.establishment, "url": url}


def _person(victim: Victim, case: AccidentCase, *, clear: bool) -> dict[str, Any]:
    day = clock.local_day(case.occurred_at)
    injuries = [codes.label(INJURIES, code, day) for code in victim.injury_codes] if clear else []
    return {
        "victim": victim,
        "occupation": codes.label(OCCUPATIONS, victim.occupation_code, day),
        "injuries": injuries,
        "injury_count": len(victim.injury_codes),
        "total": _total([getattr(victim, name) for name in COSTS]),
    }


def _costs(case: AccidentCase, victims: Sequence[Victim]) -> dict[str, Any]:
    """Sums over the victims; what is not known stays out of a sum and is counted beside it."""
    columns = {name: [getattr(victim, name) for victim in victims] for name in (*COSTS, "days_lost")}
    every = [value for name in COSTS for value in columns[name]]
    lines = [
        (_("Chi phí y tế"), money(_total(columns["medical_cost"])), columns["medical_cost"].count(None)),
        (
            _("Trả lương trong thời gian điều trị"),
            money(_total(columns["wage_cost"])),
            columns["wage_cost"].count(None),
        ),
        (
            _("Bồi thường, trợ cấp"),
            money(_total(columns["compensation_cost"])),
            columns["compensation_cost"].count(None),
        ),
    ]
    return {
        "lines": lines,
        "total": money(_total(every)),
        "unknown": every.count(None),
        "days": number(_total(columns["days_lost"])),
        "days_unknown": columns["days_lost"].count(None),
        "damage": money(case.property_damage),
    }


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None

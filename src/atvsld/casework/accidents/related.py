"""Accident cases on the pages of places and establishments."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import READ
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui import formats_text
from atvsld.platform.ui.templatetags import ui
from atvsld.registers.places import tree
from atvsld.registers.related import Related, relate

SHOWN = 8


def of_establishment(establishment: Any, actor: Actor) -> Related | None:
    """The accidents of an establishment, as far as the actor may see them."""
    if not actor.may(READ):
        return None
    cases = queries.visible_cases(actor).filter(establishment=establishment)
    return _part(cases, f"establishment={establishment.tax_code}")


def of_place(place: Any, actor: Actor) -> Related | None:
    """The accidents on the ground of a place, whatever the unit was called on their day."""
    if not actor.may(READ) or not (place.level == "commune" or tree.current().has_communes(place.pk)):
        return None
    cases = queries.visible_cases(actor).filter(place_id__in=tree.current().territory(place.pk))
    code = place.code if place.valid_to is None else f"{place.code}@{place.valid_to.isoformat()}"
    return _part(cases, f"place={code}")


def _part(cases: QuerySet[AccidentCase], query: str) -> Related:
    rows = tuple(
        (
            reverse("accidents:case", args=[case.public_id]),
            case.number,
            (
                formats_text.moment(case.occurred_at),
                ui.state(case.severity, case.get_severity_display() if case.severity else ""),
                ui.state(case.conclusion, case.get_conclusion_display()),
            ),
        )
        for case in cases.order_by("-occurred_at", "-pk")[:SHOWN]
    )
    return Related(
        title=_("Vụ tai nạn lao động"),
        icon="ambulance",
        count=cases.count(),
        url=f"{reverse('accidents:list')}?{query}" if rows else "",
        url_label=_("Xem tất cả các vụ"),
        empty=_("Chưa ghi nhận vụ nào trong phạm vi của bạn."),
        rows=rows,
        headings=(_("Số hồ sơ"), _("Xảy ra lúc"), _("Mức độ"), _("Kết luận")),
    )


relate("establishment", of_establishment)
relate("place", of_place)

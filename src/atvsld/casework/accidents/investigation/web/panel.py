"""The investigation on the page of a case."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.investigation.dossier import dossiers
from atvsld.casework.accidents.investigation.policy import may_work
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import actor_of


def investigation_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """Where the investigation stands, in a few lines. Nothing while no level deals with the case."""
    file = file_of(case)
    if file is None or not file.level or file.level == "special":
        return None
    record = Record(file, today=clock.local_day(request.now))  # type: ignore[attr-defined]
    works = may_work(actor_of(request), case, record.level)
    lacking = [dossier for dossier in dossiers(record) if dossier.missing] if works else []
    return Panel(
        title=_("Điều tra"),
        icon="search",
        template="accident_investigation/panel.html",
        context={
            "record": record,
            "works": works,
            "lacking": lacking,
            "url": reverse("accident_investigation:page", args=[case.public_id]),
            "sent": sum(one.sent_at is not None for one in record.deliveries if one.required),
            "to_send": sum(one.required for one in record.deliveries),
            "done": sum(one.settled for one in record.recommendations),
        },
        id="dieu-tra",
    )

"""What stands beside the ledgers: the council's year above the list, recommendations on the page of a supervision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.casework.dialogues.council import CITATION, STATUS, council_years
from atvsld.casework.dialogues.models import SupervisionVisit
from atvsld.casework.dialogues.policy import CHANGE, OWN
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import PageAction
from atvsld.registers.ledgers.ledger import Panel


def council(_records: Any) -> Iterator[Panel]:
    """The yearly dialogue of the provincial council: held, still to be held, or missed."""
    years = list(council_years(clock.local_day(clock.now())))
    shown = {"years": years, "citation": CITATION, "status": STATUS}
    content = mark_safe(render_to_string("dialogues/council.html", shown))  # noqa: S308  (escaped by the template)
    yield Panel(_("Đối thoại hằng năm của Hội đồng ATVSLĐ cấp tỉnh"), content, "users")


def recommendations(actor: Actor, visit: SupervisionVisit) -> Iterator[Panel]:
    """What was asked for, by when, and what was answered."""
    today = clock.local_day(clock.now())
    rows = [(one, one.overdue(today)) for one in visit.recommendations.order_by("term", "pk")]
    shown = {"rows": rows, "may_change": _may_change(actor, visit)}
    content = mark_safe(render_to_string("dialogues/recommendations.html", shown))  # noqa: S308
    yield Panel(_("Kiến nghị qua giám sát"), content, "list-check")


def recommendation_actions(actor: Actor, visit: SupervisionVisit) -> Iterator[PageAction]:
    """Adding a recommendation."""
    if _may_change(actor, visit):
        yield PageAction(
            _("Thêm kiến nghị"), reverse("dialogues:recommend", args=[visit.public_id]), "plus", primary=True
        )


def _may_change(actor: Actor, visit: SupervisionVisit) -> bool:
    return visit.withdrawn_at is None and bool(OWN.decide(actor, CHANGE, visit))

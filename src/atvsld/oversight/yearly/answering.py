"""The reports of the plan answer the reporting calendar: they count on its board like every report filed."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.urls import reverse

from atvsld.oversight.obligations.facade import Answer, answer
from atvsld.oversight.yearly.plans import BODIES_RULE, STANDING_RULE, USUAL
from atvsld.platform.access.actor import Actor

# States in the words of filings. A report still being written has no moment of sending.
_RELATION = """
(SELECT id, public_id, '{rule}'::text AS report, year::text AS period, establishment_id, body_id,
        NULL::bigint AS provider_id,
        CASE state WHEN 'sent' THEN 'submitted' WHEN 'issued' THEN 'accepted' ELSE state END AS state,
        first_sent_at AS submitted_at, late, false AS nil
   FROM yearly_yearreport WHERE kind = '{kind}' AND programme = '{programme}')
"""


def take_in() -> None:
    """State that the reports of the plan are taken in here."""
    for rule, kind in ((BODIES_RULE, "body"), (STANDING_RULE, "standing")):
        answer(rule, Answer(_RELATION.format(rule=rule, kind=kind, programme=USUAL), page, _begin(kind)))


def page(public_id: str) -> str:
    return reverse("yearly:report", args=[public_id])


def _begin(kind: str) -> Callable[[Actor, Model, str], str]:
    """Where a report of a kind is begun by somebody; empty for those who may not."""

    def begin(actor: Actor, record: Model, period: str) -> str:
        from atvsld.oversight.yearly.models import YearReport
        from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, OWN

        wished = YearReport(body_id=record.pk, kind=kind)
        if not OWN.decide(actor, CHANGE, wished) or (kind == "standing" and not actor.may(OVERSEE)):
            return ""
        return f"{reverse('yearly:list')}?year={period}#lap"

    return begin

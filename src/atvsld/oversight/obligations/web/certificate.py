"""Punctuality of an establishment over three years, and the certificate of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.obligations import letters
from atvsld.oversight.obligations.certificate import COUNTED, conclusion, in_time, material_of
from atvsld.oversight.obligations.policy import CHASE, READ, REPORTERS
from atvsld.oversight.obligations.states import TONES
from atvsld.oversight.obligations.web import reporters
from atvsld.platform.acts import clock
from atvsld.platform.papers.queries import shown_to
from atvsld.platform.ui.pages import Page


class PunctualityPage(Page):
    """Each report of three years: due, handed in, late by how much."""

    permission = READ
    template_name = "obligations/punctuality.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _register, record = reporters.found(self.actor, READ, "establishment", self.kwargs["public_id"])
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        material = material_of(record, today=today)
        return super().get_context_data(
            title=_("Nộp đúng hạn ba năm: %(name)s") % {"name": record.name},
            record=record,
            material=material,
            conclusion=conclusion(material),
            lines=[
                {
                    "expected": one,
                    "citation": letters.cited(one.term),
                    "counted": one.term.duty.id in COUNTED,
                    "good": in_time(one),
                    "unrecorded": material.unrecorded(one),
                    "tone": TONES[one.state] if one.state else "secondary",
                }
                for one in material.reports
            ],
            key=new_ulid(),
            may_write=bool(REPORTERS["establishments"].decide(self.actor, CHASE, record)),
            papers=shown_to(self.actor, "obligations", record.public_id),
            **kwargs,
        )

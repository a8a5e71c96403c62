"""Who has reported and who has not: figures and names at any moment, from the reporting calendar."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.obligations.facade import Standing
from atvsld.oversight.yearly import plans
from atvsld.registers.bodies.models import BodyFunction
from atvsld.registers.proofs import Asked, Figure, ProofRecord

IN = frozenset({"submitted", "submitted_late", "returned", "accepted"})
_LABELS = {
    "expected": ("Số đơn vị phải báo cáo", "đơn vị"),
    "sent": ("Số đơn vị đã gửi báo cáo", "đơn vị"),
    "late": ("Số đơn vị gửi muộn", "đơn vị"),
    "missing": ("Số đơn vị chưa gửi báo cáo", "đơn vị"),
    "missing_local": ("Số xã, phường, đặc khu chưa gửi báo cáo", "đơn vị"),
}


def term_of(programme: str, year: int, *, standing: bool = False) -> Term | None:
    """When the yearly report of a programme is due; None where no rule of the calendar asks for it."""
    rule = plans.rule_of(plans.plan_of(programme, date(year, 12, 31)), standing=standing)
    return obligations.known_term(rule, str(year)) if rule else None


def expected(programme: str, year: int, *, today: date) -> list[Standing]:
    """Every body that owes the report of a year, with where it stands, by name; none where nobody owes it."""
    term = term_of(programme, year)
    return [one for one in obligations.standings(term, today=today) if one.owes] if term else []


def missing(programme: str, year: int, at: datetime) -> list[Standing]:
    """Who has not reported at a moment, by name: those still in time and those past their term."""
    today = timezone.localtime(at).date()
    return [one for one in expected(programme, year, today=today) if one.state not in IN]


def local(standings: list[Standing], on: date) -> frozenset[int]:
    """Which of them are communes or districts: told of together."""
    keys = [one.pk for one in standings]
    rows = BodyFunction.objects.filter(body_id__in=keys, function__in=("commune", "district"), valid_from__lte=on)
    return frozenset(rows.values_list("body_id", flat=True))


def figures(programme: str, asked: Asked, *, today: date | None = None) -> list[Figure]:
    """The counts of a year, each with its records behind it."""
    return [
        Figure(
            key, label, Decimal(len(_of(programme, asked, key, today))), unit, f"/nghia-vu/bang/?ky={asked.end.year}"
        )
        for key, (label, unit) in _LABELS.items()
    ]


def records(programme: str, asked: Asked, key: str) -> list[ProofRecord]:
    """The bodies counted."""
    return [
        ProofRecord(
            "report_filing", one.answer or one.public_id, one.name,
            f"/bao-cao-ke-hoach/{one.answer}/" if one.answer else f"/nghia-vu/co-quan/{one.public_id}/",
            timezone.localtime(one.submitted_at).date() if one.submitted_at else None, one.pk,
        )
        for one in _of(programme, asked, key, None)
    ]  # fmt: skip


def _of(programme: str, asked: Asked, key: str, today: date | None) -> list[Standing]:
    year = asked.end.year
    # Whether a report came does not depend on today; only the word for one not in does.
    found = expected(programme, year, today=today or date(year + 1, 1, 5))
    if key == "expected":
        return found
    if key == "sent":
        return [one for one in found if one.state in IN]
    if key == "late":
        return [one for one in found if one.state in IN and one.late]
    waiting = [one for one in found if one.state not in IN]
    if key == "missing_local":
        together = local(waiting, asked.end)
        return [one for one in waiting if one.pk in together]
    return waiting

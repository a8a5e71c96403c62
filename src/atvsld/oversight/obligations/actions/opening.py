"""Opening a period: the duty enters the work list of everybody who owes the report; filing it discharges the duty."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law.errors import UnknownEntry
from atvsld.law.reporting_duties import Term
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations.models import PeriodOpening
from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import READ
from atvsld.oversight.obligations.statement import Statement, rows
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, action
from atvsld.registers.duties import facade as duties
from atvsld.registers.duties.facade import Debt, Duty
from atvsld.registers.places import tree

CONTEXT = "obligations"
PORTION = 500
JOB = "Mở kỳ báo cáo"
# The mark of duties withdrawn because the report is not owed.
NOT_OWED = "not_owed"


def key_of(report: str, period: str, register: str, pk: int) -> str:
    """What one duty is known by, whoever owes or discharges it."""
    return f"{CONTEXT}:{report}:{period}:{COLUMNS[register]}:{pk}"


def open_period(report: str, period: Period, *, at: datetime) -> int:
    """Owe the report of a period to everybody who owes it and has not handed it in; how many duties are new.

    Each portion is one transaction, so a killed worker loses nothing and the next round goes on. A duty of somebody who
    turns out not to owe the report is withdrawn. Repeating is harmless.
    """
    term = load_reporting_calendar().term(report, period)
    act = Act(system_actor(JOB, [READ]), Channel.JOB, at=at)
    opening, _made = PeriodOpening.objects.get_or_create(report=report, period=period.code, defaults={"opened_at": at})
    owing, open_still, filed = _standing(term, act)
    PeriodOpening.objects.filter(pk=opening.pk).update(total=len(owing), done=0, finished_at=None)
    made = done = 0
    for portion in _portions(owing):
        made += _owe(act, term=term, portion=portion)
        done += len(portion)
        PeriodOpening.objects.filter(pk=opening.pk).update(done=done)
    _settle(act, term=term, filed=filed)
    _release(act, term=term, keep=open_still)
    PeriodOpening.objects.filter(pk=opening.pk).update(finished_at=at)
    return made


@action(needs=READ, records="obligations:period:opened")
def _owe(act: Act, *, term: Term, portion: Sequence[dict[str, Any]]) -> int:
    register = term.duty.reporter.register
    keys = [key_of(term.duty.id, term.period.code, register, row["id"]) for row in portion]
    withdrawn = Duty.objects.filter(key__in=keys, state=Duty.State.CANCELLED, mark=NOT_OWED)
    for subject in list(withdrawn.values_list("subject", flat=True)):
        duties.restore(act, context=CONTEXT, subject=subject, mark=NOT_OWED)
    return duties.owe_many(
        act,
        rule=term.duty.id,
        context=CONTEXT,
        period=term.period,
        day=term.last_ok if term.local else None,
        debts=[
            Debt(
                key=key_of(term.duty.id, term.period.code, register, row["id"]),
                subject=f"{term.duty.id}/{term.period.code}/{row['public_id']}",
                label=f"{row['name']} · {term.period.label_vi}"[:200],
                url=reverse(f"obligations:{COLUMNS[register]}", args=[row["public_id"]]),
                place_id=row["place_id"],
                establishment_id=row["id"] if register == "establishments" else None,
                body_id=row["id"] if register == "bodies" else None,
            )
            for row in portion
        ],
    )


@action(needs=READ, records="obligations:period:opened")
def _release(act: Act, *, term: Term, keep: Collection[int]) -> None:
    """Withdraw open duties of those who do not owe the report, or no longer stand in the register; facts that change
    back bring the duty back.
    """
    register = term.duty.reporter.register
    kept = {key_of(term.duty.id, term.period.code, register, pk) for pk in keep}
    held = Duty.objects.filter(
        context=CONTEXT, rule=term.duty.id, period=term.period.code, state=Duty.State.OPEN
    ).values_list("key", "subject")
    for key, subject in list(held):
        if key not in kept:
            reason = _("Không thuộc diện phải nộp báo cáo này")
            duties.withdraw(act, context=CONTEXT, subject=subject, reason=reason, mark=NOT_OWED)


@action(needs=READ, records="obligations:period:opened")
def _settle(act: Act, *, term: Term, filed: Mapping[int, datetime]) -> None:
    """Discharge what was handed in while the duty was being owed."""
    register = term.duty.reporter.register
    keys = {key_of(term.duty.id, term.period.code, register, pk): at for pk, at in filed.items()}
    for key in Duty.objects.filter(key__in=list(keys), state=Duty.State.OPEN).values_list("key", flat=True):
        duties.discharge(act, key=key, at=keys[key])


def _standing(term: Term, act: Act) -> tuple[list[dict[str, Any]], set[int], dict[int, datetime]]:
    """Those who owe it and have not handed it in, the ids of whose duties may stay open, and when others handed it in.

    Where it cannot be told whether the report is owed, nothing is begun and nothing taken back.
    """
    statement = Statement(term, act.day, columns=("r.public_id", "r.name", "r.place_id", "f.submitted_at"))
    owing: list[dict[str, Any]] = []
    open_still: set[int] = set()
    filed: dict[int, datetime] = {}
    # A provider from outside the province has no place to be found under; the province's own stands for it.
    seat = _seat(act)
    for row in rows(*statement.build()):
        if row["submitted_at"] is not None:
            filed[row["id"]] = row["submitted_at"]
            continue
        if row["owes"] is not False:
            open_still.add(row["id"])
        if row["owes"]:
            owing.append(row | {"place_id": row["place_id"] or seat})
    return [row for row in owing if row["place_id"]], open_still, filed


def _seat(act: Act) -> int | None:
    from atvsld.oversight.reporting.subject import home_place_code
    from atvsld.platform.acts import Rejected

    try:
        unit = tree.current().at(home_place_code(act.day), act.day)
    except Rejected:
        return None
    return unit.pk if unit else None


def _portions(owing: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for at in range(0, len(owing), PORTION):
        yield owing[at : at + PORTION]


@transaction.atomic
def discharge_for(filing: Any, at: datetime) -> None:
    """The report of a filing was handed in at a moment: its duty is done, late or not. Part of the act that files.

    Nothing when no such duty was owed, or it closed already.
    """
    register, pk = next(
        (register, found)
        for register, column in COLUMNS.items()
        if (found := getattr(filing, f"{column}_id")) is not None
    )
    act = Act(system_actor(JOB, ()), Channel.JOB, at=at)
    duties.discharge(act, key=key_of(filing.report, filing.period, register, pk), at=at)


def known_term(report: str, period: str) -> Term | None:
    """The term of a report and period by their codes; None when there is none."""
    try:
        return load_reporting_calendar().term(report, Period.parse(period))
    except (UnknownEntry, NotInForce, ValueError):
        return None

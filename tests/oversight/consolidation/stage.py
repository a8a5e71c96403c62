"""Submitted reports written straight into the tables, so that tallies in plain SQL can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from django.db import connection

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.oversight.consolidation import service
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.filing.models import Cell, Figure, Filing, Submission
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places.models import Place

AT = datetime(2026, 1, 8, 3, tzinfo=UTC)
FORMS = {"R1": "ND39-XII", "R2": "ND39-XVI", "R3": "ND39-XVI", "R8": "TT07-II"}
Figures = Mapping[tuple[str, str, str], int | Decimal | None]
_numbers = count(1)


def everybody():
    return system_actor("thu", all_permissions())


def file(
    reporter: Establishment | Body, report: str, period: str, figures: Figures, *, state: str = "submitted",
    nil: bool = False, late: bool = False,
) -> Filing:  # fmt: skip
    """A report handed in with these figures, in a state."""
    form = load_book().form(FORMS[report], period=Period.parse(period))
    held = isinstance(reporter, Establishment)
    filing = Filing.objects.create(
        report=report, form=form.code, form_valid_from=form.valid_from, period=period,
        establishment=reporter if held else None, body=None if held else reporter,
        place_id=reporter.headquarters_place_id if held else reporter.place_id,
    )  # fmt: skip
    if state != "draft":
        hand_in(filing, figures, nil=nil)
        Filing.objects.filter(pk=filing.pk).update(state=state, late=late)
    return Filing.objects.get(pk=filing.pk)


def hand_in(filing: Filing, figures: Figures, *, nil: bool = False, at: datetime = AT) -> Submission:
    """One submission more; it is the one that counts."""
    submission = Submission.objects.create(
        filing=filing, number=filing.number + 1, key=new_ulid(), submitted_at=at, by_name="Thử", channel="page",
        reason="Sửa" if filing.number else "", nil=nil, receipt=f"{next(_numbers):020d}", digest="0" * 64, content={},
    )  # fmt: skip
    for (table, row, column), value in figures.items():
        cell, _new = Cell.objects.get_or_create(
            form=filing.form, form_valid_from=filing.form_valid_from, table=table, row=row, column=column
        )
        Figure.objects.create(submission=submission, cell=cell, value=value)
    filing.current, filing.number, filing.nil = submission, submission.number, nil
    filing.state = Filing.State.SUBMITTED
    filing.submitted_at, filing.last_submitted_at = filing.submitted_at or at, at
    filing.save()
    return submission


def consolidated(form: str, period: str, **asked: str) -> Consolidated:
    return service.produce(everybody(), service.Request(form, period, **asked), at=AT)


def tally(sql: str, *params: object) -> Decimal:
    """One number in plain SQL; an empty sum is zero."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return Decimal(cursor.fetchone()[0] or 0)


def body(code: str, place: Place, function: str, until: date | None = None) -> Body:
    """A body that holds a function for a place."""
    found = Body.objects.create(
        code=code, name=code, name_folded=code, place=place, valid_from=date(2020, 1, 1), valid_to=until
    )
    BodyFunction.objects.create(body=found, function=function, place=place, valid_from=date(2020, 1, 1), valid_to=until)
    return found

"""Reports of employers as plain rows, so that tallies in plain SQL can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from tests.oversight.reporting import province

from atvsld.law import load_book
from atvsld.oversight.filing.models import Cell, Figure, Filing, Submission
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import Establishment, HazardFact, WorkforceYear
from atvsld.registers.places.models import Place

_numbers = count()
FORMS = {"R8": "TT07-II", "OH_EMPLOYER": "TT19-8"}


def firms(number: int = 4) -> tuple[Place, list[Establishment]]:
    """A province with an OSH lead and some employers, all with a harmful factor and 100 workers since 2020."""
    top, communes = province.places()
    body = Body.objects.create(code="so-thu", name="Sở Thử", place=top, valid_from=date(2000, 1, 1))
    BodyFunction.objects.create(body=body, place=top, function="osh_lead", valid_from=date(2000, 1, 1))
    made = []
    for place in range(number):
        firm = Establishment.objects.create(
            tax_code=f"04000001{place:02d}", name=f"Cơ sở Thử {place}", name_folded=f"co so thu {place}",
            place=communes[place % 3], headquarters_place=communes[place % 3],
        )  # fmt: skip
        WorkforceYear.objects.create(establishment=firm, year=2020, workers=100, source="Thử")
        harmful(firm)
        made.append(firm)
    return top, made


def harmful(firm: Establishment, number: int | None = None) -> None:
    """State harmful factors of an establishment; a number of nought says there are none."""
    HazardFact.objects.create(
        establishment=firm, kind="harmful_factor", code="on", count=number, valid_from=date(2020, 1, 1), source="Thử"
    )


def hand_in(
    firm: Establishment, report: str, year: int, figures: Mapping[tuple[str, str, str], int | None] = {},
    *, screened: tuple[int, ...] = (), state: str = "accepted",
) -> Filing:  # fmt: skip
    """A report with figures by table, row, column, and people screened by disease in the rows of TT19-8 IV.1."""
    form = next(one for one in load_book().forms if one.code == FORMS[report])
    at = datetime(year + 1, 1, 5, tzinfo=UTC)
    filing = Filing.objects.create(
        report=report, form=form.code, form_valid_from=form.valid_from, period=str(year), establishment=firm,
        place=firm.place,
    )  # fmt: skip
    rows = [{"id": str(place), "1": f"Bệnh {place}", "2": str(people)} for place, people in enumerate(screened)]
    submission = Submission.objects.create(
        filing=filing, number=1, key=f"k{next(_numbers)}", submitted_at=at, by_name="Người Thử", channel="page",
        receipt=f"{next(_numbers):020d}", digest="0" * 64,
        content={"words": {"lists": {"IV.1": rows} if rows else {}}},
    )  # fmt: skip
    for (table, row, column), value in figures.items():
        cell, _made = Cell.objects.get_or_create(
            form=form.code, form_valid_from=form.valid_from, table=table, row=row, column=column
        )
        number = None if value is None else Decimal(value)
        Figure.objects.create(submission=submission, cell=cell, value=number)
    filing.state, filing.current, filing.number = state, submission, 1
    filing.submitted_at = filing.last_submitted_at = at
    filing.save()
    return filing


SAMPLES = ("A", "i1", "4")
NOISE = ("II", "on", "3")
EXPOSED = ("II", "tong", "5")

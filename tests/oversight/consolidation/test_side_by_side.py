"""Submissions beside registers: every figure of either side is the sum over the units behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.oversight.consolidation.stage import AT, body, consolidated, everybody, file, hand_in, tally
from tests.oversight.reporting import province

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation import compare, service, units
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.compute import compute
from atvsld.platform.acts import Rejected

pytestmark = pytest.mark.django_db
YEAR = "2024"
REQUEST = Request("ND39-XIV", YEAR, place="48")


def from_registers(form: str, subject) -> dict[tuple[str, str, str], Decimal | None]:
    """What the registers would fill in for a reporter."""
    period = Period.parse(YEAR)
    report = compute(load_book(), form=load_book().form(form, period=period), period=period, subject=subject, as_of=AT)
    found = {
        (table.table.id, row.row.key, column): value and round(value, 3)
        for table in report.tables
        for row in table.rows
        for column, value in row.cells.items()
    }
    return found | {("header", "workers", "1"): report.header.get("workers")}  # type: ignore[dict-item]


@pytest.fixture
def land():
    _province, communes = province.places()
    firms = province.establishments(communes)
    province.accidents(communes, firms, seed=11, count=160)
    return communes, firms


def test_both_sides_are_the_sums_over_their_units(land):
    _communes, firms = land
    for firm in firms[:3]:
        file(firm, "R1", YEAR, from_registers("ND39-XII", subjects.for_establishment(firm.tax_code)))
    both = compare.side_by_side(everybody(), REQUEST, at=AT)
    opened = [pair for pair in both.pairs if pair.linked and (pair.submitted or pair.held)]
    assert len(opened) > 100
    # All columns of a few rows; the rest of the rows by one column each.
    for pair in opened:
        if pair.cell.row not in ("1", "1.4.F", "1.1.2", "1.5.02") and pair.cell.column != "6":
            continue
        behind = units.behind(everybody(), REQUEST, pair.cell, at=AT)
        assert behind.submitted == (pair.submitted or 0), pair
        assert behind.held is not None
        assert abs(behind.held - (pair.held or 0)) < Decimal("0.001"), pair
        assert sum(line.held or 0 for line in behind.lines) + behind.without_unit == behind.held
    silent = units.behind(everybody(), REQUEST, Cell("II", "1", "6"), at=AT)
    told = {line.code: line for line in silent.lines}
    assert told[firms[3].tax_code].submitted is None
    assert told[firms[3].tax_code].what_to_do.startswith("Đơn vị chưa nộp")
    own = tally(
        "SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id"
        " WHERE c.establishment_id = %s AND c.conclusion = 'occupational'"
        " AND v.labour_relation IN ('contract', 'leased')"
        " AND c.occurred_at >= '2024-01-01 00:00+07' AND c.occurred_at < '2025-01-01 00:00+07'",
        firms[3].pk,
    )
    assert told[firms[3].tax_code].held == own
    assert both.differing
    assert both.differing[0].weight == "high" or not any(pair.weight == "high" for pair in both.differing)


def test_fifteen_and_sixteen_from_communes_and_from_registers_agree(land):
    communes, _firms = land
    for number, commune in enumerate(communes):
        committee = body(f"xa-{number}", commune, "commune")
        period = Period.parse(YEAR)
        subject = subjects.for_body(committee.code, period, today=AT.date())
        file(committee, "R2", YEAR, from_registers("ND39-XVI", subject))
    both = compare.side_by_side(everybody(), Request("ND39-XV", YEAR, place="48"), at=AT)
    assert both.pairs
    assert [pair for pair in both.differing if pair.cell.row[:3] != "1.3"] == []
    behind = units.behind(everybody(), Request("ND39-XV", YEAR, place="48"), Cell("I", "1", "6"), at=AT)
    assert {line.code for line in behind.lines} <= {commune.code for commune in communes}
    assert all(line.difference == 0 for line in behind.lines)
    # One commune changes its mind: the difference stands at that commune.
    first = Filing.objects.get(body__code="xa-0")
    hand_in(first, {("I", "1", "6"): 500})
    behind = units.behind(everybody(), Request("ND39-XV", YEAR, place="48"), Cell("I", "1", "6"), at=AT)
    assert behind.lines[0].code == communes[0].code
    assert behind.lines[0].submitted == 500


def test_what_is_not_added_up_has_no_units(land):
    for cell in (Cell("II", "1.1.1", "11"), Cell("I", "1", "3"), Cell("IX", "1", "3")):
        with pytest.raises(Rejected):
            units.behind(everybody(), REQUEST, cell, at=AT)
    with pytest.raises(Rejected, match="Các biểu tổng hợp được"):
        consolidated("ND39-XII", YEAR, place="48")
    with pytest.raises(Rejected):
        service.produce(everybody(), Request("ND39-XIV", YEAR, place="48", basis="somewhere"), at=AT)

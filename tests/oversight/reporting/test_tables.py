"""Every figure of every form against a tally in plain Python, and against the records it opens."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.oversight.reporting import province, ruled

from atvsld.casework.accidents.models import Victim
from atvsld.law import load_book
from atvsld.oversight.reporting import records, service
from atvsld.oversight.reporting.records import CellAddress, linked
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.bodies.models import Body, BodyFunction

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture(params=[1, 2])
def world(request):
    top, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=request.param, count=160)
    return top, communes, owners


def victims_of(year: int) -> list[Victim]:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    every = Victim.objects.select_related("case", "case__establishment").order_by("pk")
    return [victim for victim in every if victim.case.occurred_at.astimezone(zone).year == year]


COLUMNS = {
    "3": lambda v: v.is_principal,
    "4": lambda v: v.is_principal and v.case.severity == "fatal",
    "5": lambda v: v.is_principal and v.case.victim_count >= 2,
    "6": lambda v: True,
    "7": lambda v: v.managed is False,
    "8": lambda v: v.sex == "female",
    "9": lambda v: v.sex == "female" and v.managed is False,
    "10": lambda v: v.severity == "fatal",
    "11": lambda v: v.severity == "fatal" and v.managed is False,
    "12": lambda v: v.severity == "severe",
    "13": lambda v: v.severity == "severe" and v.managed is False,
}


def tally_xii(victims: list[Victim]) -> dict[str, dict[str, int]]:
    """Row keys of ND39-XII from victims, by hand."""
    rows: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COLUMNS, 0))
    for victim in victims:
        case = victim.case
        keys = []
        if case.conclusion == "occupational":
            occupation = victim.occupation_code[:2] if victim.occupation_code else "unknown"
            keys = ["1", f"1.1.{case.cause_code or 'unknown'}", f"1.2.{case.injury_agent_code or 'unknown'}"]
            keys += [f"1.3.{occupation}", "3"]
        elif case.conclusion == "article_39_2":
            keys = ["2", "3"]
        for key in keys:
            for column, counts in COLUMNS.items():
                rows[key][column] += bool(counts(victim))
    return rows


def test_the_employers_table_equals_a_tally_by_hand(world, actor):
    _top, _communes, owners = world
    for owner in owners:
        report = service.produce(actor, Request("ND39-XII", "2024", establishment=owner.tax_code), at=AT)
        expected = tally_xii([victim for victim in victims_of(2024) if victim.case.establishment_id == owner.pk])
        shown = {row.row.key: row.cells for row in report.table("I").rows if row.cells}
        assert set(expected) <= set(shown)
        for key, cells in shown.items():
            assert {column: cells[column] for column in COLUMNS} == expected[key], key


def test_row_two_never_stands_inside_row_one_and_row_three_adds_them(world, actor):
    report = service.produce(actor, Request("ND39-XII", "2024", establishment=world[2][0].tax_code), at=AT)
    table = report.table("I")
    for column in COLUMNS:
        assert table.row("3").cells[column] == table.row("1").cells[column] + table.row("2").cells[column]


def test_the_losses_add_known_amounts_and_leave_unknown_ones_unknown(world, actor):
    owner = world[2][1]
    report = service.produce(actor, Request("ND39-XII", "2024", establishment=owner.tax_code), at=AT)
    counted = [
        victim for victim in victims_of(2024)
        if victim.case.establishment_id == owner.pk and victim.case.conclusion in ("occupational", "article_39_2")
    ]  # fmt: skip
    cells = report.table("II").rows[0].cells
    known = [victim.medical_cost for victim in counted if victim.medical_cost is not None]
    assert cells["3"] == Decimal(sum(known)) / 1000
    assert cells["2"] == cells["3"] + cells["4"] + cells["5"]
    damage = [victim.case.property_damage or 0 for victim in counted if victim.is_principal]
    assert cells["6"] == Decimal(sum(damage)) / 1000


def test_the_provinces_table_counts_contract_workers_by_industry_and_ownership(world, actor):
    report = service.produce(actor, Request("ND39-XIV", "2024", place="48"), at=AT)
    counted = [
        victim for victim in victims_of(2024)
        if victim.case.conclusion == "occupational" and victim.labour_relation in ("contract", "leased")
    ]  # fmt: skip
    second = report.table("II")
    assert second.row("1").cells["6"] == len(counted)
    for section, divisions in {"F": {"41"}, "C": {"10"}}.items():
        inside = [v for v in counted if v.case.establishment and v.case.establishment.industry_code in divisions]
        assert second.row(f"1.4.{section}").cells["6"] == len(inside)
        assert second.row(f"1.4.{section}").cells["3"] == sum(v.is_principal for v in inside)
    first = report.table("I")
    assert first.row("1").cells["3"] == 4
    assert first.row("1").cells["4"] == 3
    assert first.row("1").cells["6"] == 600
    deaths = sum(v.severity == "fatal" for v in counted)
    assert first.row("1").cells["12"] == Decimal(deaths) * 100_000 / 600
    limited = [v for v in counted if v.case.establishment and v.case.establishment.ownership_type == "02"]
    assert first.row("1.5.02").cells["8"] == len(limited)
    assert first.row("1.5.02").cells["11"] == Decimal(len(limited)) * 1000 / 100


@pytest.mark.parametrize("form", ["ND39-XIV", "ND39-XV", "ND39-XVI"])
def test_contract_and_other_work_share_every_victim_whose_relation_is_known(world, actor, form):
    report = service.produce(actor, Request(form, "2024", place="48"), at=AT)
    wanted = ("contract", "leased") if form == "ND39-XIV" else ("none",)
    counted = [v for v in victims_of(2024) if v.case.conclusion == "occupational" and v.labour_relation in wanted]
    assert report.coverage.victims == len(counted)


def test_headquarters_basis_counts_by_the_employers_office(world, actor):
    _top, communes, _owners = world
    for commune in communes:
        report = service.produce(
            actor, Request("ND39-XIV", "2024", place=commune.code, basis="headquarters"), at=AT
        )  # fmt: skip
        counted = [
            v for v in victims_of(2024)
            if v.case.conclusion == "occupational" and v.labour_relation in ("contract", "leased")
            and v.case.establishment and v.case.establishment.headquarters_place_id == commune.pk
        ]  # fmt: skip
        assert report.table("II").row("1").cells["6"] == len(counted)


@pytest.mark.parametrize("form", ["ND39-XII", "ND39-XIV", "ND39-XVI"])
def test_every_figure_opens_to_exactly_its_records(world, actor, form):
    target = {"establishment": world[2][0].tax_code} if form == "ND39-XII" else {"place": "48"}
    asked = Request(form, "2024", **target)
    report = service.produce(actor, asked, at=AT)
    opened = 0
    for table in report.tables:
        for row in table.rows:
            for column in table.table.leaf_columns:
                value = row.cells.get(column.key)
                if not linked(column) or value is None or not row.row.holds_figures:
                    continue
                found = records.behind(actor, asked, CellAddress(table.table.id, row.row.key, column.key), at=AT)
                assert records.total(found) == value, (row.row.key, column.key)
                opened += 1
    assert opened > 100


def test_cases_left_out_are_counted_beside_the_table(world, actor):
    report = service.produce(actor, Request("ND39-XII", "2024", place="48"), at=AT)
    pending = {v.case_id for v in victims_of(2024) if v.case.conclusion == "pending"}
    assert report.coverage.excluded["pending"] == len(pending)
    assert sum(report.coverage.unknown.values()) > 0


def test_the_cross_footing_checks_run_and_hold(world, actor):
    report = service.produce(actor, Request("ND39-XII", "2024", establishment=world[2][0].tax_code), at=AT)
    ran = {check.id for check in report.checks}
    assert ran == {check.id for check in load_book().form("ND39-XII").checks}
    assert not [check for check in report.faults if ".sum_" in check.id and "occupation_cases" not in check.id]


def test_under_the_boundaries_of_the_event_a_merged_province_keeps_its_code_and_its_workforce(actor):
    """48 ends in mid-2024 and begins anew with the ground of 49: records count under whoever bore the code."""
    older, newer, gone = ruled.merged_provinces()
    asked = Request("ND39-XII", "2024", place="48", boundary="event")
    report = service.produce(actor, asked, at=AT)
    assert report.coverage.cases == 3  # one in the old 48, two in the new; not the one in 49 before the merger
    whole = service.produce(actor, Request("ND39-XII", "2024", place="48"), at=AT)
    assert whole.coverage.cases == 4
    province_form = service.produce(actor, Request("ND39-XIV", "2024", place="48", boundary="event"), at=AT)
    assert province_form.table("I").row("1").cells["5"] == 70
    assert (older.code, newer.code, gone.code) == ("48", "48", "49")


def test_a_body_without_an_area_of_its_own_is_given_no_areas_figures(world, actor):
    top, _communes, _owners = world
    for code, function in (("so-noi-vu-thu", "osh_lead"), ("ban-quan-ly-thu", "zone_authority")):
        body = Body.objects.create(code=code, name=code, name_folded=code, place=top, valid_from=date(2020, 1, 1))
        BodyFunction.objects.create(body=body, function=function, place=top, valid_from=date(2020, 1, 1))
    report = service.produce(actor, Request("ND39-XIV", "2024", body="so-noi-vu-thu"), at=AT)
    assert report.coverage.cases > 0
    with pytest.raises(Rejected, match="không tổng hợp"):
        service.produce(actor, Request("ND39-XIV", "2024", body="ban-quan-ly-thu"), at=AT)

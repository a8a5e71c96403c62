"""The employer's yearly report on safety as the registers fill it: their figures, blanks where no register is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from tests.oversight.reporting import province

from atvsld.oversight.reporting import paper, service
from atvsld.oversight.reporting.files import as_file
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.establishments.models import HazardFact, OshOrganisation, WorkforceYear

pytestmark = pytest.mark.django_db
AT = datetime(2025, 1, 8, 2, tzinfo=UTC)
ACTOR = system_actor("thử", all_permissions())


@pytest.fixture
def owners():
    _top, communes = province.places()
    found = province.establishments(communes)
    province.accidents(communes, found, seed=3, count=120)
    return found


def filled(owner, period: str = "2024"):
    report = service.produce(ACTOR, Request("TT07-II", period, establishment=owner.tax_code), at=AT)
    return report, {row.row.key: row.cells for row in report.table("A").rows}


def machines(owner, count: int | None, *, valid_to: date | None = None, code: str = "x") -> None:
    HazardFact.objects.create(
        establishment=owner, kind="strict_safety_equipment", description=code, count=count, source="Thử",
        valid_from=date(2023, 1, 1), valid_to=valid_to,
    )  # fmt: skip


def test_what_registers_hold_stands_in_the_form_and_everything_else_is_blank(owners) -> None:
    owner = owners[0]
    WorkforceYear.objects.filter(establishment=owner).update(
        arduous_workers=30, minor_workers=2, disabled_workers=1, elderly_workers=4
    )
    OshOrganisation.objects.create(
        establishment=owner, stated_on=date(2024, 6, 1), source="Thử", full_time_officers=2, part_time_officers=1,
        doctors=1, assistant_doctors=0, medical_workers=2,
    )  # fmt: skip
    machines(owner, 7)
    machines(owner, 5, code="y")
    machines(owner, 90, valid_to=date(2024, 12, 30), code="đã bỏ")
    report, rows = filled(owner)
    found = {key: cells["4"] for key, cells in rows.items() if cells.get("4") is not None}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(DISTINCT c.id), count(DISTINCT c.id) FILTER (WHERE c.severity = 'fatal'), count(*),
                   count(*) FILTER (WHERE v.severity = 'fatal'),
                   round((coalesce(sum(v.medical_cost), 0) + coalesce(sum(v.wage_cost), 0)
                          + coalesce(sum(v.compensation_cost), 0)) / 1000000.0, 3),
                   sum(v.days_lost)
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            WHERE c.establishment_id = %s AND c.conclusion = 'occupational'
              AND (c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2024-01-01' AND '2024-12-31'
            """,
            [owner.pk],
        )
        tally = cursor.fetchone()
    assert tally is not None
    assert tally[2] > 5
    accidents = dict(zip(("b1", "b2", "b3", "b4", "b5", "b6"), tally, strict=True))
    workers = {"a1": 100, "a2": 3, "a3": 3, "a4": 40, "a5": 30, "a6": 2, "a8": 1, "a9": 4}
    assert found == {key: Decimal(value) for key, value in (accidents | workers | {"f1": 12}).items()}
    text = as_file(report, "json")[0]
    printed = json.loads(text)["tables"][0]["rows"]
    assert next(row for row in printed if row["key"] == "c1")["values"] == {"4": None}
    cells = {row.key: row.cells[3] for table in paper.document(report).tables for row in table.rows if table.id == "A"}
    assert cells["c1"].text == "…"
    assert cells["e1"].text == "…/…"
    assert cells["b2"].value == tally[1]


def test_statements_of_another_time_or_in_part_are_not_known(owners) -> None:
    owner = owners[1]
    OshOrganisation.objects.create(
        establishment=owner, stated_on=date(2025, 3, 1), source="Thử", full_time_officers=2, part_time_officers=1,
    )  # fmt: skip
    machines(owner, 7)
    machines(owner, None, code="chưa rõ số lượng")
    _report, rows = filled(owner)
    assert rows["a2"]["4"] is None, "khai sau hạn báo cáo của năm"
    assert rows["f1"]["4"] is None, "một loại chưa rõ số lượng thì tổng chưa rõ"
    assert rows["a5"]["4"] is None
    _report, bare = filled(owners[3])
    assert bare["a1"]["4"] is None, "chưa khai lao động của năm"


def test_the_department_sees_the_same_items_by_type_of_establishment(owners) -> None:
    report = service.produce(ACTOR, Request("TT07-III", "2024", place="48"), at=AT)
    rows = {row.row.key: row.cells for row in report.table("II").rows}
    types = {"02": "6", "03": "7", "06": "10"}
    stated = {
        year.establishment.ownership_type: year.workers
        for year in WorkforceYear.objects.select_related("establishment").filter(year=2024)
    }
    assert {code: rows["a1"][column] for code, column in types.items()} == stated
    assert rows["a1"]["4"] == sum(stated.values())
    assert rows["a1"]["5"] == 0
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.ownership_type, count(*)
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            JOIN establishments_establishment e ON e.id = c.establishment_id
            WHERE c.conclusion = 'occupational' AND e.ownership_type <> ''
              AND (c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2024-01-01' AND '2024-12-31'
            GROUP BY 1
            """
        )
        victims = dict(cursor.fetchall())
    assert {code: rows["b3"][column] for code, column in types.items()} == victims


def test_a_form_opens_in_the_version_of_its_period() -> None:
    province.places()
    for period, valid_from in (("2024", date(2016, 7, 1)), ("2025", date(2025, 7, 1))):
        report = service.produce(ACTOR, Request("ND39-XVI", period, place="48"), at=datetime(2026, 9, 1, tzinfo=UTC))
        assert report.form.valid_from == valid_from
        assert valid_from.strftime("%d/%m/%Y") in paper.document(report).footer
    old = service.produce(ACTOR, Request("TT28-12", "2025", place="48"), at=datetime(2026, 9, 1, tzinfo=UTC))
    assert "Phụ lục 12, 28/2016/TT-BYT" in paper.document(old).form_label
    for form, period, remedy in (("TT28-12", "2026", "sớm hơn"), ("ND44-II-05", "2017", "muộn hơn")):
        with pytest.raises(Rejected) as refused:
            service.produce(ACTOR, Request(form, period, place="48"), at=datetime(2026, 9, 1, tzinfo=UTC))
        assert remedy in refused.value.problems[0].remedy


def test_an_employers_accident_report_names_its_type_and_branch_beside_their_codes(owners) -> None:
    report = service.produce(ACTOR, Request("ND39-XII", "2024", establishment=owners[0].tax_code), at=AT)
    named = {key: report.header[key] for key in ("ownership", "ownership_code", "industry", "industry_code")}
    assert named == {
        "ownership": "Công ty trách nhiệm hữu hạn", "ownership_code": "02",
        "industry": "Xây dựng nhà các loại", "industry_code": "41",
    }  # fmt: skip

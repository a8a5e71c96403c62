"""What is frozen: the same figures as live, equal to a count in plain SQL, complete with what was left out."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.oversight.snapshots import ground

from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import load_book
from atvsld.law.forms.checks import CheckResult
from atvsld.oversight.reporting import compute, service
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import actions, content, freezing, sealing, verifying, verifying_frozen, verifying_rooms
from atvsld.oversight.snapshots.models import FrozenFact, ReportSnapshot
from atvsld.platform.acts import Refused, Rejected

pytestmark = pytest.mark.django_db
CASES = [
    ("ND39-XII", {"establishment": "0400000000"}),
    ("ND39-XIV", {"place": "48"}),
    ("ND39-XIV", {"place": "20190", "basis": "headquarters"}),
    ("ND39-XV", {"place": "48", "boundary": "today"}),
    ("ND39-XVI", {"place": "20191", "boundary": "event"}),
    ("TT07-II", {"establishment": "0400000001"}),
]


@pytest.fixture
def world():
    return ground.world()


@pytest.mark.parametrize(("form", "subject"), CASES)
def test_the_frozen_facts_give_the_figures_of_the_live_report(world, form, subject):
    snapshot = ground.accepted(form, **subject)
    live = service.produce(ground.officer(), Request(form, "2024", **subject), at=ground.AT)
    one = content.held(ReportSnapshot.objects.get(pk=snapshot.pk))
    kept, counted = content.report_of(one), content.recount(one)
    for report in (kept, counted):
        assert report.tables == live.tables
        assert report.coverage == live.coverage
        assert report.checks == live.checks
        assert report.header == live.header
    assert kept.form == live.form
    assert any(cell for table in kept.tables for row in table.rows for cell in row.cells.values())


def test_the_plan_of_every_form_comes_back_from_its_data(world):
    book = load_book()
    report = service.produce(ground.officer(), Request("ND39-XIV", "2024", place="48"), at=ground.AT)
    for form in book.forms:
        # A whole year in which the version holds; the kind of period does not matter here.
        period = Period(
            form.valid_to.year - 1 if form.valid_to else max(form.valid_from.year + 1, 2024), PeriodKind.YEAR
        )
        plan = compute.plan_of(book, form, period)
        data = content.describe(Request(form.code, period.code), report, plan, {}, face_of(report))
        assert content.plan_in(json.loads(json.dumps(data))) == plan, form.code


def test_frozen_figures_equal_a_count_in_plain_sql(world):
    ground.accepted("ND39-XIV")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE v.is_principal), count(*), count(*) FILTER (WHERE v.severity = 'fatal'),
                   count(*) FILTER (WHERE e.industry_code = '41')
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            LEFT JOIN establishments_establishment e ON e.id = c.establishment_id
            WHERE c.occurred_at >= '2024-01-01 00:00+07' AND c.occurred_at < '2025-01-01 00:00+07'
              AND c.conclusion = 'occupational' AND v.labour_relation IN ('contract', 'leased')
            """
        )
        cases, victims, deaths, building = cursor.fetchone()
    report = content.report_of(content.held(ReportSnapshot.objects.get()))
    total = report.table("II").row("1").cells
    columns = {column.measure: column.key for column in report.form.leaf_columns("II")}
    assert [total[columns[name]] for name in ("cases", "victims", "deaths")] == [cases, victims, deaths]
    assert report.table("II").row("1.4.F").cells["6"] == building
    assert FrozenFact.objects.filter(fact_set="accidents", left_out="").count() == victims


def test_what_is_left_out_is_frozen_with_its_reason(world):
    ground.accepted("ND39-XIV", place="20190")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE WHEN p.code <> '20190' THEN 'elsewhere'
                        WHEN v.labour_relation IS NULL OR v.labour_relation = 'none' THEN 'population'
                        WHEN c.conclusion <> 'occupational' THEN 'conclusion' ELSE '' END, count(*)
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            JOIN places_place p ON p.id = c.place_id
            LEFT JOIN establishments_establishment e ON e.id = c.establishment_id
            LEFT JOIN places_place h ON h.id = e.headquarters_place_id
            WHERE extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') = 2024
              AND '20190' IN (p.code, h.code) GROUP BY 1
            """
        )
        expected = dict(cursor.fetchall())
    kept = FrozenFact.objects.filter(fact_set="accidents")
    assert {reason: kept.filter(left_out=reason).count() for reason in expected} == expected
    assert set(expected) == {"", "elsewhere", "population", "conclusion"}
    assert not kept.exclude(left_out__in=expected).exists()
    assert all(fact.event and fact.whole_event for fact in kept)


def test_every_file_is_made_again_to_the_byte(world):
    snapshot = ground.accepted("ND39-XIV")
    one = content.held(ReportSnapshot.objects.get(pk=snapshot.pk))
    for kind in sealing.FORMATS:
        assert verifying_frozen.check_store(one, kind) == verifying_rooms.Store(True, True, True, False), kind


def test_nothing_frozen_can_be_changed_or_taken_away(world):
    ground.accepted()
    for statement in (
        "UPDATE snapshots_frozenfact SET left_out = 'x'", "DELETE FROM snapshots_frozenfact",
        "UPDATE snapshots_snapshotcontent SET data = '{}'", "DELETE FROM snapshots_snapshotfile",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_report_is_accepted_once_and_a_repeated_key_does_nothing_again(world):
    first = ground.accepted(key="one")
    assert ground.accepted(key="one").pk == first.pk
    with pytest.raises(Rejected, match="đã được chấp nhận"):
        ground.accepted(key="two")
    assert ReportSnapshot.objects.count() == 1
    # Another basis is another report.
    assert ground.accepted(key="three", place="48", basis="headquarters").number == 1


def test_only_a_finished_period_of_ones_own_area_is_accepted(world):
    with pytest.raises(Rejected, match="chưa kết thúc"):
        ground.accepted(period="2026")
    commune = world[1][0]
    someone = ground.within(commune, "snapshots:report_snapshot:accept", "reporting:report:read")
    request = Request("ND39-XVI", "2024", place="20191")
    with pytest.raises(Refused):
        actions.accept(ground.act("x", actor=someone), request=request, key="k")
    own = actions.accept(ground.act("x", actor=someone), request=Request("ND39-XVI", "2024", place="20190"), key="k")
    assert own.place == commune
    with pytest.raises(Refused):
        actions.accept(ground.act("x", actor=ground.within(commune)), request=request, key="k2")


def test_failing_checks_ask_for_a_reason(world, monkeypatch):
    fault = CheckResult("thử", ok=False, severity="explain", message="Cột 4 lớn hơn cột 3.", where="I/1/4")
    monkeypatch.setattr(compute, "run_checks", lambda *_given: [fault])
    request = Request("ND39-XII", "2024", establishment="0400000000")
    with pytest.raises(Rejected, match="kiểm tra chéo"):
        actions.accept(ground.act(), request=request, key="k")
    assert not FrozenFact.objects.exists()
    assert actions.accept(ground.act("đã rà"), request=request, key="k").reason == "đã rà"


def test_tampering_with_the_store_is_found(world):
    snapshot = ground.accepted()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE snapshots_frozenfact DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE snapshots_frozenfact SET measures[1] = '7' WHERE id = (SELECT min(id) FROM snapshots_frozenfact"
            " WHERE left_out = '' AND fact_set = 'accidents')"
        )
        cursor.execute("ALTER TABLE snapshots_frozenfact ENABLE TRIGGER USER")
    store = verifying_frozen.check_store(content.held(ReportSnapshot.objects.get(pk=snapshot.pk)), "json")
    assert not store.facts_unchanged
    assert not store.sound
    result = verifying.verify(verifying.file_bytes(snapshot, "json"))
    assert result.verdict is verifying.Verdict.DIFFERENT


def test_the_digest_covers_every_frozen_value(world):
    snapshot = ground.accepted("ND39-XII", establishment="0400000000")
    assert freezing.digest(snapshot.pk) == snapshot.facts_digest
    assert isinstance(content.held(snapshot).plan.factors, dict)
    assert content.report_of(content.held(snapshot)).table("I").row("1").cells["3"] > Decimal(0)

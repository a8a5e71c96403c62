"""Target II.1 against tallies by hand: plain SQL for the counts, plain arithmetic for rates and path."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests.oversight.reporting import province

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.oversight.indicators import figures, policy, service
from atvsld.oversight.reporting import service as reports
from atvsld.platform.access.actor import Actor, Grant, Scope, system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.establishments.models import WorkforceYear
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession
from atvsld.statistics.targets import Verdict

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NEW_YEAR = datetime(2026, 1, 5, 2, tzinfo=UTC)
MIDSUMMER = datetime(2025, 6, 30, 9, tzinfo=UTC)
CONTRACT = "v.labour_relation <> 'none'"


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture(params=[11, 12])
def world(request):
    top, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=request.param, count=90)
    for year in (2023, 2025):
        for number, owner in enumerate(owners[:3]):
            WorkforceYear.objects.create(
                establishment=owner, year=year, workers=150 + 10 * number,
                source="Báo cáo thử" if number else "Khảo sát thử",
            )  # fmt: skip
    return top, communes, owners


def tally(year: int, condition: str, *, conclusion: str = "occupational", measure: str = "v.severity = 'fatal'") -> int:
    """A count by plain SQL, on the days of Viet Nam."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            WHERE extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') = %s
              AND c.conclusion = %s AND {measure} AND {condition}
            """,
            [year, conclusion],
        )
        return int(cursor.fetchone()[0])


def test_deaths_by_year_and_relation_equal_a_tally_in_plain_sql(world, actor):
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    assert [point.year for point in report.points] == [2023, 2024, 2025, 2026]
    principal = "v.is_principal AND c.severity = 'fatal'"
    for point in report.points:
        for conclusion, held in (("occupational", point.counted), ("pending", point.pending)):
            assert held.contract.deaths == tally(point.year, CONTRACT, conclusion=conclusion)
            assert held.non_contract.deaths == tally(point.year, "v.labour_relation = 'none'", conclusion=conclusion)
            assert held.unknown.deaths == tally(point.year, "v.labour_relation IS NULL", conclusion=conclusion)
            assert held.total.deaths == tally(point.year, "true", conclusion=conclusion)
            assert held.total.cases == tally(point.year, "true", conclusion=conclusion, measure=principal)
    assert report.point(2024).counted.total.deaths > 0


def test_the_rate_is_contract_deaths_over_stated_workers_and_names_its_source(world, actor):
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    for point in report.points[:3]:
        workers = sum(row.workers for row in WorkforceYear.objects.filter(year=point.year))
        assert point.workforce.workers == workers
        assert point.rate.value == Decimal(tally(point.year, CONTRACT)) * 100_000 / workers
        assert point.rate.denominator_source
        assert sum(source.workers for source in point.workforce.sources) == workers
    assert report.point(2023).rate.denominator_source == (
        "Báo cáo thử (2); Khảo sát thử (1) – 3/4 cơ sở có số liệu"
    )  # fmt: skip


def test_the_rate_equals_that_of_the_statutory_table(world, actor):
    point = service.fatal_rate(actor, place="48", at=NEW_YEAR).point(2024)
    table = reports.produce(actor, reports.Request("ND39-XIV", "2024", place="48"), at=NEW_YEAR).table("I")
    assert point.rate.value == table.row("1").cells["12"]
    assert point.workforce.workers == table.row("1").cells["6"]


def test_the_path_falls_four_per_cent_a_year_from_the_baseline(world, actor):
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    base = report.baseline.rate.value
    assert report.baseline.assessment is None
    for step, year in enumerate(range(2023, 2028)):
        assert report.path[year] == base * Decimal("0.96") ** step
    assert report.point(2025).required == base * Decimal("0.9216")


def test_no_sector_without_a_denominator_gets_a_rate(world, actor):
    for point in service.fatal_rate(actor, place="48", at=NEW_YEAR).points:
        assert point.non_contract.value is None
        assert "hợp đồng" in point.non_contract.reason
        assert point.all_sectors.value is None
        assert point.non_contract.count == point.counted.non_contract.deaths


def test_the_year_in_progress_is_marked_and_compared_only_with_the_same_part(world, actor):
    point = service.fatal_rate(actor, place="48", at=MIDSUMMER).points[-1]
    assert (point.year, point.complete) == (2025, False)
    assert point.rate.value is None
    assert point.verdict is Verdict.CANNOT_TELL
    assert "chưa kết thúc" in point.assessment.explanation.text
    half = "c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh' < make_date({year}, 7, 1) AND " + CONTRACT
    assert point.same_part.until == date(2025, 6, 30)
    assert point.same_part.deaths == tally(2025, half.format(year=2025))
    assert point.same_part.earlier == {year: tally(year, half.format(year=year)) for year in (2023, 2024)}


def test_the_verdict_speaks_of_the_newest_whole_year(world, actor):
    assert service.fatal_rate(actor, place="48", at=MIDSUMMER).latest.year == 2024
    assert service.fatal_rate(actor, place="48", at=NEW_YEAR).latest.year == 2025


def test_every_number_of_deaths_opens_to_exactly_its_people(world, actor):
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    for point in report.points:
        piece = service.ground_of(actor, point.year, place="48", at=NEW_YEAR)
        for conclusion, held in (("occupational", point.counted), ("pending", point.pending)):
            assert figures.victims(piece, conclusion=conclusion).count() == held.total.deaths
            for group in figures.GROUPS:
                found = figures.victims(piece, conclusion=conclusion, groups=(group,))
                assert found.count() == getattr(held, group).deaths


def test_a_commune_by_either_basis_counts_its_own_deaths_and_workers(world, actor):
    _top, communes, owners = world
    for commune in communes:
        for basis, column in (("place", "place_id"), ("headquarters", "headquarters_place_id")):
            report = service.fatal_rate(actor, place=commune.code, basis=basis, at=NEW_YEAR)
            deaths = [
                victim for victim in Victim.objects.select_related("case__establishment")
                if victim.severity == "fatal" and victim.case.conclusion == "occupational"
                and victim.labour_relation in ("contract", "leased")
                and victim.case.occurred_at.astimezone(ZONE).year == 2024
                and (victim.case.place_id if basis == "place" else getattr(victim.case.establishment, column, None))
                == commune.pk
            ]  # fmt: skip
            assert report.point(2024).counted.contract.deaths == len(deaths)
            own = [owner.pk for owner in owners if getattr(owner, column) == commune.pk]
            stated = WorkforceYear.objects.filter(year=2024, establishment__in=own)
            assert report.point(2024).workforce.workers == (sum(row.workers for row in stated) or None)


def test_deaths_outside_the_denominator_are_counted_and_said(world, actor):
    _top, communes, owners = world
    deaths_and_workers(owners[3], communes[0], 2024, deaths=1, workers=0)
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    stating = list(WorkforceYear.objects.filter(year=2024).values_list("establishment", flat=True))
    inside = Victim.objects.filter(
        severity="fatal", labour_relation__in=["contract", "leased"], case__conclusion="occupational",
        case__establishment__in=stating, case__occurred_at__gte=datetime(2024, 1, 1, tzinfo=ZONE),
        case__occurred_at__lt=datetime(2025, 1, 1, tzinfo=ZONE),
    ).count()  # fmt: skip
    point = report.point(2024)
    assert point.outside == point.counted.contract.deaths - inside
    assert point.outside > 0
    assert any("2024" in warning and "mẫu số" in warning for warning in report.warnings)


def test_no_workforce_no_rate_and_the_reason_is_printed(world, actor):
    WorkforceYear.objects.filter(year=2025).delete()
    point = service.fatal_rate(actor, place="48", at=NEW_YEAR).point(2025)
    assert point.rate.value is None
    assert "mẫu số" in point.rate.reason
    assert point.verdict is Verdict.CANNOT_TELL
    assert point.counted.total.deaths == tally(2025, "true")


def test_a_workforce_of_zero_gives_no_rate_rather_than_a_fault(world, actor):
    WorkforceYear.objects.filter(year=2025).update(workers=0, female_workers=0)
    point = service.fatal_rate(actor, place="48", at=NEW_YEAR).point(2025)
    assert point.rate.value is None
    assert "không lớn hơn 0" in point.rate.reason


def test_workers_stated_without_a_source_are_never_divided_by(world, actor):
    WorkforceYear.objects.filter(year=2024, establishment=world[2][0]).update(source="  ")
    report = service.fatal_rate(actor, place="48", at=NEW_YEAR)
    force = report.point(2024).workforce
    assert (force.workers, force.stated, force.unsourced) == (500, 2, 1)
    assert any("không ghi nguồn" in warning for warning in report.warnings)
    WorkforceYear.objects.filter(year=2024).update(source="")
    assert service.fatal_rate(actor, place="48", at=NEW_YEAR).point(2024).rate.value is None


def deaths_and_workers(
    owner, commune, year: int, *, deaths: int, workers: int, conclusion: str = "occupational"
) -> None:
    """A year with a stated number of deaths of contract workers."""
    for number in range(deaths):
        case = AccidentCase.objects.create(
            occurred_at=datetime(year, 3, 1 + number % 28, 3, tzinfo=UTC), place=commune, establishment=owner,
            conclusion=conclusion, severity="fatal", victim_count=1,
        )  # fmt: skip
        Victim.objects.create(case=case, position=1, is_principal=True, severity="fatal", labour_relation="contract")
    if workers:
        WorkforceYear.objects.create(establishment=owner, year=year, workers=workers, source="Thử")


@pytest.mark.parametrize(
    ("deaths", "verdict", "naive"),
    [(20, Verdict.MET, True), (95, Verdict.CANNOT_TELL, True), (100, Verdict.CANNOT_TELL, False),
     (160, Verdict.NOT_MET, False)],
)  # fmt: skip
def test_a_verdict_needs_more_than_chance(actor, deaths, verdict, naive):
    _top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    deaths_and_workers(owner, communes[0], 2023, deaths=100, workers=10_000)
    deaths_and_workers(owner, communes[0], 2024, deaths=deaths, workers=10_000)
    report = service.fatal_rate(actor, place="48", at=MIDSUMMER)
    assert report.verdict is verdict
    assert report.latest.assessment.naive is naive
    assert report.latest.interval.contains(float(report.latest.rate.value))
    assert report.tellable_year is not None


def test_pending_deaths_are_left_out_and_what_they_would_change_is_said(actor):
    _top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    deaths_and_workers(owner, communes[0], 2023, deaths=60, workers=10_000)
    deaths_and_workers(owner, communes[0], 2024, deaths=20, workers=10_000)
    deaths_and_workers(owner, communes[0], 2024, deaths=40, workers=0, conclusion="pending")
    report = service.fatal_rate(actor, place="48", at=MIDSUMMER)
    assert report.latest.rate.count == 20
    assert report.latest.pending.contract.deaths == 40
    assert (report.verdict, report.latest.with_pending) == (Verdict.MET, Verdict.CANNOT_TELL)
    assert any("chờ kết luận" in warning for warning in report.warnings)


def merged(top: Place, communes: list[Place]) -> Place:
    """A neighbouring province that joins the first on 1 July 2024, with one commune."""
    last, first = date(2024, 6, 30), date(2024, 7, 1)
    other = Place.objects.create(code="49", name="Tỉnh Cũ", name_folded="tinh cu", level="province", kind="Tỉnh",
                                 valid_from=date(1997, 1, 1), valid_to=last)  # fmt: skip
    commune = Place.objects.create(code="20555", name="Xã Cũ", name_folded="xa cu", level="commune", kind="Xã",
                                   valid_from=date(1997, 1, 1))  # fmt: skip
    PlaceParent.objects.create(place=commune, parent=other, valid_from=date(1997, 1, 1), valid_to=last)
    PlaceParent.objects.create(place=commune, parent=top, valid_from=first)
    PlaceSuccession.objects.create(predecessor=other, successor=top, effective_on=first, kind="whole")
    return commune


def test_all_years_count_on_one_ground_so_that_a_merger_moves_no_rate(actor):
    top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    joined = merged(top, communes)
    deaths_and_workers(owner, communes[0], 2023, deaths=3, workers=1000)
    deaths_and_workers(owner, joined, 2023, deaths=5, workers=0)
    assert service.fatal_rate(actor, place="48", at=NEW_YEAR).baseline.rate.count == 8
    assert service.fatal_rate(actor, place="48", boundary="2024-01-01", at=NEW_YEAR).baseline.rate.count == 3
    assert service.fatal_rate(actor, place="49", at=NEW_YEAR).baseline.rate.count == 5


def test_years_on_another_ground_than_the_baselines_are_not_judged(actor):
    top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    merged(top, communes)
    for year, deaths in ((2023, 100), (2025, 10)):
        deaths_and_workers(owner, communes[0], year, deaths=deaths, workers=10_000)
    assert service.fatal_rate(actor, place="48", at=NEW_YEAR).verdict is Verdict.MET
    point = service.fatal_rate(actor, place="48", boundary="event", at=NEW_YEAR).point(2025)
    assert point.verdict is Verdict.CANNOT_TELL
    assert "Địa giới" in point.assessment.explanation.text
    assert point.rate.value == 100


def test_only_those_who_may_see_the_whole_area_get_the_target(world, actor):
    _top, communes, _owners = world
    within = Scope("place", frozenset({communes[0].pk}), label="Xã", root=communes[0].pk)
    officer = Actor("xã", grants=(Grant("x", frozenset({policy.READ}), within),))
    assert service.fatal_rate(officer, place=communes[0].code, at=NEW_YEAR).subject.code == communes[0].code
    with pytest.raises(Refused):
        service.fatal_rate(officer, place="48", at=NEW_YEAR)
    without = replace(actor, grants=(Grant("x", frozenset(all_permissions()) - {policy.READ}, Scope(everything=True)),))
    with pytest.raises(Refused):
        service.fatal_rate(without, place="48", at=NEW_YEAR)


def test_a_year_in_which_the_ground_changed_counts_by_units_of_the_time_and_gets_no_rate(actor):
    top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    joined = merged(top, communes)
    deaths_and_workers(owner, communes[0], 2024, deaths=6, workers=1000)
    deaths_and_workers(owner, joined, 2024, deaths=2, workers=0)
    point = service.fatal_rate(actor, place="48", boundary="event", at=NEW_YEAR).point(2024)
    assert point.counted.total.deaths >= 6
    assert point.rate.value is None
    assert "Địa giới thay đổi" in point.rate.reason


def test_a_place_that_ended_is_not_followed_beyond_its_last_whole_year_by_its_own_units(actor):
    top, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    joined = merged(top, communes)
    deaths_and_workers(owner, joined, 2023, deaths=5, workers=1000)
    report = service.fatal_rate(actor, place="49", boundary="event", at=NEW_YEAR)
    assert [point.year for point in report.points] == [2023]
    assert (report.latest, report.verdict) == (None, Verdict.CANNOT_TELL)
    assert [point.year for point in service.fatal_rate(actor, place="49", at=NEW_YEAR).points] == [
        2023,
        2024,
        2025,
        2026,
    ]


def test_establishments_count_by_ground_even_when_each_year_keeps_its_own_units(actor):
    """An establishment is registered under its unit of today, which did not exist in the baseline year."""
    old = Place.objects.create(code="48", name="Tỉnh Thử", name_folded="tinh thu", level="province", kind="Tỉnh",
                               valid_from=date(1997, 1, 1))  # fmt: skip
    then = Place.objects.create(code="20111", name="Xã Trước", name_folded="xa truoc", level="commune", kind="Xã",
                                valid_from=date(1997, 1, 1), valid_to=date(2025, 6, 30))  # fmt: skip
    now = Place.objects.create(code="20112", name="Phường Nay", name_folded="phuong nay", level="commune",
                               kind="Phường", valid_from=date(2025, 7, 1))  # fmt: skip
    PlaceParent.objects.create(place=then, parent=old, valid_from=date(1997, 1, 1), valid_to=date(2025, 6, 30))
    PlaceParent.objects.create(place=now, parent=old, valid_from=date(2025, 7, 1))
    PlaceSuccession.objects.create(predecessor=then, successor=now, effective_on=date(2025, 7, 1), kind="whole")
    owner = province.establishments([now, now, now])[3]
    WorkforceYear.objects.all().delete()
    deaths_and_workers(owner, then, 2023, deaths=4, workers=1000)
    for basis in ("place", "headquarters"):
        for boundary in ("event", "period_end"):
            base = service.fatal_rate(actor, place="48", basis=basis, boundary=boundary, at=NEW_YEAR).baseline
            assert (base.rate.count, base.workforce.workers, base.outside) == (4, 1000, 0)


@pytest.mark.parametrize("asked", [{"basis": "moon"}, {"boundary": "yesterday"}, {"place": "99999"}])
def test_what_cannot_be_understood_is_named(world, actor, asked):
    with pytest.raises(Rejected) as error:
        service.fatal_rate(actor, **{"place": "48", **asked}, at=NEW_YEAR)
    assert error.value.problems[0].remedy

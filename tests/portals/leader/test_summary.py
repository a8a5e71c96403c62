"""The leaders' page: each number equals a tally of its own and that of the list it leads to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from tests.oversight.indicators.handed_in import firms
from tests.oversight.reporting import province

from atvsld.casework.accidents.models import AccidentCase
from atvsld.oversight.indicators import facade as indicators
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.portals.leader import chasing, deaths, decisions, risks, summary
from atvsld.portals.leader.decisions import Matter, Source
from atvsld.registers.duties.models import Duty
from atvsld.registers.establishments.models import WorkforceYear
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 20, 2, tzinfo=UTC)


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture
def world():
    top, owners = firms(4)
    communes = [owner.place for owner in owners[:3]]
    province.accidents(communes, owners, seed=5, count=150)
    for year in (2023, 2024, 2025):
        for owner in owners:
            WorkforceYear.objects.create(establishment=owner, year=year, workers=300, source="Thử")
    return top, owners


@pytest.fixture
def leader(world):
    user = User.objects.create(username="lanh-dao", full_name="Lãnh Đạo Thử")
    Office.objects.create(user=user, role="leader", place=world[0], valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def scalar(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def late_duty(place, number: int, **about) -> Duty:
    return Duty.objects.create(
        key=f"thu:{number}", rule="INV_CHET", title="Việc thử", context="accidents", subject=f"s{number}",
        label="Hồ sơ thử", owner="labour_department", place=place, owed_at=AT - timedelta(days=60),
        due_at=AT - timedelta(days=number + 1), unit="days", citation="Thử", certainty="official", told_until=AT,
        **about,
    )  # fmt: skip


def test_deaths_equal_a_tally_and_cases_without_a_procedure_are_said(world, actor):
    found = deaths.so_far(actor, AT)
    people = """SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
        WHERE v.severity = 'fatal' AND c.conclusion <> 'not_occupational'
          AND (c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') >= '{0}-01-01' AND c.occurred_at < '{1}'"""
    assert found.deaths == scalar(people.format(2025, "2026-01-01"))
    assert found.before == scalar(people.format(2024, "2024-12-20 02:00+00"))
    fatal = AccidentCase.objects.filter(severity="fatal", occurred_at__year=2025).exclude(conclusion="not_occupational")
    assert (found.cases, found.without_file) == (fatal.count(), fatal.count())
    assert found.pending == fatal.filter(conclusion="pending").count()


def test_late_duties_stand_under_who_owes_them_and_add_up(world, actor):
    top, _owners = world
    for number in range(3):
        late_duty(top, number)
    late_duty(top, -9)  # not due yet
    late = chasing.late_duties(actor, AT)
    assert late.total == scalar(f"SELECT count(*) FROM duties_duty WHERE state = 'open' AND due_at < '{AT}'") == 3
    assert sum(one.count for one in late.shown) + late.others == late.total
    assert late.shown[0].since == date(2025, 12, 17)


def test_a_report_that_fell_due_counts_those_who_are_silent(world, actor):
    found = {one.label: one for one in chasing.missing_reports(actor, AT)}
    assert found
    for one in found.values():
        assert one.due < date(2025, 12, 20)
        assert one.missing == one.obliged - one.came


def test_a_group_is_high_only_beyond_chance_and_small_counts_are_not_judged(world, actor):
    found = risks.of(actor, indicators.PLACE, AT)
    assert (found.first, found.last) == (2023, 2024)
    for one in found.shown:
        assert one.events >= risks.FEW
        assert one.interval.low < float(one.rate.value) < one.interval.high
        assert one.high is (one.interval.low > float(found.whole.value))
    hurt = """SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
        WHERE v.severity IN ('fatal', 'severe') AND c.conclusion = 'occupational' AND v.labour_relation <> 'none'
          AND extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') IN (2023, 2024)"""
    assert found.whole.count == scalar(hurt)


def test_what_waits_is_ordered_by_urgency_and_a_room_without_records_is_left_out(actor, monkeypatch):
    held = {
        "a": Source("a", "A", lambda _actor, _at: Matter(2, "/a/")),
        "b": Source("b", "B", lambda _actor, _at: Matter(1, "/b/"), urgent=True),
        "c": Source("c", "C", lambda _actor, _at: None),
        "d": Source("d", "D", lambda _actor, _at: Matter(0, "/d/")),
    }
    monkeypatch.setattr(decisions, "_SOURCES", held)
    assert [one.source.key for one in decisions.waiting(actor, AT)] == ["b", "a"]
    with pytest.raises(ValueError, match="twice"):
        decisions.waits(Source("a", "A", lambda _actor, _at: None))


def test_every_source_answers_on_an_empty_installation(actor):
    for source in decisions.sources():
        found = source.find(actor, AT)
        assert found is None or found.count == 0
    assert summary.gathered(actor, AT).targets == ()


def test_every_figure_of_the_page_leads_somewhere_that_opens(leader, world):
    late_duty(world[0], 1)
    page = leader.get("/lanh-dao/")
    assert page.status_code == 200
    body = page.content.decode().split('<div class="leader">')[1].split("</main>")[0]
    inside = sorted({part.split('"')[0].replace("&amp;", "&") for part in body.split('href="')[1:]})
    assert any(urlsplit(link).path == "/viec/" for link in inside)
    for link in inside:
        assert leader.get(link).status_code in (200, 302), link


def test_a_commune_officer_and_an_employer_do_not_see_it(world):
    user = User.objects.create(username="xa-thu", full_name="Cán Bộ Thử")
    Office.objects.create(user=user, role="commune_officer", place=world[1][0].place, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    assert client.get("/lanh-dao/").status_code == 403

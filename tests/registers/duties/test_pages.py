"""The work list shows each person their own, the calendar reads the same, and nobody sees another's."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from django.test import Client
from icalendar import Calendar
from tests.registers.duties.conftest import moment

NOW = "2026-05-12T10:00"


@pytest.fixture
def frozen(monkeypatch):
    """The clock stands at NOW for pages, interface and command line."""
    from atvsld.platform.acts import clock

    monkeypatch.setattr(clock, "now", lambda: moment(NOW))


@pytest.fixture
def work(owed, people, land, labour_department):
    """Late for the mill (due 8 May), the department's own of today, the commune's at once, another firm's."""
    owed("INV_NHE", at="2026-05-04T09:30")
    owed("POLICE_LETTER", at="2026-04-22T09:30")
    owed("N_XA", at="2026-05-12T09:30")
    owed("INV_NANG1", at="2026-05-11T09:30", key="accidents:Y:INV_NANG1:1", establishment_id=land.quarry.pk)
    return people


def listed(user, query=""):
    client = Client()
    client.force_login(user)
    response = client.get(f"/viec/?{query}&xuat=csv")
    assert response.status_code == 200
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]
    return [row.split(",")[1].strip('"') for row in rows]


TITLES = {
    "INV_NHE": "Điều tra tai nạn lao động nhẹ",
    "POLICE_LETTER": "Đoàn điều tra cấp tỉnh gửi công văn cho cơ quan điều tra và viện kiểm sát",
    "N_XA": "UBND cấp xã báo nhanh vụ chết người hoặc từ 02 người bị thương nặng",
    "INV_NANG1": "Điều tra tai nạn làm 01 người bị thương nặng",
}


@pytest.mark.parametrize(
    ("who", "query", "rules"),
    [
        ("employer", "", ["INV_NHE"]),
        ("employer", "whose=all", ["INV_NHE"]),
        ("quarryman", "whose=all", ["INV_NANG1"]),
        ("river", "", ["N_XA"]),
        # A commune's officer sees what is due in the commune, from everybody.
        ("river", "whose=all", ["INV_NHE", "POLICE_LETTER", "N_XA", "INV_NANG1"]),
        ("hill", "whose=all", []),
        ("officer", "", ["POLICE_LETTER"]),
        ("officer", "whose=all&when=overdue", ["INV_NHE", "POLICE_LETTER"]),
        ("officer", "whose=all&when=week", ["N_XA", "INV_NANG1"]),
        ("officer", "whose=all&rule=N_XA", ["N_XA"]),
        ("officer", "whose=all&owner=employer", ["INV_NHE", "INV_NANG1"]),
        ("officer", "whose=all&body=so", ["POLICE_LETTER"]),
        # A place in which nobody owes anything is not among the choices: the list stays as it is.
        ("officer", "whose=all&place=99002", ["INV_NHE", "POLICE_LETTER", "N_XA", "INV_NANG1"]),
        ("officer", "whose=all&tim=dieu tra tai nan lao dong nhe", ["INV_NHE"]),
        ("officer", "whose=all&tim=mo da", ["INV_NANG1"]),
        ("officer", "whose=all&when=done", []),
    ],
)
def test_the_list_shows_whose_and_which_as_asked(work, frozen, who, query, rules):
    titles = listed(getattr(work, who), query)
    assert len(titles) == len(rules)
    assert all(title.startswith(TITLES[rule]) for title, rule in zip(titles, rules, strict=True)), titles


def test_mine_on_the_list_are_the_duties_one_is_told_of(work):
    from atvsld.registers.duties import queries
    from atvsld.registers.duties.models import Duty
    from atvsld.registers.duties.recipients import recipients
    from atvsld.registers.offices.grants import actor_for

    day = moment(NOW).date()
    for user in vars(work).values():
        mine = set(Duty.objects.filter(queries.mine(actor_for(user, day), day)).values_list("pk", flat=True))
        assert mine == {duty.pk for duty in Duty.objects.all() if user.pk in recipients(duty, day)}


def test_the_page_of_a_duty_gives_article_and_reason_and_does_not_exist_for_others(work, frozen):
    from atvsld.registers.duties.models import Duty

    duty = Duty.objects.get(rule="INV_NHE")
    client = Client()
    client.force_login(work.employer)
    html = client.get(f"/viec/{duty.public_id}/").content.decode()
    assert "quá hạn 4 ngày" in html
    assert "Điều 35 khoản 6 điểm a" in html
    assert "4 ngày kể từ 04/05/2026" in html
    client.force_login(work.quarryman)
    assert client.get(f"/viec/{duty.public_id}/").status_code == 404


def test_the_first_page_counts_what_is_pressing(work, frozen):
    from atvsld.registers.duties import facade
    from atvsld.registers.offices.grants import actor_for

    found = facade.at_a_glance(actor_for(work.employer, moment(NOW).date()), moment(NOW))
    assert [tile["value"] for tile in found] == [1, 0, 0, 0]
    client = Client()
    client.force_login(work.employer)
    assert found[0]["url"].replace("&", "&amp;") in client.get("/").content.decode()


@pytest.fixture
def address(work, frozen):
    client = Client()
    client.force_login(work.officer)
    html = client.post("/viec/lich/lap/").content.decode()
    return re.search(r"https?://testserver(/viec/lich/[\w-]+\.ics)", html)[1]


def test_the_calendar_holds_ones_own_duties_with_an_alarm_and_a_lasting_id(address, work):
    from atvsld.registers.duties.models import Duty

    response = Client().get(address)
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    duty = Duty.objects.get(rule="POLICE_LETTER")
    assert [str(event["uid"]) for event in events] == [f"{duty.public_id}@atvsld"]
    assert events[0]["dtstart"].dt == moment("2026-05-11T00:00").date()
    assert str(events[0]["summary"]).endswith("TN-2026-000001")
    assert len(events[0].walk("VALARM")) == 1
    # An extension or a second reading gives the same entry.
    assert Calendar.from_ical(Client().get(address).content).walk("VEVENT")[0]["uid"] == events[0]["uid"]


def test_a_revoked_or_replaced_address_reads_nothing(address, work):
    client = Client()
    client.force_login(work.officer)
    newer = client.post("/viec/lich/lap/").content.decode()
    newer = re.search(r"https?://testserver(/viec/lich/[\w-]+\.ics)", newer)[1]
    assert Client().get(address).status_code == 404
    assert Client().get(newer).status_code == 200
    client.post("/viec/lich/huy/")
    assert Client().get(newer).status_code == 404


def test_the_address_gives_only_the_rights_its_person_still_holds(address, work):
    work.officer.offices.update(valid_to="2026-05-01")
    assert Client().get(address).status_code == 404


def test_the_secret_of_an_address_is_not_kept(address):
    from atvsld.registers.duties.models import CalendarFeed

    token = address.removeprefix("/viec/lich/").removesuffix(".ics")
    assert token not in json.dumps(list(CalendarFeed.objects.values()), default=str)


def test_other_systems_read_the_same_duties(work, frozen):
    client = Client()
    client.force_login(work.officer)
    found = client.get("/api/v1/duties?overdue=true").json()["items"]
    assert {item["rule"] for item in found} == {"INV_NHE", "POLICE_LETTER"}
    minor = next(item for item in found if item["rule"] == "INV_NHE")
    assert minor["last_ok"] == "2026-05-08"
    assert datetime.fromisoformat(minor["due_at"]) == moment("2026-05-08T23:59:59")
    assert (minor["remaining"], minor["overdue"], minor["unit"], minor["status"]) == (
        "quá hạn 4 ngày", True, "calendar", "provisional",
    )  # fmt: skip
    client.force_login(work.quarryman)
    assert [item["rule"] for item in client.get("/api/v1/duties").json()["items"]] == ["INV_NANG1"]
    assert client.get("/api/v1/duties?subject=%00").json()["items"] != []


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--due-within", "7"], ["N_XA", "INV_NANG1"]),
        (["--overdue"], ["INV_NHE", "POLICE_LETTER"]),
        (["--due-within", "0", "--overdue"], ["INV_NHE", "POLICE_LETTER"]),
        (["--rule", "N_XA"], ["N_XA"]),
        (["--due-within", "7", "--at", "2026-05-05T08:00"], ["INV_NHE", "POLICE_LETTER"]),
    ],
)
def test_the_terminal_lists_what_is_due(work, frozen, monkeypatch, options, rules):
    from click.testing import CliRunner

    from atvsld.project.cli import duties

    monkeypatch.setattr(duties.start, "django", lambda: None)
    monkeypatch.setattr(duties.start, "require_migrated", lambda: None)
    found = CliRunner().invoke(duties.command, ["work", *options, "--json"])
    assert found.exit_code == 0, found.output
    listed = [row["rule"] for row in json.loads(found.output)]
    assert [rule for rule in listed if rule in rules] == rules
    assert len(listed) >= len(rules)

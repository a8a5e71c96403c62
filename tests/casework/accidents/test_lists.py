"""Lists of cases and victims: filters agree with an independent tally, figures open to their records."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from tests.casework.accidents.scene import TODAY, opened, victim_draft
from tests.query_counts import assert_queries

from atvsld.casework.accidents import facade, figures
from atvsld.casework.accidents.filters import MEASURE_LABELS, CaseFilter, VictimFilter
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.periods import Period
from atvsld.registers.offices.grants import actor_for

LIST, VICTIMS = "/tai-nan/", "/tai-nan/nguoi-bi-nan/"


@pytest.fixture
def many(land) -> list[AccidentCase]:
    """Cases of every kind, from a seed; holes included."""
    chance = random.Random(7)
    made = []
    for _ in range(40):
        victims = [
            victim_draft(
                severity=chance.choice(["fatal", "severe", "minor", None]), sex=chance.choice(["male", "female", None]),
                labour_relation=chance.choice(["contract", "none", "leased", None]),
                occupation_code=chance.choice(["71", "72", "9", None]), managed=chance.choice([True, False, None]),
            )
            for _ in range(chance.choice([1, 1, 2, 3]))
        ]  # fmt: skip
        old = chance.random() < 0.4
        made.append(
            opened(
                land, *victims,
                occurred_at=datetime(2025, 1 if old else 8, 5, tzinfo=UTC) + timedelta(days=chance.randrange(150)),
                place_id=(land.old if old else chance.choice([land.river, land.hill])).pk,
                establishment_id=chance.choice([land.mill.pk, land.quarry.pk, None]),
                cause_code=chance.choice(["1", "7", None]), injury_agent_code=chance.choice(["1", "2", None]),
                conclusion=chance.choice(["occupational", "article_39_2", "not_occupational", "pending"]),
            )
        )  # fmt: skip
    return made


def cases(query: str) -> set[int]:
    found = CaseFilter(QueryDict(query), queryset=AccidentCase.objects.all(), today=TODAY).qs
    return set(found.values_list("pk", flat=True))


def victims(query: str) -> set[int]:
    found = VictimFilter(QueryDict(query), queryset=Victim.objects.all(), today=TODAY).qs
    return set(found.values_list("pk", flat=True))


def principal(case) -> Victim:
    return case.victims.get(is_principal=True)


def employer(case) -> str:
    return case.establishment.name if case.establishment else ""


CASE_FILTERS = {
    "severity=fatal": lambda case: case.severity == "fatal",
    "severity=unknown": lambda case: case.severity is None,
    "severity=fatal,severe": lambda case: case.severity in {"fatal", "severe"},
    "severity=fatal&severity=unknown": lambda case: case.severity in {"fatal", None},
    "cause=7": lambda case: case.cause_code == "7",
    "cause=unknown,1": lambda case: case.cause_code in {None, "1"},
    "agent=unknown&conclusion=occupational": lambda case: (
        case.injury_agent_code is None and case.conclusion == "occupational"
    ),
    "occupation=71": lambda case: principal(case).occupation_code == "71",
    "occupation=unknown": lambda case: principal(case).occupation_code is None,
    "relation_group=contract": lambda case: principal(case).labour_relation in {"contract", "leased"},
    "relation_group=non_contract": lambda case: principal(case).labour_relation == "none",
    "measure=fatal_cases": lambda case: case.severity == "fatal",
    "measure=multi_victim_cases": lambda case: case.victims.count() >= 2,
    "period=2025-H1": lambda case: (case.occurred_at + timedelta(hours=7)).date().month <= 6,
    "establishment=0100109106": lambda case: employer(case) == "Nhà máy Thử",
    "establishment=mo+da": lambda case: employer(case) == "Mỏ đá Thử",
    "establishment=unknown": lambda case: case.establishment is None,
    "place=99001": lambda case: case.place.code in {"99001", "99901"},
    "place=99901@2025-06-30": lambda case: case.place.code in {"99001", "99901"},
    "place=99001&boundary=event": lambda case: case.place.code == "99001",
    "place=99": lambda _case: True,
    "place=99002&basis=headquarters": lambda case: employer(case) == "Mỏ đá Thử",
}
VICTIM_FILTERS = {
    "severity=fatal": lambda one: one.severity == "fatal",
    "sex=female&managed=false": lambda one: one.sex == "female" and one.managed is False,
    "managed=unknown": lambda one: one.managed is None,
    "occupation=9": lambda one: one.occupation_code == "9",
    "occupation=71,72": lambda one: one.occupation_code in {"71", "72"},
    "relation=leased": lambda one: one.labour_relation == "leased",
    "relation_group=unknown": lambda one: one.labour_relation is None,
    "cause=unknown&severity=severe": lambda one: one.case.cause_code is None and one.severity == "severe",
    "measure=deaths_unmanaged": lambda one: one.severity == "fatal" and one.managed is False,
    "measure=cases&conclusion=occupational,article_39_2": lambda one: (
        one.is_principal and one.case.conclusion in {"occupational", "article_39_2"}
    ),
    "place=99001": lambda one: one.case.place.code in {"99001", "99901"},
}


def test_every_filter_of_cases_agrees_with_a_tally_by_hand(many):
    for query, meets in CASE_FILTERS.items():
        assert cases(query) == {case.pk for case in AccidentCase.objects.all() if meets(case)}, query


def test_every_filter_of_victims_agrees_with_a_tally_by_hand(many):
    for query, meets in VICTIM_FILTERS.items():
        assert victims(query) == {one.pk for one in Victim.objects.select_related("case__place") if meets(one)}, query


@pytest.mark.parametrize("query", ["period=2025-H9", "place=00000", "measure=luck", "cause='; drop table"])
def test_a_condition_that_cannot_be_read_shows_nothing_rather_than_everything(many, query):
    assert cases(query) == set()


def test_conditions_in_force_are_told_by_name(land, officer):
    client = Client()
    client.force_login(officer)
    seen = client.get(f"{VICTIMS}?measure=deaths&conclusion=occupational,article_39_2").content.decode()
    assert "Số người chết" in seen
    assert "Là tai nạn lao động, Hưởng trợ cấp theo khoản 2 Điều 39" in seen


def test_every_measure_of_a_figure_has_a_name():
    assert set(MEASURE_LABELS) == set(figures.MEASURES)


def test_a_figure_is_confirmed_when_as_many_records_are_found_and_doubted_otherwise(land, officer):
    client = Client()
    client.force_login(officer)
    opened(land, victim_draft(severity="fatal"))
    link = f"{VICTIMS}?measure=deaths&period=2026&figure=ND39-XII:I:1:10&value="
    assert "khớp với 1 hồ sơ" in client.get(f"{link}1").content.decode()
    assert "nay danh sách này có 1 hồ sơ" in client.get(f"{link}2").content.decode()


def test_a_case_is_found_by_number_key_tax_code_and_name_without_tone_marks(land, officer):
    client = Client()
    client.force_login(officer)
    case = opened(land, case_key="SO-15/2026")
    other = opened(land, place_id=land.hill.pk, establishment_id=land.quarry.pk)
    for typed in (case.number, case.number.lower(), str(case.pk), "so-15/2026", "0100109", "nha may", case.public_id):
        seen = client.get(LIST, {"tim": typed}).content.decode()
        assert case.number in seen, typed
        assert other.number not in seen, typed


def test_lists_mask_names_on_screen_and_in_files(land, officer):
    client = Client()
    client.force_login(officer)
    opened(land)
    for query in ("", "?xuat=csv"):
        response = client.get(f"{VICTIMS}{query}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "N. V. T." in body.decode()
        assert "Nguyễn" not in re.sub(r"<title>.*?</title>", "", body.decode())


def test_what_outer_rings_ask_agrees_with_a_tally_by_hand(many, officer, mill_employer):
    period = Period.parse("2025")
    for user in (officer, mill_employer):
        mine = [
            case for case in AccidentCase.objects.select_related("establishment")
            if (case.occurred_at + timedelta(hours=7)).year == 2025 and case.conclusion != "not_occupational"
            and (user == officer or (case.establishment and case.establishment.name == "Nhà máy Thử"))
        ]  # fmt: skip
        people = [one for case in mine for one in case.victims.all()]
        seen = facade.glance(actor_for(user, TODAY), period)
        assert (seen.cases, seen.victims) == (len(mine), len(people))
        assert seen.deaths == sum(one.severity == "fatal" for one in people)
        assert seen.fatal_cases == sum(case.severity == "fatal" for case in mine)
        gaps = facade.gaps(actor_for(user, TODAY), period)
        assert gaps.cause == sum(case.cause_code is None for case in mine)
        assert gaps.pending == sum(case.conclusion == "pending" for case in mine)


def test_pages_ask_the_database_a_recorded_number_of_times_however_many_rows(many, officer):
    client = Client()
    client.force_login(officer)
    client.get(LIST)  # places and law are read into memory once
    for name, url in {"accidents:list": LIST, "accidents:victims": VICTIMS}.items():
        assert_queries(name, lambda url=url: client.get(url))
    assert_queries("accidents:case", lambda: client.get(f"{LIST}{many[0].public_id}/"))

"""Communes, districts and the province: one ground counts once, and the way up does not change the sum."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oversight.consolidation.stage import body, consolidated, file

from atvsld.kit.text import fold
from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation.extent import Claim, sift
from atvsld.oversight.filing.models import Filing
from atvsld.registers.bodies.models import Body
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
LAST = date(2025, 6, 30)
FIRST = date(2020, 1, 1)


def place(code: str, level: str, start: date = FIRST, end: date | None = None) -> Place:
    return Place.objects.create(
        code=code, name=f"Nơi {code}", name_folded=fold(f"noi {code}"), level=level, kind="xã", valid_from=start,
        valid_to=end,
    )  # fmt: skip


def under(place: Place, parent: Place, start: date = FIRST, end: date | None = None) -> None:
    PlaceParent.objects.create(place=place, parent=parent, valid_from=start, valid_to=end)


@pytest.fixture
def land():
    """Two districts of two communes each until 30/6/2025; then two communes, each joined of a district's two."""
    province = place("48", "province")
    found = {"province": province}
    for district in "ab":
        unit = place(f"49{district}", "district", end=LAST)
        under(unit, province, end=LAST)
        body(f"huyen-{district}", unit, "district", LAST)
        joined = place(f"2020{district}", "commune", REFORM)
        under(joined, province, REFORM)
        found |= {f"joined-{district}": body(f"xa-moi-{district}", joined, "commune")}
        for number in (1, 2):
            old = place(f"2010{district}{number}", "commune", end=LAST)
            under(old, unit, end=LAST)
            PlaceSuccession.objects.create(predecessor=old, successor=joined, kind="whole", effective_on=REFORM)
            found[f"{district}{number}"] = body(f"xa-{district}{number}", old, "commune", LAST)
    for district in "ab":
        found[f"district-{district}"] = Body.objects.get(code=f"huyen-{district}")
    return found


def line(cases: int, victims: int, dead: int = 0) -> dict[tuple[str, str, str], int]:
    found = {}
    for row in ("1", "1.1.1", "1.2.1", "1.4.A"):
        found |= {("I", row, "3"): cases, ("I", row, "6"): victims, ("I", row, "8"): dead}
    return found


def total(report) -> dict[str, int]:
    found = {column: report.figure(Cell("I", "1", column)) for column in ("3", "6", "8")}
    return {column: int(value or 0) for column, value in found.items()}


def test_where_a_district_reported_its_communes_are_in_its_figures(land):
    for commune in ("a1", "a2", "b1"):
        file(land[commune], "R2", "2025-H1", line(1, 2))
    assert total(consolidated("ND39-XV", "2025-H1", place="48")) == {"3": 3, "6": 6, "8": 0}
    district = file(land["district-a"], "R3", "2025-H1", line(2, 5))  # one victim was found on the way
    report = consolidated("ND39-XV", "2025-H1", place="48")
    assert total(report) == {"3": 3, "6": 7, "8": 0}
    assert {item.within for item in report.left_out} == {district.pk}
    assert report.coverage.counted == 2
    # While the district mends its report, its communes stand for themselves.
    Filing.objects.filter(pk=district.pk).update(state="returned")
    assert total(consolidated("ND39-XV", "2025-H1", place="48")) == {"3": 3, "6": 6, "8": 0}


def test_a_joined_commune_speaks_for_those_it_was_joined_of(land):
    for commune in ("a1", "a2", "b1", "b2"):
        file(land[commune], "R2", "2025-H1", line(1, 1))
    file(land["joined-a"], "R2", "2025-H1", line(2, 3))
    report = consolidated("ND39-XV", "2025-H1", place="48", boundary="today")
    assert total(report) == {"3": 4, "6": 5, "8": 0}
    assert len(report.left_out) == 2
    # The year is reported by the communes of today alone.
    file(land["joined-a"], "R2", "2025", line(4, 4, 1))
    file(land["joined-b"], "R2", "2025", {}, nil=True)
    report = consolidated("ND39-XV", "2025", place="48")
    assert total(report) == {"3": 4, "6": 4, "8": 1}
    assert (report.coverage.obliged, report.coverage.reported, report.coverage.nil) == (2, 2, 1)


def test_a_place_adds_up_its_own_communes_alone(land):
    for number, commune in enumerate(("a1", "a2", "b1", "b2"), start=1):
        file(land[commune], "R2", "2025-H1", line(number, number))
    assert total(consolidated("ND39-XVI", "2025-H1", place="49a")) == {"3": 3, "6": 3, "8": 0}
    assert total(consolidated("ND39-XVI", "2025-H1", place="49b")) == {"3": 7, "6": 7, "8": 0}


_lines = st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 2))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["a1", "a2", "b1", "b2"]), _lines, max_size=4),
    st.sets(st.sampled_from(["a", "b"])),
)
def test_two_steps_up_are_one_step_and_any_parts_are_the_whole(land, told, through):
    with transaction.atomic():
        for commune, figures in told.items():
            file(land[commune], "R2", "2025-H1", line(*figures))
        direct = total(consolidated("ND39-XV", "2025-H1", place="48"))
        assert direct == {name: sum(figures[at] for figures in told.values()) for at, name in enumerate("368")}
        parts = [total(consolidated("ND39-XVI", "2025-H1", place=f"49{district}")) for district in "ab"]
        assert direct == {column: sum(part[column] for part in parts) for column in direct}
        for district in through:
            added = consolidated("ND39-XVI", "2025-H1", place=f"49{district}")
            figures = {
                (table.table.id, row.row.key, column): value
                for table in added.tables
                for row in table.rows
                for column, value in row.cells.items()
                if value
            }
            file(land[f"district-{district}"], "R3", "2025-H1", figures)
        assert total(consolidated("ND39-XV", "2025-H1", place="48")) == direct
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(["a1", "a2", "b1", "b2", "district-a", "district-b", "joined-a", "joined-b"])))
def test_no_ground_is_held_twice_and_none_is_lost(land, names):
    claims = [
        Claim(number, 0 if name.startswith("district") else 1, land[name].place_id)
        for number, name in enumerate(sorted(names))
    ]
    left = {item.filing for item in sift(claims)}
    kept = [name for number, name in enumerate(sorted(names)) if number not in left]
    grounds = {name: {name} if len(name) == 2 else {f"{name[-1]}1", f"{name[-1]}2"} for name in names}
    held = [commune for name in kept for commune in grounds[name]]
    assert len(held) == len(set(held))
    assert set(held) == {commune for ground in grounds.values() for commune in ground}

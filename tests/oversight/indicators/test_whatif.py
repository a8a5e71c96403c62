"""The account of a change over real rows: groups against plain SQL, and every count opens its people."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from tests.oversight.reporting import province

from atvsld.oversight.indicators import figures, service, splitting, whatif
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.establishments.models import WorkforceYear

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture
def world():
    _top, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=7, count=120)
    for year in (2023, 2025):
        for owner in owners[:3]:
            WorkforceYear.objects.create(establishment=owner, year=year, workers=200 + owner.pk % 7, source="Thử")
    return communes, owners


def tally(year: int, column: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT coalesce({column}, ''), count(*) FROM accidents_victim v
            JOIN accidents_accidentcase c ON c.id = v.case_id JOIN places_place p ON p.id = c.place_id
            LEFT JOIN establishments_establishment e ON e.id = c.establishment_id
            WHERE v.severity = 'fatal' AND c.conclusion = 'occupational' AND v.labour_relation <> 'none'
              AND extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') = %s GROUP BY 1""",
            [year],
        )
        return {key: int(number) for key, number in cursor.fetchall()}


def test_places_equal_a_tally_and_add_up_to_the_change(world, actor):
    found = whatif.analyse(actor, by=splitting.PLACE, place="48", at=AT)
    before, after = tally(2023, "p.code"), tally(2025, "p.code")
    assert {line.group: (line.part.before.events, line.part.after.events) for line in found.lines} == {
        code: (before.get(code, 0), after.get(code, 0)) for code in {*before, *after} | {c.code for c in world[0]}
    }
    change = sum((line.part.change for line in found.lines), Fraction(0))
    rates = found.after.rate.value - found.before.rate.value
    assert abs(whatif.number(change) - rates) < Decimal("1e-9")


def test_sectors_of_both_classifications_stand_under_their_name(world, actor):
    found = whatif.analyse(actor, by=splitting.SECTOR, place="48", at=AT)
    after = tally(2025, "left(e.industry_code, 2)")
    named = {line.label: line.part.after.events for line in found.lines}
    assert named["Xây dựng"] == after.get("41", 0)
    assert named["Công nghiệp chế biến, chế tạo"] == after.get("10", 0)
    assert named["Chưa rõ"] == after.get("", 0)


def test_labour_relation_counts_everybody_and_divides_by_nobody(world, actor):
    found = whatif.analyse(actor, by=splitting.RELATION, place="48", at=AT)
    assert sum(line.part.after.events for line in found.lines) == found.after.counted.total.deaths
    assert found.whole.change is None
    assert all(line.verdict is None for line in found.lines)


def test_every_count_opens_exactly_its_people(world, actor):
    day = clock.local_day(AT)
    for by in splitting.GROUPINGS:
        piece = service.ground_of(actor, 2025, place="48", at=AT)
        split = splitting.split(piece, by, day=day)
        groups = figures.GROUPS if by == splitting.RELATION else (figures.CONTRACT,)
        for group, keys in split.keys.items():
            people = splitting.narrowed(figures.victims(piece, groups=groups), by, keys)
            assert people.count() == split.pairs[group].events


def test_fewer_deaths_in_a_group_give_the_rate_and_verdict_of_the_whole(world, actor):
    found = whatif.analyse(actor, by=splitting.PLACE, reduction=100, place="48", at=AT)
    workers = found.after.workforce.workers
    for line in found.lines:
        left = found.after.rate.count - line.part.after.events
        assert (line.fewer, line.assumed.count) == (line.part.after.events, left)
        assert line.assumed.value == Decimal(left) * found.report.per / workers


def test_grave_accidents_of_several_years_equal_their_sum(world, actor):
    pairs = service.serious(actor, splitting.PLACE, 2023, 2025, place="48", at=AT)
    years = [service.ground_of(actor, year, place="48", at=AT) for year in (2023, 2024, 2025)]
    wanted = sum(
        figures.victims(piece, groups=(figures.CONTRACT,), measures=service.SERIOUS).count() for piece in years
    )
    assert sum(pair.events for pair in pairs.values()) == wanted > 0
    assert sum(pair.workers for pair in pairs.values()) == sum(row.workers for row in WorkforceYear.objects.all())


@pytest.mark.parametrize(
    "asked", [{"before": 2025, "after": 2023}, {"after": 2026}, {"by": "x"}, {"reduction": 33}]
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(world, actor, asked):
    with pytest.raises(Rejected):
        whatif.analyse(actor, place="48", at=AT, **asked)

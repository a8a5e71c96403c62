"""The passport of a figure against counts in plain SQL; rights and masks; parts and rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from tests.oversight.snapshots import ground

from atvsld.casework.accidents.models import Victim
from atvsld.oversight.snapshots import content, facade
from atvsld.oversight.snapshots.cells import Cell
from atvsld.platform.acts import Refused, Rejected

pytestmark = pytest.mark.django_db
READ = ("snapshots:report_snapshot:read", "accidents:case:read", "establishments:establishment:read")


@pytest.fixture
def world():
    return ground.world()


def counted(sql: str, *params: object) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def open_at(snapshot, table, row, column, actor=None, **more):
    return facade.passport(actor or ground.officer(), snapshot, Cell(table, row, column), at=ground.AT, **more)


def test_records_in_and_left_out_equal_plain_sql(world):
    snapshot = ground.accepted("ND39-XII", establishment="0400000000")
    found = open_at(snapshot, "I", "1", "6")
    expected = counted(
        """
        SELECT c.conclusion, count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
        JOIN establishments_establishment e ON e.id = c.establishment_id
        WHERE e.tax_code = %s AND extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh') = 2024 GROUP BY 1
        """,
        "0400000000",
    )
    assert found.counted.total == expected.pop("occupational") == found.figure.value
    assert sorted(one.total for one in found.left_out) == sorted(expected.values())
    assert len(expected) > 1
    assert {line.record for line in found.counted.lines} <= set(Victim.objects.values_list("public_id", flat=True))


@pytest.mark.parametrize(("form", "subject"), [
    ("ND39-XII", {"establishment": "0400000001"}), ("ND39-XIV", {"place": "48"}), ("ND39-XVI", {"place": "20190"}),
])  # fmt: skip
def test_every_figure_has_a_passport_that_adds_up_to_it(world, form, subject):
    snapshot = ground.accepted(form, **subject)
    report = content.report_of(content.held(snapshot))
    cells = [
        (table.table.id, row.row.key, column, value)
        for table in report.tables
        for row in table.rows
        for column, value in row.cells.items()
    ]
    assert len(cells) > 100
    # Every seventh, which meets each column of each kind of row.
    for table, row, column, value in cells[::7]:
        found = open_at(snapshot, table, row, column)
        assert found.figure.value == value
        assert found.known_now
        assert found.now == value, (row, column)
        if found.figure.counted and found.counted.total <= 50 and value is not None:
            adds = [line.adds for line in found.counted.lines if line.adds is not None]
            assert sum(adds, Decimal(0)) == value, (row, column)


def test_the_workforce_of_the_header_and_of_rates_has_passports_too(world):
    snapshot = ground.accepted("ND39-XIV")
    rate = open_at(snapshot, "I", "1", "12")
    assert [part.cell.column for part in rate.parts]
    assert "100000" in dict(rate.rule)["Công thức"]
    workers = open_at(snapshot, "I", "1", "6")
    assert (workers.figure.value, workers.counted.total) == (600, 3)
    assert sorted(line.adds for line in workers.counted.lines if line.adds) == [100, 200, 300]
    # The fourth establishment stated nothing: unknown, and said so.
    assert [one.total for one in workers.left_out] == [1]
    employer = ground.accepted("ND39-XII", key="x", establishment="0400000000")
    assert open_at(employer, "header", "workers", "").counted.total == 1


def test_what_a_reader_may_not_open_is_counted_and_not_named(world):
    _top, communes, _owners = world
    snapshot = ground.accepted("ND39-XIV")
    with pytest.raises(Refused):
        open_at(snapshot, "II", "1", "6", actor=ground.within(communes[0], *READ))
    snapshot.place = communes[0]
    found = open_at(snapshot, "II", "1", "6", actor=ground.within(communes[0], *READ))
    full = open_at(snapshot, "II", "1", "6")
    assert found.counted.total == full.counted.total
    assert 0 < found.counted.hidden < found.counted.total
    assert full.counted.hidden == 0
    # A name stands there as initials only.
    assert all("Người Thử" not in line.shown.label for line in full.counted.lines)


def test_a_removed_record_is_still_counted_in_the_frozen_figure(world):
    snapshot = ground.accepted("ND39-XIV")
    before = open_at(snapshot, "II", "1", "6")
    gone = Victim.objects.get(public_id=before.counted.lines[0].record)
    gone.case.delete()
    after = open_at(snapshot, "II", "1", "6")
    assert after.counted.total == before.counted.total == after.figure.value
    assert after.overtaken
    assert after.now < before.figure.value
    assert {one.kind for one in after.differences} == {"removed"}


def test_a_cell_that_is_not_there_is_refused(world):
    snapshot = ground.accepted("ND39-XIV")
    for cell in (("I", "1", "99"), ("Z", "1", "6"), ("II", "không", "6"), ("header", "reporter", "")):
        with pytest.raises(Rejected):
            open_at(snapshot, *cell)

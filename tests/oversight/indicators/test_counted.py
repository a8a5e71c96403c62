"""Targets II.2 and II.3 from reports: equal to a tally in plain SQL, and never more certain than what was told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from tests.oversight.indicators.handed_in import EXPOSED, NOISE, SAMPLES, firms, hand_in, harmful

from atvsld.documents.render import FORMATS, render
from atvsld.law import load_book
from atvsld.oversight.indicators import count_paper, counted, facade
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.establishments.models import HazardFact, WorkforceYear
from atvsld.registers.offices.models import Office
from atvsld.statistics.targets import Verdict

pytestmark = pytest.mark.django_db
AT = datetime(2025, 3, 3, 2, tzinfo=UTC)


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture
def world():
    return firms()


def monitored(year: int) -> int:
    """Employers with samples above nought in a counted report, by plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(DISTINCT f.establishment_id) FROM filing_filing f
            JOIN filing_figure g ON g.submission_id = f.current_id JOIN filing_cell c ON c.id = g.cell_id
            WHERE f.period = %s AND f.state IN ('submitted', 'accepted', 'locked') AND g.value > 0
              AND ((f.report = 'R8' AND c."table" = 'A' AND c."row" = 'i1' AND c."column" = '4')
                OR (f.report = 'OH_EMPLOYER' AND c."table" = 'II' AND c."column" = '3'))""",
            [str(year)],
        )
        return int(cursor.fetchone()[0])


def test_every_cell_a_target_is_read_from_stands_in_its_form():
    book = load_book()
    for target in book.targets.values():
        for cell in (*target.reported.cells, *target.reported.exposed) if target.reported else ():
            form = next(one for one in book.forms if one.code == book.deadline(cell.report).form)
            table = next(one for one in form.tables if one.id == cell.table)
            assert cell.column in {column.key for column in table.leaf_columns}
            assert set(cell.rows) <= {row.key for row in table.rows}
            assert bool(cell.rows) is not table.open_rows


def test_establishments_monitored_equal_a_tally_and_count_once(world, actor):
    _top, owners = world
    for owner in owners[:2]:
        hand_in(owner, "R8", 2024, {SAMPLES: 8})
    hand_in(owners[0], "OH_EMPLOYER", 2024, {NOISE: 4, EXPOSED: 30})  # told twice, counted once
    hand_in(owners[2], "R8", 2024, {SAMPLES: 5}, state="returned")  # does not count meanwhile
    point = counted.count_report(actor, "II.3", place="48", at=AT).point(2024)
    assert point.told.known.low == monitored(2024) == 2
    assert point.told.firms("counted") == {owners[0].pk, owners[1].pk}
    assert point.told.firms("silent") == {owners[2].pk, owners[3].pk}
    assert (point.known.low, point.known.high) == (2, 4)  # each of the silent may have done it
    assert (point.told.coverage.owing, point.told.coverage.owing_told) == (4, 2)


def test_everybody_told_gives_exact_figures_and_a_verdict(world, actor):
    _top, owners = world
    harmful_none(owners[3])
    for year, counts in ((2023, (1, 1, 0)), (2024, (1, 1, 3))):
        for owner, samples in zip(owners, counts, strict=False):
            hand_in(owner, "R8", year, {SAMPLES: samples} if samples else {})
    report = counted.count_report(actor, "II.3", place="48", at=AT)
    assert [(point.year, point.known.low, point.known.exact) for point in report.points[:2]] == [
        (2023, 2, True), (2024, 3, True)
    ]  # fmt: skip
    assert report.verdict is Verdict.MET
    assert report.path[2025] == 2 * Decimal("1.05") ** 2


def harmful_none(firm) -> None:
    HazardFact.objects.filter(establishment=firm).delete()
    harmful(firm, 0)


def test_one_silent_employer_is_enough_not_to_tell_and_what_is_missing_is_said(world, actor):
    _top, owners = world
    for owner in owners[:3]:
        hand_in(owner, "R8", 2023, {SAMPLES: 1})
        hand_in(owner, "R8", 2024, {SAMPLES: 1})
    line = next(one for one in facade.targets(actor, 2024, AT, place="48") if one.id == "II.3")
    assert line.verdict is Verdict.CANNOT_TELL
    assert (line.actual.value, line.actual.low, line.actual.high) == (3, 3, 4)
    text = " ".join(line.when)
    assert "năm gốc 2023" in text
    assert "1 cơ sở" in text
    assert "sổ quan trắc" in text


def test_an_employer_of_whom_it_is_not_known_whether_it_owes_widens_the_bound(world, actor):
    _top, owners = world
    HazardFact.objects.filter(establishment=owners[3]).delete()
    for owner in owners[:3]:
        hand_in(owner, "R8", 2024, {SAMPLES: 1})
    point = counted.count_report(actor, "II.3", place="48", at=AT).point(2024)
    assert (point.told.coverage.silent, point.told.coverage.unclear_silent) == (0, 1)
    assert (point.known.low, point.known.high) == (3, 4)


def test_a_blank_is_not_a_nought(world, actor):
    _top, owners = world
    for owner in owners[:3]:
        hand_in(owner, "R8", 2024)
    hand_in(owners[3], "R8", 2024, {SAMPLES: None})
    point = counted.count_report(actor, "II.3", place="48", at=AT).point(2024)
    assert (point.known.low, point.known.high) == (0, 1)
    assert point.told.firms("blank") == {owners[3].pk}


def test_people_screened_lie_between_the_largest_disease_and_the_sum(world, actor):
    _top, owners = world
    hand_in(owners[0], "OH_EMPLOYER", 2024, {EXPOSED: 60}, screened=(30, 20))
    hand_in(owners[1], "OH_EMPLOYER", 2024, {EXPOSED: 10}, screened=(10,))
    hand_in(owners[2], "OH_EMPLOYER", 2024)
    WorkforceYear.objects.filter(establishment=owners[3]).update(workers=40)
    point = counted.count_report(actor, "II.2", place="48", at=AT).point(2024)
    assert (point.told.sum_told, point.told.exposed) == (60, 70)
    # 30…50 and 10, and the silent one has 40 workers.
    assert (point.known.low, point.known.high) == (40, 100)


def test_before_the_reports_fell_due_a_year_is_not_judged(world, actor):
    early = datetime(2025, 1, 3, tzinfo=UTC)
    report = counted.count_report(actor, "II.3", place="48", at=early)
    assert report.point(2024).due == date(2025, 1, 9)
    assert report.point(2024).assessment is None
    assert report.latest is None
    assert counted.count_report(actor, "II.3", place="48", at=AT).latest.year == 2024


def test_a_target_without_reports_is_refused_with_a_remedy(world, actor):
    with pytest.raises(Rejected):
        counted.count_report(actor, "II.1", at=AT)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_paper_comes_in_every_format(world, actor, kind):
    hand_in(world[1][0], "R8", 2024, {SAMPLES: 8})
    assert len(render(count_paper.document(counted.count_report(actor, "II.3", place="48", at=AT)), kind)) > 1000


def test_each_figure_on_the_page_opens_exactly_its_establishments(world, settings):
    top, owners = world
    hand_in(owners[0], "R8", 2024, {SAMPLES: 8})
    hand_in(owners[1], "R8", 2024)
    user = User.objects.create(username="lanh-dao", full_name="Lãnh Đạo Thử")
    Office.objects.create(user=user, role="leader", place=top, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    for wanted, names in (("counted", {"Cơ sở Thử 0"}), ("told", {"Cơ sở Thử 0", "Cơ sở Thử 1"}),
                          ("silent", {"Cơ sở Thử 2", "Cơ sở Thử 3"})):  # fmt: skip
        page = client.get("/chi-tieu/II.3/bao-cao/", {"year": "2024", "list": wanted, "place": "48"})
        assert page.context["total"] == len(names)
        assert {row.record.name for row in page.context["table"].page.object_list} == names
    assert client.get("/chi-tieu/II.3/", {"place": "48"}).status_code == 200
    board = client.get("/chi-tieu/", {"place": "48"})
    assert [one["line"].id for one in board.context["lines"]] == ["II.1", "II.2", "II.3"]
    for address in ("/chi-tieu/II.9/", "/chi-tieu/II.3/bao-cao/?year=x", "/chi-tieu/II.3/bao-cao/?year=2024&list=x",
                    "/chi-tieu/II.3/bao-cao/?year=1999"):  # fmt: skip
        assert client.get(address).status_code == 404

"""Consolidated figures beside an independent tally in plain SQL: outsiders, leased workers, returns, corrections."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import connection
from tests.oversight.consolidation.stage import body, consolidated, file, hand_in, tally
from tests.oversight.reporting import province

from atvsld.law.consolidation import Cell

pytestmark = pytest.mark.django_db

# The establishments' industry codes are of the classification of this year.
YEAR = "2024"
CURRENT = """
FROM filing_figure f JOIN filing_cell k ON k.id = f.cell_id
JOIN filing_filing r ON r.current_id = f.submission_id AND r.state IN ('submitted', 'accepted', 'locked')
LEFT JOIN establishments_establishment e ON e.id = r.establishment_id
WHERE r.report = %s AND r.period = '2024'
"""


def accident(*, victims: int, outsiders: int = 0, dead: int = 0, dead_outsiders: int = 0, cause: str = "1"):
    """One accident as an employer's form tells it, of one cause."""
    line = {"3": 1, "4": int(dead > 0), "5": int(victims > 1), "6": victims, "7": outsiders, "8": 0, "9": 0,
            "10": dead, "11": dead_outsiders, "12": 0, "13": 0}  # fmt: skip
    found = {
        ("I", row, column): value for row in ("1", f"1.1.{cause}", "1.2.1", "1.3.71") for column, value in line.items()
    }
    return found | {("II", "3", "1"): 10, ("II", "3", "2"): 100, ("II", "3", "3"): 100, ("header", "workers", "1"): 50}


def random_line(dice: random.Random) -> dict[str, int]:
    victims, women = dice.randint(0, 4), dice.randint(0, 2)
    dead, severe = dice.randint(0, 1), dice.randint(0, 1)
    outsiders = dice.randint(0, victims) if victims else 0
    return {
        "3": dice.randint(0, 3), "4": dice.randint(0, dead), "5": dice.randint(0, 1), "6": victims, "7": outsiders,
        "8": women, "9": dice.randint(0, women), "10": dead, "11": dice.randint(0, dead), "12": severe,
        "13": dice.randint(0, severe),
    }  # fmt: skip


@pytest.fixture
def firms():
    place, communes = province.places()
    body("so-noi-vu", place, "osh_lead")
    return province.establishments(communes)


def test_fourteen_equals_a_tally_in_plain_sql(firms):
    dice = random.Random(5)
    for number, firm in enumerate(firms):
        figures = {("II", "3", str(column)): dice.choice([None, dice.randint(0, 900)]) for column in range(1, 7)}
        for row in ("1", "1.1.1", "1.1.4", "1.1.unknown", "1.2.3", "1.3.71", "2"):
            figures |= {("I", row, column): value for column, value in random_line(dice).items()}
        filing = file(firm, "R1", YEAR, figures, state="accepted")
        if number == 1:  # corrected: the last one counts, in full
            hand_in(filing, {("I", "1", "6"): 7, ("I", "1", "7"): 2, ("I", "1", "3"): 9})
        if number == 2:  # returned: not counted until it comes back
            type(filing).objects.filter(pk=filing.pk).update(state="returned")
    file(firms[2], "R1", "2024-H1", accident(victims=3))  # another period
    file(firms[2], "R8", YEAR, {("A", "b1", "4"): 50})  # another report
    report = consolidated("ND39-XIV", YEAR, place="48")
    plain = (
        'SELECT sum(f.value) FILTER (WHERE k."column" = %s) - coalesce(sum(f.value) FILTER (WHERE k."column" = %s), 0)'
    )
    for column, (add, less) in {"6": "67", "7": "89", "8": ("10", "11"), "9": ("12", "13")}.items():
        for row in ("1", "1.1.1", "1.1.4", "1.1.unknown", "1.2.3", "1.3.71"):
            told = tally(f'{plain} {CURRENT} AND k."table" = \'I\' AND k."row" = %s', add, less, "R1", row)
            assert (report.figure(Cell("II", row, column)) or 0) == told, row
        for section, divisions in {"F": ("41",), "C": ("10",)}.items():
            told = tally(
                f"{plain} {CURRENT} AND k.\"table\" = 'I' AND k.\"row\" = '1' AND left(e.industry_code, 2) = ANY(%s)",
                add, less, "R1", list(divisions),
            )  # fmt: skip
            assert report.figure(Cell("II", f"1.4.{section}", column)) == told
        told = tally(
            f"{plain} {CURRENT} AND k.\"table\" = 'I' AND k.\"row\" = '1' AND e.industry_code = ''", add, less, "R1"
        )
        assert (report.figure(Cell("II", "1.4.unknown", column)) or 0) == told
    # Accidents: report by report no more than the reporter's own victims.
    lines: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT r.id, k."row", k."column", f.value {CURRENT} AND k."table" = \'I\'', ["R1"])
        for filing, row, column, value in cursor.fetchall():
            lines[filing, row][column] = value
    for row in ("1", "1.1.1", "1.2.3"):
        own = [
            (line["3"], line["6"] - line.get("7", 0), line.get("4", 0), line.get("10", 0) - line.get("11", 0))
            for (_filing, key), line in lines.items()
            if key == row
        ]
        assert report.figure(Cell("II", row, "3")) == sum(min(cases, victims) for cases, victims, _f, _d in own)
        assert report.figure(Cell("II", row, "4")) == sum(min(fatal, dead) for _c, _v, fatal, dead in own)
    money = tally(f"SELECT sum(f.value) {CURRENT} AND k.\"table\" = 'II' AND k.\"column\" = '2'", "R1")
    assert report.figure(Cell("II", "1", "11")) == money
    assert report.figure(Cell("II", "1.1.1", "11")) is None  # an employer's form does not tell it
    covered = report.coverage
    assert (covered.reported, covered.counted, covered.returned) == (4, 3, 1)
    # Of the fourth the register does not say that it employs anybody: it reported, but does not surely owe.
    assert (covered.obliged, covered.unclear, covered.silent, covered.extra) == (3, 0, 0, 0)
    assert report.figure(Cell("I", "1", "4")) == 3


def test_a_leased_worker_is_counted_by_the_employer_alone(firms):
    # At firm 0 a worker leased from firm 1 died; both report the accident, each as its form asks.
    file(firms[0], "R1", YEAR, accident(victims=1, outsiders=1, dead=1, dead_outsiders=1))
    file(firms[1], "R1", YEAR, accident(victims=1, dead=1))
    report = consolidated("ND39-XIV", YEAR, place="48")
    total = {column: report.figure(Cell("II", "1", column)) for column in ("3", "4", "6", "8")}
    assert total == {"3": 1, "4": 1, "6": 1, "8": 1}
    assert {apart.key: value for apart, value in report.apart}["outsiders"] == 1
    assert report.doubtful == 1
    assert not [check for check in report.faults if check.severity == "block"]


def test_nil_is_a_report_and_silence_is_not(firms):
    file(firms[0], "R1", YEAR, {}, nil=True)
    file(firms[1], "R1", YEAR, accident(victims=2), late=True)
    file(firms[2], "R1", YEAR, {}, state="draft")
    covered = consolidated("ND39-XIV", YEAR, place="48").coverage
    assert (covered.obliged, covered.reported, covered.nil, covered.late) == (3, 2, 1, 1)
    assert (covered.silent, covered.unclear, covered.drafts) == (1, 1, 1)


def test_nobody_reported_is_not_zero(firms):
    report = consolidated("ND39-XIV", YEAR, place="48")
    assert report.figure(Cell("II", "1", "6")) is None
    assert report.figure(Cell("I", "1", "4")) == 0
    assert (report.coverage.silent, report.coverage.unclear) == (3, 1)


def test_a_cell_all_left_blank_is_blank_and_some_blank_is_told(firms):
    file(
        firms[0],
        "R8",
        YEAR,
        {("A", "c1", "4"): None, ("A", "g3", "4"): 30, ("A", "e1", "4"): 1, ("A", "e1", "4b"): 4},
    )
    file(
        firms[1],
        "R8",
        YEAR,
        {("A", "c1", "4"): None, ("A", "g3", "4"): 41, ("A", "e1", "4"): 2, ("A", "e1", "4b"): 3},
    )
    report = consolidated("TT07-III", YEAR, place="48")
    assert report.figure(Cell("II", "c1", "4")) is None
    assert report.blanks[Cell("II", "c1", "4")] == 2
    assert report.figure(Cell("II", "g3", "4")) == 41  # the most of them, not the sum
    assert [report.figure(Cell("II", "e1", column)) for column in ("4", "4b", "6", "6b", "10", "10b")] == [
        3,
        7,
        1,
        4,
        2,
        3,
    ]
    file(firms[2], "R8", YEAR, {("A", "c1", "4"): 5})
    report = consolidated("TT07-III", YEAR, place="48")
    assert (report.figure(Cell("II", "c1", "4")), report.blanks[Cell("II", "c1", "4")]) == (5, 2)


def test_workers_of_reporters_are_what_the_report_states_else_the_register(firms):
    file(firms[0], "R1", YEAR, accident(victims=1))  # states 50
    file(firms[1], "R1", YEAR, {}, nil=True)  # states nothing: 200 in the register
    report = consolidated("ND39-XIV", YEAR, place="48")
    assert report.figure(Cell("I", "1", "6")) == 250
    assert report.figure(Cell("I", "1", "5")) == 600  # of all who owe, by the register


def test_headquarters_and_workplace_are_two_bases(firms):
    # The third establishment works in one commune and has its head office in another.
    file(firms[2], "R1", YEAR, accident(victims=1))
    work, seat = firms[2].place.code, firms[2].headquarters_place.code
    assert work != seat
    assert consolidated("ND39-XIV", YEAR, place=seat).coverage.counted == 1
    assert consolidated("ND39-XIV", YEAR, place=work).coverage.counted == 0
    assert consolidated("ND39-XIV", YEAR, place=work, basis="place").coverage.counted == 1


def test_records_joined_into_one_count_once(firms):
    file(firms[0], "R1", YEAR, accident(victims=1))
    file(firms[1], "R1", YEAR, accident(victims=1))
    firms[1].merged_into = firms[0]
    firms[1].save()
    report = consolidated("ND39-XIV", YEAR, place="48")
    assert report.figure(Cell("II", "1", "6")) == 1
    assert [item.why for item in report.left_out] == ["merged"]

"""The agreement checks of the forms: one good filling, then each rule broken once."""

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.law import load_book
from atvsld.law.forms import run_checks

SPEC = load_book().form("ND39-XII")
COLUMNS = [str(number) for number in range(3, 14)]
HEADER = {"workers": Decimal(100), "workers_female": Decimal(40)}


def line(*figures: int) -> dict[str, Decimal | None]:
    return {column: Decimal(figure) for column, figure in zip(COLUMNS, figures, strict=True)}


def filled() -> dict[str, dict[str, dict[str, Decimal | None]]]:
    #          vụ         nạn nhân  nữ     chết   nặng
    fall = line(2, 1, 1, 3, 1, 1, 0, 1, 0, 1, 1)
    shock = line(1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0)
    commute = line(1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0)
    one = {column: fall[column] + shock[column] for column in COLUMNS}
    return {
        "I": {
            "1": one,
            "1.1": {},
            "1.1.4": dict(fall),
            "1.1.unknown": dict(shock),
            "1.2.9": dict(fall),
            "1.2.1": dict(shock),
            "1.3.71": dict(fall),
            "1.3.74": dict(shock),
            "2": commute,
            "3": {column: one[column] + commute[column] for column in COLUMNS},
        },
        "II": {"3": {key: Decimal(figure) for key, figure in zip("123456", (60, 30, 10, 15, 5, 100), strict=True)}},
    }


def failing(values, header=HEADER) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for result in run_checks(SPEC, values, header):
        if not result.ok:
            found.setdefault(result.id, []).append(result.where)
    return found


def test_a_form_whose_figures_agree_passes_every_check() -> None:
    assert failing(filled()) == {}
    assert len(run_checks(SPEC, filled(), HEADER)) == len(SPEC.checks)


@pytest.mark.parametrize(
    ("row", "column", "figure", "check"),
    [
        ("1.1.4", "4", 9, "I.4_le_3"),
        ("1.1.4", "5", 9, "I.5_le_3"),
        ("1.3.71", "7", 9, "I.7_le_6"),
        ("2", "8", 9, "I.8_le_6"),
        ("1.2.9", "10", 9, "I.10_le_6"),
        ("1.2.9", "12", 9, "I.12_le_6"),
        ("1.3.71", "12", 3, "I.10_12_le_6"),
        ("1.3.71", "9", 2, "I.9_le_7"),
        ("1.3.71", "11", 2, "I.11_le_7"),
        ("1.3.74", "13", 1, "I.13_le_7"),
        ("2", "9", 2, "I.9_le_8"),
        ("2", "11", 1, "I.11_le_10"),
        ("2", "13", 1, "I.13_le_12"),
        ("1.1.4", "10", 0, "I.4_le_10"),
        ("1.1.4", "6", 4, "I.causes"),
        ("1.2.1", "6", 2, "I.agents"),
        ("1.3.71", "3", 3, "I.occupations_cases"),
        ("1.3.71", "6", 4, "I.occupations_victims"),
        ("3", "6", 9, "I.total"),
        ("1", "3", None, "I.whole"),
        ("1", "3", Decimal("2.5"), "I.whole"),
        ("1", "8", -1, "I.whole"),
    ],
)
def test_a_broken_figure_is_found_where_it_stands(row, column, figure, check) -> None:
    values = filled()
    values["I"][row][column] = None if figure is None else Decimal(figure)
    found = failing(values)
    assert check in found
    assert any(place.startswith("I/") for place in found[check])


def test_the_place_of_a_failure_names_table_row_and_column() -> None:
    values = filled()
    values["I"]["1.1.4"]["4"] = Decimal(9)
    result = next(item for item in run_checks(SPEC, values, HEADER) if item.id == "I.4_le_3" and not item.ok)
    assert (result.where, result.left, result.right, result.severity) == ("I/1.1.4/4", 9, 2, "block")
    assert result.to_json()["left"] == "9"


def test_costs_must_add_up_within_rounding() -> None:
    values = filled()
    values["II"]["3"]["2"] = Decimal(31)
    assert failing(values) == {}
    values["II"]["3"]["2"] = Decimal(40)
    assert failing(values) == {"II.total_cost": ["II/3/2"]}


def test_no_accident_means_every_figure_is_zero() -> None:
    values = {"I": {key: line(*[0] * 11) for key in ("1", "2", "3", "1.1.4", "1.2.9")}, "II": filled()["II"]}
    assert failing(values) == {}
    values["I"]["2"]["8"] = Decimal(1)
    assert "I.zero" in failing(values)


def test_more_women_than_workers_is_refused_and_unknown_numbers_are_not() -> None:
    assert failing(filled(), {"workers": Decimal(10), "workers_female": Decimal(11)}) == {
        "header.female": ["header/workers_female"]
    }
    assert failing(filled(), {"workers": None, "workers_female": Decimal(11)}) == {}


def test_a_breakdown_without_rows_does_not_match_a_total_above_zero() -> None:
    values = filled()
    for key in ("1.2.9", "1.2.1"):
        del values["I"][key]
    assert "I.agents" in failing(values)


@pytest.mark.parametrize("form", [pytest.param(form, id=form.code) for form in load_book().forms])
def test_a_report_of_zeros_passes_every_blocking_check(form) -> None:
    values = {
        table.id: {row.key: dict.fromkeys(table.value_columns, Decimal(0)) for row in table.rows if not row.each}
        for table in form.tables
    }
    assert [result for result in run_checks(form, values, {}) if not result.ok and result.severity == "block"] == []


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 50)] * 11), min_size=1, max_size=6))
def test_sums_of_any_rows_satisfy_the_sum_checks(figures) -> None:
    parts = [line(*row) for row in figures]
    total = {column: sum((part[column] for part in parts), Decimal(0)) for column in COLUMNS}
    nothing = line(*[0] * 11)
    table = {"1": total, "2": nothing, "3": deepcopy(total)}
    for group in ("1.1", "1.2", "1.3"):
        table |= {f"{group}.{number}": part for number, part in enumerate(parts)}
    found = failing({"I": table, "II": filled()["II"]})
    assert not {"I.causes", "I.agents", "I.occupations_cases", "I.occupations_victims", "I.total"} & set(found)

"""Statutory forms: columns and rows as the annexes number them, and the road to JSON and back."""

import json
from datetime import date
from decimal import Decimal

import pytest

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law import UnknownEntry, load_book
from atvsld.law.forms import Formula, expand_rows
from atvsld.law.forms.reading import read_form
from atvsld.law.reading import Node

YEAR = Period.parse("2024")
FORMS = [pytest.param(form, id=f"{form.code}@{form.valid_from}") for form in load_book().forms]


def rows_of(code: str, table: str, **options):
    book = load_book()
    form = book.form(code, period=YEAR)
    return expand_rows(form.table(table), book.lists_for(form, YEAR), **options)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_survives_the_way_to_json_and_back(form) -> None:
    assert read_form(Node("json", "", json.loads(json.dumps(form.to_data())))) == form


@pytest.mark.parametrize(
    ("code", "table", "count"),
    [
        ("ND39-XII", "I", 13),
        ("ND39-XII", "II", 6),
        ("ND39-XIV", "I", 13),
        ("ND39-XIV", "II", 15),
        ("ND39-XVI", "I", 15),
    ],
)
def test_columns_are_numbered_from_one_without_a_gap(code: str, table: str, count: int) -> None:
    columns = load_book().form(code).leaf_columns(table)
    assert [column.number for column in columns] == [str(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("form", FORMS)
def test_rows_have_distinct_keys_and_no_fact_falls_into_two_rows_of_one_group(form) -> None:
    book = load_book()
    for table in form.tables:
        rows = expand_rows(table, book.lists_for(form, YEAR))
        keys = [row.key for row in rows]
        assert len(set(keys)) == len(keys)
        if not table.measure_columns:
            continue
        where = [json.dumps(dict(row.where), sort_keys=True) for row in rows if row.holds_figures and not row.formula]
        outside = [row for row in rows if row.outside]
        assert len(set(where)) >= len(where) - len(outside)


def test_the_employers_table_has_the_statutory_skeleton() -> None:
    rows = {row.key: row for row in rows_of("ND39-XII", "I")}
    assert [key for key, row in rows.items() if row.kind == "total"] == ["1", "2", "3"]
    assert rows["3"].formula == ("1", "2")
    assert rows["2"].code == "10"
    assert rows["1.1.4"].where == {"conclusion": ("occupational",), "cause": ("4",)}
    assert rows["1.1.a"].kind == "heading"
    assert rows["1.1.unknown"].outside == {"cause": tuple("123456789")}
    assert rows["1.2.3.1"].where["agent"] == ("3.1",)
    assert rows["1.3.71"].show == "occurring"


def test_only_occurring_occupations_appear_and_the_unknown_row_only_when_needed() -> None:
    known = {row.key for row in rows_of("ND39-XII", "I", occurring={"occupation": ["71", "93"]})}
    assert {key for key in known if key.startswith("1.3.")} == {"1.3.71", "1.3.93"}
    missing = {row.key for row in rows_of("ND39-XII", "I", occurring={"occupation": ["71", None]})}
    assert "1.3.unknown" in missing
    foreign = {row.key for row in rows_of("ND39-XII", "I", occurring={"occupation": ["7112"]})}
    assert {key for key in foreign if key.startswith("1.3.")} == {"1.3.unknown"}
    assert "1.1.unknown" in known, "không cho biết nguyên nhân nào có thì hiện đủ dòng"


def test_the_provincial_form_counts_workers_with_a_contract_and_the_others_those_without() -> None:
    book = load_book()
    assert book.form("ND39-XIV").population == {"relation_group": ("contract",), "conclusion": ("occupational",)}
    for code in ("ND39-XV", "ND39-XVI"):
        assert book.form(code).population["relation_group"] == ("non_contract",)
    assert not book.form("ND39-XII").population


def test_the_provincial_rates_use_the_workers_of_reporting_establishments() -> None:
    form = load_book().form("ND39-XIV")
    columns = {column.key: column for column in form.leaf_columns("I")}
    assert columns["11"].formula == Formula("ratio", ("8", "6"), "rate.accident_frequency.per")
    assert columns["12"].formula == Formula("ratio", ("9", "6"), "rate.fatal.per")
    assert columns["6"].measure == "workers_reporting"


def test_a_rate_without_workers_is_not_a_number_rather_than_zero() -> None:
    rate = Formula("ratio", ("8", "6"), "x")
    assert rate.evaluate({"8": Decimal(3), "6": Decimal(2000)}, Decimal(1000)) == Decimal("1.5")
    assert rate.evaluate({"8": Decimal(3), "6": Decimal(0)}, Decimal(1000)) is None
    assert rate.evaluate({"8": None, "6": Decimal(5)}, Decimal(1000)) is None
    assert Formula("sum", ("3", "4")).evaluate({"3": Decimal(1), "4": Decimal(2)}) == 3


def test_forms_are_filed_for_the_first_half_and_the_year_only() -> None:
    form = load_book().form("ND39-XII")
    assert form.accepts(Period.parse("2024-H1"))
    assert form.accepts(YEAR)
    assert not form.accepts(Period.parse("2024-H2"))
    assert not form.accepts(Period.parse("2024-Q1"))


def test_a_form_is_that_of_its_period() -> None:
    book = load_book()
    assert book.form("ND39-XII", period=YEAR).valid_from == date(2016, 7, 1)
    with pytest.raises(NotInForce):
        book.form("ND39-XII", on=date(2015, 1, 1))


def test_the_commune_reports_to_the_district_until_there_is_none() -> None:
    book = load_book()
    assert book.form("ND39-XVI", period=Period.parse("2025-H1")).recipients == ("district_committee",)
    assert book.form("ND39-XVI", period=Period.parse("2025")).recipients == ("labour_department",)


def test_every_form_names_recipients_that_exist_while_it_holds() -> None:
    book = load_book()
    for form in book.forms:
        for key in form.recipients:
            assert book.name_of(key, on=form.valid_from)
            assert book.name_of(key, on=form.valid_to or date(2026, 11, 1))


def test_rows_need_the_lists_they_run_over() -> None:
    with pytest.raises(UnknownEntry):
        expand_rows(load_book().form("ND39-XII").table("I"), {})


def test_sections_in_the_provincial_form_follow_the_classification_of_the_period() -> None:
    book = load_book()
    form = book.form("ND39-XIV")
    for period, count in ((YEAR, 21), (Period.parse("2026"), 22)):
        rows = expand_rows(form.table("II"), book.lists_for(form, period))
        assert len([row for row in rows if row.key.startswith("1.4.") and row.key != "1.4.unknown"]) == count


def test_header_depth_covers_the_deepest_heading() -> None:
    assert load_book().form("ND39-XII").table("I").header_depth == 3

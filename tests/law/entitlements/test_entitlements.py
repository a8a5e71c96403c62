"""Properties of the entitlement rules: agreement with the printed table, monotony, honesty about sources."""

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.certainty import Certainty
from atvsld.law import LawDataError, Unconfirmed, UnknownEntry, load_book
from atvsld.law.entitlements import (
    Assessment,
    EntitlementKind,
    Fault,
    NotEntitled,
    average_salary,
    employer_duty,
    entitlement,
    insured_months,
    insured_years,
    load_rules,
)

ON = date(2026, 7, 15)
DATA = Path(str(files("atvsld.law") / "data" / "entitlements"))
PERCENTS = st.integers(0, 100)
MONEY = st.integers(1_000_000, 200_000_000)
YEARS = st.integers(0, 45)


def owed(kind: str, impairment: int, salary: int = 10_000_000, years: int = 10, on: date = ON) -> int:
    """The sum, 0 when the law grants none."""
    try:
        return entitlement(
            load_book(), kind, on=on, impairment=impairment, salary=salary, insured_salary=salary, years=years
        ).amount
    except NotEntitled:
        return 0


def test_the_formulas_give_every_row_of_the_printed_table() -> None:
    """Annex I of Circular 28/2021 rises by 0.40 and 0.16 months a row from 11 to 80 per cent."""
    compensation, allowance = Decimal("1.50"), Decimal("0.60")
    for percent in range(5, 101):
        if 11 <= percent <= 80:
            compensation, allowance = compensation + Decimal("0.40"), allowance + Decimal("0.16")
        if percent == 81:
            compensation, allowance = Decimal(30), Decimal(12)
        for kind, months in (("compensation", compensation), ("allowance", allowance)):
            found = entitlement(load_book(), kind, on=ON, impairment=percent, salary=1_000_000)
            assert found.months == months, (kind, percent)
            assert found.amount == months * 1_000_000
    assert (compensation, allowance) == (30, 12)


@given(percent=PERCENTS, salary=MONEY, years=YEARS)
def test_a_worse_injury_or_more_salary_or_years_never_gives_less(percent: int, salary: int, years: int) -> None:
    for kind, last in (("compensation", 100), ("allowance", 100), ("one_time", 30), ("monthly", 100), ("student", 100)):
        here = owed(kind, percent, salary, years)
        if percent < last:
            assert here <= owed(kind, percent + 1, salary, years)
        assert here <= owed(kind, percent, salary + 1000, years)
        assert here <= owed(kind, percent, salary, years + 1)


@given(percent=PERCENTS, salary=MONEY)
def test_the_allowance_is_forty_per_cent_of_the_compensation(percent: int, salary: int) -> None:
    whole, part = owed("compensation", percent, salary), owed("allowance", percent, salary)
    assert abs(part - Decimal(whole) * Decimal("0.4")) < 1


@given(percent=PERCENTS)
def test_every_percentage_from_five_has_exactly_one_benefit_of_the_fund(percent: int) -> None:
    benefits = [kind for kind in ("one_time", "monthly") if owed(kind, percent)]
    assert len(benefits) == (percent >= 5)


@given(levels=st.lists(st.integers(10, 80), min_size=1, max_size=8, unique=True).map(sorted))
def test_compensation_paid_step_by_step_for_a_disease_adds_up_to_the_whole(levels: list[int]) -> None:
    book, salary = load_book(), 10_000_000
    total = owed("compensation", levels[0], salary)
    for before, now in pairwise(levels):
        again = entitlement(
            book,
            "compensation",
            on=ON,
            impairment=now,
            previous=before,
            salary=salary,
            assessment=Assessment.AGAIN,
            disease=True,
        )
        assert again.status is Certainty.OFFICIAL
        total += again.amount
    assert total == owed("compensation", levels[-1], salary)


@given(
    percent=st.integers(5, 30),
    salary=st.integers(1_000_000, 46_000_000),
    years=YEARS,
    on=st.dates(date(2016, 7, 1), date(2026, 12, 31)),
)
def test_the_one_time_benefit_agrees_with_the_law_computed_in_whole_tenths(percent, salary, years, on) -> None:
    """An independent tally in integers: tenths of the base salary and of the insured salary."""
    base = load_book().as_of(on).number("salary.base")
    tenths = int(base) * (50 + 5 * (percent - 5)) + salary * (5 + 3 * max(years - 1, 0))
    assert owed("one_time", percent, salary, years, on) == (tenths + 5) // 10


@given(percent=st.integers(5, 100), salary=MONEY)
def test_what_is_at_least_an_amount_is_never_rounded_below_it(percent: int, salary: int) -> None:
    for kind in ("compensation", "allowance"):
        found = entitlement(load_book(), kind, on=ON, impairment=percent, salary=Decimal(salary) / 3)
        exact = found.components[0].amount
        assert exact <= found.amount < exact + 1


def test_a_sum_that_was_rounded_says_so() -> None:
    found = entitlement(load_book(), "compensation", on=ON, impairment=12, salary=10_000_001)
    assert found.amount == 23_000_003
    assert "không quy định cách làm tròn" in found.explanation.text
    assert "làm tròn" not in entitlement(load_book(), "death", on=ON).explanation.text.lower()


@pytest.mark.parametrize(
    ("fault", "commuting", "kind", "status"),
    [
        (Fault.OTHERS, False, EntitlementKind.COMPENSATION, Certainty.OFFICIAL),
        (Fault.UNKNOWN, False, EntitlementKind.COMPENSATION, Certainty.OFFICIAL),
        (Fault.SHARED, False, EntitlementKind.COMPENSATION, Certainty.OFFICIAL),
        (Fault.OWN, False, EntitlementKind.ALLOWANCE, Certainty.OFFICIAL),
        (Fault.OTHERS, True, EntitlementKind.ALLOWANCE, Certainty.OFFICIAL),
        (Fault.UNKNOWN, True, EntitlementKind.ALLOWANCE, Certainty.OFFICIAL),
        (Fault.OWN, True, EntitlementKind.ALLOWANCE, Certainty.OFFICIAL),
        (Fault.SHARED, True, EntitlementKind.COMPENSATION, Certainty.PROVISIONAL),
    ],
)
def test_fault_and_the_way_to_work_decide_between_compensation_and_allowance(fault, commuting, kind, status) -> None:
    found, why = employer_duty(fault=fault, on=ON, commuting=commuting)
    assert found is kind
    assert why.status is status
    paid = entitlement(load_book(), kind, on=ON, impairment=31, salary=1000, fault=fault, commuting=commuting)
    assert paid.status is status
    assert why in paid.explanation.parts


def test_a_disease_is_compensated_whoever_was_at_fault() -> None:
    assert employer_duty(fault=Fault.OWN, on=ON, disease=True)[0] is EntitlementKind.COMPENSATION


def test_the_average_takes_the_last_six_months_or_as_many_as_there_are() -> None:
    assert average_salary([1, 7, 8, 9, 10, 11, 15]) == 10
    assert average_salary([8_000_000, 9_000_000]) == 8_500_000
    with pytest.raises(ValueError, match="một tháng"):
        average_salary([])


def test_a_year_counts_when_twelve_months_are_paid() -> None:
    assert [insured_years(months) for months in (0, 11, 12, 23, 24, 26)] == [0, 0, 1, 1, 2, 2]
    with pytest.raises(ValueError, match="âm"):
        insured_years(-1)


def test_months_of_several_contracts_count_once_and_end_before_the_month_of_the_accident() -> None:
    """Examples 7, 15, 17 and 18 of Circular 28/2021."""
    at_x = (date(2015, 1, 1), date(2017, 12, 31))
    at_z = (date(2017, 1, 1), date(2018, 12, 31))
    assert insured_months([at_x, at_z], before=date(2017, 1, 9)) == 24
    first = [(date(2015, 1, 1), date(2017, 10, 31)), (date(2017, 1, 1), date(2017, 12, 31))]
    assert insured_months(first, before=date(2017, 3, 21)) == 26
    broken = [(date(2013, 1, 1), date(2015, 10, 31)), (date(2016, 1, 1), None), (date(2016, 7, 1), None)]
    assert insured_months(broken, before=date(2016, 12, 1)) == 45
    assert insured_months(broken, before=date(2018, 3, 1)) == 60
    assert insured_months([(date(2020, 9, 1), None)], before=date(2020, 9, 16)) == 0
    with pytest.raises(ValueError, match="kết thúc"):
        insured_months([(date(2020, 9, 1), date(2020, 8, 1))], before=date(2021, 1, 1))


def test_one_contract_above_the_ceiling_is_questioned_and_not_cut() -> None:
    found = entitlement(load_book(), "monthly", on=ON, impairment=31, insured_salary=60_000_000, years=1)
    assert found.components[1].amount == 300_000
    assert any("kiểm tra lại" in part.text for part in found.explanation.parts)


def test_the_answer_is_plain_json_with_formula_inputs_parameters_and_sources() -> None:
    answer = json.loads(
        json.dumps(
            entitlement(load_book(), "one_time", on=ON, impairment=20, insured_salary=8_000_000, years=10).to_json()
        )
    )
    assert answer["amount"] == 57_225_000
    assert answer["base_salary"] == 2_530_000
    assert answer["months"] is None
    assert answer["formula"] == "{5 + (m − 5) × 0,5} × Lmin + {0,5 + (t − 1) × 0,3} × L"
    assert [(part["multiple"], part["of"]) for part in answer["components"]] == [
        (12.5, "base_salary"),
        (3.2, "insured_salary"),
    ]
    assert "LUAT-84-2015 Điều 48 khoản 2, Điều 50" in answer["citations"]
    assert answer["parameters"][0]["valid_from"] == "2026-07-01"
    assert answer["status"] == "official"
    assert answer["explanation"]["facts"]["Số năm đóng bảo hiểm"] == "10"
    assert "57.225.000 đồng" in answer["explanation"]["text"]


def test_a_base_salary_that_is_not_confirmed_makes_the_sum_unconfirmed_and_says_why() -> None:
    found = entitlement(load_book(), "death", on=date(2018, 1, 1))
    assert found.status is Certainty.PROVISIONAL
    assert any(part.status is Certainty.PROVISIONAL for part in found.explanation.parts)


def test_every_source_is_an_instrument_in_force_when_the_rule_begins_or_the_rule_is_not_official() -> None:
    book, rules = load_book(), load_rules()
    known = book.instruments | rules.instruments
    assert {citation.instrument for citation in rules.citations()} <= set(known)
    for series in (*rules.rules.values(), *rules.provisions.values()):
        for entry in series:
            if entry.status is Certainty.OFFICIAL:
                assert known[entry.citation.instrument].in_force_from <= entry.valid_from, series.name
            else:
                assert entry.status is Certainty.PROVISIONAL or entry.value.note, series.name


def test_benefits_from_before_2007_rise_by_a_fifth_of_the_base_salary_for_every_group_of_ten_per_cent() -> None:
    for percent in range(31, 101):
        group = (percent - 31) // 10
        found = entitlement(
            load_book(), "monthly", on=ON, impairment=percent, assessment=Assessment.AGAIN, before_2007=True
        )
        assert found.months == Decimal(4 + 2 * group) / 10, percent


@pytest.mark.parametrize(("before", "now", "months"), [(5, 11, 4), (10, 20, 4), (5, 30, 8), (11, 21, 4), (20, 30, 4)])
def test_a_sum_paid_before_2007_is_topped_up_by_four_base_salaries_for_every_group(before, now, months) -> None:
    found = entitlement(
        load_book(),
        "one_time",
        on=ON,
        impairment=now,
        previous=before,
        assessment=Assessment.AGAIN,
        before_2007=True,
    )
    assert found.months == months


def test_what_is_not_confirmed_can_be_listed_in_the_form_of_the_law_book() -> None:
    listed = [Unconfirmed(*entry) for entry in load_rules().entries()]
    doubtful = {(entry.kind, entry.id): entry for entry in listed if entry.status is not Certainty.OFFICIAL}
    assert ("entitlement_rule", "again.compensation.edge") in doubtful
    assert "8 %" in doubtful["entitlement", "student"].note
    assert all(entry.label and entry.citation and entry.note for entry in doubtful.values())


def test_from_july_2025_the_fund_still_reckons_by_the_base_salary_and_says_why() -> None:
    before = entitlement(load_book(), "death", on=date(2025, 6, 30))
    after = entitlement(load_book(), "death", on=date(2025, 7, 1))
    assert before.amount == after.amount == 84_240_000
    assert "LUAT-41-2024" not in {citation.instrument for citation in before.citations}
    assert "LUAT-41-2024" in {citation.instrument for citation in after.citations}


def test_all_rules_reach_back_to_the_law_without_gaps() -> None:
    rules = load_rules()
    for series in (*rules.rules.values(), *rules.provisions.values()):
        assert series.entries[0].valid_from == date(2016, 7, 1), series.name
        assert series.entries[-1].valid_to is None, series.name
        for earlier, later in pairwise(series):
            assert (later.valid_from - earlier.valid_to).days == 1, series.name


def test_an_unknown_provision_or_entitlement_is_refused() -> None:
    with pytest.raises(UnknownEntry):
        load_rules().provision("insured_salary.floor", ON)
    with pytest.raises(ValueError, match="bonus"):
        entitlement(load_book(), "bonus", on=ON)


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("rules.yaml", "  student:", "  pupil:", "pupil"),
        ("rules.yaml", "{from: 11, to: 80, fixed", "{from: 12, to: 80, fixed", "compensation"),
        ("rules.yaml", "beyond: 10, each", "each", "beyond"),
        ("rules.yaml", 'factor: "0.4"', 'factor: "bốn"', "allowance"),
        ("rules.yaml", "to: 2022-02-28", "to: 2022-03-31", "compensation"),
        ("rules.yaml", 'death: "36"', "", "death"),
        ("rules.yaml", "payer: school", "payer: state", "payer"),
        ("provisions.yaml", 'multiple: "0.4"', "multiple: ít", "before_2007.monthly"),
        ("provisions.yaml", "{from: 41, to: 50", "{from: 42, to: 50", "before_2007.monthly"),
        ("provisions.yaml", "status: provisional", "status: guess", "again.compensation.edge"),
    ],
)
def test_a_mistake_in_a_data_file_is_named(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    copied = shutil.copytree(DATA, tmp_path / "data")
    text = (copied / file).read_text("utf-8")
    assert old in text
    (copied / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LawDataError, match=re.escape(named)) as refused:
        load_rules(copied)
    assert refused.value.file == file

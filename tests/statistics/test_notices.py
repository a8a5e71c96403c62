"""The national notices as test vectors: sums of the two sectors, stated changes, and one misprint that is found."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.statistics.change import Style, agrees, change, implied_bases

OURS = Path(__file__).with_name("notices.csv")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "stats" / "vn_tnld_national.csv"
SCOPES = {"co_quan_he_lao_dong": "contract", "khong_hop_dong": "non_contract", "all": "all"}
FIGURES = {
    (line["year"], line["period"], line["scope"], line["measure"]): int(line["value"])
    for line in csv.DictReader(OURS.open(encoding="utf-8"))
}


@pytest.mark.skipif(not SHARED.exists(), reason="tệp số liệu chung không có ở máy này")
def test_our_figures_are_those_of_the_shared_file():
    shared = {
        (line["year"], line["period"], SCOPES[line["scope"]]): line
        for line in csv.DictReader(SHARED.open(encoding="utf-8"))
    }
    assert {key: int(shared[key[:3]][key[3]]) for key in FIGURES} == FIGURES


def test_the_two_sectors_add_up_to_the_whole_in_every_year():
    sectors = defaultdict(dict)
    for (year, period, scope, measure), value in FIGURES.items():
        sectors[year, period, measure][scope] = value
    whole = [one for one in sectors.values() if len(one) == 3]
    assert len(whole) == 10
    assert all(one["contract"] + one["non_contract"] == one["all"] for one in whole)


@pytest.mark.parametrize(
    ("measure", "scope", "years", "unit", "decimals", "sentence"),
    [
        ("fatal_accidents", "all", (2022, 2023), "vụ", 2, "giảm 58 vụ (−8,06 %)"),
        ("accidents", "all", (2023, 2024), "vụ", 1, "tăng 892 vụ (+12,1 %)"),
        ("deaths", "contract", (2021, 2022), "người", 2, "giảm 7 người (−1,16 %)"),
        ("fatal_accidents", "non_contract", (2021, 2022), "vụ", 1, "giảm 23 vụ (−13,1 %)"),
        ("deaths", "non_contract", (2022, 2023), "người", 2, "tăng 10 người (+6,29 %)"),
    ],
)
def test_changes_in_brackets(measure, scope, years, unit, decimals, sentence):
    before, after = (FIGURES[str(year), "year", scope, measure] for year in years)
    assert change(before, after).wording(unit, decimals, style=Style.BRACKET) == sentence


def test_the_bracket_keeps_the_words_for_zero_and_missing_bases():
    assert change(0, 3).wording("vụ", style=Style.BRACKET) == "tăng 3 vụ (không tính được tỷ lệ vì số kỳ trước bằng 0)"
    assert change(5, 5).wording("vụ", style=Style.BRACKET) == "không thay đổi"
    assert change(100_000, 100_001).wording("vụ", style=Style.BRACKET) == "tăng 1 vụ (0,0 %)"


def test_narrow_columns_hold_the_change_in_short():
    assert change(273, 259).compact() == "−14 (−5,1 %)"
    assert change(12, 14).compact(2) == "+2 (+16,67 %)"
    assert (change(0, 3).compact(), change(4, 4).compact(), change(None, 4).compact()) == ("+3", "0", "–")


def test_the_misprint_of_the_notice_for_the_first_half_of_2025_is_found_and_mended():
    """Printed: “32 vụ, giảm 18 vụ tương ứng 5,62%”. The change names the base, the base the figure."""
    stated = Decimal("5.62")
    assert not agrees(change(50, 32), -18, stated)
    bases = implied_bases(-18, stated)
    assert list(bases) == [320]
    assert agrees(change(320, 302), -18, stated)


def test_a_change_that_fits_no_whole_number_implies_nothing():
    assert list(implied_bases(1, Decimal("93.7"))) == []
    with pytest.raises(ValueError):
        implied_bases(0, Decimal(5))


@given(st.integers(2, 20_000), st.integers(1, 20_000), st.sampled_from([1, 2]))
def test_a_true_statement_always_agrees_and_its_base_is_among_those_implied(before, after, places):
    found = change(before, after)
    printed = abs(found.percent).quantize(Decimal(1).scaleb(-places))
    if not found.absolute or not printed:
        return
    assert agrees(found, int(found.absolute), printed) or abs(found.percent) != printed
    if agrees(found, int(found.absolute), printed) and abs(found.absolute) < 200 and printed > 1:
        assert before in implied_bases(int(found.absolute), printed)

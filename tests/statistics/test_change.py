"""Changes recomputed for the yearly national notices on occupational accidents.

Figures: notices 843/TB-LĐTBXH (2021), 1229/TB-LĐTBXH (2022), 1136/TB-BLĐTBXH (2023) and
630/TB-BLĐTBXH (2024); the first half of 2025 from the notice of the Ministry of Home Affairs.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.statistics import change as module
from atvsld.statistics.change import change


@pytest.mark.parametrize(
    ("before", "after", "unit", "decimals", "sentence"),
    [
        (7394, 8286, "vụ", 1, "tăng 892 vụ, tương ứng 12,1 %"),
        (7553, 8472, "người", 1, "tăng 919 người, tương ứng 12,2 %"),
        (662, 675, "vụ", 2, "tăng 13 vụ, tương ứng 1,96 %"),
        (699, 727, "người", 2, "tăng 28 người, tương ứng 4,01 %"),
        (1720, 1690, "người", 2, "giảm 30 người, tương ứng 1,74 %"),
        (7718, 7394, "vụ", 1, "giảm 324 vụ, tương ứng 4,2 %"),
        (720, 662, "vụ", 2, "giảm 58 vụ, tương ứng 8,06 %"),
        (6504, 7718, "vụ", 2, "tăng 1.214 vụ, tương ứng 18,67 %"),
        (320, 302, "vụ", 1, "giảm 18 vụ, tương ứng 5,6 %"),
    ],
)
def test_the_change_reads_as_in_the_national_notices(before, after, unit, decimals, sentence):
    assert change(before, after).wording(unit, decimals) == sentence


@pytest.mark.parametrize(
    ("later", "stated_change", "earlier"),
    [(568, -6, 574), (152, -23, 175), (595, -7, 602), (159, -25, 184), (1647, 162, 1485)],
)
def test_figures_of_2021_follow_from_2022_and_its_stated_change(later, stated_change, earlier):
    assert change(earlier, later).absolute == stated_change


def test_a_rise_from_nothing_has_no_percentage_and_says_so():
    found = change(0, 3)
    assert (found.absolute, found.percent, found.reason) == (Decimal(3), None, module.BASE_ZERO)
    assert found.wording("vụ") == "tăng 3 vụ (không tính được tỷ lệ vì số kỳ trước bằng 0)"
    assert found.percent_text() == "n/a"


@pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (None, None)])
def test_a_missing_figure_is_not_taken_for_zero(before, after):
    found = change(before, after)
    assert (found.absolute, found.percent) == (None, None)
    assert found.wording("vụ") == module.NOT_KNOWN
    assert found.to_json()["absolute"] is None


@pytest.mark.parametrize("figure", [0, 5])
def test_no_change_is_said_in_words(figure):
    assert change(figure, figure).wording("vụ") == "không thay đổi"


def test_a_change_of_rates_can_be_printed_with_fixed_places():
    assert change(Decimal("2.513"), Decimal("2.4")).wording(decimals=1, places=2) == "giảm 0,11, tương ứng 4,5 %"


def test_the_percentage_in_a_table_cell_carries_its_sign():
    assert change(7394, 8286).percent_text() == "+12,1"
    assert change(7718, 7394).percent_text(2) == "-4,20"
    assert change(4, 4).percent_text(0) == "0"
    assert change(100_000, 100_001).percent_text() == change(100_001, 100_000).percent_text() == "0,0"


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_percentage_leads_back_to_the_later_figure(before, after):
    found = change(before, after)
    assert found.percent is not None
    assert abs(before * (1 + Fraction(found.percent) / 100) - after) < Fraction(1, 10**12)

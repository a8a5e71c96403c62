"""Vietnamese text: folding, dictionary order, numbers and names as printed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.text import fold, format_date, format_number, initials, sort_key

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = st.text(st.sampled_from(LETTERS + LETTERS.upper() + " 0123456789"), max_size=12)
DECIMALS = st.decimals(-(10**12), 10**12, places=4)


@given(st.one_of(WORDS, st.text(max_size=20)))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_folded_vietnamese_is_plain_ascii_and_the_same_for_both_unicode_forms(text):
    assert fold(text).isascii()
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(text.upper()) == fold(text)


def test_folding_examples():
    assert fold("  Phường  Điện Bàn\tĐông ") == "phuong dien ban dong"
    assert fold("ĐẠI LỘC") == "dai loc"


def test_names_sort_in_dictionary_order():
    expected = ["An", "Áo", "Ăn", "Ân", "Ấn", "Dũng", "Đà", "Đạt", "Em"]
    assert sorted(["An", "Ăn", "Ân", "Áo", "Ấn", "Dũng", "Đà", "Đạt", "Em"], key=sort_key) == expected
    assert all(sorted(order, key=sort_key) == expected[:6] for order in permutations(expected[:6]))


def test_the_letters_of_the_alphabet_and_the_tones_have_their_order():
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(alphabet, key=sort_key) == alphabet
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert all(sorted(order, key=sort_key) == tones for order in permutations(tones))


def test_a_tone_decides_only_between_words_of_the_same_letters():
    assert sorted(["hòa", "hoan", "hoá", "hoa"], key=sort_key) == ["hoa", "hòa", "hoá", "hoan"]
    assert sorted(["Quế Sơn", "Quảng", "Que", "Quy"], key=sort_key) == ["Quảng", "Que", "Quế Sơn", "Quy"]
    assert sorted(["B", "10", "2", "A"], key=sort_key) == ["10", "2", "A", "B"]


def test_a_short_word_comes_before_longer_ones_that_begin_with_it():
    assert sorted(["Thăng Bình", "Thăng", "Thăngbình"], key=sort_key) == ["Thăng", "Thăng Bình", "Thăngbình"]


@given(st.lists(WORDS, max_size=6, unique=True))
def test_the_order_is_total_and_does_not_depend_on_the_order_before(words):
    backwards = words[::-1]
    keys = {sort_key(word) for word in words}
    assert len(keys) == len(words)
    assert sorted(words, key=sort_key) == sorted(backwards, key=sort_key)
    for earlier, later in pairwise(sorted(words, key=sort_key)):
        assert sort_key(earlier) < sort_key(later)


def test_either_way_of_writing_the_tone_of_a_syllable_sorts_at_the_same_place():
    assert sorted(["Hoá Quế", "Hòa Vang", "Hoà Tiến", "Hòa Quý"], key=sort_key) == [
        "Hoá Quế", "Hòa Quý", "Hoà Tiến", "Hòa Vang"
    ]  # fmt: skip
    assert sort_key("Hòa Vang")[:2] == sort_key("Hoà Vang")[:2]
    assert sorted(["hà ha", "ha hà", "ha ha"], key=sort_key) == ["ha ha", "ha hà", "hà ha"]


@given(WORDS)
def test_both_unicode_forms_of_a_word_sort_at_the_same_place(text):
    assert sort_key(unicodedata.normalize("NFD", text))[:2] == sort_key(unicodedata.normalize("NFC", text))[:2]


def read_vietnamese(text):
    return Decimal(text.replace(".", "").replace(",", "."))


@given(DECIMALS)
def test_a_printed_number_reads_back_as_itself(number):
    assert read_vietnamese(format_number(number)) == number
    assert Decimal(format_number(number, language="en").replace(",", "")) == number


@given(DECIMALS, st.integers(0, 4))
def test_places_are_rounded_half_up_and_all_printed(number, places):
    text = format_number(number, places)
    assert read_vietnamese(text) == number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert len(text.partition(",")[2]) == places


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_print_without_places_in_groups_of_three(number):
    assert format_number(number) == f"{number:,}".replace(",", ".")


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (Decimal(1000), None, "1.000"),
        (Decimal("1E+3"), None, "1.000"),
        (0.125, 2, "0,13"),
        (Decimal("8.0556"), 2, "8,06"),
        (8286, None, "8.286"),
        (7, 2, "7,00"),
        (Decimal("1.50"), None, "1,5"),
        (1e20, None, "100.000.000.000.000.000.000"),
        (0.0, None, "0"),
        (Decimal("-0.04"), 1, "0,0"),
        (-0.0, None, "0"),
    ],
)
def test_numbers_as_printed(number, decimals, text):
    assert format_number(number, decimals) == text


def test_a_very_large_sum_of_money_is_printed_in_full():
    assert format_number(Decimal("123456789012345678901234567890.25"), 2).endswith("567.890,25")
    assert format_number(Decimal(10) ** 30).count("000") == 10


def test_dates_are_day_month_year():
    assert format_date(date(2024, 5, 1)) == "01/05/2024"
    assert format_date(datetime(2024, 5, 1, 7, 5, tzinfo=UTC)) == "01/05/2024 07:05"


@pytest.mark.parametrize(("name", "masked"), [("Nguyễn Văn An", "N. V. A."), ("  đỗ  thị ", "Đ. T."), ("", "")])
def test_a_masked_name_keeps_only_initials(name, masked):
    assert initials(name) == masked

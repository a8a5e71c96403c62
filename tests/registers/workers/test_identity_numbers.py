"""Identity numbers are sealed, found by keyed hash, shown masked, and checked as a warning."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

DIGITS = st.text("0123456789", min_size=7, max_size=14)


def numbers():
    from atvsld.registers.workers import identity_numbers

    return identity_numbers


def codes(text, kind="citizen", **facts):
    return [problem.code for problem in numbers().check(kind, text, **facts)]


def test_there_are_sixty_three_prefixes_and_the_test_prefix_is_none_of_them():
    assert len(numbers().prefixes()) == 63
    assert "000" not in numbers().prefixes()


@pytest.mark.parametrize(
    ("text", "facts", "found"),
    [
        ("048190001234", {"sex": "female", "birth": date(1990, 5, 1)}, []),
        ("048 190 001 234", {"sex": "male", "birth": date(1990, 5, 1)}, ["identity_sex"]),
        ("048190001234", {"sex": "female", "birth": date(1991, 5, 1)}, ["identity_year"]),
        ("049203001234", {"sex": "male", "birth": date(2003, 1, 1)}, []),
        ("049303001234", {"sex": "male"}, ["identity_sex"]),
        ("000190001234", {}, ["identity_prefix"]),
        ("04819000123", {}, ["identity_length"]),
        ("04819000123X", {}, ["identity_length"]),
        ("", {}, []),
    ],
)
def test_the_structure_of_a_personal_number_is_compared_with_sex_and_birth(text, facts, found):
    assert codes(text, **facts) == found


def test_every_finding_is_a_warning_that_does_not_repeat_the_number():
    text = "000390001234"
    for problem in numbers().check("citizen", text, sex="male", birth=date(1950, 1, 1)):
        assert problem.severity == "warn"
        assert text not in str(problem)
        assert problem.value is None


def test_other_papers_are_not_judged_by_the_rule_of_the_personal_number():
    assert codes("C1234567", "passport") == []
    assert codes("123456789", "old_card") == []
    assert codes("12345", "old_card") == ["identity_length"]


@given(DIGITS)
def test_a_mask_shows_three_digits_at_most_and_keeps_the_length(text):
    sealed, _found_by = numbers().seal(text)
    masked = numbers().mask(sealed)
    assert len(masked) == len(text)
    assert set(masked[:-3]) == {"•"}
    assert masked[-3:] == text[-3:]


def test_separators_do_not_make_another_number():
    assert numbers().fingerprint("000 190-001.234") == numbers().fingerprint("000190001234")
    assert numbers().seal("  ") == ("", None)

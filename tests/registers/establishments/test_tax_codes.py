"""Tax codes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.registers.establishments import tax_codes

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def with_check_digit(stem: str) -> str | None:
    digit = 10 - sum(weight * int(char) for weight, char in zip(WEIGHTS, stem, strict=True)) % 11
    return f"{stem}{digit}" if digit < 10 else None


@pytest.mark.parametrize("text", ["0100233488", "0314409058-002", "0314409058002", " 01.00.112.437 ", "049085000123"])
def test_lawful_codes_pass(text: str) -> None:
    assert tax_codes.check(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345", "tax_code_length"),
        ("0100233480", "tax_code_checksum"),
        ("0314409058-000", "tax_code_impossible"),
        ("01002334A8", "tax_code_characters"),
        ("０１００２３３４８８", "tax_code_characters"),
        ("", "tax_code_characters"),
    ],
)
def test_wrong_codes_say_what_is_wrong(text: str, code: str) -> None:
    problem = tax_codes.check(text)
    assert problem is not None
    assert problem.code == code
    assert problem.remedy


def test_a_lost_leading_zero_is_named_in_the_remedy() -> None:
    problem = tax_codes.check("100233488")
    assert problem is not None
    assert "0100233488" in problem.remedy
    assert tax_codes.restore_zero("100233488") == "0100233488"


@given(stem=st.from_regex(r"[0-9]{9}", fullmatch=True).filter(lambda s: s[2:] != "0000000"), place=st.integers(0, 9))
def test_any_single_wrong_digit_is_found(stem: str, place: int) -> None:
    code = with_check_digit(stem)
    if code is None:
        return
    assert tax_codes.check(code) is None
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    assert tax_codes.check(wrong) is not None


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_what_is_displayed_reads_back(code: str) -> None:
    assert tax_codes.normalise(tax_codes.display(code)) == code

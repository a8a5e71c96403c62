"""Published examples, boundary percentages and days around a change of base salary, as a lawyer would write them."""

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from atvsld.kit.dated import Dated, DatedSeries, NotInForce
from atvsld.law import LawBook, load_book
from atvsld.law.entitlements import Assessment, Entitlement, Fault, NotEntitled, entitlement, insured_years

CASES = [
    pytest.param(case, id=case["tên"])
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


@lru_cache
def book_assuming(base_salary: int) -> LawBook:
    """The law book with a base salary that the circular assumes for an example; it was never in force."""
    book = copy.copy(load_book())
    real = book.parameters["salary.base"]
    only = Dated(date(2016, 1, 1), None, Decimal(base_salary), real.series.entries[0].citation)
    book.parameters = {
        **book.parameters,
        "salary.base": replace(real, series=DatedSeries("salary.base", [only]), notes={}),
    }
    return book


def answer(case: dict[str, Any]) -> Entitlement:
    given = dict(case["cho"])
    if "months" in given:
        given["years"] = insured_years(given.pop("months"))
    for name, kind in (("assessment", Assessment), ("fault", Fault), ("coefficient", Decimal)):
        if name in given:
            given[name] = kind(given[name])
    assumed = case.get("lương cơ sở giả định")
    book = book_assuming(assumed) if assumed else load_book()
    return entitlement(book, case["chế độ"], on=case["ngày"], **given)


@pytest.mark.parametrize("case", CASES)
def test_the_sum_is_what_the_law_gives(case: dict[str, Any]) -> None:
    expected = case["thì"]
    if "không hưởng" in expected:
        with pytest.raises(NotEntitled, match=expected["không hưởng"]) as refused:
            answer(case)
        assert refused.value.explanation.citation
        return
    if "từ chối" in expected:
        with pytest.raises(ValueError, match=f"(?i){expected['từ chối']}") as wrong:
            answer(case)
        assert not isinstance(wrong.value, NotEntitled)
        return
    if "chưa có hiệu lực" in expected:
        with pytest.raises(NotInForce):
            answer(case)
        return
    found = answer(case)
    given = {
        "số tiền": found.amount,
        "số tháng": found.months,
        "lương cơ sở": found.base_salary,
        "độ tin cậy": found.status,
        "thành phần": [component.amount for component in found.components],
    }
    for name, value in expected.items():
        wanted = Decimal(str(value)) if isinstance(value, int | float) else value
        assert given[name] == wanted, f"{name} phải là {value}, ra {given[name]}"

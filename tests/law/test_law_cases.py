"""The law cases in YAML, written to be read by a lawyer, each run as one test."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law import Counting, UnknownEntry, VictimFacts, classify_case, classify_victim, due, load_book

ON = date(2024, 6, 1)
CASES = [
    pytest.param(case, id=case["tên"])
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def answer(case: dict[str, Any]) -> dict[str, Any]:
    book = load_book()
    if "quy tắc" in case:
        given = case["cho"]
        found = due(
            book,
            case["quy tắc"],
            at=given.get("từ"),
            period=Period.parse(given["kỳ"]) if "kỳ" in given else None,
            extended=given.get("gia hạn", False),
            counting=Counting(given.get("cách tính", "civil_code")),
        )
        return {
            "hạn": found.due,
            "ngày cuối": found.last_ok,
            "căn cứ": found.citation.locator,
            "nơi nhận": found.rule.recipient,
            "độ tin cậy": found.status,
            "không có số": found.due is None and found.last_ok is None,
        }
    if "người" in case:
        person = case["người"]
        verdict = classify_victim(book, died=person["chết"], injury_codes=person["chấn thương"], on=ON)
        return {"mức độ": verdict.severity, "độ tin cậy": verdict.explanation.status}
    if "vụ" in case:
        victims = [VictimFacts(severity, relation) for severity, relation in case["vụ"]]
        return {"cấp": classify_case(book, victims=victims, on=ON).tier}
    if "tham số" in case:
        entry = book.as_of(case["ngày"])[case["tham số"]]
        return {"giá trị": entry.value, "độ tin cậy": entry.status, "căn cứ": entry.citation.locator}
    if "tên gọi" in case:
        return {"giá trị": book.name_of(case["tên gọi"], on=case["ngày"])}
    item = book.code_list(case["danh mục"], on=case["ngày"]).get(case["mã"])
    return {"không có": True} if item is None else {"giá trị": item.label_vi, "độ tin cậy": item.status}


@pytest.mark.parametrize("case", CASES)
def test_the_law_book_answers_as_the_lawyer_wrote(case: dict[str, Any]) -> None:
    expected = case["thì"]
    if expected.get("chưa có hiệu lực"):
        with pytest.raises(NotInForce):
            answer(case)
        return
    if expected.get("từ chối"):
        with pytest.raises((ValueError, UnknownEntry)):
            answer(case)
        return
    given = answer(case)
    for name, value in expected.items():
        wanted = Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        assert given[name] == wanted, f"{case['tên']}: {name} phải là {value}, ra {given[name]}"

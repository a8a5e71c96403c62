"""No paragraph of the plan's own text stays without a clause, and no clause copies it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import atvsld
from atvsld.law.programme_document import differences, paragraphs
from atvsld.law.programme_reading import load_programmes

PLAN = load_programmes()["province-2024"]
DOCUMENT = Path(atvsld.__file__).parents[3] / "shared/plan/ke-hoach-quang-nam-2024.txt"

# Counted by hand in the document: heading → paragraphs directly under it.
COUNTED = {
    "I.1": 2, "I.2": 2, "II": 1,
    "III.1": 1, "III.2": 2, "III.3": 1, "III.4": 4, "III.5": 3, "III.6": 2, "III.7": 2,
    "IV.1": 11, "IV.2": 4, "IV.3": 1, "IV.4": 3, "IV.5": 3, "IV.6": 2, "IV.7": 2, "IV.8": 2, "IV.9": 2, "IV.10": 2,
    "IV.11": 2, "IV.12": 1, "IV.13": 3, "IV.14": 1, "IV.15": 1, "IV.16": 2, "IV.17": 4, "IV.18": 1, "IV.19": 2,
    "IV.end": 1,
}  # fmt: skip
LONGEST_RUN = 10  # syllables; names such as that of the insurance fund have nine

SAMPLE = """ KẾ HOẠCH
Mở đầu không thuộc mục nào - có gạch.
I. MỤC ĐÍCH
1. Tiêu đề dài bị
ngắt
- Gạch thứ nhất có chữ chính trị -
xã hội và số 3. Không phải mục.

6

tiếp theo trang sau.
- Gạch thứ hai
2. Cơ quan B
Một đoạn duy nhất,
12. Không phải mục vì nhảy số.
II. TỔ CHỨC
Đoạn duy nhất.
Trên đây là kế hoạch.
Nơi nhận:
- Không tính.
"""


@pytest.fixture(scope="module")
def document() -> dict[str, tuple[str, ...]]:
    if not DOCUMENT.exists():
        pytest.skip("văn bản kế hoạch không có ở đây")
    return paragraphs(DOCUMENT.read_text(encoding="utf-8"))


def test_every_paragraph_has_a_clause() -> None:
    told = {section.id: {clause.paragraph for clause in section.clauses} for section in PLAN.sections}
    assert {section: numbers for section, numbers in told.items() if numbers} == {
        section: set(range(1, count + 1)) for section, count in COUNTED.items()
    }


def test_the_document_has_the_paragraphs_counted(document: dict[str, tuple[str, ...]]) -> None:
    assert {section: len(found) for section, found in document.items()} == COUNTED
    assert differences(PLAN, document) == []


def test_the_dashes_of_the_document_are_all_paragraphs(document: dict[str, tuple[str, ...]]) -> None:
    """A count that knows nothing of headings: dashes at line beginnings, and the headings without any."""
    body = DOCUMENT.read_text(encoding="utf-8").split("I. MỤC ĐÍCH")[1].split("Nơi nhận")[0]
    dashes = len(re.findall(r"^\s*- ", body, flags=re.MULTILINE))
    alone = {"II", "III.1", "III.3", "IV.3", "IV.12", "IV.14", "IV.15", "IV.18", "IV.end"}
    assert {section for section, found in document.items() if len(found) == 1} == alone
    assert dashes + len(alone) == sum(map(len, document.values())) == sum(COUNTED.values()) == 70


def test_each_clause_speaks_of_the_paragraph_it_names(document: dict[str, tuple[str, ...]]) -> None:
    for clause in PLAN.clauses:
        assert clause.paragraph is not None
        mine = set(_syllables(clause.text.vi))
        shares = [len(mine & set(_syllables(text))) / len(mine) for text in document[clause.section]]
        assert shares[clause.paragraph - 1] >= max(max(shares) - 0.06, 0.4), (clause.id, shares)


def test_the_wording_is_ours(document: dict[str, tuple[str, ...]]) -> None:
    for clause in PLAN.clauses:
        assert clause.paragraph is not None
        theirs = " ".join(_syllables(document[clause.section][clause.paragraph - 1]))
        mine = _syllables(clause.text.vi)
        runs = (" ".join(mine[at : at + LONGEST_RUN + 1]) for at in range(len(mine) - LONGEST_RUN))
        assert not [run for run in runs if run in theirs], clause.id


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_headings_dashes_and_single_paragraphs_are_told_apart() -> None:
    assert paragraphs(SAMPLE) == {
        "I.1": (
            "Gạch thứ nhất có chữ chính trị - xã hội và số 3. Không phải mục. tiếp theo trang sau.",
            "Gạch thứ hai",
        ),
        "I.2": ("Cơ quan B Một đoạn duy nhất, 12. Không phải mục vì nhảy số.",),
        "II": ("Đoạn duy nhất.",),
        "II.end": ("Trên đây là kế hoạch.",),
    }
    assert paragraphs("không có mục nào\n- gạch") == {}


def test_a_paragraph_more_or_less_is_named(document: dict[str, tuple[str, ...]]) -> None:
    fewer = {**document, "IV.9": document["IV.9"][:1]}
    assert differences(PLAN, fewer) == ["Mục IV.9: tệp ghi 2 đoạn, văn bản có 1 đoạn."]

"""No number of a report rests on nothing: what is a quantity, and what only names a day, an instrument, a provision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.oversight.yearly.citing import tells_deed, uncited
from atvsld.oversight.yearly.marks import filled, marks_of

NAMES = [
    "Vận động nhân dân tham gia Kế hoạch 425",
    "Thực hiện Kế hoạch số 425-KH/TU ngày 05/6/2024 và Chỉ thị 31-CT/TW ngày 19 tháng 3 năm 2024",
    "giai đoạn 2021-2025; năm 2025; 6 tháng đầu năm 2025; quý IV/2025; tháng 5/2025",
    "theo Điều 5 khoản 2, Mục IV.19, III.4a1a và Thông tư 28/2023/TT-BYT, Nghị định 30",
    "báo cáo số 12/BC-SYT; Luật 84/2015/QH13; Công văn 45/SNV-LĐ; trước ngày 05/01 năm sau",
    "đến lúc 10:30 ngày 12/01/2026; lần thứ 2; TCVN ISO 45001:2018; thôn 3; Quốc lộ 14B",
    "huấn luyện nhóm 1, nhóm 3; trực 24/7; phòng COVID-19; phong trào 5S; Khu công nghiệp số 2; Ban Chỉ đạo 389",
    "đã mở {f1} lớp cho {f2} người; ba bên, hai khu vực, một số đơn vị",
]
QUANTITIES = [
    ("mở 3 lớp", "3"), ("tăng 4%", "4%"), ("giảm 4,5 %", "4,5 %"), ("có 1.234 vụ", "1.234"), ("10kg", "10"),
    ("2.000.000 đồng", "2.000.000"), ("năm 1500 người", "1500"), ("Điều 5 có 3 vụ", "3"), ("2025 đơn vị", "2025"),
    ("Kế hoạch 120 lớp", "120"), ("ba lớp tập huấn", "ba"), ("hai mươi lăm người", "hai mươi lăm"),
    ("nhóm 3 người", "3"), ("nhóm 12", "12"), ("Ban Chỉ đạo 3 lần", "3"),
    ("hàng trăm người", "hàng trăm"), ("tháng 15/2025 gì đó", "15"), ("ngày 45/13/2025", "45"),
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_names_are_no_figures(text):
    assert uncited(text) == []


@pytest.mark.parametrize(("text", "number"), QUANTITIES)
def test_quantities_are_found(text, number):
    assert number in [one.text for one in uncited(text)]


_WORDS = st.lists(
    st.sampled_from(["đã", "tổ chức", "tập huấn", "cho", "người lao động", "tại", "xã", "{f1}", "{f22}"]),
    min_size=1, max_size=12,
)  # fmt: skip


@given(_WORDS, st.integers(min_value=0, max_value=10**9), st.sampled_from(["", " lớp", " người", "%", " đồng", "."]))
def test_a_number_among_words_never_hides(words, number, unit):
    before = " ".join(words)
    found = uncited(f"{before} gồm {number}{unit} {before}")
    assert [one.text.rstrip("% .") for one in found] == [str(number)]
    assert uncited(before) == []


@given(st.dates(min_value=__import__("datetime").date(1990, 1, 1), max_value=__import__("datetime").date(2050, 12, 31)))
def test_days_never_count(day):
    for text in (f"ngày {day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"ngày {day.day} tháng {day.month} năm {day.year}"):
        assert uncited(f"Họp {text} tại trụ sở") == []


def test_marks_are_filled_and_kept_in_order():
    text = "{f2} lớp, {f1} người, {f2}"
    assert marks_of(text) == ["f2", "f1"]
    assert filled(text, {"f1": "1.200", "f2": "3"}.get) == "3 lớp, 1.200 người, 3"
    assert filled("{f9} lớp", {}.get) == "{f9} lớp"


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Đã tổ chức hội nghị", True),
        ("Chưa tổ chức hội nghị", False),
        ("Đề nghị hoàn thành", False),
        ("Thời tiết", False),
    ],
)
def test_words_of_deeds(text, deed):
    assert tells_deed(text) is deed

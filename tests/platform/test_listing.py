"""Lists: columns, counts, export, search, partial refresh – proved on the list of people."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atvsld.platform.accounts.models import User
from atvsld.platform.ui import export, listing


@pytest.fixture
def people(land, sign_in):
    session = sign_in("administrator")
    for number in range(60):
        User.objects.create(username=f"u{number:02}", full_name=f"Điện Bàn {number:02}", email=f"u{number}@example.vn")
    return session


def test_a_list_counts_pages_and_finds_without_tone_marks(people):
    text = people.get("/nguoi-dung/?so=25").content.decode()
    assert "<b>61</b>" in text
    assert text.count("<tr>") == 26
    assert "<b>60</b>" in people.get("/nguoi-dung/?tim=dien+ban").content.decode()
    assert "<b>1</b>" in people.get("/nguoi-dung/?tim=ĐIỆN+BÀN+07").content.decode()


def test_counting_stops_where_it_no_longer_helps(people, monkeypatch):
    monkeypatch.setattr(listing, "COUNT_LIMIT", 40)
    text = people.get("/nguoi-dung/?trang=99").content.decode()
    assert "hơn 40" in text
    assert "Trang 2 / 2" in text
    assert "hãy lọc hẹp hơn" in text


def test_the_database_is_never_asked_to_count_everything(people):
    with CaptureQueriesContext(connection) as asked:
        people.get("/nguoi-dung/")
    # The bell of the top bar counts one person's unread messages, by their own index.
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"] and "outbox_message" not in query["sql"]]
    assert counts
    assert all(f"LIMIT {listing.COUNT_LIMIT + 1}" in sql for sql in counts), [sql[-160:] for sql in counts]


def test_no_match_and_nothing_yet_are_told_apart(people):
    assert "Không có hồ sơ nào khớp" in people.get("/nguoi-dung/?tim=khongco").content.decode()


def test_columns_are_chosen_and_the_leading_one_stays(people):
    text = people.get("/nguoi-dung/?cot=phone").content.decode()
    head = text[text.index("<thead>") : text.index("</thead>")]
    assert "Điện thoại" in head
    assert "Họ và tên" in head
    assert "Thư điện tử" not in head


def test_sorting_goes_both_ways_and_unknown_columns_are_ignored(people):
    first = people.get("/nguoi-dung/?sap=-username").content.decode()
    assert first.index("u59") < first.index("u58")
    assert people.get("/nguoi-dung/?sap=khong_co").status_code == 200


def test_csv_holds_every_filtered_row_with_plain_values(people):
    response = people.get("/nguoi-dung/?tim=dien+ban&xuat=csv")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 61
    assert rows[0][0] == "Họ và tên"
    assert rows[1][0] == "Điện Bàn 00"


def test_xlsx_holds_the_same_rows_under_a_frozen_heading(people):
    response = people.get("/nguoi-dung/?tim=dien+ban&xuat=xlsx&cot=username")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 61
    assert [cell.value for cell in sheet[1]] == ["Họ và tên", "Tên đăng nhập"]


def test_a_name_that_looks_like_a_formula_is_exported_as_text():
    lines = "".join(export.csv_lines([["Tên"], ["=1+1"], ["@lenh"], [-5]]))
    assert lines.splitlines()[1:] == ["'=1+1", "'@lenh", "-5"]


def test_a_partial_refresh_returns_the_results_alone(people):
    response = people.get("/nguoi-dung/", headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert "list-results" in text
    assert "HX-Request" in response.headers["Vary"]


def test_a_list_needs_few_statements_whatever_its_length(people, django_assert_max_num_queries):
    people.get("/nguoi-dung/")
    with django_assert_max_num_queries(14):
        people.get("/nguoi-dung/?so=100")

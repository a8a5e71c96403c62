"""Code lists on pages and through the interface: versions, search without tone marks, maps, what is incomplete."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from atvsld.platform.accounts.models import User


@pytest.fixture
def somebody(db: None) -> Client:
    """A person signed in, without any office: code lists are law, not records."""
    client = Client()
    client.force_login(User.objects.create(username="ai-do", email="ai@mau.invalid", full_name="Ai Đó"))
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_lists_are_shown_with_their_versions_and_the_incomplete_ones_say_so(somebody: Client) -> None:
    page = text(somebody.get("/danh-muc/"))
    assert "Hệ thống ngành kinh tế Việt Nam 2025" in page
    assert "?ban=2018" in page
    assert "15/11/2025 – nay" in page
    assert "20/08/2018 – 14/11/2025" in page
    assert page.count("CHƯA ĐẦY ĐỦ") >= 5  # industries of 2018, occupations, three digits, both lists of agents


@pytest.mark.parametrize(
    ("path", "incomplete"),
    [
        ("/danh-muc/ownership.three_digit/", True),
        ("/danh-muc/occupation/", True),
        ("/danh-muc/industry.vsic/?ban=2018", True),
        ("/danh-muc/industry.vsic/?ban=2025", False),
        ("/danh-muc/ownership.accident_report/", False),
    ],
)
def test_a_list_with_missing_codes_says_so_above_everything(somebody: Client, path: str, incomplete: bool) -> None:
    assert ("Danh mục CHƯA ĐẦY ĐỦ" in text(somebody.get(path))) is incomplete


def test_a_heading_is_opened_down_to_its_codes(somebody: Client) -> None:
    top = text(somebody.get("/danh-muc/industry.vsic/", {"ban": "2025"}))
    assert "duoi=A" in top
    assert "Trồng lúa" not in top
    below = text(somebody.get("/danh-muc/industry.vsic/", {"ban": "2025", "duoi": "011"}))
    assert "Trồng lúa" in below
    assert "Nông nghiệp, lâm nghiệp và thủy sản" in below  # the way there


def test_search_folds_vietnamese_and_shows_where_a_code_stands(somebody: Client) -> None:
    page = text(somebody.get("/danh-muc/accident.injury_agent/", {"tim": "dien"}))
    assert "Điện" in page
    assert "Phóng xạ" not in page
    nothing = text(somebody.get("/danh-muc/accident.injury_agent/", {"tim": "khongcogi\x00"}))
    assert "Không có mã nào như vậy" in nothing


def test_a_code_shows_its_way_into_the_other_version_or_that_there_is_none(somebody: Client) -> None:
    page = text(somebody.get("/danh-muc/industry.vsic/", {"ban": "2025", "duoi": "110"}))
    soft, malt = page.split("<b>1105</b>")[1].split("<tr>")[0], page.split("<b>1104</b>")[1].split("<tr>")[0]
    assert "<b>1104</b>" in soft or "1104" in soft
    assert "không nguyên vẹn" in soft
    assert "không có ánh xạ" in malt


@pytest.mark.parametrize("path", ["/danh-muc/khong.co/", "/danh-muc/industry.vsic/?ban=1993"])
def test_a_list_or_version_that_is_not_there_is_not_found(somebody: Client, path: str) -> None:
    assert somebody.get(path).status_code == 404


def test_strangers_sign_in_first(db: None) -> None:
    assert Client().get("/danh-muc/").status_code == 302
    assert Client().get("/api/v1/code-lists").status_code == 401


def test_the_interface_gives_lists_versions_items_and_conversions(somebody: Client) -> None:
    lists = {one["name"]: one for one in somebody.get("/api/v1/code-lists").json()["items"]}
    assert [item["version"] for item in lists["industry.vsic"]["versions"]] == ["2025", "2018"]
    assert lists["industry.vsic"]["current"] == "2025"
    old = somebody.get("/api/v1/code-lists/industry.vsic", {"on": "2024-06-01", "search": "nong nghiep"}).json()
    assert old["version"] == "2018"
    assert old["complete"] is False
    assert "01" in {item["code"] for item in old["items"]}
    below = somebody.get("/api/v1/code-lists/accident.injury", {"parent": "01"}).json()["items"]
    assert [item["code"] for item in below][-1] == "0110"
    where = {"version": "2018", "to": "2025"}
    soft = somebody.get("/api/v1/code-lists/industry.vsic/codes/1104/conversion", where).json()
    assert soft["exact"] is None
    assert [(one["code"], one["lossless"]) for one in soft["targets"]] == [("1105", False)]
    rice = somebody.get("/api/v1/code-lists/industry.vsic/codes/0111/conversion", where).json()
    assert (rice["exact"], rice["targets"]) == (None, [])


@pytest.mark.parametrize(
    "path",
    [
        "khong.co",
        "industry.vsic?version=1993",
        "industry.vsic?on=1990-01-01",
        "industry.vsic/codes/A/conversion?version=1&to=2",
    ],
)
def test_what_the_law_book_does_not_have_is_answered_as_a_problem_document(somebody: Client, path: str) -> None:
    answer = somebody.get(f"/api/v1/code-lists/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"

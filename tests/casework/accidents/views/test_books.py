"""Each book holds its own victims, masked until a purpose is said, and says that its columns are not confirmed."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from tests.casework.accidents import scene


@pytest.fixture
def accidents(land):
    """At the mill two people under contract; in the commune one without; one found not occupational; one of 2025."""
    worker, neighbour = scene.victim_draft(name="Trần Văn Một"), scene.victim_draft(name="Lê Thị Hai")
    alone = scene.victim_draft(name="Phạm Văn Ba", labour_relation="none")
    return [
        scene.opened(land, worker, neighbour),
        scene.opened(land, alone, establishment_id=None),
        scene.opened(land, worker, conclusion="not_occupational"),
        scene.opened(land, worker, occurred_at=scene.NOW.replace(year=2025, month=8)),
    ]


def workbook(response):
    content = b"".join(response) if response.streaming else response.content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def text(response):
    return "\n".join(str(cell) for row in workbook(response) for cell in row)


@pytest.mark.parametrize(
    ("who", "query", "names"),
    [
        ("employer", "book=employer&period=2026", ["Trần Văn Một", "Lê Thị Hai"]),
        ("river", "book=commune&period=2026", ["Phạm Văn Ba"]),
        ("river", "book=commune&period=2025", []),
        ("officer", "book=employer&period=2025-H2", ["Trần Văn Một"]),
        ("officer", "book=special&period=2026", []),
        ("hill", "book=commune&period=2026", []),
    ],
)
def test_a_book_holds_the_victims_of_its_keeper_and_period(accidents, people, browse, who, query, names):
    from atvsld.casework.accidents.models import Victim
    from atvsld.kit.text import initials as shorten

    page = browse(getattr(people, who)).get(f"/tai-nan/so-thong-ke/?{query}&tep=xlsx")
    assert page.status_code == 200
    held = text(page)
    every = dict.fromkeys(Victim.objects.values_list("name", flat=True))
    assert not any(name in held for name in every)
    assert sorted(name for name in every if shorten(name) in held) == sorted(names)
    assert "Tạm dùng" in held or "chưa đọc được" in held.lower()


def test_names_are_handed_out_for_a_purpose_that_is_recorded(accidents, people, browse):
    from atvsld.platform.history.models import SensitiveReading

    client, address = browse(people.employer), "/tai-nan/so-thong-ke/?book=employer&period=2026"
    assert client.post(address, {"tep": "xlsx", "purpose": ""}).status_code == 422
    assert not SensitiveReading.objects.exists()
    page = client.post(address, {"tep": "xlsx", "purpose": "Lưu sổ của cơ sở"})
    assert "Trần Văn Một" in text(page)
    assert page["Cache-Control"] == "no-store"
    # The case found not occupational stands in no book, so it was not read.
    assert SensitiveReading.objects.count() == 1


def test_the_damage_of_a_case_stands_once_in_the_book(accidents, people, browse):
    page = browse(people.employer).get("/tai-nan/so-thong-ke/?book=employer&period=2026&tep=xlsx")
    assert sum(row.count(5_000_000) for row in workbook(page)) == 1


@pytest.mark.parametrize(
    "query", ["book=employer&period=2026-H9", "book=x&period=2026", "book=commune&period=2026&place=0"]
)
def test_a_choice_that_cannot_be_is_said_beside_its_field(accidents, people, browse, query):
    assert browse(people.officer).get(f"/tai-nan/so-thong-ke/?{query}").status_code == 422


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_book_is_a_word_file_and_a_pdf(accidents, people, browse, kind):
    page = browse(people.river).get(f"/tai-nan/so-thong-ke/?book=commune&period=2026&tep={kind}")
    content = page.content
    assert content[:2] == (b"PK" if kind == "docx" else b"%P")


def test_the_page_opens_with_the_own_book_of_who_asks(accidents, people, browse):
    html = browse(people.river).get("/tai-nan/so-thong-ke/").content.decode()
    assert "99001" in html
    assert "Sổ thống kê tai nạn lao động của người làm việc không theo hợp đồng lao động" in html
    assert "0100109106" in browse(people.employer).get("/tai-nan/so-thong-ke/").content.decode()

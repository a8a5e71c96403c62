"""The catalogue of forms: by reporter, with its certainty, only what the reader may file or see."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.oversight.reporting import province

from atvsld.law import load_book
from atvsld.oversight.reporting.web.shelves import REPORTERS, shelves
from atvsld.platform.accounts.models import User
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db


def test_every_form_stands_on_one_shelf() -> None:
    forms = load_book().forms
    found = [entry.form for shelf in shelves(forms, today=date(2026, 3, 1)) for entry in shelf.entries]
    assert sorted(form.code for form in found) == sorted(form.code for form in forms)
    assert {form.letterhead for form in forms} <= {kind for _title, kinds in REPORTERS.values() for kind in kinds}


def test_forms_of_an_ended_circular_say_so_and_forms_of_an_event_have_no_page() -> None:
    entries = {
        entry.form.code: entry
        for shelf in shelves(load_book().forms, today=date(2026, 2, 15))
        for entry in shelf.entries
    }
    assert entries["TT28-12"].ended == "Hết hiệu lực sau ngày 14/02/2026"
    assert not entries["TT07-II"].ended
    assert {code for code, entry in entries.items() if not entry.opens} == {
        "ND39-XIII", "TT28-10", "TT28-11", "TT56-V", "TT56-VII",
    }  # fmt: skip


def test_the_page_shows_who_files_what_and_how_sure_we_are() -> None:
    top, _communes = province.places()
    user = User.objects.create(username="lanh-dao", full_name="Lãnh Đạo Thử")
    Office.objects.create(user=user, role="leader", place=top, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    page = client.get("/bao-cao/").content.decode()
    for text in ("Người sử dụng lao động", "TT07-II", "Tạm dùng, chưa được xác nhận", "Lập từ hồ sơ vụ tai nạn"):
        assert text in page
    assert "/bao-cao/TT07-III/" in page
    assert "/bao-cao/TT28-10/" not in page
    blank = client.get("/bao-cao/ND44-ID/?period=2024&place=48").content.decode()
    assert "Bảng 1. Tình hình thực hiện kiểm định" in blank
    assert "TÊN TỔ CHỨC" in blank

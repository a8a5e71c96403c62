"""The shell of every page: safety headers, language, errors as sentences, sign-in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from atvsld.platform.accounts.models import User

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\bstyle=|\son[a-z]+=", re.IGNORECASE)


def test_a_page_may_load_only_from_its_own_server_and_nothing_inline(sign_in):
    response = sign_in("administrator").get("/thu-vien-giao-dien/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not INLINE.search(response.content.decode())


def test_a_stranger_is_led_to_sign_in_and_back(db):
    response = Client().get("/nguoi-dung/?tim=an")
    assert response.status_code == 302
    assert response.headers["Location"] == "/tai-khoan/login/?next=/nguoi-dung/%3Ftim%3Dan"


def test_signing_in_works_with_a_plain_form(land, sign_in):
    sign_in("leader")
    session = Client()
    assert "Đăng nhập" in session.get("/tai-khoan/login/").content.decode()
    response = session.post("/tai-khoan/login/", {"login": "leader", "password": "khong-dung-that-99"})
    assert response.status_code == 302
    assert session.get("/").status_code == 200


def test_a_wrong_password_is_told_in_vietnamese_beside_the_form(db):
    response = Client().post("/tai-khoan/login/", {"login": "khong-co", "password": "sai-mat-khau"})
    text = response.content.decode()
    assert "error-summary" in text
    assert "không đúng" in text


@pytest.mark.parametrize(("code", "sentence"), [
    ("400", "Yêu cầu không đọc được"),
    ("403", "Tài khoản không được làm việc này"),
    ("404", "Không tìm thấy trang hoặc hồ sơ"),
    ("409", "Hồ sơ vừa được người khác sửa"),
    ("422", "Dữ liệu chưa hợp lệ"),
    ("500", "Hệ thống gặp lỗi"),
])  # fmt: skip
def test_each_error_says_what_happened_with_its_code(sign_in, code, sentence):
    response = sign_in("administrator").get(f"/thu-vien-giao-dien/?loi={code}")
    assert response.status_code == int(code)
    assert sentence in response.content.decode()


def test_a_role_without_the_permission_gets_the_reason_not_the_page(sign_in):
    response = sign_in("leader").get("/nguoi-dung/")
    assert response.status_code == 403
    assert "offices:office:read" in response.content.decode()


def test_the_language_switch_changes_the_words_and_stays(sign_in):
    session = sign_in("leader")
    assert 'lang="vi"' in session.get("/vi-sao/").content.decode()
    session.post("/ngon-ngu/setlang/", {"language": "en", "next": "/vi-sao/"})
    text = session.get("/vi-sao/").content.decode()
    assert 'lang="en"' in text
    assert "Leader (read only)" in text


def test_the_demo_banner_stands_on_every_page_of_a_demo_only(sign_in, settings):
    session = sign_in("leader")
    assert "DỮ LIỆU MẪU" not in session.get("/").content.decode()
    settings.DEMO = True
    assert "DỮ LIỆU MẪU – TỔNG HỢP" in session.get("/").content.decode()
    assert "DỮ LIỆU MẪU – TỔNG HỢP" in Client().get("/tai-khoan/login/").content.decode()


def test_navigation_shows_only_what_the_role_may_open(sign_in):
    def links(role):
        text = sign_in(role).get("/vi-sao/").content.decode()
        return set(re.findall(r'<li><a href="(/[^"]*)"', text))

    assert "/nguoi-dung/" in links("administrator")
    assert "/nguoi-dung/" not in links("leader")
    assert {"/tai-nan/moi/", "/nhap-du-lieu/"} <= links("province_officer")
    assert not {"/tai-nan/moi/", "/nhap-du-lieu/"} & links("leader")
    assert "/chi-tieu/" not in links("employer")
    # Code lists are open to everybody who signs in.
    assert links("nobody") == {"/", "/danh-muc/"}


def test_the_gallery_is_closed_to_others_on_a_real_installation(sign_in, settings):
    settings.DEMO = False
    assert sign_in("leader").get("/thu-vien-giao-dien/").status_code == 403
    settings.DEMO = True
    assert sign_in("leader").get("/thu-vien-giao-dien/").status_code == 200


def test_two_factor_pages_and_password_change_open(sign_in):
    session = sign_in("leader")
    assert "Xác thực hai lớp" in session.get("/tai-khoan/2fa/").content.decode()
    assert "Đổi mật khẩu" in session.get("/tai-khoan/password/change/").content.decode()


def test_nobody_signs_up_from_outside(db):
    response = Client().post("/tai-khoan/signup/", {"username": "la", "password1": "x" * 12, "password2": "x" * 12})
    assert "Không tự đăng ký được" in response.content.decode()
    assert not User.objects.exists()

"""Accounts of the demo province: one per role, and a client for systems. Never made in a real installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oauth2_provider.models import Application

from atvsld.platform.accounts.models import User
from atvsld.registers.bodies.queries import holder
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.models import Place

# Shown on the login page of the demo; the accounts exist nowhere else.
PASSWORD = "DungThu-2026"  # noqa: S105
CLIENT_ID = "atvsld-mau"
CLIENT_SECRET = "BiMat-DungThu-2026"  # noqa: S105
MAIL_DOMAIN = "mau.invalid"
OFFICES_FROM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Login:
    """What a visitor needs to sign in; for systems, client id and secret."""

    role: str
    username: str
    password: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Person:
    username: str
    name: str
    role: str
    function: str = ""


_PEOPLE = (
    _Person("quantri", "Nguyễn Quản Trị", "administrator", "ppc"),
    _Person("canbo", "Trần Cán Bộ", "province_officer", "osh_lead"),
    _Person("nganh", "Lê Phối Hợp", "department_officer", "construction"),
    _Person("kehoach", "Hồ Kế Hoạch", "plan_officer", "health_lead"),
    _Person("taichinh", "Ngô Tài Chính", "finance_officer", "finance"),
    _Person("xa", "Phạm Cấp Xã", "commune_officer", "commune"),
    _Person("doanhnghiep", "Võ An Toàn", "employer"),
    _Person("lanhdao", "Đặng Lãnh Đạo", "leader", "ppc"),
)
SERVICE = _Person("hethong-mau", "Hệ thống gửi dữ liệu (mẫu)", "province_officer", "osh_lead")


def logins() -> list[Login]:
    """Every demo account, people first."""
    found = [Login(roles()[who.role].label_vi, who.username, PASSWORD, who.name) for who in _PEOPLE]
    return [*found, Login("Hệ thống khác qua API (OAuth2: mã ứng dụng, bí mật)", CLIENT_ID, CLIENT_SECRET)]


def exists() -> bool:
    """Whether the demo accounts are here."""
    return User.objects.filter(username=_PEOPLE[0].username, email__endswith=f"@{MAIL_DOMAIN}").exists()


def make(*, province: int, commune: int, employer: Establishment) -> int:
    """Accounts and offices for a province, a commune and an establishment of the demo; number of accounts."""
    for who in (*_PEOPLE, SERVICE):
        user = User(username=who.username, email=f"{who.username}@{MAIL_DOMAIN}", full_name=who.name)
        if who is SERVICE:
            user.set_unusable_password()
        else:
            user.set_password(PASSWORD)
        user.save()
        place = None if who.role == "employer" else commune if who.role == "commune_officer" else province
        Office.objects.create(
            user=user,
            role=who.role,
            body=None if place is None else holder(who.function, place, OFFICES_FROM),
            place=None if place is None else Place.objects.get(pk=place),
            establishment=employer if place is None else None,
            valid_from=OFFICES_FROM,
        )
    Application.objects.create(
        name="Hệ thống gửi dữ liệu (mẫu)",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        user=User.objects.get(username=SERVICE.username),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    return len(_PEOPLE) + 1

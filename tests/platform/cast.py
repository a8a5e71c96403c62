"""One person for each role, in the small province of the accident tests."""

from __future__ import annotations

from django.test import Client
from tests.casework.accidents import scene
from tests.casework.accidents.scene import Land

from atvsld.platform.accounts.models import User

ROLES = ("administrator", "province_officer", "department_officer", "commune_officer", "employer", "leader", "nobody")


def user(land: Land, role: str) -> User:
    """The person of a role; made when first asked for."""
    if found := User.objects.filter(username=role).first():
        return found
    if role == "nobody":
        return User.objects.create_user(username=role, full_name="Chưa Giao Việc", password="khong-dung-that-99")
    at = {"commune_officer": land.river}.get(role, land.province)
    made = scene.person(role, role, **({"firm": land.mill} if role == "employer" else {"at": at}))
    made.full_name = f"Người Thử {role}"
    made.save()
    return made


def client(land: Land, role: str) -> Client:
    """A signed-in session; `anonymous` is not signed in."""
    session = Client()
    if role != "anonymous":
        session.force_login(user(land, role))
    return session

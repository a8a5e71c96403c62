"""One person for each role, in the small province of the accident tests."""

from __future__ import annotations

from datetime import date

from django.test import Client
from tests.casework.accidents import scene
from tests.casework.accidents.scene import Land

from atvsld.platform.accounts.models import User
from atvsld.registers.bodies.models import Body

ROLES = (
    "administrator", "province_officer", "department_officer", "plan_officer", "commune_officer", "employer", "leader",
    "nobody",
)  # fmt: skip
# Roles that write for the body they serve.
SERVING = ("province_officer", "plan_officer", "commune_officer")


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
    if role in SERVING:
        made.offices.update(body=body_of(land, role))
    return made


def body_of(land: Land, role: str) -> Body:
    """The body the person of a role serves."""
    at = land.river if role == "commune_officer" else land.province
    held, _new = Body.objects.get_or_create(
        code=f"thu-{role.replace('_', '-')}",
        defaults={
            "name": f"Cơ quan của {role}", "name_folded": f"co quan cua {role}", "place": at,
            "valid_from": date(2020, 1, 1),
        },
    )  # fmt: skip
    return held


def client(land: Land, role: str) -> Client:
    """A signed-in session; `anonymous` is not signed in."""
    session = Client()
    if role != "anonymous":
        session.force_login(user(land, role))
    return session

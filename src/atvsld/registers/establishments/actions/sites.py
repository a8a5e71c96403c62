"""Where an establishment works, to the point; its further sites; and the people to turn to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.actions.register import step
from atvsld.registers.establishments.models import Contact, Establishment, Site
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS
from atvsld.registers.places import tree


@action(needs=CHANGE, records="establishments:establishment:located")
def locate_establishment(
    act: Act,
    *,
    establishment: Establishment,
    version: int,
    latitude: Decimal | None,
    longitude: Decimal | None,
    zone_name: str,
    zone_authority: Body | None,
) -> Establishment:
    """Its point and its zone. `Rejected` for a point outside Viet Nam or half a point; far from the commune is told
    by `rules.check_point` as a warning and does not stop.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    _require(rules.check_point(latitude, longitude, None))
    step(
        establishment, version, latitude=latitude, longitude=longitude, zone_name=" ".join(zone_name.split()),
        zone_authority=zone_authority,
    )  # fmt: skip
    establishment.refresh_from_db()
    return establishment


@action(needs=CHANGE, records="establishments:site:stated")
def state_site(act: Act, *, establishment: Establishment, values: Mapping[str, Any], site: Site | None = None) -> Site:
    """Add a site, or replace the facts of one: name, place_id, address, zone_name, point, opened_on, closed_on."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    _require(_site_problems(values, act.day))
    record = site or Site(establishment=establishment)
    for name, value in values.items():
        setattr(record, name, value)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if "site_named_once" not in str(error):
            raise
        message = _("Cơ sở đã có địa điểm mang tên này.")
        raise Rejected([Problem("site_named_once", message, _("Đặt tên khác."), column="name")]) from error
    return record


@action(needs=CHANGE, records="establishments:site:withdrawn")
def withdraw_site(act: Act, *, site: Site) -> None:
    """Take away a site written down by mistake; one that closed gets its day instead."""
    ESTABLISHMENTS.require(act.actor, CHANGE, site.establishment)
    Site.objects.filter(pk=site.pk).delete()


@action(needs=CHANGE, records="establishments:contact:stated")
def state_contact(
    act: Act, *, establishment: Establishment, values: Mapping[str, Any], contact: Contact | None = None
) -> Contact:
    """Add a person to turn to, or replace what is known of one: role, name, phone, email."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    record = contact or Contact(establishment=establishment)
    for name, value in values.items():
        setattr(record, name, value)
    if not record.name.strip():
        raise Rejected([Problem("name_missing", _("Chưa có họ tên."), column="name")])
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if "contact_once" not in str(error):
            raise
        raise Rejected([Problem("contact_once", _("Người này đã có trong vai trò đó."), column="name")]) from error
    return record


@action(needs=CHANGE, records="establishments:contact:withdrawn")
def withdraw_contact(act: Act, *, contact: Contact) -> None:
    """The person is no longer to be turned to."""
    ESTABLISHMENTS.require(act.actor, CHANGE, contact.establishment)
    Contact.objects.filter(pk=contact.pk).delete()


def _site_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    problems = rules.check_point(values.get("latitude"), values.get("longitude"), None)
    if not str(values.get("name", "")).strip():
        problems.append(Problem("name_missing", _("Chưa có tên địa điểm."), column="name"))
    node = tree.current().nodes.get(values.get("place_id") or 0)
    if node is None or node.level != "commune":
        problems.append(
            Problem("place_unknown", _("Chưa chọn địa bàn."), _("Chọn xã, phường hoặc đặc khu."), column="place")
        )
    opened, closed = values.get("opened_on"), values.get("closed_on")
    if closed is not None and (closed > today or (opened is not None and closed < opened)):
        message = _("Ngày ngừng phải từ ngày hoạt động đến hôm nay.")
        problems.append(Problem("site_days", message, column="closed_on"))
    return problems


def _require(problems: list[Problem]) -> None:
    blocking = [problem for problem in problems if problem.severity is Severity.BLOCK]
    if blocking:
        raise Rejected(blocking)

"""Who manages a zone from a day on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.models import Body, Zone, ZoneAuthority
from atvsld.registers.bodies.policy import CHANGE
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.places.models import Place


@action(needs=CHANGE, records="bodies:zone:managed")
def manage_zone(
    act: Act,  # noqa: ARG001 — the act names the history
    *,
    name: str,
    body: Body,
    since: date,
    legal_basis: str,
    kind: str = Zone.Kind.INDUSTRIAL,
    place: Place | None = None,
    certainty: Certainty = Certainty.OFFICIAL,
) -> Zone:
    """Record that a body manages a zone from a day on; the authority before ends the day before.

    A zone not yet known is made, at `place` or at the place of the body. Stating what already holds changes nothing.
    `Rejected` when the body is not a zone authority on the day, or a later authority is already recorded.
    """
    name = " ".join(name.split())
    zone = next((one for one in Zone.objects.select_for_update() if fold(one.name) == fold(name)), None)
    if problems := _problems(name, zone, body, since):
        raise Rejected(problems)
    if zone is None:
        code = f"{slugify(fold(name))[:50]}-{since:%Y%m%d}"
        zone = Zone.objects.create(code=code, name=name, kind=kind, place=place or body.place)
    running = zone.authorities.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since)).first()
    if running is not None and running.body_id == body.pk:
        return zone
    if running is not None:
        running.valid_to = since - timedelta(days=1)
        running.save(update_fields=["valid_to"])
    ZoneAuthority.objects.create(
        zone=zone, body=body, valid_from=since, legal_basis=legal_basis, certainty=certainty.value
    )
    return zone


def _problems(name: str, zone: Zone | None, body: Body, since: date) -> list[Problem]:
    found = []
    if not name:
        found.append(Problem("empty", _("Chưa ghi tên khu."), column="name"))
    if not body.functions.filter(in_force(since), function="zone_authority").exists():
        message = _("Ngày %(day)s cơ quan này không giữ chức năng quản lý khu.") % {"day": f"{since:%d/%m/%Y}"}
        found.append(Problem("not_zone_authority", message, column="body", value=body.code))
    if zone is not None:
        # An equal first day is a correction only when it says the same.
        later = zone.authorities.filter(valid_from__gte=since).exclude(body=body, valid_from=since).first()
        if later is not None:
            message = _("Khu này đã có cơ quan quản lý ghi từ ngày %(day)s.") % {"day": f"{later.valid_from:%d/%m/%Y}"}
            found.append(Problem("later_authority", message, column="since"))
    return found

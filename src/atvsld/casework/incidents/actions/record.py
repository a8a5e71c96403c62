"""Recording and changing an incident."""

from __future__ import annotations

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.incidents import rules, timing
from atvsld.casework.incidents.drafts import IncidentDraft, columns
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.casework.incidents.policy import CHANGE, CREATE, INCIDENTS
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.places import tree


@action(needs=CREATE, records="incidents:incident:reported")
def report_incident(act: Act, *, key: str, draft: IncidentDraft) -> TechnicalIncident:
    """Record an incident. `key` is a ULID made by the sender: sent twice, it gives the same record.

    `Conflict` when the key already names an incident that says something else; `Rejected` with the problems.
    """
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang ghi nhận."), column="key")])
    record = TechnicalIncident(public_id=key, **columns(draft))
    INCIDENTS.require(act.actor, CREATE, record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"incident:{key}"])
    earlier = TechnicalIncident.objects.filter(public_id=key).first()
    if earlier is not None:
        INCIDENTS.require(act.actor, CREATE, earlier)
        if any(getattr(earlier, name) != value for name, value in columns(draft).items()):
            message = _("Phiếu này đã được ghi thành hồ sơ %(number)s với nội dung khác.")
            raise Conflict(message % {"number": earlier.number})
        return earlier
    _require_sound(act, draft)
    record.save(force_insert=True)
    timing.follow(act, record)
    return record


@action(needs=CHANGE, records="incidents:incident:changed")
def change_incident(act: Act, *, incident: TechnicalIncident, version: int, draft: IncidentDraft) -> TechnicalIncident:
    """Replace what is stated. The actor needs the right where it stands and where it would stand."""
    INCIDENTS.require(act.actor, CHANGE, incident)
    INCIDENTS.require(act.actor, CHANGE, TechnicalIncident(**columns(draft)))
    _require_sound(act, draft)
    step(incident, version, **columns(draft))
    timing.follow(act, incident)
    return incident


def step(incident: TechnicalIncident, version: int, **values: object) -> None:
    """Move the incident to its next version, or raise `Conflict` when someone else did so first."""
    moved = TechnicalIncident.objects.filter(pk=incident.pk, version=version)
    if not moved.update(version=F("version") + 1, **values):
        message = _("Hồ sơ %(number)s vừa được người khác sửa. Mở lại hồ sơ để xem bản mới rồi ghi tiếp.")
        raise Conflict(message % {"number": incident.number})
    incident.refresh_from_db()


def _require_sound(act: Act, draft: IncidentDraft) -> None:
    problems = list(rules.check(tree.current(), draft, at=act.at))
    if problems:
        raise Rejected(problems)

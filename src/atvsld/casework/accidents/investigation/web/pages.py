"""The desk of an investigation: everything gathered, what is missing, what comes next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.actions.follow import responsible_party
from atvsld.casework.accidents.investigation.checks import obstacles
from atvsld.casework.accidents.investigation.dossier import Dossier, dossiers
from atvsld.casework.accidents.investigation.material import role_label
from atvsld.casework.accidents.investigation.models import (
    CommuneRecord,
    Evidence,
    Expertise,
    InvestigationTeam,
    Minutes,
    Posting,
    Statement,
)
from atvsld.casework.accidents.investigation.policy import SET_ASIDE, may_work
from atvsld.casework.accidents.investigation.proofs import proofs
from atvsld.casework.accidents.investigation.record import WRITING, Record, name_of
from atvsld.casework.accidents.investigation.web.coming import next_step
from atvsld.casework.accidents.investigation.web.desk import Desk, desk_or_404
from atvsld.casework.accidents.investigation.web.forms import other_items
from atvsld.casework.accidents.policy import READ
from atvsld.kit.ids import new_ulid
from atvsld.law.investigation import retained_until
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import Entry, timeline
from atvsld.platform.ui.formats_text import day as day_text
from atvsld.platform.ui.pages import actor_of, requires
from atvsld.registers.duties import facade as duties

# Papers that come into being through the record itself.
OF_RECORD = frozenset({"HS_e", "HS_g", "HS_h"})
FOLLOWED = frozenset({"published", "minutes_sent", "following_up"})
SEALED = ("person_sealed", "content_sealed", "witnesses_sealed", "injury_codes")
SETTING_UP = frozenset({"establishment_level", "provincial_level", "reinvestigating"})


@requires(READ)
def desk_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The investigation of a case. Who may not work on it sees the team and what was published."""
    desk = desk_or_404(request, public_id, work=False)
    record = desk.record
    stage = record.file.stage
    override = desk.works and may_work(actor_of(request), desk.case, record.level, SET_ASIDE)
    context = {
        "title": _("Điều tra vụ %(number)s") % {"number": desk.case.number},
        "desk": desk, "case": desk.case, "record": record, "file": record.file, "key": new_ulid(),
        "may_set_up": desk.works and record.investigated and stage in SETTING_UP | WRITING,
        "may_begin": desk.works and record.team is not None and stage in SETTING_UP,
        "may_write": desk.works and stage in WRITING,
        "may_gather": desk.works and stage not in {"closed", "received", "out_of_scope", "special_field"},
        "may_ask": desk.works and stage in {"investigating", "awaiting_expertise"},
        "may_call": desk.works and stage in {"minutes_drafted", "meeting_called"},
        "may_send": desk.works and stage in {"published", "minutes_sent", "following_up"},
        "may_follow": responsible_party(desk.case) in desk.answers and stage in FOLLOWED,
        "may_waive": desk.works,
        "may_post": _may_post(desk),
        "may_close": desk.works and stage in {"minutes_sent", "following_up", "commune_recording"},
        "may_record": desk.works and stage == "commune_recording",
        "members": _members(record), "statements": record.statements if desk.works else [],
        "evidence": _evidence(record) if desk.works else [],
        "unproven": [proof for proof in proofs(record) if not proof.evidence] if desk.works else [],
        "expertises": record.expertises if desk.works else [],
        "versions": [one for one in record.minutes if desk.works or one.published_at],
        "meeting": _meeting(record) if desk.works or record.writing is None else None,
        "postings": _postings(record), "dossiers": _dossiers(desk, override=override) if desk.works else [],
        "obstacles": obstacles(record) if desk.works else [], "retention": _retention(record),
        "settlement": record.settlement if desk.works else None,
        "duties": duties.duties_panel(actor_of(request), "accidents", desk.case.public_id, now=request.now),  # type: ignore[attr-defined]
        "next": next_step(desk) if desk.works else None,
        "recommendations": _recommendations(desk),
        "history": _history(desk) if desk.works else None,
    }  # fmt: skip
    return render(request, "accident_investigation/desk.html", context)


def _history(desk: Desk) -> list[Entry] | None:
    """Who did what in the investigation; sealed columns tell only that they changed."""
    held = desk.record.investigation
    if held.pk is None:
        return None
    of_case = {"case_id": desk.case.pk}
    parts = [
        (model, of_case, model._meta.verbose_name or "")  # noqa: SLF001
        for model in (InvestigationTeam, Statement, Evidence, Expertise, Minutes, Posting, CommuneRecord)
    ]
    return timeline(held, parts, masked=SEALED, limit=60)


def _may_post(desk: Desk) -> bool:
    own = desk.answers & {rule.id for rule in desk.record.entries("postings")}
    return bool(own) and desk.record.file.stage in FOLLOWED | {"commune_recording"}


def _members(record: Record) -> list[tuple[Any, str]]:
    if record.team is None:
        return []
    return [(one, role_label(record, "members", one.role)) for one in record.team.members.all()]


def _evidence(record: Record) -> list[tuple[Any, str]]:
    named = {rule.id: name_of(rule, record.on) for rule in record.entries("dossier")} | dict(other_items())
    named |= {item: label for proof in proofs(record) for item, label in proof.papers}
    return [(piece, named.get(piece.item, piece.item)) for piece in record.all_evidence]


def _meeting(record: Record) -> dict[str, Any] | None:
    held = record.meeting
    if held is None:
        return None
    lines = [(one, role_label(record, "invitees", one.role)) for one in held.participants.all()]
    return {"held": held, "lines": lines, "dissents": sum(bool(one.dissent) for one, _role in lines)}


def _postings(record: Record) -> list[dict[str, Any]]:
    """Who must post, and what was posted."""
    return [
        {
            "label": name_of(rule, record.on),
            "rule": rule,
            "made": [posting for posting in record.postings if posting.role == rule.id],
        }
        for rule in record.entries("postings")
    ]


def _dossiers(desk: Desk, *, override: bool) -> list[dict[str, Any]]:
    def may_exempt(dossier: Dossier) -> set[str]:
        missing = [line.rule for line in dossier.missing if line.rule.id not in OF_RECORD]
        return {rule.id for rule in missing if override or rule.except_for == "missing"}

    return [
        {"dossier": dossier, "exempt": may_exempt(dossier), "of_record": OF_RECORD} for dossier in dossiers(desk.record)
    ]


def _recommendations(desk: Desk) -> list[Any]:
    return desk.record.recommendations if desk.works or desk.record.in_force else []


def _retention(record: Record) -> list[tuple[str, Any, str]]:
    """How long papers are kept: words, rule, last day where the law gives a number of years."""
    found = []
    start = record.in_force.published_at if record.in_force else None
    for rule in record.entries("retention"):
        last = retained_until(rule, clock.local_day(start)) if start else None
        found.append((name_of(rule, record.on), rule, day_text(last) if last else ""))
    return found

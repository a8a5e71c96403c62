"""Receiving a notice: once for each key, with its case, its procedure file and its receipt."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.casework.accidents.actions import open_case
from atvsld.casework.accidents.declarations import legal, procedure_link, queries, rules, sealing
from atvsld.casework.accidents.declarations.models import Declaration, DeclarationDraft, Kind, Receipt
from atvsld.casework.accidents.declarations.notice import Notice
from atvsld.casework.accidents.declarations.policy import CREATE, DECLARATIONS
from atvsld.casework.accidents.drafts import CaseDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.rules import blocking
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Conflict, Rejected, action, clock
from atvsld.registers.places import tree

# Kinds in which the employer side speaks: its people see them, also when an officer wrote down their telephone call.
EMPLOYER_SIDE = frozenset({Kind.EMPLOYER, Kind.HOST, Kind.OUTSIDERS, Kind.INCIDENT, Kind.ABROAD})
# What the commune is told and must pass on when it is grave.
TOLD_TO_COMMUNE = frozenset({Kind.FAMILY, Kind.OTHER, Kind.UNION})


@action(needs=CREATE, records="accidents:declaration:received")
def receive(
    act: Act, *, key: str, notice: Notice, case: AccidentCase | None = None, received_at: datetime | None = None
) -> Declaration:
    """Record a notice and give its receipt; the case is opened, unless `case` says which one it speaks of.

    `key` is a ULID made by the sender before sending: a repeated request gives the same declaration, `Conflict` when
    it says something else. `received_at` is stated when a word taken earlier is written down later (default: now).
    A grave word about workers without contract, taken by a commune, is passed on in the same act as the commune's
    own quick report (kind `commune`). `Refused` outside the actor's area; `Rejected` with the problems.
    """
    if not is_ulid(key):
        message = _("Mã phiếu “%(key)s” không đúng dạng.") % {"key": key[:40]}
        raise Rejected([Problem("bad_key", message, _("Mở lại trang khai báo."), column="key")])
    one_at_a_time(key)
    mark = sealing.sent_mark(notice.plain())
    earlier = Declaration.objects.filter(public_id=key).first()
    if earlier is not None:
        return _same(act, earlier, mark)
    received = received_at or act.at
    found = blocking(list(rules.check(load_book(), tree.current(), notice, at=act.at)))
    if found:
        raise Rejected(found)
    notice = _settled(notice, received)
    record = build(act, key=key, notice=notice, received_at=received, sent_mark=mark)
    DECLARATIONS.require(act.actor, CREATE, record)
    if case is not None:
        DECLARATIONS.require(act.actor, CREATE, _stand_in(case, record))
    record.case = case or _open(act, key, notice)
    store(record)
    if record.case is not None:
        procedure_link.opened(act, record)
    _pass_on(act, record, notice)
    DeclarationDraft.objects.filter(key=key).delete()
    return record


def build(act: Act, *, key: str, notice: Notice, received_at: datetime, sent_mark: str) -> Declaration:
    """The record of a notice with sealed parts, content and hash; not yet stored."""
    told = asdict(notice.reporter)
    reporter_sealed, reporter_mark = sealing.close(told, purpose=sealing.REPORTER)
    persons = {
        "victims": [asdict(victim) for victim in notice.victims],
        "persons": [asdict(person) for person in notice.persons],
    }
    persons_sealed, persons_mark = sealing.close(persons, purpose=sealing.PERSONS)
    template = legal.template_on(notice.kind, clock.local_day(received_at))
    content = _content(notice) | {
        "key": key,
        "received_at": received_at.isoformat(),
        "template": template.id if template else "",
        "reporter_mark": reporter_mark,
        "persons_mark": persons_mark,
    }
    return Declaration(
        public_id=key, root=key, kind=notice.kind, channel=notice.channel, occurred_at=notice.occurred_at,
        known_at=notice.known_at, notified_at=notice.notified_at or received_at,
        received_at=received_at, place_id=notice.place_id,
        establishment_id=notice.establishment_id, establishment_text=notice.establishment_text,
        declared_by_id=notice.establishment_id if notice.kind in EMPLOYER_SIDE else None,
        recorded_by_id=act.actor.user_id,
        template=content["template"], content=content, persons_sealed=persons_sealed,
        reporter_sealed=reporter_sealed, content_hash=sealing.digest(content), sent_mark=sent_mark,
    )  # fmt: skip


def store(record: Declaration) -> None:
    """Write the record with its receipt."""
    record.save(force_insert=True)
    Receipt.objects.create(declaration=record, issued_at=record.received_at, content_hash=record.content_hash)


def one_at_a_time(key: str) -> None:
    """Let requests with one key through one after another; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"declaration:{key}"])


def _settled(notice: Notice, received: datetime) -> Notice:
    """Instants set in order: a clock that runs a little ahead is set right, nothing arrives before it is sent."""
    occurred = min(notice.occurred_at, received)
    known = None if notice.known_at is None else min(max(notice.known_at, occurred), received)
    notified = max(min(notice.notified_at or received, received), occurred)
    return replace(notice, occurred_at=occurred, known_at=known, notified_at=notified)


def _content(notice: Notice) -> dict[str, Any]:
    """What the notice says that is nobody's personal data, as JSON values."""
    stated = notice.plain()
    for name in ("reporter", "victims", "persons"):
        del stated[name]
    stated["details"] = dict(stated["details"])
    stated["severities"] = [victim.severity for victim in notice.people_drafts()]
    return stated


def _stand_in(case: AccidentCase, record: Declaration) -> Declaration:
    """The record as it would stand with a case: the actor must hold the right there too."""
    own = record.declared_by_id if record.declared_by_id == case.establishment_id else None
    return Declaration(place_id=case.place_id, declared_by_id=own)


def _open(act: Act, key: str, notice: Notice) -> AccidentCase | None:
    people = notice.people_drafts()
    if not people:
        return None
    return open_case(
        act,
        key=key,
        case=CaseDraft(
            occurred_at=notice.occurred_at, place_id=notice.place_id, establishment_id=notice.establishment_id,
            cause_code=notice.cause_code, injury_agent_code=notice.injury_agent_code,
            property_damage=notice.property_damage, description=notice.description,
        ),
        victims=people,
    )  # fmt: skip


def _pass_on(act: Act, record: Declaration, notice: Notice) -> None:
    """The commune's quick report that follows from a grave word about workers without contract (N5)."""
    grave = notice.dead > 0 or notice.severe > 1
    firm = notice.establishment_id is not None or bool(notice.establishment_text)
    informal = not firm and notice.labour_relation in {None, "none"}
    if not (grave and informal and record.kind in TOLD_TO_COMMUNE and queries.speaks_for_commune(act.actor)):
        return
    report = replace(
        notice, kind=Kind.COMMUNE, channel="page", known_at=record.received_at, notified_at=act.at,
        reporter=type(notice.reporter)(),
    )  # fmt: skip
    passed = build(act, key=new_ulid(), notice=report, received_at=act.at, sent_mark=sealing.sent_mark(report.plain()))
    passed.case = record.case
    store(passed)
    if passed.case is not None:
        procedure_link.opened(act, passed)


def _same(act: Act, earlier: Declaration, mark: str) -> Declaration:
    """The declaration received under the key before, provided the repeated request says the same."""
    DECLARATIONS.require(act.actor, CREATE, earlier)
    if earlier.sent_mark == mark:
        return earlier
    raise Conflict(
        _("Phiếu này đã được nhận thành khai báo %(number)s với nội dung khác. Mở khai báo đó để bổ sung.")
        % {"number": earlier.number}
    )

"""Procedures of the demo: published after the reorganisation, a year of dossiers, a few late, a few waiting."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from atvsld.casework.procedures import actions
from atvsld.casework.procedures.models import Application
from atvsld.casework.procedures.rules import Procedure, load_procedures
from atvsld.law import load_book
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import TODAY, Cast, holding
from atvsld.project.demo.programme.hand import Hand
from atvsld.registers.bodies.models import Body

_COUNTS = {
    "equipment-declaration": 18, "support-training": 9, "support-retraining": 3, "support-examination": 4,
    "support-treatment": 2, "support-rehabilitation": 2, "monitoring-announcement": 3, "training-licence-b": 4,
    "self-training-b": 2, "training-announcement-a": 2,
}  # fmt: skip
_FIRST = date(2025, 8, 4)


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many records were made."""
    hand, made = Hand(act, cast, chance), 0
    for name, count in _COUNTS.items():
        one = load_procedures()[name]
        bodies = holding(cast.after, one.decides, TODAY)[:1]
        for body in bodies:
            made += _published(hand, one, body)
            made += _dossiers(hand, one, body, max(1, count // 4) if cast.small else count)
    return made


def _published(hand: Hand, one: Procedure, body: Body) -> int:
    day = date(2025, 8, 1)
    if one.at(TODAY) is None:
        return 0
    stated = actions.Published(
        decision="Quyết định công bố của Chủ tịch UBND thành phố", desk=f"Bộ phận một cửa, {body.name}",
        published_on=day,
    )  # fmt: skip
    actions.publish(hand.on(day), procedure=one.id, body=body, stated=stated)
    return 1


def _dossiers(hand: Hand, one: Procedure, body: Body, count: int) -> int:
    last = next((held.valid_to for held in one.versions if held.valid_to and one.at(TODAY) is None), None)
    end = min(last or TODAY, TODAY) - timedelta(days=6)
    made = 0
    for _place in range(count):
        day = load_book().calendar.next_working_day(_FIRST + timedelta(days=hand.chance.randrange((end - _FIRST).days)))
        if body.valid_from > day or one.at(day) is None:
            continue
        made += _dossier(hand, one, body, day)
    return made


def _dossier(hand: Hand, one: Procedure, body: Body, day: date) -> int:
    cast, chance = hand.cast, hand.chance
    firm = chance.choice(cast.establishments) if cast.establishments and one.field != "monitoring" else None
    name = firm.name if firm else "Trung tâm Quan trắc môi trường lao động miền Trung"
    stated = actions.Received(
        procedure=one.id,
        applicant=name,
        at=hand.moment(day, 8),
        establishment=firm,
        channel=chance.choice(["desk", "online"]),
    )
    received = hand.on(day, 9)
    held = actions.receive(received, key=hand.key(day), body=body, stated=stated)
    if (TODAY - day).days < 8:
        return 1
    now, span = day, held.span or 5
    if chance.random() < 0.22:
        now = _step(hand, held, "ask", now + timedelta(days=2), "Thiếu bản sao giấy tờ kèm theo")
        if chance.random() < 0.2:
            return 1
        now = _step(hand, held, "complete", now + timedelta(days=chance.randint(3, 20)))
    slow = chance.random() < 0.12
    days = span + chance.randint(3, 9) if slow else chance.randint(1, max(1, span - 1))
    done = load_book().calendar.next_working_day(now + timedelta(days=days))
    if done >= TODAY:
        return 1
    refused = chance.random() < 0.08
    kind, why = ("refuse", "Không đủ điều kiện theo quy định") if refused else ("grant", "")
    done = _step(hand, held, kind, done, why)
    version = one.at(day)
    if not refused and version and version.then and done + timedelta(days=6) < TODAY and chance.random() < 0.8:
        _step(hand, held, "followed", done + timedelta(days=chance.randint(2, 6)))
    return 1


def _step(hand: Hand, held: Application, kind: str, day: date, text: str = "") -> date:
    held.refresh_from_db()
    actions.take_step(
        hand.on(day, 16), application=held, version=held.version, kind=kind, at=hand.moment(day, 15),
        text=text,
    )  # fmt: skip
    return day

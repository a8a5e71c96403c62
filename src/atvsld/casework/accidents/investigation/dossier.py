"""One dossier for each victim (Decree 39/2016, Art. 16): which papers are there, which are missing, which may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.models import DossierMark, Evidence
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.models import Victim
from atvsld.kit.text import format_date
from atvsld.law.investigation import InvestigationRule
from atvsld.platform.acts import clock

PRESENT, MISSING, OPTIONAL, EXEMPT = "present", "missing", "optional", "exempt"


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One paper: `state` is present, missing, optional (none, and none is needed) or exempt; `sources` say where."""

    rule: InvestigationRule
    label: str
    state: str
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    mark: DossierMark | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The dossier of one victim."""

    victim: Victim
    lines: tuple[DossierLine, ...]

    @property
    def missing(self) -> tuple[DossierLine, ...]:
        return tuple(line for line in self.lines if line.state == MISSING)

    @property
    def anchor(self) -> str:
        """Where the dossier stands on the page."""
        return f"ho-so-{self.victim.position}"

    @property
    def complete(self) -> bool:
        return not self.missing


def dossiers(record: Record) -> list[Dossier]:
    """The dossiers of a case, one for each victim; none where no team investigates."""
    if not record.investigated:
        return []
    rules = record.entries("dossier")
    return [Dossier(victim, tuple(_line(record, victim, rule) for rule in rules)) for victim in record.victims]


def _line(record: Record, victim: Victim, rule: InvestigationRule) -> DossierLine:
    evidence = tuple(
        piece for piece in record.evidence if piece.item == rule.id and _is_of(piece, victim, rule, record)
    )
    sources = (*(_titled(piece) for piece in evidence), *_from_record(record, victim, rule.id))
    mark = next((mark for mark in record.marks if mark.victim_id == victim.pk and mark.item == rule.id), None)
    if sources:
        state = PRESENT
    elif mark is not None or (rule.id == "HS_e" and _excused(record)):
        state = EXEMPT
    else:
        state = MISSING if rule.required or _awaited(record, rule.id) else OPTIONAL
    return DossierLine(rule, name_of(rule, record.on), state, sources, evidence, mark)


def _is_of(piece: Evidence, victim: Victim, rule: InvestigationRule, record: Record) -> bool:
    """A paper about one person must name the victim, unless there is only one."""
    if piece.victim_id is None:
        return rule.per != "victim" or len(record.victims) == 1
    return piece.victim_id == victim.pk


def _titled(piece: Evidence) -> str:
    return ", ".join(filter(None, (piece.title, piece.number, format_date(piece.dated) if piece.dated else "")))


def _from_record(record: Record, victim: Victim, item: str) -> Iterator[str]:
    """What the record itself holds of a paper."""
    if item == "HS_e":
        count = sum(statement.victim_id in (None, victim.pk) for statement in record.statements)
        if count:
            yield _("%(count)s biên bản lấy lời khai trong hồ sơ") % {"count": count}
    elif item == "HS_g" and record.in_force is not None:
        yield _("Biên bản điều tra lần %(number)s") % {"number": record.in_force.number}
    elif item == "HS_h" and record.in_force is not None:
        meeting = record.meeting_of(record.in_force)
        if meeting is not None and meeting.held_at is not None:
            yield _("Họp ngày %(day)s") % {"day": format_date(clock.local_day(meeting.held_at))}
    elif item == "HS_dd":
        for asked in record.expertises:
            if asked.received_on is not None:
                yield f"{asked.get_kind_display()}: {asked.asked_of}"


def _excused(record: Record) -> bool:
    minutes = record.in_force or record.writing
    return minutes is not None and bool(minutes.no_statement_reason.strip())


def _awaited(record: Record, item: str) -> bool:
    """Optional in general, but asked for in this case and not here yet."""
    return item == "HS_dd" and any(asked.received_on is None for asked in record.expertises)

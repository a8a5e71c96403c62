"""A file as the pure rules see it: its facts, its instants, and the level the law gives it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from atvsld.casework.accidents.assessment import deciding, relation_of
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.procedure.models import CaseFile, StageChange
from atvsld.kit.dated import NotInForce
from atvsld.law import LawBook, UnknownEntry
from atvsld.law.competence import Competence, competence
from atvsld.law.procedure import FileFacts, Level
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Instants:
    """When who learned of the accident; None = not known. Lateness is judged from the one the rule names."""

    known_at: datetime | None = None
    employer_aware_at: datetime | None = None
    notified_at: datetime | None = None
    commune_received_at: datetime | None = None
    department_received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The level the law gives a case; `missing` says what the record lacks when it gives none."""

    competence: Competence | None
    missing: str = ""

    @property
    def level(self) -> Level | None:
        return self.competence.level if self.competence else None


def find_level(book: LawBook, file: CaseFile, victims: Sequence[Victim]) -> Finding:
    """The competent level of a file's case by its victims and its kind."""
    facts, missing = deciding(file.case, victims)
    if missing:
        return Finding(None, missing)
    try:
        found = competence(
            book, victims=facts, on=clock.local_day(file.case.occurred_at), special_field=file.special_field,
            sector_law=file.sector_law, abroad=file.abroad,
        )  # fmt: skip
    except (NotInForce, UnknownEntry) as error:
        return Finding(None, str(error))
    return Finding(found)


def facts_of(file: CaseFile, victims: Sequence[Victim], changes: Sequence[StageChange]) -> FileFacts:
    """The file in the words of the rules."""
    relations = {relation_of(file.case, victim) for victim in victims}
    return FileFacts(
        level=Level(file.level) if file.level else None,
        stage=file.stage,
        fatal=sum(victim.severity == "fatal" for victim in victims),
        severe=sum(victim.severity == "severe" for victim in victims),
        contract=bool(relations - {None, "none"}),
        informal="none" in relations,
        abroad=file.abroad,
        traffic=file.traffic,
        expertise=file.expertise,
        upgraded=file.upgraded_at is not None,
        done=frozenset(change.step for change in changes if change.round == file.round),
        before=frozenset(change.step for change in changes if change.round < file.round),
    )


def instants_of(file: CaseFile) -> dict[str, datetime | None]:
    """The moments from which clocks count.

    After a file has moved up, who had to tell the province counts from the moment it became so grave. The
    investigation's own time counts from the news at the competent body, for an accident abroad from the complete
    dossier, and anew after the police return everything, after a move upward and in a reinvestigation.
    """
    found: dict[str, datetime | None] = {
        name: getattr(file, name)
        for name in (
            "employer_aware_at", "commune_received_at", "department_received_at", "joint_phase_ended_at",
            "police_letter_at", "foreign_ended_at", "published_at", "complaint_received_at",
        )
    }  # fmt: skip
    found["grave_known_at"] = file.upgraded_at or file.employer_aware_at
    found["commune_grave_at"] = file.upgraded_at or file.commune_received_at
    news = None
    if file.level:
        news = getattr(file, load_procedure().levels[Level(file.level)].received)
    if file.abroad and file.level == Level.PROVINCE:
        news = file.foreign_dossier_at
    found["investigation_since"] = file.clock_since or news
    return found


def file_of(case: AccidentCase) -> CaseFile | None:
    """The file of a case, None while nobody opened one."""
    return CaseFile.objects.select_related("case").filter(case=case).first()


def picture(file: CaseFile) -> tuple[list[Victim], list[StageChange], FileFacts]:
    """Victims, steps taken and the facts that follow, in two statements."""
    victims = list(Victim.objects.filter(case_id=file.case_id).order_by("position"))
    changes = list(StageChange.objects.filter(file=file).order_by("pk"))
    return victims, changes, facts_of(file, victims, changes)

"""What happens in the cases that an establishment or a commune deals with, and where they are asked again."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rehearsal.acting import SEVERE, Tale, Wait, declared, minutes_out, person, recorded, team_at_work, wound_up

from atvsld.casework.accidents.drafts import VictimDraft
from atvsld.casework.accidents.investigation import actions as inquiry
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.kit.ids import new_ulid


def at_establishment(tale: Tale, *victims: VictimDraft, conclusion: str = "occupational") -> Iterator[Wait]:
    """The usual way of a minor or one-severe case, to the closed file."""
    yield tale.hours(0.5, 8)
    recorded(tale, *victims, by=tale.employer, employer_aware_at=tale.now)
    yield tale.hours(1, 24)
    yield from team_at_work(tale, tale.employer)
    # Some are late: the limit is 4 or 7 days.
    yield tale.days(0.5, 9)
    yield from minutes_out(tale, tale.employer, conclusion=conclusion)
    yield from wound_up(tale, tale.employer)


def minor(tale: Tale) -> Iterator[Wait]:
    yield from at_establishment(tale, person(tale, "minor"))


def one_severe(tale: Tale) -> Iterator[Wait]:
    yield from at_establishment(tale, person(tale, "severe"), person(tale, "minor"))


def commuting(tale: Tale) -> Iterator[Wait]:
    """A road accident on the way to work: benefits under article 39.2, outside the table's first row."""
    yield tale.hours(0.5, 8)
    recorded(tale, person(tale, tale.dice.choice(["minor", "severe"])), by=tale.employer, employer_aware_at=tale.now)
    procedure.describe(tale.act(tale.employer), case=tale.case, traffic=True)
    yield tale.hours(1, 24)
    yield from team_at_work(tale, tale.employer)
    yield tale.days(0.5, 3)
    tale.by(tale.employer).keep(tale.dice.choice(["GT_1", "GT_2", "GT_3"]))
    yield from minutes_out(tale, tale.employer, conclusion="article_39_2")
    yield from wound_up(tale, tale.employer)


def not_occupational(tale: Tale) -> Iterator[Wait]:
    yield from at_establishment(tale, person(tale, "minor"), conclusion="not_occupational")


def informal_minor(tale: Tale) -> Iterator[Wait]:
    """The commune only counts it."""
    yield tale.hours(1, 30)
    recorded(tale, person(tale, "minor", "none"), by=tale.commune, commune_received_at=tale.now)
    yield tale.days(1, 10)
    tale.by(tale.commune).close()


def informal_severe(tale: Tale) -> Iterator[Wait]:
    """The family tells the commune, which records it and posts the record."""
    yield tale.hours(1, 30)
    declared(tale, person(tale, "severe", "none"), kind="family", by=tale.commune)
    yield tale.days(0.5, 4)
    yield from commune_record(tale)
    yield tale.days(1, 5)
    tale.by(tale.commune).close()


def informal_severe_under_districts(tale: Tale) -> Iterator[Wait]:
    """As the law stood until 30/6/2025: the commune reports to the district as well."""
    tale.place = tale.world.land.old.pk
    yield tale.hours(1, 20)
    declared(tale, person(tale, "severe", "none"), kind="family", by=tale.commune)
    yield tale.days(0.5, 2)
    yield from commune_record(tale)
    yield tale.hours(1, 20)
    tale.step("report_to_district", tale.commune)
    yield tale.days(1, 3)
    tale.by(tale.commune).close()


def commune_record(tale: Tale) -> Iterator[Wait]:
    draft = drafts.CommuneRecordDraft(
        recorder="Người Ghi", news_at=tale.story.now, news_source="gia đình", spot="Thôn Thử", course="Ngã.",
        cause_code="7", injury_agent_code="1", injury_codes=SEVERE, signatories="UBND, gia đình",
    )  # fmt: skip
    held = inquiry.write_commune_record(tale.act(tale.commune), case=tale.case, key=new_ulid(), version=0, draft=draft)
    yield tale.hours(1, 20)
    inquiry.complete_commune_record(tale.act(tale.commune), commune_record=held, version=held.version)
    yield tale.hours(1, 20)
    tale.by(tale.commune).post()


def extended(tale: Tale) -> Iterator[Wait]:
    yield tale.hours(0.5, 8)
    recorded(tale, person(tale, "severe"), by=tale.employer, employer_aware_at=tale.now)
    yield tale.hours(1, 24)
    yield from team_at_work(tale, tale.employer)
    yield tale.days(2, 4)
    tale.step("extend", tale.employer, days=tale.dice.randint(1, 7), approved_by="Giám đốc")
    yield tale.days(3, 6)
    yield from minutes_out(tale, tale.employer, conclusion="occupational")
    yield from wound_up(tale, tale.employer)


def complaint_answered(tale: Tale) -> Iterator[Wait]:
    yield from at_establishment(tale, person(tale, "severe"))
    yield tale.days(5, 50)
    tale.step("complain", tale.employer, complainant="victim")
    yield tale.days(3, 16)
    tale.step("answer_complaint", tale.employer)


def out_of_scope(tale: Tale) -> Iterator[Wait]:
    yield tale.hours(0.5, 8)
    recorded(tale, person(tale, "minor"), by=tale.employer, employer_aware_at=tale.now)
    yield tale.days(1, 3)
    tale.step("set_out_of_scope")
    tale.conclusion = "pending"

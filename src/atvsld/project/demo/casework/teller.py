"""Tells one file step by step, each at its own moment, through the actions people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Self

from ulid import ULID

from atvsld.casework.accidents import actions as base
from atvsld.casework.accidents.declarations import facade as declarations
from atvsld.casework.accidents.declarations.notice import Notice, Reporter
from atvsld.casework.accidents.drafts import VictimDraft, columns
from atvsld.casework.accidents.investigation import actions as work
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.models import PublicationMeeting
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.platform.acts import Act, clock
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers.models import Paper
from atvsld.project.demo.accidents import VIET_NAM
from atvsld.project.demo.material import material
from atvsld.registers.establishments.models import Establishment

# One page that says what it is: the demo's evidence is not evidence.
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n% "
)
AGENCIES = {
    "employer": ("Ban Giám đốc", "Giám đốc"),
    "union": ("Công đoàn cơ sở", "Chủ tịch"),
    "safety_officer": ("Bộ phận an toàn", "Cán bộ an toàn"),
    "health_worker": ("Bộ phận y tế", "Y sĩ"),
    "osh_authority": ("Cơ quan chuyên môn về lao động cấp tỉnh", "Trưởng phòng"),
    "health_department": ("Cơ quan chuyên môn về y tế cấp tỉnh", "Chuyên viên"),
    "provincial_union": ("Liên đoàn Lao động tỉnh", "Phó trưởng ban"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the stories happen: the demo employer, the demo commune, and establishments beside."""

    employer: Establishment
    commune: int
    others: Sequence[Establishment]


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of 2026 in Viet Nam."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIET_NAM)


class Teller:
    """One case; `now` moves on with `on`."""

    def __init__(self, act: Act, chance: Random, now: datetime) -> None:
        self._act, self.chance, self.now = act, chance, now
        self.case: AccidentCase

    # ---- the clock, the actor, keys -------------------------------------------------------------
    def act(self, reason: str = "") -> Act:
        return replace(self._act, at=self.now, reason=reason or self._act.reason)

    def on(self, month: int, day: int, hour: int = 9, minute: int = 0) -> Self:
        self.now = at(month, day, hour, minute)
        return self

    def key(self) -> str:
        """A public id that is the same for the same seed."""
        stamp = int(self.now.timestamp() * 1000).to_bytes(6, "big")
        return str(ULID.from_bytes(stamp + self.chance.randbytes(10)))

    def person(self, sex: str = "male") -> str:
        return material().person(self.chance, sex)

    @property
    def day(self) -> date:
        return clock.local_day(self.now)

    @property
    def record(self) -> Record:
        file = procedure.file_of(self.case)
        assert file is not None  # a declaration opened it
        return Record(file)

    # ---- the news -------------------------------------------------------------------------------
    def told(self, *, occurred_at: datetime, victims: Sequence[VictimDraft], **told: Any) -> Self:
        """The first word; `victims` whole, so that nothing waits for the full declaration."""
        count = {
            severity: sum(one.severity == severity for one in victims) for severity in ("fatal", "severe", "minor")
        }
        notice = Notice(
            occurred_at=occurred_at, known_at=told.pop("known_at", occurred_at + timedelta(minutes=10)),
            notified_at=self.now, dead=count["fatal"], severe=count["severe"], minor=count["minor"],
            victims=tuple(victims), reporter=Reporter(name=self.person(), phone="0900000000", relation="người báo tin"),
            **told,
        )  # fmt: skip
        made = declarations.receive(self.act(), key=self.key(), notice=notice)
        assert made.case is not None
        self.case = made.case
        return self

    def victim(self, severity: str = "minor", **known: Any) -> VictimDraft:
        """A person of the demo; identity numbers are left out."""
        stated: dict[str, Any] = {
            "name": self.person(), "birth_year": 2026 - self.chance.randint(22, 55), "sex": "male",
            "labour_relation": "contract", "severity": severity, "managed": True, "occupation_code": "71",
        }  # fmt: skip
        return VictimDraft(**(stated | known))

    # ---- procedure ------------------------------------------------------------------------------
    def step(self, *names: str, reason: str = "", **facts: Any) -> Self:
        for name in names:
            procedure.advance(
                self.act(), case=self.case, step=name, at=self.now, reason=reason, key=self.key(), **facts
            )
        return self

    def dies(self, number: int = 1) -> Self:
        """A victim dies of the injuries: the file moves up by itself (Điều 22)."""
        self.case.refresh_from_db()
        victim = self.case.victims.get(position=number)
        stated = {name: value for name, value in _stated(victim).items() if name != "severity"}
        changes = VictimDraft(**stated, severity="fatal")
        base.change_victim(
            self.act("Giấy báo tử của bệnh viện"), victim=victim, version=self.case.version, changes=changes
        )
        self.case.refresh_from_db()
        return self

    # ---- papers ---------------------------------------------------------------------------------
    def begins(self, kind: str) -> Paper:
        """A paper begun from what the record says."""
        return papers.draft(self.act(), key=self.key(), kind=kind, subject=self.case.public_id)

    def issues(self, kind: str) -> Self:
        """A paper under its number, kept as Word and PDF."""
        paper = self.begins(kind)
        if not paper.signer_name:
            head = papers.Head(**{name: getattr(paper, name) for name in papers.Head.__dataclass_fields__})
            signed = replace(head, signer_name="Lê Giám Đốc")
            paper = papers.edit(self.act(), paper=paper, version=paper.version, fields={}, head=signed)
        papers.issue(self.act(), paper=paper, version=paper.version, on=self.day)
        return self

    # ---- investigation --------------------------------------------------------------------------
    def team(self, number: str) -> Self:
        members = tuple(
            drafts.MemberDraft(
                role=rule.id, name=self.person("female" if rule.id.startswith("health") else "male"),
                agency=AGENCIES.get(rule.id, ("Cơ quan phối hợp", "Cán bộ"))[0],
                title=AGENCIES.get(rule.id, ("", "Cán bộ"))[1], is_leader=rule.leader,
            )
            for rule in self.record.entries("members")
        )  # fmt: skip
        draft = drafts.TeamDraft(
            decision_date=self.day, decision_number=number, signer_name=self.person(), signer_title="Giám đốc",
            members=members,
        )  # fmt: skip
        work.set_up_team(self.act(), case=self.case, key=self.key(), draft=draft)
        work.begin(self.act(), case=self.case)
        return self

    def scene(self, **told: Any) -> Self:
        draft = drafts.SceneDraft(scene_visited_at=self.now, scene="preserved", **told)
        work.record_scene(self.act(), case=self.case, version=0, draft=draft)
        return self

    def hears(self, relation: str, words: str) -> Self:
        draft = drafts.StatementDraft(
            relation=relation, person=f"{self.person()}, sinh năm 1985", content=words,
            taken_at=self.now - timedelta(hours=1), place="Phòng họp của cơ sở", taken_by=self.person(), signed=True,
        )  # fmt: skip
        work.add_statement(self.act(), case=self.case, key=self.key(), draft=draft)
        return self

    def keeps(self, *items: tuple[str, str]) -> Self:
        """Evidence: entry of the dossier and title; for every victim where the entry is one a victim."""
        for item, title in items:
            for victim in self._each(per_victim=item in {"HS_d", "HS_i", "HS_k"}):
                number = f" – người bị nạn thứ {victim.position}" if victim else ""
                draft = drafts.EvidenceDraft(
                    item=item, title=f"{title}{number}", victim_id=victim.pk if victim else None, dated=self.day
                )
                name, content = f"{item}{number}.pdf", PAPER + f"{self.case.public_id} {title}{number}".encode()
                work.add_evidence(self.act(), case=self.case, key=self.key(), name=name, content=content, draft=draft)
        return self

    def minutes(self, **written: Any) -> Self:
        """Minutes written and approved; `measures` as (text, responsible, due)."""
        measures = tuple(
            drafts.MeasureDraft(text=text, responsible=who, due_on=due)
            for text, who, due in written.pop("measures", ())
        )
        stated: dict[str, Any] = {
            "hours_worked": Decimal("3.5"), "course": self.case.description, "fault": "employer", "cause_code": "1",
            "injury_agent_code": self.case.injury_agent_code or "1", "conclusion": "occupational",
            "conclusion_detail": "Là tai nạn lao động.", "property_damage": 0, "measures": measures,
            "victims": tuple(self._finding(victim) for victim in self.record.victims),
        }  # fmt: skip
        minutes = work.start_minutes(self.act(), case=self.case, key=self.key())
        draft = drafts.MinutesDraft(**(stated | written))
        changed = work.change_minutes(self.act(), minutes=minutes, version=minutes.version, draft=draft)
        work.approve_minutes(self.act(), minutes=changed, version=changed.version)
        return self

    def _finding(self, victim: Victim) -> drafts.FindingDraft:
        days = {"fatal": None, "severe": 45, "minor": 4}[victim.severity or "minor"]
        cost = {"fatal": 35_000_000, "severe": 28_000_000, "minor": 1_500_000}[victim.severity or "minor"]
        return drafts.FindingDraft(
            victim_id=victim.pk, severity=victim.severity, injury_codes=tuple(victim.injury_codes),
            injury="Theo giấy chứng thương", treated_at="Bệnh viện đa khoa khu vực", first_treatment="Sơ cứu tại chỗ",
            days_lost=days, medical_cost=cost, wage_cost=(days or 0) * 350_000, compensation_cost=0,
            service_years=Decimal(3), trade_years=Decimal(4), trained=True,
        )  # fmt: skip

    def publishes(self, month: int, day: int, hour: int = 14) -> Self:
        """The meeting, called now and held on another day."""
        invitees = tuple(
            drafts.InviteeDraft(role=rule.id, name=self.person(), victim_id=victim.pk if victim else None)
            for rule in self.record.entries("invitees")
            if rule.required
            for victim in self._each(per_victim=rule.per == "victim")
        )
        held_at = at(month, day, hour)
        draft = drafts.MeetingDraft(planned_at=held_at, place="Hội trường của cơ sở", invitees=invitees)
        meeting = work.call_meeting(self.act(), case=self.case, version=0, draft=draft)
        self.now = held_at + timedelta(hours=2)
        meeting = PublicationMeeting.objects.get(pk=meeting.pk)
        attendance = tuple(
            drafts.AttendanceDraft(position=one.position, attended=True, signed=True)
            for one in meeting.participants.all()
        )
        held = drafts.HeldDraft(
            held_at=held_at, chair=self.person(), proceedings="Trưởng đoàn công bố biên bản; các bên nhất trí.",
            attendance=attendance, employer_signed=True,
        )  # fmt: skip
        work.publish(self.act(), meeting=meeting, version=meeting.version, draft=held)
        return self

    def _each(self, *, per_victim: bool) -> list[Victim | None]:
        """Every victim, or once without one."""
        return list(self.record.victims) if per_victim else [None]

    def sends(self) -> Self:
        for number, delivery in enumerate(self.record.deliveries, start=1):
            if delivery.required:
                draft = drafts.SendingDraft(sent_at=self.now, channel="post", reference=f"RB{number:06d}VN")
                work.record_sending(self.act(), delivery=delivery, draft=draft)
        return self

    def posts(self) -> Self:
        for rule in self.record.entries("postings"):
            draft = drafts.PostingDraft(role=rule.id, posted_on=self.day, place="Bảng tin")
            work.record_posting(self.act(), case=self.case, draft=draft)
        return self

    def carries_out(self) -> Self:
        for item in self.record.recommendations:
            work.report_recommendation(
                self.act(), recommendation=item, version=item.version, done_on=self.day, result="Đã thực hiện xong"
            )
        return self

    def closes(self, note: str = "Đã chi trả chế độ") -> Self:
        work.settle_benefits(self.act(), case=self.case, settled_on=self.day, note=note)
        work.close_case(self.act(), case=self.case)
        return self

    def commune_writes(self, **written: Any) -> Self:
        """The commune's own record of an accident without labour contract, and its posting."""
        stated: dict[str, Any] = {
            "recorder": self.person(), "recorder_title": "Công chức phụ trách lao động",
            "news_at": self.now - timedelta(hours=3), "news_source": "Gia đình người bị nạn",
            "course": self.case.description, "injury_agent_code": self.case.injury_agent_code, "cause_code": "6",
            "treated_at": "Bệnh viện đa khoa khu vực", "days_lost": 60, "medical_cost": 32_000_000,
        }  # fmt: skip
        draft = drafts.CommuneRecordDraft(**(stated | written))
        made = work.write_commune_record(self.act(), case=self.case, key=self.key(), version=0, draft=draft)
        work.complete_commune_record(self.act(), commune_record=made, version=made.version)
        return self


def _stated(victim: Victim) -> dict[str, Any]:
    """What a record states of a victim, as a draft takes it."""
    names = columns(VictimDraft())
    return {name: getattr(victim, name) for name in names}

"""An investigation told step by step, with a clock of its own, for the tests to stop at any point."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.casework.accidents.scene import Land, opened, victim_draft

from atvsld.casework.accidents.investigation import actions as acts
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.models import Minutes, PublicationMeeting
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.facade import Instants, file_of, open_file
from atvsld.kit.ids import new_ulid
from atvsld.platform.access.actor import EVERYWHERE, Actor, Grant
from atvsld.platform.acts import Act, Channel
from atvsld.registers.offices.roles import roles

HAPPENED = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
INJURY = "024"


@dataclass
class Story:
    """One case under investigation. `now` moves on with `later`; `actor` does everything until somebody else does."""

    land: Land
    case: AccidentCase
    actor: Actor
    now: datetime = HAPPENED + timedelta(hours=1)
    pieces: list[str] = field(default_factory=list)

    def act(self, reason: str = "", actor: Actor | None = None) -> Act:
        return Act(actor or self.actor, Channel.PAGE, at=self.now, reason=reason)

    def later(self, **span: float) -> Story:
        self.now += timedelta(**span)
        return self

    @property
    def record(self) -> Record:
        file = file_of(self.case)
        assert file is not None
        return Record(file)

    @property
    def stage(self) -> str:
        return self.record.file.stage

    @property
    def day(self) -> date:
        return self.now.date()

    @property
    def minutes(self) -> Minutes:
        return Minutes.objects.filter(case=self.case).latest("number")

    @property
    def meeting(self) -> PublicationMeeting:
        return PublicationMeeting.objects.get(minutes=self.minutes)

    def set_up(self) -> Story:
        rules = self.record.entries("members")
        members = tuple(
            drafts.MemberDraft(
                role=rule.id, name=f"Người {n}", agency=f"Đơn vị {n}", title="Cán bộ", is_leader=rule.leader
            )
            for n, rule in enumerate(rules, start=1)
        )
        draft = drafts.TeamDraft(
            decision_date=self.day, decision_number="12/QĐ", signer_name="Người Ký", signer_title="Giám đốc",
            members=members,
        )  # fmt: skip
        acts.set_up_team(self.act(), case=self.case, key=new_ulid(), draft=draft)
        return self

    def begin(self) -> Story:
        acts.begin(self.act(), case=self.case)
        return self

    def statement_draft(self, **changes) -> drafts.StatementDraft:
        stated = {
            "relation": "witness", "person": "Trần Thị Chứng, sinh 1985", "content": "Hỏi: …\nĐáp: Tôi thấy máy dừng.",
            "taken_at": self.now - timedelta(minutes=30), "place": "Phòng họp", "taken_by": "Người 1",
        }  # fmt: skip
        return drafts.StatementDraft(**(stated | changes))

    def hear(self, **changes) -> Story:
        acts.add_statement(self.act(), case=self.case, key=new_ulid(), draft=self.statement_draft(**changes))
        return self

    def keep(self, *items: str, victim_id: int | None = None) -> Story:
        for item in items:
            acts.add_evidence(
                self.act(), case=self.case, key=new_ulid(), name=f"{item}.pdf", content=PDF + item.encode(),
                draft=drafts.EvidenceDraft(item=item, title=f"Tài liệu {item}", victim_id=victim_id),
            )  # fmt: skip
        return self

    def finding(self, victim, **changes) -> drafts.FindingDraft:
        stated = {
            "victim_id": victim.pk, "severity": victim.severity, "injury_codes": tuple(victim.injury_codes),
            "injury": "Vết thương ở tay", "treated_at": "Trung tâm y tế", "first_treatment": "Sơ cứu tại chỗ",
            "days_lost": 3, "medical_cost": 2_000_000, "wage_cost": 900_000, "compensation_cost": 0,
            "service_years": Decimal("2.5"), "trained": True,
        }  # fmt: skip
        return drafts.FindingDraft(**(stated | changes))

    def minutes_draft(self, **changes) -> drafts.MinutesDraft:
        stated = {
            "hours_worked": Decimal("2.5"), "course": "Đang vận hành máy thì bị kẹp tay.", "fault": "employer",
            "cause_code": "1", "cause_detail": "Che chắn hỏng.", "injury_agent_code": "1",
            "conclusion": "occupational", "conclusion_detail": "Là tai nạn lao động.", "property_damage": 4_000_000,
            "victims": tuple(self.finding(victim) for victim in self.record.victims),
            "measures": (
                drafts.MeasureDraft(
                    text="Lắp lại che chắn", responsible="Quản đốc", due_on=self.day + timedelta(days=20)
                ),
            ),
        }  # fmt: skip
        return drafts.MinutesDraft(**(stated | changes))

    def write(self, **changes) -> Story:
        minutes = acts.start_minutes(self.act(), case=self.case, key=new_ulid())
        acts.change_minutes(self.act(), minutes=minutes, version=minutes.version, draft=self.minutes_draft(**changes))
        return self

    def approve(self) -> Story:
        acts.approve_minutes(self.act(), minutes=self.minutes, version=self.minutes.version)
        return self

    def invitees(self) -> tuple[drafts.InviteeDraft, ...]:
        found = []
        for rule in self.record.entries("invitees"):
            victims = self.record.victims if rule.per == "victim" else [None]
            found += [
                drafts.InviteeDraft(role=rule.id, name="Người dự", victim_id=victim.pk if victim else None)
                for victim in victims
                if rule.required
            ]
        return tuple(found)

    def meeting_draft(self, **changes) -> drafts.MeetingDraft:
        stated = {"planned_at": self.now + timedelta(hours=5), "place": "Hội trường", "invitees": self.invitees()}
        return drafts.MeetingDraft(**(stated | changes))

    def call(self, **changes) -> Story:
        acts.call_meeting(self.act(), case=self.case, version=0, draft=self.meeting_draft(**changes))
        return self

    def held_draft(self, **changes) -> drafts.HeldDraft:
        attendance = tuple(
            drafts.AttendanceDraft(position=one.position, attended=True, signed=True)
            for one in self.meeting.participants.all()
        )
        stated = {
            "held_at": self.now - timedelta(minutes=5), "chair": "Người 1", "proceedings": "Đã công bố.",
            "attendance": attendance, "employer_signed": True,
        }  # fmt: skip
        return drafts.HeldDraft(**(stated | changes))

    def publish(self, **changes) -> Story:
        meeting = self.meeting
        acts.publish(self.act(), meeting=meeting, version=meeting.version, draft=self.held_draft(**changes))
        return self

    def send(self) -> Story:
        for delivery in self.record.deliveries:
            if delivery.required:
                draft = drafts.SendingDraft(sent_at=self.now, channel="post", reference="RB123456789VN")
                acts.record_sending(self.act(), delivery=delivery, draft=draft)
        return self

    def post(self) -> Story:
        for rule in self.record.entries("postings"):
            draft = drafts.PostingDraft(role=rule.id, posted_on=self.day, place="Bảng tin")
            acts.record_posting(self.act(), case=self.case, draft=draft)
        return self

    def carry_out(self) -> Story:
        for item in self.record.recommendations:
            acts.report_recommendation(
                self.act(), recommendation=item, version=item.version, done_on=self.day, result="Đã lắp xong"
            )
        return self

    def settle(self) -> Story:
        acts.settle_benefits(self.act(), case=self.case, settled_on=self.day, note="Đã chi trả")
        return self

    def close(self) -> Story:
        acts.close_case(self.act(), case=self.case)
        return self


def anyone(role: str = "province_officer") -> Actor:
    """Somebody who holds a role everywhere."""
    return Actor("thử", None, (Grant(role, roles()[role].permissions, EVERYWHERE),), frozenset({role}))


def begun(land: Land, *victims, actor: Actor | None = None, at: datetime | None = None, **changes) -> Story:
    """A case on which the news has come in (at a moment, else 40 minutes after it happened) and the file is open."""
    stated = {"occurred_at": HAPPENED, "conclusion": "pending", "cause_code": None, "injury_agent_code": None} | changes
    by = anyone()
    start = at or HAPPENED + timedelta(minutes=40)
    act = Act(by, Channel.PAGE, at=start)
    case = opened(land, *(victims or (victim_draft(),)), by=act, **stated)
    known = Instants(
        known_at=start, employer_aware_at=start, notified_at=start, commune_received_at=start,
        department_received_at=start,
    )  # fmt: skip
    open_file(act, case=case, instants=known)
    return Story(land, case, actor or by)


__all__ = ["HAPPENED", "INJURY", "PDF", "Story", "anyone", "begun", "replace"]

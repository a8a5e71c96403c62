"""Two departments, a commune and the finance body of a small province, with tasks of their yearly plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.casework.accidents.scene import Land, build

from atvsld.kit.ids import new_ulid
from atvsld.kit.text import fold
from atvsld.oversight.budget import actions
from atvsld.oversight.budget.drafts import AllocationDraft, CommitmentDraft, LineDraft, PaymentDraft
from atvsld.oversight.workplans.models import Task, TaskHolding, TaskSupport, WorkPlan
from atvsld.platform.access.actor import Actor, Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles

VN = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = 2026


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=VN)


@dataclass
class Stage:
    """The bodies and one task each; `health` works along in the task of `labour`."""

    land: Land
    labour: Body
    health: Body
    finance: Body
    commune: Body
    labour_task: Task
    health_task: Task
    commune_task: Task


def body(code: str, name: str, place, start=date(2020, 1, 1), end=None) -> Body:
    return Body.objects.create(
        code=code, name=name, name_folded=fold(name), place=place, valid_from=start, valid_to=end
    )


def task(owner: Body, title: str, *, clause="IV.1.2", year=YEAR) -> Task:
    plan, _made = WorkPlan.objects.get_or_create(
        programme="province-2024", year=year, body=owner, defaults={"place": owner.place}
    )
    made = Task.objects.create(
        plan=plan, number=plan.tasks.count() + 1, clause=clause, title=title, body=owner, place=owner.place,
        starts_on=date(year, 1, 1), ends_on=date(year, 12, 31),
    )  # fmt: skip
    TaskHolding.objects.create(task=made, body=owner, since=date(year, 1, 1))
    return made


def stage() -> Stage:
    land = build()
    labour = body("so-lao-dong-thu", "Sở Lao động Thử", land.province)
    health = body("so-y-te-thu", "Sở Y tế Thử", land.province)
    finance = body("so-tai-chinh-thu", "Sở Tài chính Thử", land.province)
    commune = body("ubnd-song-thu", "Ủy ban nhân dân xã Sông Thử", land.river, date(2025, 7, 1))
    joint = task(labour, "Huấn luyện người lao động làm việc nặng nhọc")
    TaskSupport.objects.create(task=joint, body=health)
    return Stage(
        land, labour, health, finance, commune, joint, task(health, "Khám phát hiện bệnh nghề nghiệp"),
        task(commune, "Tuyên truyền tại xã", clause="IV.17.1"),
    )  # fmt: skip


def officer(held: Body, *, role="plan_officer", on=date(2026, 6, 1), reason="thử") -> Act:
    """An act of a body's officer on a day; the province is the reach of reading."""
    found = roles()[role]
    own = Scope("body", lineage(held.pk), label=held.name, root=held.pk)
    reach = Scope(everything=True)
    actor = Actor(
        f"cán bộ {held.name}", None, (Grant(role, found.permissions, reach), Grant(role, found.own, own)),
        frozenset({role}),
    )  # fmt: skip
    return Act(actor=actor, channel=Channel.PAGE, at=moment(on), reason=reason)


def person(username: str, role: str, held: Body) -> User:
    user = User.objects.create_user(username=username, password="khong-dung-that-99")
    Office.objects.create(user=user, role=role, place=held.place, body=held, valid_from=date(2020, 1, 1))
    return user


def line(act: Act, where: Task, amount=100, *, source="province", purpose="Mở lớp", **more):
    given = {"year": YEAR, "source": source, "purpose": purpose, "estimate": amount}
    payer = more.pop("body", None)
    return actions.add_line(act, key=new_ulid(), task=where, draft=LineDraft(**(given | more)), body=payer)


def proposed(act: Act, where: Task, amount=100, **more):
    made = line(act, where, amount, **more)
    actions.propose(act, lines=[made])
    made.refresh_from_db()
    return made


def given(act: Act, made, amount, *, number="10/QĐ", kind="given", note="thử", day=date(2026, 1, 10)):
    made.refresh_from_db()
    draft = AllocationDraft(number=number, day=day, amount=amount, kind=kind, note=note)
    return actions.allocate(act, line=made, version=made.version, draft=draft)


def committed(act: Act, made, amount, *, number="01/HĐ", day=date(2026, 3, 1)):
    made.refresh_from_db()
    draft = CommitmentDraft(number=number, partner="Trường Thử", day=day, amount=amount)
    return actions.commit(act, line=made, version=made.version, draft=draft)


def paid(act: Act, made, amount, *, number="C1", day=date(2026, 4, 1), kind="paid", commitment=""):
    made.refresh_from_db()
    draft = PaymentDraft(number=number, day=day, amount=amount, kind=kind, commitment=commitment)
    return actions.pay(act, line=made, version=made.version, draft=draft)

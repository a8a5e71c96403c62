"""What people do in a case, by the rooms' own actions; the scripts put these together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.casework.accidents.investigation.story import Story
from tests.rehearsal.world import World

from atvsld.casework.accidents import actions as base
from atvsld.casework.accidents.benefits import actions as benefits
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.casework.accidents.declarations.actions import receive
from atvsld.casework.accidents.declarations.notice import Notice, Reporter
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.casework.accidents.settlement import settlement
from atvsld.kit.ids import new_ulid
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Channel, clock

Wait = timedelta
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEVERE = ("015",)


@dataclass
class Tale:
    """One case as it unfolds: its dice, its clock, its story, and what an independent book-keeper would note."""

    world: World
    dice: Random
    kind: str
    happened: datetime
    now: datetime = field(init=False)
    story: Story = field(init=False)
    place: int = field(init=False)
    firm: int = field(init=False)
    people: list[dict[str, object]] = field(default_factory=list)
    conclusion: str = "pending"

    def __post_init__(self) -> None:
        land = self.world.land
        self.now = self.happened
        self.place, self.firm = self.dice.choice([(land.river.pk, land.mill.pk), (land.hill.pk, land.quarry.pk)])

    @property
    def employer(self) -> Actor:
        return self.world.employers[self.firm]

    @property
    def commune(self) -> Actor:
        return self.world.communes[self.place]

    @property
    def case(self) -> AccidentCase:
        return self.story.case

    def act(self, actor: Actor | None = None, reason: str = "") -> Act:
        return Act(actor or self.world.officer, Channel.PAGE, at=self.now, reason=reason)

    def step(self, name: str, actor: Actor | None = None, **facts: object) -> None:
        facts.setdefault("reason", "theo diễn tập")
        procedure.advance(self.act(actor), case=self.case, step=name, at=self.now, **facts)

    def by(self, actor: Actor) -> Story:
        """The story goes on now, by somebody."""
        self.story.now, self.story.actor = self.now, actor
        self.story.case.refresh_from_db()
        return self.story

    def hours(self, low: float, high: float) -> Wait:
        return HOUR * self.dice.uniform(low, high)

    def days(self, low: float, high: float) -> Wait:
        return DAY * self.dice.uniform(low, high)


def person(tale: Tale, severity: str, relation: str = "contract") -> VictimDraft:
    """One victim, noted in the independent book."""
    sex = tale.dice.choice(["male", "female"])
    tale.people.append({"severity": severity, "relation": relation, "sex": sex})
    return VictimDraft(
        name="Người Thử", birth_year=1990, sex=sex, occupation_code="71", labour_relation=relation, severity=severity,
        injury_codes=SEVERE if severity == "severe" else (), managed=True, days_lost=3, medical_cost=1_000_000,
    )  # fmt: skip


def notice(tale: Tale, kind: str, victims: tuple[VictimDraft, ...], *, firm: bool, known: datetime) -> Notice:
    counts = [sum(victim.severity == severity for victim in victims) for severity in ("fatal", "severe", "minor")]
    return Notice(
        kind=kind, channel="phone", occurred_at=tale.happened, place_id=tale.place, known_at=known,
        establishment_id=tale.firm if firm else None, dead=counts[0], severe=counts[1], minor=counts[2],
        labour_relation=victims[0].labour_relation, description="Diễn tập", spot="Nơi thử",
        cause_code="7", injury_agent_code="1", victims=victims,
        reporter=Reporter(name="Người Báo", phone="0900000000"),
    )  # fmt: skip


def declared(tale: Tale, *victims: VictimDraft, kind: str = "employer", by: Actor | None = None) -> None:
    """Somebody declares; the case and its file are there afterwards. `story.case` is what the rooms made of it."""
    actor = by or tale.employer
    known = tale.happened + (tale.now - tale.happened) / 2
    record = receive(
        tale.act(actor), key=new_ulid(), notice=notice(tale, kind, victims, firm=kind in {"employer", "abroad"},
        known=known),
    )  # fmt: skip
    assert record.case is not None
    tale.story = Story(tale.world.land, record.case, actor, now=tale.now)


def recorded(tale: Tale, *victims: VictimDraft, by: Actor, **told: datetime) -> None:
    """A case entered by page with the instants known, where the law asks for no declaration to the State."""
    draft = CaseDraft(
        occurred_at=tale.happened, place_id=tale.place,
        establishment_id=tale.firm if by is tale.employer else None, cause_code="7", injury_agent_code="1",
    )  # fmt: skip
    case = base.open_case(tale.act(by), key=new_ulid(), case=draft, victims=victims)
    procedure.open_file(tale.act(by), case=case, instants=procedure.Instants(**told))
    tale.story = Story(tale.world.land, case, by, now=tale.now)


def team_at_work(tale: Tale, actor: Actor) -> Iterator[Wait]:
    """The team is set up and goes to work; papers of the dossier come in."""
    tale.by(actor).set_up()
    yield tale.hours(2, 12)
    story = tale.by(actor).begin().hear().keep("HS_b", "HS_c")
    for victim in story.record.victims:
        story.keep("HS_d", victim_id=victim.pk)


def minutes_out(tale: Tale, actor: Actor, *, conclusion: str, slow: float = 1) -> Iterator[Wait]:
    """Minutes are written, approved, published and sent."""
    tale.conclusion = conclusion
    tale.by(actor).write(conclusion=conclusion).approve()
    yield tale.hours(2, 20)
    tale.by(actor).call()
    yield tale.days(0.3, 1) * slow
    tale.by(actor).publish()
    yield tale.days(0.3, 2)
    tale.by(actor).send().post()


def wound_up(tale: Tale, actor: Actor) -> Iterator[Wait]:
    """Recommendations are carried out, benefits settled, the file closed."""
    yield tale.days(2, 15)
    tale.by(actor).carry_out()
    if tale.conclusion != "not_occupational":
        decide_for_the_dead(tale)
    yield tale.days(1, 6)
    story = tale.by(actor)
    if not settlement(tale.case).known:
        story.settle()
    story.close()


def decide_for_the_dead(tale: Tale) -> None:
    """The employer decides, pays and files what is owed for each dead worker with a labour relation."""
    act, day = tale.act(tale.employer), clock.local_day(tale.now)
    for victim in tale.case.victims.filter(severity="fatal").exclude(labour_relation="none"):
        facts = Facts(
            kind="compensation", on=clock.local_day(tale.happened), salaries=(10_000_000,) * 6, fault="others"
        )
        benefit = benefits.reckon_benefit(act, key=new_ulid(), victim=victim, facts=facts)
        benefits.decide_benefit(
            act, benefit=benefit, version=benefit.version, amount=benefit.reckoned, decided_on=day, number="1/QĐ"
        )
        benefit.refresh_from_db()
        benefits.pay_benefit(
            act, key=new_ulid(), benefit=benefit, version=benefit.version, amount=benefit.reckoned, paid_on=day
        )
        benefit.refresh_from_db()
        benefits.file_benefit(act, benefit=benefit, version=benefit.version, filed_on=day)

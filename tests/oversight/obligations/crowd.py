"""A random crowd of reporters with every kind of hole, and a tally of who owes what in plain Python."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from tests.oversight.reporting import province

from atvsld.kit.periods import Period
from atvsld.oversight.filing.models import Filing, Submission
from atvsld.oversight.obligations.models import StatedFact
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import Establishment, EstablishmentIndustry, HazardFact, WorkforceYear
from atvsld.registers.places.models import Place
from atvsld.registers.providers.models import ProviderQualification, ServiceProvider

TODAY = date(2026, 11, 29)
FIRST = date(2020, 1, 1)


def body(code: str, function: str, place: Place, start: date = FIRST, end: date | None = None) -> Body:
    made = Body.objects.create(
        code=code, name=f"Cơ quan {code}", name_folded=f"co quan {code}", place=place, valid_from=start, valid_to=end
    )
    BodyFunction.objects.create(body=made, function=function, place=place, valid_from=start, valid_to=end)
    return made


def build(*, seed: int = 7, count: int = 60) -> SimpleNamespace:
    """The province, its bodies, and `count` establishments."""
    dice = random.Random(seed)
    top, communes = province.places()
    far = Place.objects.create(
        code="79", name="Tỉnh Xa", name_folded="tinh xa", level="province", kind="Tỉnh", valid_from=date(1997, 1, 1)
    )
    lead = body("so-noi-vu", "osh_lead", top)
    offices = [body(f"xa-{number}", "commune", commune) for number, commune in enumerate(communes)]
    firms = [_firm(dice, number, communes, far) for number in range(count)]
    # Two were merged into the first: they are nobody's reporters any more.
    Establishment.objects.filter(pk__in=[firm.pk for firm in firms[-2:]]).update(merged_into=firms[0])
    return SimpleNamespace(top=top, communes=communes, far=far, lead=lead, offices=offices, firms=firms[:-2], dice=dice)


def _firm(dice: random.Random, number: int, communes: list[Place], far: Place) -> Establishment:
    here = dice.choice(communes)
    firm = Establishment.objects.create(
        tax_code=f"99{number:08d}", name=f"Cơ sở {number}", name_folded=f"co so {number}", place=here,
        headquarters_place=dice.choices([here, dice.choice(communes), far], [6, 2, 2])[0],
        industry_version=dice.choice(["2018", "2025"]), industry_code=dice.choice(["", "86", "8610", "8699", "1410"]),
        closed_on=dice.choice([None] * 6 + [date(2024, 5, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30)]),
    )  # fmt: skip
    if dice.random() < 0.3:
        EstablishmentIndustry.objects.create(
            establishment=firm, version="2025" if firm.industry_version == "2018" else "2018",
            code=dice.choice(["8620", "4711"]),
        )  # fmt: skip
    for year in (2023, 2025, 2026):
        if dice.random() < 0.5:
            workers = dice.choice([0, 1, 12, 80, 400])
            WorkforceYear.objects.create(
                establishment=firm, year=year, workers=workers, source="thử",
                leased_workers=dice.choice([None, 0, min(1, workers)]),
            )  # fmt: skip
    for kind in ("harmful_factor", "strict_safety_equipment"):
        for _one in range(dice.choice([0, 0, 1, 2])):
            start = date(2025, 1, 1) + timedelta(days=dice.randrange(700))
            HazardFact.objects.create(
                establishment=firm, kind=kind, description=f"mục {dice.random()}", count=dice.choice([None, 0, 3]),
                valid_from=start, valid_to=dice.choice([None, start + timedelta(days=90)]), source="thử",
            )  # fmt: skip
    for fact in ("explosives", "trade_equipment", "harmful_factors"):
        if dice.random() < 0.4:
            StatedFact.objects.create(
                establishment=firm, fact=fact, value=dice.random() < 0.5, valid_from=date(2025, dice.randint(1, 12), 1),
                source="tự khai", by_name="thử", stated_at=datetime(2026, 1, 1, tzinfo=UTC),
            )  # fmt: skip
    return firm


def file(
    report: str, period: str, *, at: datetime | None, last_ok: date, state: str = "submitted", nil: bool = False, **who
):
    """A filing as the room of filings would have left it."""
    late = at is not None and (at + timedelta(hours=7)).date() > last_ok
    made = Filing.objects.create(
        report=report,
        form="ND39-XII",
        form_valid_from=date(2016, 7, 1),
        period=period,
        state="draft",
        nil=nil,
        late=late,
        **who,
    )
    if at is not None:
        sent = Submission.objects.create(
            filing=made, number=1, key=f"{made.pk:026d}", submitted_at=at, by_name="thử", channel="page",
            receipt=f"R{made.pk}", digest="0" * 64, content={},
        )  # fmt: skip
        made.submitted_at = made.last_submitted_at = at
        made.current, made.state = sent, state
        made.save()
    return made


def file_some(crowd: SimpleNamespace, report: str, period: str, last_ok: date) -> None:
    """About two in three hand in: in time, late, nil, returned, accepted; some only begin."""
    dice = crowd.dice
    for firm in crowd.firms:
        kind = dice.choice(["none", "none", "draft", "in", "in", "late"])
        if kind == "none":
            continue
        day = last_ok + timedelta(days=dice.randint(1, 40) if kind == "late" else -dice.randint(0, 9))
        at = None if kind == "draft" else datetime(day.year, day.month, day.day, 16, 59, tzinfo=UTC)
        file(report, period, at=at, last_ok=last_ok, nil=dice.random() < 0.3,
             state=dice.choice(["submitted", "returned", "accepted", "locked"]), establishment=firm)  # fmt: skip


# ---- the tally: the articles once more, in plain Python over plain rows -------------------------------------------


def both(*answers: bool | None) -> bool | None:
    """All must hold: one no is no, otherwise one unknown is unknown."""
    return False if False in answers else None if None in answers else True


def owes(report: str, period: str, firm: Establishment, crowd: SimpleNamespace, as_of: date) -> bool | None:  # noqa: PLR0911 — one answer a report
    """Whether an establishment owes a report, by hand."""
    whole = Period.parse(period)
    active = firm.closed_on is None or firm.closed_on > as_of
    stated = [row for row in WorkforceYear.objects.filter(establishment=firm) if row.year <= whole.year]
    latest = max(stated, key=lambda row: row.year, default=None)
    employs = None if latest is None else latest.workers > 0
    leases = None if latest is None or latest.leased_workers is None else latest.leased_workers > 0
    here = firm.headquarters_place_id in {crowd.top.pk, *(commune.pk for commune in crowd.communes)}
    match report:
        case "R1" | "OH_EMPLOYER":
            return both(active, employs, here)
        case "R8":
            return both(active, employs)
        case "R9":
            return both(active, leases)
        case "R7":
            return both(active, _hospital(firm, as_of))
        case "EMPLOYER_MONITORING":
            return both(active, employs, _hazard(firm, "harmful_factor", "harmful_factors", as_of))
        case "BCT_EMPLOYER":
            machines = _hazard(firm, "strict_safety_equipment", "strict_equipment", as_of)
            return both(active, employs, machines, _said(firm, "trade_equipment", as_of))
        case "EXPLOSIVES_EMPLOYER":
            return both(active, employs, _said(firm, "explosives", as_of))
    raise KeyError(report)


def _hospital(firm: Establishment, as_of: date) -> bool | None:
    version = "2018" if as_of < date(2025, 11, 15) else "2025"
    code = firm.industry_code
    if firm.industry_version != version:
        for other in EstablishmentIndustry.objects.filter(establishment=firm, version=version):
            code = other.code
    if code in {"", "86", "8699"}:
        return None
    return code in ("8610", "8620")


def _said(firm: Establishment, fact: str, as_of: date) -> bool | None:
    held = [row for row in StatedFact.objects.filter(establishment=firm, fact=fact) if row.valid_from <= as_of]
    return held[-1].value if held else None


def _hazard(firm: Establishment, kind: str, fact: str, as_of: date) -> bool | None:
    begun = [row for row in HazardFact.objects.filter(establishment=firm, kind=kind) if row.valid_from <= as_of]
    if not begun:
        return _said(firm, fact, as_of)
    return any((row.valid_to is None or row.valid_to >= as_of) and row.count != 0 for row in begun)


def provider(name: str, *papers: tuple[str, date, date | None], ceased: date | None = None) -> ServiceProvider:
    made = ServiceProvider.objects.create(name=name, name_folded=name.lower(), ceased_on=ceased)
    for kind, start, end in papers:
        ProviderQualification.objects.create(
            provider=made, kind=kind, form="licence", valid_from=start, valid_to=end, number="1"
        )
    return made

"""Synthetic workers with their work over time; identity numbers begin with a prefix that no person has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from atvsld.kit.text import fold
from atvsld.project.demo.establishments import PERSON_PREFIX, Firm
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import Work, material
from atvsld.registers.workers import identity_numbers
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker

COUNT = 200
# Only those born before have an earlier employer; nobody worked before an age, given in days.
GROWN_BEFORE = 1996
YOUNGEST = round(15.5 * 365.25)
TODAY = date(2026, 11, 1)
_RELATIONS = (("contract", 80), ("probation", 5), ("apprentice", 5), ("leased", 6), ("abroad", 2), ("foreign", 2))


def make(ground: Ground, firms: Sequence[Firm], employer: int, chance: Random) -> int:
    """Write the workers within the caller's act; how many. Every tenth works for `employer` (a primary key)."""
    rows: list[tuple[Worker, Employment, Work]] = []
    for number in range(COUNT):
        firm = _firm(firms, employer, chance, number)
        worker = _worker(firm, ground, chance)
        rows.append((worker, *_work(worker, firm, chance)))
    Worker.objects.bulk_create([worker for worker, _employment, _kind in rows])
    for worker, employment, _kind in rows:
        employment.worker, employment.place_id = worker, worker.place_id
    grown = [
        (worker, kind)
        for worker, _employment, kind in rows
        if worker.birth_date and worker.birth_date.year < GROWN_BEFORE
    ]
    earlier = [_earlier(worker, firms, kind, chance) for worker, kind in grown if chance.random() < 0.4]
    Employment.objects.bulk_create([*(employment for _worker_, employment, _kind in rows), *earlier])
    ProtectedGroup.objects.bulk_create(
        ProtectedGroup(
            worker=worker,
            group="disabled" if worker.establishment else "domestic",
            valid_from=date(2024, 1, 1) + timedelta(days=chance.randrange(700)),
            basis="Giấy xác nhận (mẫu)",
        )
        for number, (worker, employment, _kind) in enumerate(rows)
        if number % 25 == 0 or (employment.establishment is None and number % 3 == 0)
    )
    return len(rows)


def _firm(firms: Sequence[Firm], employer: int, chance: Random, number: int) -> Firm | None:
    """An employer weighted by size; none for those who work without a contract."""
    if number % 10 == 0:
        return next(firm for firm in firms if firm.record.pk == employer)
    if chance.random() < 0.12:
        return None
    open_firms = [firm for firm in firms if firm.record.closed_on is None]
    return chance.choices(open_firms, [firm.size for firm in open_firms])[0]


def _worker(firm: Firm | None, ground: Ground, chance: Random) -> Worker:
    female = chance.random() < (firm.industry.female if firm else 0.45)
    sex = "female" if female else "male"
    birth = TODAY - timedelta(days=round(chance.triangular(16 * 365, 66 * 365, 30 * 365)))
    number = ""
    if chance.random() < 0.9:
        century = 2 * ((birth.year - 1900) // 100) + female
        number = f"{PERSON_PREFIX}{century}{birth.year % 100:02d}{chance.randrange(1_000_000):06d}"
    sealed, found_by = identity_numbers.seal(number)
    name = material().person(chance, sex)
    return Worker(
        name=name,
        name_folded=fold(name),
        birth_date=birth,
        sex=sex,
        identity_kind="citizen" if number else "",
        identity_sealed=sealed,
        identity_fingerprint=found_by,
        establishment=firm.record if firm else None,
        place_id=firm.record.place_id if firm else ground.commune(chance),
    )


def _work(worker: Worker, firm: Firm | None, chance: Random) -> tuple[Employment, Work]:
    kind: Work = firm.industry if firm else material().free_work.draw(chance)
    codes, weights = zip(*_RELATIONS, strict=True)
    relation = chance.choices(codes, weights)[0] if firm else "none"
    recent = relation in {"probation", "apprentice"}
    started = TODAY - timedelta(days=chance.randint(5, 55) if recent else chance.randint(60, 3_000))
    assert worker.birth_date is not None  # synthetic people all have one
    employment = Employment(
        establishment=firm.record if firm else None,
        started_on=max(started, worker.birth_date + timedelta(days=YOUNGEST)),
        occupation_code=kind.occupations.draw(chance),
        labour_relation=relation,
    )
    return employment, kind


def _earlier(worker: Worker, firms: Sequence[Firm], kind: Work, chance: Random) -> Employment:
    firm = chance.choice(firms)
    end = date(2017, 1, 1) + timedelta(days=chance.randrange(365))
    return Employment(
        worker=worker,
        establishment=firm.record,
        place_id=firm.record.place_id,
        started_on=end - timedelta(days=chance.randint(100, 900)),
        ended_on=end,
        occupation_code=kind.occupations.draw(chance),
        labour_relation="contract",
    )

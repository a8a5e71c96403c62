"""Synthetic establishments and their workforce by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from stdnum.vn import mst

from atvsld.kit.text import fold
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import Industry, material
from atvsld.registers.establishments.models import (
    Establishment,
    EstablishmentIndustry,
    HazardFact,
    OshOrganisation,
    WorkforceYear,
)

# First two digits name the province of registration; no province has this one, so no real firm has such a code.
TAX_PREFIX = "98"
# Personal numbers begin with a province; 000 is none.
PERSON_PREFIX = "000"
YEARS = (2023, 2024, 2025, 2026)
LARGEST = 6_500
SOURCE = "Báo cáo năm của cơ sở (số liệu mẫu)"
_FORMS = {
    "01": "Công ty TNHH MTV Nhà nước",
    "02": "Công ty TNHH",
    "03": "Công ty Cổ phần",
    "04": "Công ty Hợp danh",
    "05": "Doanh nghiệp tư nhân",
    "06": "Công ty TNHH",
    "07": "Hợp tác xã",
}


@dataclass(slots=True)
class Firm:
    """An establishment with what the accidents need to know of it."""

    record: Establishment
    industry: Industry
    origin: int
    size: int
    first_year: int


def make(ground: Ground, chance: Random, count: int) -> list[Firm]:
    """`count` establishments; tax codes lawful in form and never issued."""
    firms: list[Firm] = []
    codes = _tax_codes(chance)
    for _number in range(count):
        industry: Industry = material().industries.draw(chance)
        owner = str(industry.owners.draw(chance))
        commune = ground.commune(chance)
        first_year = chance.choices(YEARS, (91, 4, 3, 2))[0]
        parent = chance.choice(firms) if firms and owner != "08" and chance.random() < 0.04 else None
        if parent is not None and len(parent.record.tax_code) == 10:
            record = _branch(parent.record, chance, len(firms))
            industry, owner = parent.industry, parent.record.ownership_type
            first_year = max(first_year, parent.first_year)
        else:
            record = Establishment(
                tax_code=next(codes) if owner != "08" else f"{PERSON_PREFIX}{chance.randrange(10**9):09d}",
                name=_name(industry, owner, chance),
                headquarters_place_id=commune if chance.random() < 0.94 else ground.commune(chance),
            )
        _complete(record, industry, owner, first_year, chance)
        record.place_id = commune
        record.address = f"{chance.randint(1, 480)} {chance.choice(material().names['streets'])}"
        size = _size(industry, owner, chance)
        firms.append(Firm(record, industry, ground.origin(commune, chance), size, first_year))
    return _without_repeats(firms)


def workforce(firms: list[Firm], chance: Random) -> Iterator[WorkforceYear]:
    """One row per year stated; some years are not stated at all, and that is not zero."""
    for firm in firms:
        for year in YEARS:
            if year < firm.first_year or (firm.record.closed_on and year > firm.record.closed_on.year):
                continue
            firm.size = max(1, round(firm.size * chance.lognormvariate(0.02, 0.07)))
            if chance.random() < 0.06:
                continue
            female = sum(chance.random() < firm.industry.female for _ in range(min(firm.size, 40)))
            share = female / min(firm.size, 40)
            wage = firm.industry.wage * chance.lognormvariate(0, 0.12) * (1.06 ** (year - 2023))
            yield WorkforceYear(
                establishment_id=firm.record.pk,
                year=year,
                workers=firm.size,
                female_workers=None if chance.random() < 0.03 else round(firm.size * share),
                payroll=None if chance.random() < 0.05 else round(firm.size * wage * 12) * 1_000_000,
                source=SOURCE,
            )


def further_industries(firms: list[Firm], chance: Random) -> Iterator[EstablishmentIndustry]:
    """The code in the other version of the classification, which nine of ten establishments have stated."""
    for firm in firms:
        if firm.record.industry_code and chance.random() < 0.9:
            other = "2018" if firm.record.industry_version == "2025" else "2025"
            yield EstablishmentIndustry(establishment_id=firm.record.pk, version=other, code=firm.industry.codes[other])


def osh_organisations(firms: list[Firm], chance: Random) -> Iterator[OshOrganisation]:
    """Who looks after safety and hygiene: stated by most larger establishments, and often too few."""
    for firm in firms:
        if firm.size < 10 or chance.random() < 0.35:
            continue
        rank = (firm.size >= 50) + (firm.size >= 300) + (firm.size >= 1000)
        yield OshOrganisation(
            establishment_id=firm.record.pk,
            stated_on=date(2026, chance.randint(1, 9), chance.randint(1, 28)),
            source=SOURCE,
            full_time_officers=max(0, rank - (chance.random() < 0.3)),
            part_time_officers=chance.randint(0, 2),
            has_osh_department=firm.size >= 1000 and chance.random() < 0.5,
            has_osh_service=chance.random() < 0.04,
            doctors=int(firm.size >= 500 and chance.random() < 0.7),
            assistant_doctors=int(firm.size >= 300 and chance.random() < 0.6),
            medical_workers=int(chance.random() < 0.5) + rank,
            has_medical_facility=firm.size >= 1000 and chance.random() < 0.4,
            has_medical_contract=chance.random() < 0.25,
            shifts=chance.choice((1, 1, 2, 3)),
            production_teams=(teams := max(1, firm.size // 20)),
            osh_representatives=max(0, teams - (chance.random() < 0.3)),
            has_osh_council=firm.size >= 300 and chance.random() < 0.7,
            is_state_group=False,
        )


# What a branch brings with it: beginning of the industry code → factors, machines; as far as a reader would expect.
_BY_BRANCH: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("0", (("dangerous_factor", "collapse"), ("harmful_factor", "silica_dust"), ("harmful_factor", "noise"))),
    ("1", (("dangerous_factor", "moving_parts"), ("harmful_factor", "noise"), ("strict_safety_equipment", "4"))),
    ("2", (("dangerous_factor", "moving_parts"), ("harmful_factor", "dust"), ("strict_safety_equipment", "18"))),
    ("35", (("dangerous_factor", "electricity"), ("harmful_factor", "electromagnetic_field"))),
    ("4", (("dangerous_factor", "height"), ("harmful_factor", "dust"), ("strict_safety_equipment", "20"))),
)


def hazards(firms: list[Firm], chance: Random) -> Iterator[HazardFact]:
    """The hazard profile that larger establishments of the branches known for it have stated."""
    for firm in firms:
        found = next((held for code, held in _BY_BRANCH if firm.record.industry_code.startswith(code)), ())
        if firm.size < 20 or chance.random() < 0.5:
            continue
        started = date(chance.choice((2024, 2025)), chance.randint(1, 12), 1)
        for kind, code in (*found, ("arduous_work", "IV")):
            share = 0.02 if kind == "strict_safety_equipment" else chance.uniform(0.05, 0.4)
            yield HazardFact(
                establishment_id=firm.record.pk,
                kind=kind,
                code=code,
                count=max(1, round(firm.size * share)),
                valid_from=started,
                source=SOURCE,
            )


def _complete(record: Establishment, industry: Industry, owner: str, first_year: int, chance: Random) -> None:
    # Registered before November 2025 under the older list, unless coded anew since.
    version = "2025" if first_year == 2026 or chance.random() < 0.35 else "2018"
    known = chance.random() >= 0.02
    record.name_folded = fold(record.name)
    record.industry_version = version if known else ""
    record.industry_code = industry.codes[version] if known else ""
    record.ownership_type = owner if chance.random() >= 0.015 else ""
    record.verification = (
        Establishment.Verification.UNVERIFIED if chance.random() < 0.03 else Establishment.Verification.VERIFIED
    )
    if first_year == YEARS[0] and chance.random() < 0.03:
        record.closed_on = date(chance.choice((2024, 2025)), chance.randint(1, 12), 1)


def _branch(parent: Establishment, chance: Random, number: int) -> Establishment:
    return Establishment(
        tax_code=f"{parent.tax_code}{number % 999 + 1:03d}",
        name=f"Chi nhánh {chance.choice(material().names['first'])} – {parent.name}",
        headquarters_place_id=parent.headquarters_place_id,
    )


def _name(industry: Industry, owner: str, chance: Random) -> str:
    made = material()
    line = chance.choice(industry.names)
    if owner == "08":
        return f"Hộ kinh doanh {line} {made.person(chance, chance.choice(('male', 'female')))}"
    if owner == "09":
        return f"{line} {chance.choice(made.names['first'])} {chance.choice(made.names['second'])}"
    if owner == "06":
        return f"Công ty TNHH {line} {chance.choice(made.names['foreign'])} Việt Nam"
    form = _FORMS[owner]
    if owner == "02" and chance.random() < 0.4:
        form = "Công ty TNHH MTV"
    return f"{form} {line} {made.firm(chance)}"


def _size(industry: Industry, owner: str, chance: Random) -> int:
    size = chance.lognormvariate(0, industry.spread) * industry.median
    if owner == "08":
        size = min(size / 4, 9)
    elif owner == "06":
        size *= 1.8
    return max(1, min(LARGEST, round(size)))


def _tax_codes(chance: Random) -> Iterator[str]:
    """Ten digits with a right check digit, each once."""
    seen: set[str] = set()
    while True:
        stem = f"{TAX_PREFIX}{chance.randrange(1, 10**7):07d}"
        digit = mst.calc_check_digit(stem)
        if stem not in seen and len(digit) == 1:
            seen.add(stem)
            yield f"{stem}{digit}"


def _without_repeats(firms: list[Firm]) -> list[Firm]:
    """The same list with names told apart by a number where two would be one."""
    names: dict[str, int] = {}
    codes: set[str] = set()
    kept = []
    for firm in firms:
        if firm.record.tax_code in codes:
            continue
        codes.add(firm.record.tax_code)
        times = names[firm.record.name_folded] = names.get(firm.record.name_folded, 0) + 1
        if times > 1:
            firm.record.name = f"{firm.record.name} {times}"
            firm.record.name_folded = fold(firm.record.name)
        kept.append(firm)
    return kept

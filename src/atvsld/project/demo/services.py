"""Synthetic service providers of every kind and state: working, expiring, expired, suspended, ceased, in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from atvsld.kit.text import fold
from atvsld.law.providers import PaperForm, ProviderKind, load_provider_rules
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import material
from atvsld.registers.providers.models import (
    ProviderPerson,
    ProviderQualification,
    ProviderSuspension,
    ServiceProvider,
)

TODAY = date(2026, 11, 1)
ISSUER = "Cơ quan cấp (mẫu)"


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of provider: how many, what it is called, in which service, who works there."""

    count: int
    kind: ProviderKind
    title: str
    position: str
    class_name: str = ""


_SORTS = (
    _Sort(2, ProviderKind.TRAINING, "Trung tâm Huấn luyện an toàn", "người huấn luyện", "A"),
    _Sort(3, ProviderKind.TRAINING, "Công ty Huấn luyện an toàn", "người huấn luyện", "B"),
    _Sort(3, ProviderKind.TRAINING, "Viện Đào tạo an toàn", "người huấn luyện", "C"),
    _Sort(6, ProviderKind.TECHNICAL_INSPECTION, "Công ty Kiểm định kỹ thuật", "kiểm định viên"),
    _Sort(4, ProviderKind.WORKPLACE_MONITORING, "Công ty Quan trắc môi trường lao động", "người quan trắc"),
    _Sort(3, ProviderKind.HEALTH_EXAM, "Phòng khám Đa khoa", "bác sĩ"),
    _Sort(2, ProviderKind.DISEASE_SCREENING, "Trung tâm Y học lao động", "bác sĩ bệnh nghề nghiệp"),
    _Sort(2, ProviderKind.CONFORMITY, "Công ty Chứng nhận hợp quy", "chuyên gia đánh giá"),
)


def make(ground: Ground, chance: Random) -> int:
    """Write the providers within the caller's act; how many."""
    sorts = [sort for sort in _SORTS for _turn in range(sort.count)]
    providers = ServiceProvider.objects.bulk_create(
        [_provider(sort, ground, chance, number) for number, sort in enumerate(sorts)]
    )
    papers, stops, people = [], [], []
    for number, (provider, sort) in enumerate(zip(providers, sorts, strict=True)):
        papers.append(_paper(provider, sort, chance, number))
        people += [_person(provider, sort, chance) for _turn in range(chance.randint(2, 5))]
        if number % 9 in (4, 8):
            stops.append(_suspension(provider, over=number % 9 == 4))
    ProviderQualification.objects.bulk_create(papers)
    ProviderSuspension.objects.bulk_create(stops)
    ProviderPerson.objects.bulk_create(people)
    return len(providers)


def _provider(sort: _Sort, ground: Ground, chance: Random, number: int) -> ServiceProvider:
    name = f"{sort.title} {material().firm(chance)} (mẫu)"
    return ServiceProvider(
        name=name,
        name_folded=fold(name),
        head=material().person(chance, chance.choice(["male", "female"])),
        place_id=ground.commune(chance) if number % 6 else None,
        address=f"{chance.randint(1, 300)} {chance.choice(material().names['streets'])}",
        phone=f"0236 000 {number:04d}",
        email=f"to-chuc-{number:02d}@mau.invalid",
        ceased_on=date(2026, 3, 31) if number == 13 else None,
    )


def _paper(provider: ServiceProvider, sort: _Sort, chance: Random, number: int) -> ProviderQualification:
    rules = load_provider_rules()
    # Most began in the last four years; some are about to end, some have ended, one began under the newest regime.
    if sort.class_name and number % 8 == 7:
        start = date(2026, 8, 3)
    elif number % 7 == 3:
        start = TODAY - timedelta(days=5 * 365 - chance.randint(5, 40))
    elif number % 7 == 6:
        start = TODAY - timedelta(days=5 * 365 + chance.randint(60, 300))
    else:
        start = TODAY - timedelta(days=chance.randint(100, 1_400))
    regime = rules.regime(sort.kind, start, sort.class_name).value
    known = list(rules.kinds[sort.kind].scopes)
    listed = [] if sort.class_name else chance.sample(known, chance.randint(1, len(known)))
    return ProviderQualification(
        provider=provider,
        kind=sort.kind.value,
        form=(PaperForm.SELF_ANNOUNCEMENT if number == 5 else regime.form).value,
        class_name=sort.class_name,
        number=f"{number + 1:02d}/{start.year}/MAU",
        issuer=ISSUER,
        valid_from=start,
        scopes=sorted(listed),
    )


def _suspension(provider: ServiceProvider, *, over: bool) -> ProviderSuspension:
    return ProviderSuspension(
        provider=provider,
        starts_on=date(2025, 4, 1) if over else date(2026, 9, 15),
        ends_on=date(2025, 6, 30) if over else date(2026, 12, 14),
        decision="Quyết định xử phạt (mẫu)",
        grounds="Không duy trì điều kiện hoạt động",
    )


def _person(provider: ServiceProvider, sort: _Sort, chance: Random) -> ProviderPerson:
    return ProviderPerson(
        provider=provider,
        kind=sort.kind.value,
        name=material().person(chance, chance.choice(["male", "female"])),
        position=sort.position,
        certificate_number=f"CC-{chance.randint(100, 999)}/MAU",
        certificate_ends_on=TODAY + timedelta(days=chance.randint(-200, 1_500)),
    )

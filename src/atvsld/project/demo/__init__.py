"""The demo province: synthetic establishments, accidents and accounts, the same for the same seed.

Nothing in it is real: tax codes and identity numbers begin with prefixes that are not issued. It is written
by one named act, so that history says where every row came from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Count

from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel, action
from atvsld.project.demo import (
    accidents,
    casework,
    composing,
    establishments,
    filings,
    notices,
    people,
    programme,
    services,
    workers,
    writing,
)
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import chance_of
from atvsld.project.demo.people import Login
from atvsld.registers.bodies import loading as bodies_loading
from atvsld.registers.duties import facade as duties
from atvsld.registers.establishments.actions.enterprises import link_enterprises
from atvsld.registers.establishments.models import (
    Establishment,
    EstablishmentIndustry,
    HazardFact,
    OshOrganisation,
    WorkforceYear,
)
from atvsld.registers.offices.models import Office
from atvsld.registers.places import loading as places_loading
from atvsld.registers.places import tree

__all__ = ["Login", "build", "exists", "logins"]

ACTOR = "Dữ liệu mẫu (tổng hợp)"
ESTABLISHMENTS = 2_000
# Beyond this the register stops growing with the scale and only accidents do.
LARGEST_REGISTER = 20_000
PROVINCE = "48"
TODAY = date(2026, 11, 1)

Progress = Callable[[str], None]


def exists() -> bool:
    """Whether this database holds the demo province."""
    return people.exists()


def logins() -> list[Login]:
    """Demo accounts with their passwords, and the client for systems."""
    return people.logins()


def build(seed: int = 2026, scale: float = 1.0, progress: Progress = lambda _sentence: None) -> dict[str, int]:
    """Fill an empty database; counts of what was made. `scale` multiplies accidents (and establishments, to a limit).

    Loads the reference data first. RuntimeError when the demo province is already here.
    """
    if exists():
        raise RuntimeError("Tỉnh mẫu đã có trong cơ sở dữ liệu này.")
    act = Act(
        actor=system_actor(ACTOR, all_permissions()),
        channel=Channel.CLI,
        reason=f"Dữ liệu mẫu, tổng hợp từ số gieo {seed}; không có thật",
    )
    places_loading.load(act)
    bodies_loading.load(act)
    with transaction.atomic():
        counts = _write(act, seed=seed, scale=scale, progress=progress)
        progress("Hồ sơ đang giải quyết, chế độ, sự cố")
        told = casework.make(act, _story_ground(), chance_of(seed, "casework"))
        filed = filings.make(act, chance_of(seed, "filings"), progress)
        composing.make(act)
        progress("Thông báo tình hình tai nạn lao động")
        notices.make(act, PROVINCE)
        done = programme.make(act, seed, scale, progress)
        # Bodies that ended owe nothing any more: what the daily job would do.
        duties.reassign(act.at)
    return counts | {
        "cases": counts["cases"] + told["cases"],
        "victims": counts["victims"] + told["victims"],
        "incidents": told["incidents"],
        **filed,
        **{f"plan_{name}": count for name, count in done.items()},
    }


def _story_ground() -> casework.Ground:
    """The stories happen at the demo employer and at the largest of the others."""
    employer = Office.objects.get(role="employer").establishment
    assert employer is not None  # an employer's office is bound to one
    others = Establishment.objects.filter(closed_on=None).exclude(pk=employer.pk)
    return casework.Ground(employer, employer.place_id, list(others.order_by("pk")[:8]))


@action(needs="accidents:case:import", records="demo:province:loaded")
def _write(act: Act, *, seed: int, scale: float, progress: Progress) -> dict[str, int]:  # noqa: ARG001
    graph = tree.current()
    ground = Ground(graph, chance_of(seed, "ground"))
    progress("Cơ sở sản xuất, kinh doanh")
    count = min(round(ESTABLISHMENTS * max(scale, 0.02)), LARGEST_REGISTER)
    firms = establishments.make(ground, chance_of(seed, "establishments"), count)
    Establishment.objects.bulk_create([firm.record for firm in firms], batch_size=2_000)
    link_enterprises()
    coded = establishments.further_industries(firms, chance_of(seed, "industries"))
    EstablishmentIndustry.objects.bulk_create(coded, batch_size=5_000)
    sizes = chance_of(seed, "workforce")
    workforce = WorkforceYear.objects.bulk_create(list(establishments.workforce(firms, sizes)), batch_size=5_000)
    organised = establishments.osh_organisations(firms, chance_of(seed, "organisations"))
    OshOrganisation.objects.bulk_create(organised, batch_size=5_000)
    endangered = establishments.hazards(firms, chance_of(seed, "hazards"))
    HazardFact.objects.bulk_create(endangered, batch_size=5_000)
    progress("Vụ tai nạn và người bị nạn")
    drawn = accidents.Generator(ground, firms, chance_of(seed, "accidents")).cases(scale)
    cases, victims = writing.write_cases(drawn, chance_of(seed, "ids"), lambda done: progress(f"Vụ tai nạn: {done}"))
    progress("Tài khoản dùng thử")
    province = graph.at(PROVINCE, TODAY)
    assert province is not None  # the reference data were just loaded
    employer = Establishment.objects.annotate(cases=Count("accident_cases")).order_by("-cases", "pk")[0]
    accounts = people.make(province=province.pk, commune=employer.place_id, employer=employer)
    progress("Người lao động và tổ chức dịch vụ")
    recorded = workers.make(ground, firms, employer.pk, chance_of(seed, "workers"))
    providers = services.make(ground, chance_of(seed, "services"))
    return {
        "establishments": len(firms),
        "workforce_years": len(workforce),
        "cases": cases,
        "victims": victims,
        "accounts": accounts,
        "workers": recorded,
        "providers": providers,
    }

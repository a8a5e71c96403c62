"""Establishments as proof: their hazard profiles, their OSH organisation, the people they employ in arduous work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.dated import NotInForce
from atvsld.law.organisation import load_norms
from atvsld.law.organisation_check import State, check_organisation
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.establishments import queries
from atvsld.registers.establishments.models import Establishment, HazardFact, OshOrganisation, WorkforceYear
from atvsld.registers.establishments.organisation import facts_of
from atvsld.registers.proof_counting import Count, cannot_tell, counting, evidence, within
from atvsld.registers.proofs import Asked, Figure, Measure, ProofRecord, measure, prove

_STANDING = Establishment.objects.filter(merged_into=None)


def of_establishment(establishment: Establishment, word: str = "hazard_profile") -> ProofRecord:
    url = reverse("establishments:establishment", args=[establishment.public_id])
    day = _last_stated(establishment, word)
    return ProofRecord(word, establishment.public_id, establishment.name, url, day)


def _last_stated(establishment: Establishment, word: str) -> date | None:
    if word == "osh_organisation":
        return establishment.osh_organisation.stated_on
    return getattr(establishment, "stated_on", None)


def standing(asked: Asked) -> QuerySet[Establishment]:
    """Establishments there, working on the last day asked for."""
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=asked.end)
    return _STANDING.filter(is_open & within(asked, establishment="pk")).order_by("name_folded", "pk")


def _hazards(asked: Asked) -> QuerySet[HazardFact]:
    """What was stated to be there on some day asked for."""
    days = Q(valid_from__lte=asked.end) & (Q(valid_to__isnull=True) | Q(valid_to__gte=asked.start))
    return HazardFact.objects.filter(days, establishment=OuterRef("pk"))


def at_risk(asked: Asked) -> QuerySet[Establishment]:
    """Those with a hazard recorded."""
    return standing(asked).filter(Exists(_hazards(asked)))


def organised(asked: Asked) -> QuerySet[Establishment]:
    """Those whose OSH organisation was stated by the last day asked for."""
    stated = standing(asked).filter(osh_organisation__stated_on__lte=asked.end)
    return stated.select_related("osh_organisation")


def judged(asked: Asked) -> dict[str, list[Establishment]]:
    """The stated ones by what the norms of the last day find: `met`, `short`, `unknown`."""
    rows = list(organised(asked))
    found: dict[str, list[Establishment]] = {"met": [], "short": [], "unknown": []}
    sizes: dict[int, WorkforceYear] = {}
    stated = WorkforceYear.objects.filter(establishment__in=[row.pk for row in rows], year__lte=asked.end.year)
    for workforce in stated.order_by("year"):
        sizes[workforce.establishment_id] = workforce
    norms = load_norms()
    for row in rows:
        facts = facts_of(row, row.osh_organisation, sizes.get(row.pk))
        try:
            states = {verdict.state for verdict in check_organisation(norms, facts, on=asked.end)}
        except NotInForce:
            states = {State.UNKNOWN}
        word = "short" if State.SHORT in states else "unknown" if State.UNKNOWN in states else "met"
        found[word].append(row)
    return found


def _organisation_figures(asked: Asked) -> Iterable[Figure]:
    found = judged(asked)
    labels = {
        "met": _("Số cơ sở có bộ máy đạt định mức"),
        "short": _("Số cơ sở còn thiếu so với định mức"),
        "unknown": _("Số cơ sở chưa đủ dữ liệu để kết luận"),
    }
    for key, label in labels.items():
        yield Figure(key, label, Decimal(len(found[key])))
    yield Figure("stated", _("Số cơ sở đã khai bộ máy"), Decimal(sum(map(len, found.values()))))


def _organisation_records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    found = judged(asked)
    rows = [one for group in found.values() for one in group] if key == "stated" else found.get(key, [])
    return [of_establishment(row, "osh_organisation") for row in rows]


def _stating(asked: Asked) -> QuerySet[Establishment]:
    """Those that stated how many people do arduous work in the year of the last day."""
    told = WorkforceYear.objects.filter(
        establishment=OuterRef("pk"), year=asked.end.year, arduous_workers__isnull=False
    )
    return standing(asked).filter(Exists(told))


def _arduous_sums(asked: Asked) -> Iterable[Figure]:
    rows = WorkforceYear.objects.filter(year=asked.end.year, establishment__in=_stating(asked).order_by())
    sums = rows.aggregate(people=Sum("arduous_workers"), women=Sum("arduous_female_workers"))
    unit = _("người")
    for key, label in (
        ("people", _("Số người làm công việc nặng nhọc, độc hại, nguy hiểm")),
        ("women", _("Trong đó nữ")),
    ):
        value, why = sums[key], _("Chưa cơ sở nào khai số này cho năm %(year)s.") % {"year": asked.end.year}
        yield Figure(key, label, None if value is None else Decimal(value), unit, why="" if value is not None else why)


def _controls(_asked: Asked) -> Iterable[Figure]:
    why = _("Hồ sơ cơ sở chưa ghi biện pháp kiểm soát của từng yếu tố.")
    yield cannot_tell("controlled", _("Trong đó có ghi biện pháp kiểm soát"), why)


def _open_list(asked: Asked) -> str:
    if asked.bodies is not None or asked.places is not None or asked.establishments is not None:
        return ""
    return f"{reverse('establishments:list')}?{urlencode({'state': 'open'})}" if asked.end >= _today() else ""


def _today() -> date:
    return clock.local_day(clock.now())


def _search(word: str, actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = queries.visible(actor).filter(within(asked, establishment="pk"))
    rows = queries.search(rows, text) if text.strip() else rows
    if word == "hazard_profile":
        rows = rows.filter(Exists(_hazards(asked)))
    else:
        rows = rows.filter(osh_organisation__stated_on__lte=asked.end).select_related("osh_organisation")
    return [of_establishment(row, word) for row in rows.order_by("name_folded", "pk")[:limit]]


_with_hazards: QuerySet[Any] = _STANDING.filter(Exists(HazardFact.objects.filter(establishment=OuterRef("pk"))))
_with_organisation: QuerySet[Any] = _STANDING.filter(
    Exists(OshOrganisation.objects.filter(establishment=OuterRef("pk")))
).select_related("osh_organisation")
prove(evidence("hazard_profile", _with_hazards, of_establishment, partial(_search, "hazard_profile")))
prove(evidence(
    "osh_organisation", _with_organisation, lambda row: of_establishment(row, "osh_organisation"),
    partial(_search, "osh_organisation"),
))  # fmt: skip
measure(counting(
    "establishments_at_risk",
    Count("recorded", gettext_lazy("Số cơ sở đã ghi yếu tố nguy hiểm, có hại"), at_risk),
    Count("all", gettext_lazy("Trên tổng số cơ sở đang hoạt động"), standing, _open_list),
    record=of_establishment, more=_controls,
))  # fmt: skip
measure(counting(
    "arduous_workers",
    Count("stating", gettext_lazy("Số cơ sở đã khai số người làm công việc nặng nhọc, độc hại, nguy hiểm"), _stating),
    record=of_establishment, more=_arduous_sums, behind={"people": "stating", "women": "stating"},
))  # fmt: skip
measure(Measure("organisation_met", _organisation_figures, _organisation_records))

"""Reports handed in as proof; reports received online, and those of service providers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.proofs import LIVE, of_case
from atvsld.casework.accidents.proofs import cases as accident_cases
from atvsld.kit.text import fold
from atvsld.oversight.filing import queries
from atvsld.oversight.filing.listing import search
from atvsld.oversight.filing.models import Filing
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.establishments.proofs import of_establishment
from atvsld.registers.establishments.proofs import standing as establishments
from atvsld.registers.proof_counting import Count, cannot_tell, counting, evidence, ground, moments, within
from atvsld.registers.proofs import Asked, Figure, ProofRecord, measure, prove
from atvsld.registers.providers import queries as providers
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.proofs import of_provider

# Brought by the reporter itself, not keyed in from paper by an office.
ONLINE = ("page", "api")
_IN = Filing.objects.filter(submitted_at__isnull=False, state__in=Filing.COUNTED).select_related(
    "establishment", "body", "provider", "current"
)


def of_filing(filing: Filing) -> ProofRecord:
    label = f"{filing.form} {filing.period} · {filing.reporter}"
    day = clock.local_day(filing.submitted_at) if filing.submitted_at else None
    url = reverse("filing:filing", args=[filing.public_id])
    return ProofRecord("report_filing", filing.public_id, label, url, day, filing.body_id)


def received(asked: Asked) -> QuerySet[Filing]:
    """Reports first handed in on the days asked for, and not given back."""
    return _IN.filter(moments(asked, "submitted_at") & within(asked)).order_by("-submitted_at", "-pk")


def own(asked: Asked) -> Q:
    """Reports of the very bodies and establishments asked for: what they can lay beside their own claim."""
    found = moments(asked, "submitted_at")
    if asked.bodies is not None:
        found &= Q(body_id__in=asked.bodies) | Q(recipient_id__in=asked.bodies)
    if asked.establishments is not None:
        found &= Q(establishment_id__in=asked.establishments)
    return found & Q(place_id__in=asked.places) if asked.places is not None else found


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = queries.visible(actor).filter(own(asked), submitted_at__isnull=False, state__in=Filing.COUNTED)
    rows = search(rows, fold(text)) if text.strip() else rows
    return [of_filing(filing) for filing in rows.order_by("-submitted_at", "-pk")[:limit]]


def working_providers(asked: Asked) -> QuerySet[ServiceProvider]:
    """Providers with a paper in force on the last day asked for."""
    rows, here = providers.working(providers.public(), asked.end), ground(asked)
    if asked.establishments is not None:
        return rows.none()
    return (rows if here is None else rows.filter(place_id__in=here)).order_by("name_folded", "pk")


def _of_providers(asked: Asked) -> QuerySet[Filing]:
    wanted, here = moments(asked, "submitted_at") & Q(provider__isnull=False), ground(asked)
    if asked.establishments is not None:
        return _IN.none()
    return (_IN.filter(wanted) if here is None else _IN.filter(wanted, place_id__in=here)).order_by("-submitted_at")


def _not_visited(_asked: Asked) -> Iterable[Figure]:
    why = _("Chưa có sổ các cuộc kiểm tra, giám sát tổ chức dịch vụ.")
    yield cannot_tell("supervised", _("Số tổ chức dịch vụ được giám sát"), why)


def whole_cases(asked: Asked) -> QuerySet[AccidentCase]:
    """Cases that lack nothing the statutory tables ask for."""
    return accident_cases(asked, *LIVE).filter(
        cause_code__isnull=False, injury_agent_code__isnull=False, severity__isnull=False
    )


def whole_establishments(asked: Asked) -> QuerySet[Establishment]:
    """Establishments with branch, kind and the workforce of the year."""
    told = WorkforceYear.objects.filter(establishment=OuterRef("pk"), year=asked.end.year)
    return establishments(asked).exclude(industry_code="").exclude(ownership_type="").filter(Exists(told))


def _shares(asked: Asked) -> Iterable[Figure]:
    pairs: list[tuple[str, str, QuerySet[Any], QuerySet[Any]]] = [
        ("share_cases", _("Tỷ lệ vụ có hồ sơ đủ"), whole_cases(asked), accident_cases(asked, *LIVE)),
        ("share_establishments", _("Tỷ lệ cơ sở có hồ sơ đủ"), whole_establishments(asked), establishments(asked)),
    ]
    for key, label, part, whole in pairs:
        all_ = whole.count()
        if all_:
            yield Figure(key, label, (Decimal(part.count() * 100) / all_).quantize(Decimal("0.1")), "%")
        else:
            yield Figure(key, label, None, "%", why=_("Không có hồ sơ nào trong kỳ và phạm vi này."))


def _online(asked: Asked) -> QuerySet[Filing]:
    return received(asked).filter(current__channel__in=ONLINE)


prove(evidence("report_filing", _IN, of_filing, _search))
measure(counting(
    "providers_supervised",
    Count("working", gettext_lazy("Số tổ chức dịch vụ còn giấy tờ hoạt động"), working_providers, record=of_provider),
    Count("reports", gettext_lazy("Số báo cáo nhận được của tổ chức dịch vụ"), _of_providers),
    record=of_filing, more=_not_visited,
))  # fmt: skip
measure(counting(
    "database",
    Count("online", gettext_lazy("Số báo cáo nhận qua mạng"), _online),
    Count("reports", gettext_lazy("Trên tổng số báo cáo nhận được"), received),
    Count("whole_cases", gettext_lazy("Số vụ có đủ nguyên nhân, yếu tố gây chấn thương, mức độ"), whole_cases,
          record=of_case),
    Count("whole_establishments", gettext_lazy("Số cơ sở có đủ ngành, loại hình, số lao động của năm"),
          whole_establishments, record=of_establishment),
    record=of_filing, more=_shares,
    behind={"share_cases": "whole_cases", "share_establishments": "whole_establishments"},
))  # fmt: skip

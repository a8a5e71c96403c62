"""Results of campaign months as proof that something was done, and as counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from atvsld.casework.campaigns import queries
from atvsld.casework.campaigns.models import CampaignFigure, CampaignResult
from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

WORD = "campaign_report"
# Sums told beside the number of results: row of the form → what it is called here.
ROWS = {
    "le": (_("Lễ phát động, hội nghị hưởng ứng"), _("cuộc")),
    "le_nguoi": (_("Người tham dự"), _("người")),
    "hl_nguoi": (_("Người được huấn luyện trong đợt"), _("người")),
    "tu_kiem_tra": (_("Cuộc tự kiểm tra"), _("cuộc")),
    "tham_hoi": (_("Người bị nạn, gia đình được thăm hỏi"), _("người")),
}


def find(key: str) -> ProofRecord | None:
    """A result that was sent."""
    held = CampaignResult.objects.select_related("campaign", "body", "establishment")
    found = held.filter(public_id=key, current__isnull=False).first()
    return _record(found) if found else None


def find_many(keys: Collection[str]) -> dict[str, ProofRecord]:
    """The same for several keys in one statement."""
    held = CampaignResult.objects.select_related("campaign", "body", "establishment")
    return {one.public_id: _record(one) for one in held.filter(public_id__in=keys, current__isnull=False)}


def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    """The latest first, of those the actor may read."""
    wanted = fold(text)
    within = queries.visible_results(actor).filter(pk__in=queries.sent(asked).values("pk").order_by())
    found = (_record(one) for one in within.order_by("-first_sent_at", "-pk")[: limit if not wanted else None])
    return [one for one in found if wanted in fold(one.label)][:limit]


def figures(asked: Asked) -> Iterator[Figure]:
    """How many told, and what their last versions add up to."""
    told = queries.sent(asked)
    yield Figure("reports", _("Kết quả đã gửi"), Decimal(told.count()), _("báo cáo"), _url(asked))
    held = CampaignFigure.objects.filter(sending__counts_for__in=told.order_by(), row__in=ROWS)
    sums = dict(held.values_list("row").annotate(Sum("value")).order_by())
    for row, (label, unit) in ROWS.items():
        yield Figure(row, label, sums.get(row, Decimal(0)), unit, _url(asked, co=row))


def records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    """The results counted; for a sum those that tell that figure."""
    told: QuerySet[CampaignResult] = queries.sent(asked)
    if key != "reports":
        told = told.filter(current__figures__row=key, current__figures__value__gt=0)
    return (_record(one) for one in told)


def _record(result: CampaignResult) -> ProofRecord:
    return ProofRecord(
        WORD, result.public_id, str(result), reverse("campaigns:result", args=[result.public_id]), result.sent_on,
        result.body_id,
    )  # fmt: skip


def _url(asked: Asked, **more: str) -> str:
    wanted: dict[str, Any] = {"state": "sent", "tu": asked.start.isoformat(), "den": asked.end.isoformat(), **more}
    for name, ids in (("body", asked.bodies), ("establishment", asked.establishments), ("place", asked.places)):
        if ids is not None:
            wanted[name] = sorted(ids)
    return f"{reverse('campaigns:results')}?{urlencode(wanted, doseq=True)}"


prove(Evidence(WORD, find, search, find_many))
measure(Measure("campaign", figures, records))

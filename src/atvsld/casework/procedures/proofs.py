"""What this room proves and counts for plans: measured times of procedures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.procedures import figures, queries
from atvsld.casework.procedures.models import Application, ProcedurePublication
from atvsld.casework.procedures.rules import load_procedures
from atvsld.platform.access.actor import Actor
from atvsld.registers.ledgers.proving import owned, placed, whose
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

WORD = "procedure_time"


def _record(one: Application) -> ProofRecord:
    label = _("Hồ sơ %(code)s: %(procedure)s, %(days)s ngày") % {
        "code": one.grouped, "procedure": load_procedures()[one.procedure].label.vi, "days": one.days_used,
    }  # fmt: skip
    url = reverse("procedures:application", args=[one.public_id])
    return ProofRecord(WORD, one.public_id, label, url, one.finished_on, one.body_id)


def _decided(asked: Asked) -> QuerySet[Application]:
    found = Application.objects.filter(owned(asked.bodies, asked.establishments), placed(asked.places))
    return figures.decided_within(found.select_related("body"), asked.start, asked.end).order_by("-finished_on", "-pk")


def find(key: str) -> ProofRecord | None:
    """A dossier decided, or a publication."""
    if found := Application.objects.filter(figures.DONE, public_id=key).first():
        return _record(found)
    published = ProcedurePublication.objects.filter(public_id=key).first()
    return _publication(published) if published else None


def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    found = _decided(asked).filter(pk__in=queries.visible(actor).values("pk"))
    if text:
        found = queries.search(found, text)
    return [_record(one) for one in found[:limit]]


# Figures that count dossiers: key → narrowing of those decided in the period.
_COUNTED: dict[str, Q] = {"decided": Q(), "in_time": Q(in_time=True), "late": Q(in_time=False)}
_LABELS = {
    "decided": gettext_lazy("Hồ sơ thủ tục đã giải quyết"),
    "in_time": gettext_lazy("Hồ sơ giải quyết đúng hạn"),
    "late": gettext_lazy("Hồ sơ giải quyết quá hạn"),
}


def counted(asked: Asked) -> Iterable[Figure]:
    standing = _standing(asked)
    yield Figure("published", gettext_lazy("Thủ tục đang công bố"), Decimal(standing.count()), _("thủ tục"), _home())
    decided = _decided(asked)
    for key, narrowing in _COUNTED.items():
        number = decided.filter(narrowing).count()
        yield Figure(key, _LABELS[key], Decimal(number), _("hồ sơ"), address(asked, key))
    share = figures.median_share(decided.order_by())
    yield Figure(
        "median_share", gettext_lazy("Thời gian giải quyết ở giữa, so với hạn của luật"),
        None if share is None else Decimal(str(round(share, 1))), "%", address(asked, "decided"),
        _("Chưa có hồ sơ nào giải quyết xong trong kỳ.") if share is None else "",
    )  # fmt: skip


def records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    if key == "published":
        return [_publication(one) for one in _standing(asked)]
    narrowing = Q(span__isnull=False) if key == "median_share" else _COUNTED.get(key)
    if narrowing is None:
        return []
    return [_record(one) for one in _decided(asked).filter(narrowing)]


def _standing(asked: Asked) -> QuerySet[ProcedurePublication]:
    found = queries.publications(asked.end).filter(placed(asked.places))
    if asked.bodies is None:
        return found if asked.establishments is None else found.none()
    return found.filter(body_id__in=asked.bodies)


def _publication(one: ProcedurePublication) -> ProofRecord:
    label = f"{load_procedures()[one.procedure].label.vi} ({one.decision})"
    url = reverse("procedures:procedure", args=[one.procedure])
    return ProofRecord(WORD, one.public_id, label, url, one.published_on, one.body_id)


def _home() -> str:
    return reverse("procedures:home")


def address(asked: Asked, key: str) -> str:
    """The list of dossiers narrowed to those counted."""
    pairs: list[tuple[str, str]] = [
        ("xong_tu", asked.start.isoformat()), ("xong_den", asked.end.isoformat()), ("ket_qua", key),
    ]  # fmt: skip
    if of := whose(asked):
        pairs.append(("of", of))
    return f"{reverse('procedures:applications')}?{urlencode(pairs, safe=',')}"


prove(Evidence(WORD, find, search))
measure(Measure("procedures", counted, records))

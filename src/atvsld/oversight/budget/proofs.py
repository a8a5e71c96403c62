"""What this room proves and counts of the plan (words of `law/data/programmes/words.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.facade import summary
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.totals import Amounts, Money
from atvsld.platform.access.actor import Actor
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

WORD, MEASURE = "budget_line", "money"
AMOUNTS = ("estimated", "allocated", "committed", "spent")


def labels() -> dict[str, str]:
    """The amounts, named."""
    return {
        "estimated": _("Dự toán"), "allocated": _("Được giao"), "committed": _("Đã cam kết"), "spent": _("Đã chi"),
    }  # fmt: skip


def find(key: str) -> ProofRecord | None:
    """A line that still stands."""
    rows = queries.standing(BudgetLine.objects.select_related("body", "establishment"))
    line = rows.filter(public_id=key.replace("\x00", "")).first()
    return _record(line) if line else None


def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    """Standing lines the actor may read, the latest first; text is part of what the money is for."""
    rows = _of(queries.standing(queries.visible(actor)), asked)
    if text.strip():
        rows = rows.filter(purpose__icontains=text.strip().replace("\x00", ""))
    return [_record(line) for line in rows.order_by("-pk")[:limit]]


def figures(asked: Asked) -> Iterator[Figure]:
    """Lines, then amounts of the budget years the span touches: in all, and by source."""
    yield Figure("lines", _("Số dòng kinh phí"), Decimal(_counted(asked).count()), url=_url(asked))
    money = [
        summary(asked.bodies, year, establishments=asked.establishments, places=asked.places) for year in _years(asked)
    ]
    named = labels()
    for name in AMOUNTS:
        total = sum((getattr(one, name) for one in money), Decimal(0))
        yield Figure(name, named[name], total, _("đồng"), _url(asked))
    for source, label in BudgetLine.Source.choices:
        held = _of_source(money, source)
        if held:
            for name in AMOUNTS:
                told = f"{named[name]}: {label}"
                yield Figure(f"{name}:{source}", told, getattr(held, name), _("đồng"), _url(asked, source))


def records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    """The lines behind a figure."""
    rows = _counted(asked)
    _name, _colon, source = key.partition(":")
    if source:
        rows = rows.filter(source=source)
    return (_record(line) for line in rows.order_by("pk"))


def _of_source(money: list[Money], source: str) -> Amounts:
    return sum((one.by_source.get(source, Amounts()) for one in money), Amounts())


def _years(asked: Asked) -> range:
    return range(asked.start.year, asked.end.year + 1)


def _of(rows: QuerySet[BudgetLine], asked: Asked) -> QuerySet[BudgetLine]:
    rows = rows.filter(year__in=_years(asked))
    if asked.bodies is not None:
        rows = rows.filter(queries.touching(asked.bodies))
    if asked.establishments is not None:
        rows = rows.filter(establishment__in=asked.establishments)
    if asked.places is not None:
        rows = rows.filter(place__in=asked.places)
    return rows


def _counted(asked: Asked) -> QuerySet[BudgetLine]:
    """Lines that are in the sums: put forward, or money already stands on them."""
    rows = queries.in_sums(BudgetLine.objects.select_related("body", "establishment"))
    return _of(rows.filter(state__in=BudgetLine.SAID), asked)


def _record(line: BudgetLine) -> ProofRecord:
    label = f"{line.purpose} ({line.payer}, {line.year})"
    return ProofRecord(WORD, line.public_id, label, reverse("budget:line", args=[line.public_id]), None, line.body_id)


def _url(asked: Asked, source: str = "") -> str:
    """The list that shows just these lines."""
    query: list[tuple[str, str]] = [("tu_nam", str(asked.start.year)), ("den_nam", str(asked.end.year)), ("tinh", "1")]
    for name, keys in (("don_vi", asked.bodies), ("co_so", asked.establishments), ("dia_ban", asked.places)):
        if keys is not None:
            query.append((name, ",".join(map(str, sorted(keys))) or "0"))
    if source:
        query.append(("nguon", source))
    return f"{reverse('budget:list')}?{urlencode(query)}"


prove(Evidence(WORD, find, search))
measure(Measure(MEASURE, figures, records))

"""Rows of the year's tables: by source and by payer, last year beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.totals import Amounts, Money, Payer
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.establishments.models import Establishment

# Fewer payers of last year alone stand each in its own row.
FEW = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is called, where its lines stand, this year and the year before."""

    label: Any
    url: str
    now: Amounts
    before: Amounts


def source_rows(money: Money, before: Money) -> list[Row]:
    """Sources in the order of the form, those with money in either year."""
    return [
        Row(label, source, money.by_source.get(source, Amounts()), before.by_source.get(source, Amounts()))
        for source, label in BudgetLine.Source.choices
        if source in money.by_source or source in before.by_source
    ]


def payer_rows(money: Money, before: Money, year: int) -> list[Row]:
    """Payers, most money first. Last year's of a body that ended stands beside the one body that took over."""
    last = _by_heir(before, money)
    keys = set(money.by_payer) | set(last)
    bodies = Body.objects.in_bulk([pk for kind, pk in keys if kind == "body"])
    firms = Establishment.objects.in_bulk([pk for kind, pk in keys if kind == "establishment"])
    rows = []
    for kind, pk in keys:
        payer: Any = bodies[pk] if kind == "body" else firms[pk]
        if isinstance(payer, Body):
            url = f"{reverse('budget:body', args=[payer.code])}?nam={year}"
        else:
            url = f"{reverse('budget:list')}?nam={year}&co_so={pk}"
        rows.append(Row(payer.name, url, money.by_payer.get((kind, pk), Amounts()), last.get((kind, pk), Amounts())))
    rows.sort(key=lambda row: (-row.now.estimated, -row.before.estimated, str(row.label)))
    gone = [row for row in rows if not row.now]
    if len(gone) < FEW:
        return rows
    label = _("%(count)s đơn vị chỉ có kinh phí năm trước") % {"count": len(gone)}
    url = f"{reverse('budget:list')}?nam={year - 1}&tinh=1"
    return [row for row in rows if row.now] + [Row(label, url, Amounts(), sum((row.before for row in gone), Amounts()))]


def _by_heir(before: Money, money: Money) -> dict[Payer, Amounts]:
    """Last year's amounts under this year's payers: a body with one successor goes there, others stay themselves."""
    heirs: dict[int, set[int]] = {}
    for old, new in BodySuccession.objects.values_list("predecessor_id", "successor_id"):
        heirs.setdefault(old, set()).add(new)
    found: dict[Payer, Amounts] = {}
    for key, amounts in before.by_payer.items():
        kind, pk = key
        seen = {pk}
        while kind == "body" and (kind, pk) not in money.by_payer and len(heirs.get(pk, ())) == 1:
            (pk,) = heirs[pk]
            if pk in seen:
                break
            seen.add(pk)
        found[kind, pk] = found.get((kind, pk), Amounts()) + amounts
    return found

"""A campaign as a spreadsheet: one line for everybody asked or heard, all figures, and the sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.campaigns import asked
from atvsld.casework.campaigns.listing import timeliness
from atvsld.casework.campaigns.models import Campaign, CampaignFigure
from atvsld.casework.campaigns.summary import Summary
from atvsld.platform.ui.formats_text import said


def sheet(campaign: Campaign, found: Summary) -> Iterator[list[Any]]:
    """Heading, those who told, the sum, those who did not."""
    rows = asked.rows(campaign.ends_on)
    heading = [_("Đơn vị"), _("Tình trạng"), _("Gửi lần đầu lúc"), _("Số lần gửi")]
    for row in rows:
        unit = f" ({said(row.unit)})" if row.unit else ""
        heading.append(f"{said(row.label)}{unit}")
        if row.pair:
            heading.append(_("%(row)s: số đứng sau") % {"row": said(row.label)})
    yield heading
    held: dict[int, dict[str, tuple[Any, Any]]] = {}
    figures = CampaignFigure.objects.filter(sending__counts_for__in=[one.pk for one in found.told])
    for result, key, value, of in figures.values_list("sending__counts_for", "row", "value", "of"):
        held.setdefault(result, {})[key] = (value, of)
    for one in found.told:
        edition = one.current.edition if one.current else None
        yield [one.owner_name, timeliness(one), one.first_sent_at, edition, *_cells(rows, held.get(one.pk, {}))]
    yield [_("Cộng"), None, None, None, *_cells(rows, found.total.sums)]
    for body in found.missing:
        yield [body.name, _("Chưa gửi"), None, None]


def _cells(rows: tuple[asked.AskedRow, ...], held: dict[str, tuple[Any, Any]]) -> Iterator[Any]:
    for row in rows:
        value, of = held.get(row.key, (None, None))
        yield value
        if row.pair:
            yield of

"""Figures the registers hold beside those typed: what a register counted in the days of the campaign.

Rows without a register here stay typed alone. The measures are asked by their word, so that no sibling is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from atvsld.casework.campaigns.models import CampaignResult
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.proofs import Asked, Figure, measure_of

# Row of the form → measure of the plan and the figure of it.
SOURCES: Mapping[str, tuple[str, str]] = {
    "le": ("outreach", "kind.conference"),
    "doi_thoai": ("dialogues", "dialogues"),
    "pa_no": ("materials", "kind.poster.copies"),
    "tin_bai": ("press_items", "items"),
    "to_roi": ("materials", "kind.leaflet.copies"),
    "khen_tt": ("commendations", "groups"),
    "khen_cn": ("commendations", "persons"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a register counts for one row: the figure, the list of the records counted, or why it cannot be told."""

    value: Decimal | None
    url: str
    why: str | Promise


def asked_of(result: CampaignResult) -> Asked:
    """The days of the campaign, and the body with those it took over from, or the establishment."""
    campaign = result.campaign
    if result.body_id is not None:
        return Asked(campaign.starts_on, campaign.ends_on, bodies=lineage(result.body_id))
    assert result.establishment_id is not None  # the database lets a result be of one or the other
    return Asked(campaign.starts_on, campaign.ends_on, establishments=frozenset({result.establishment_id}))


def offers(result: CampaignResult) -> dict[str, Offer]:
    """By row of the form; each measure is counted once."""
    asked = asked_of(result)
    counted: dict[str, dict[str, Figure]] = {}
    for word in dict.fromkeys(word for word, _key in SOURCES.values()):
        if source := measure_of(word):
            counted[word] = {figure.key: figure for figure in source.figures(asked)}
    found = {}
    for row, (word, key) in SOURCES.items():
        if word in counted:
            # Measures leave out what is nought.
            figure = counted[word].get(key)
            found[row] = Offer(figure.value, figure.url, figure.why) if figure else Offer(Decimal(0), "", "")
    return found

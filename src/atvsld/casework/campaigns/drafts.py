"""What is stated of a campaign, and of a result, before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from atvsld.casework.campaigns.asked import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """A campaign of one year; `body_id` is the primary key of the standing body that opens it."""

    kind: str
    year: int
    starts_on: date
    ends_on: date
    body_id: int
    name: str = ""
    theme: str = ""
    report_due: date | None = None
    due_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDraft:
    """What a body or establishment tells: figures by row of the form, and words."""

    stated: Mapping[str, Given] = field(default_factory=dict)
    activities: str = ""
    difficulties: str = ""
    proposals: str = ""

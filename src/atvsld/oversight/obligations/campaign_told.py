"""A report on the Month of Action that was handed in is the reporter's result of that campaign."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from atvsld.casework.campaigns import facade as campaigns
from atvsld.oversight.filing.facade import Filing
from atvsld.platform.acts import Act

REPORT = "ACTION_MONTH"
# Where the form keeps its figures: the only table, the column of entries, and the second figure of a pair.
TABLE, ENTRY, SECOND = "1", "4", "4b"


def tell_campaign(act: Act, filing: Filing) -> None:
    """Pass on what was handed in, within the same act; other reports are none of its business."""
    if filing.report != REPORT or filing.current is None or not filing.period.isdecimal():
        return
    content: dict[str, Any] = filing.current.content
    rows: dict[str, dict[str, str | None]] = content["figures"].get(TABLE, {})
    stated = {
        row: campaigns.Given(Decimal(value), _number(cells.get(SECOND)))
        for row, cells in rows.items()
        if (value := cells.get(ENTRY)) is not None
    }
    sections = content["words"]["sections"]
    draft = campaigns.ResultDraft(stated=stated, **{name: sections.get(name) or "" for name in campaigns.WORDS})
    campaigns.take_in(act, year=int(filing.period), draft=draft, body=filing.body, establishment=filing.establishment)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

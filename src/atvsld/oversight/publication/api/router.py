"""Notices for other systems: the same data as the public file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from atvsld.oversight.publication import queries
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.web.public import as_json, edition_or_404

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """One edition that went out: of which period, in which state, since when."""

    period: str
    revision: int
    state: str
    place_code: str
    issued_on: str


@router.get("/accident-notices", response=list[NoticeOut], operation_id="list_accident_notices")
def list_notices(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition that went out, newest first."""
    return [
        {
            "period": notice.period,
            "revision": notice.revision,
            "state": notice.state,
            "place_code": notice.place_code,
            "issued_on": notice.issued_on.isoformat() if notice.issued_on else "",
        }
        for notice in queries.public()
    ]


@router.get("/accident-notices/{period}", response=dict[str, Any], operation_id="get_accident_notice")
def get_notice(request: HttpRequest, period: str) -> dict[str, Any]:
    """The edition of a period that holds now: figures, tables, sources. A withheld figure is null and says so."""
    notice = edition_or_404(period, None)
    return as_json(notice, Content.from_json(notice.content))

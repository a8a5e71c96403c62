"""What the registers hold of a report at this moment: the figures a draft begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.shape import Shape
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.compute import compute
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.acts import clock


@dataclass(frozen=True, slots=True)
class Registers:
    """Figures by key (None: no register holds it), header lines by key, and the report they were computed into."""

    figures: Mapping[str, Decimal | None]
    header: Mapping[str, str | Decimal | None]
    report: Report


def subject_of(filing: Filing, *, at: datetime) -> Subject:
    """The reporter as the subject of a report."""
    period = Period.parse(filing.period)
    if filing.establishment is not None:
        held = filing.establishment
        return Subject(
            kind="establishment", code=held.tax_code, name=held.name, address=held.address, place_pk=held.place_id,
            establishment=held,
        )  # fmt: skip
    if filing.body is not None:
        if filing.body.functions.filter(function__in=subjects.AREA_FUNCTIONS).exists():
            return subjects.for_body(filing.body.code, period, today=clock.local_day(at))
        return _without_area("body", filing.body.code, filing.body.name, filing)
    provider = filing.provider
    assert provider is not None  # the database lets exactly one reporter stand
    return _without_area(
        "provider", provider.tax_code or provider.public_id, provider.name, filing, address=provider.address
    )


def _without_area(kind: str, code: str, name: str, filing: Filing, *, address: str = "") -> Subject:
    """A reporter whose report counts no records of an area."""
    nothing: frozenset[int] = frozenset()
    return Subject(
        kind=kind, code=code, name=name, address=address, place_pk=filing.place_id, place_ids=nothing,
        register_ids=nothing, body=filing.body,
    )  # fmt: skip


def read(filing: Filing, shape: Shape, *, at: datetime) -> Registers:
    """Compute the report from the records as they stand now. A row the report need not show holds zeros."""
    subject = subject_of(filing, at=at)
    report = compute(load_book(), form=shape.form, period=shape.period, subject=subject, as_of=at)
    found: dict[str, Decimal | None] = {}
    computed = {table.table.id: {row.row.key: row.cells for row in table.rows} for table in report.tables}
    for place in shape.numbers:
        if not place.counted:
            continue
        cells = computed.get(place.table, {}).get(place.row)
        figure = Decimal(0) if cells is None else cells.get(place.column)
        found[place.key] = None if figure is None else round(figure, 3)
    header = {line.key: report.header.get(line.key) for line in shape.form.header}
    return Registers(found, header, report)

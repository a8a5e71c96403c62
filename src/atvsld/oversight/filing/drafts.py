"""The draft of a report as it stands now, with everything that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings

from atvsld.law import load_book
from atvsld.oversight.filing import content, keys, registers
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.filled import Filled, Written, fill
from atvsld.oversight.filing.models import Attachment, DraftEntry, Filing
from atvsld.oversight.filing.numbers import plain
from atvsld.oversight.filing.registers import Registers
from atvsld.oversight.filing.shape import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written, what the registers hold, and the report that both make."""

    filing: Filing
    shape: Shape
    entries: dict[str, Written]
    registers: Registers
    base: Content | None
    filled: Filled
    content: Content

    @property
    def mark(self) -> str:
        """By which “this is what I saw” is said: the digest of what would be handed in."""
        return self.content.digest


def shape(filing: Filing) -> Shape:
    """The form of a filing, in its own version and for its period."""
    return shape_of(filing.form, filing.form_valid_from, filing.period)


def entries_of(filing: Filing) -> dict[str, Written]:
    """What is written into the draft, by key."""
    rows = DraftEntry.objects.filter(filing=filing).values_list("key", "text", "reason", "by_name", "changed_at")
    return {key: Written(text, reason, by, at) for key, text, reason, by, at in rows}


def read(filing: Filing, *, at: datetime) -> Draft:
    """The draft of a filing over the records of this moment. The caller answers for who may see it."""
    laid_out = shape(filing)
    held = registers.read(filing, laid_out, at=at)
    entries = entries_of(filing)
    base = base_of(filing)
    filled = fill(laid_out, registers=held.figures, header=held.header, entries=entries, base=base)
    files = tuple(
        {"id": one.public_id, "name": one.name, "size": one.file.size, "sha256": one.file.sha256}
        for one in Attachment.objects.filter(filing=filing, removed_at__isnull=True).select_related("file")
    )
    return Draft(filing, laid_out, entries, held, base, filled, content_of(filing, filled, held, files))


def base_of(filing: Filing) -> Content | None:
    """What was handed in last; None before the first time."""
    return content.read(filing.current.content) if filing.current is not None else None


def content_of(filing: Filing, filled: Filled, held: Registers, files: tuple[dict[str, object], ...]) -> Content:
    """What would be handed in."""
    subject = held.report.subject
    figures = filled.figures
    beside: dict[str, dict[str, dict[str, Decimal | None]]] = {}
    for place in filled.shape.numbers:
        value = held.figures.get(place.key)
        if value is not None and place.row in figures.get(place.table, {}):
            beside.setdefault(place.table, {}).setdefault(place.row, {})[place.column] = value
    for key in filled.shape.header:
        stated = filled.registers.get(keys.header(key))
        if stated is not None:
            beside.setdefault(keys.HEADER, {})[key] = {keys.HEADER_COLUMN: stated}
    return Content(
        report=filing.report,
        form=filing.form,
        form_valid_from=filing.form_valid_from.isoformat(),
        form_status=filled.shape.form.status.value,
        period=filing.period,
        reporter={"kind": subject.kind, "code": subject.code, "name": subject.name, "address": subject.address},
        nil=filled.nil,
        figures=figures,
        registers=beside,
        header={key: plain(value) if isinstance(value, Decimal) else value for key, value in filled.header.items()},
        words=filled.words,
        reasons=filled.reasons,
        explanations=filled.explanations,
        departures=filled.departures,
        faults=tuple(check.to_json() for check in filled.faults),
        files=files,
        law_version=load_book().version,
        synthetic=settings.DEMO,
    )

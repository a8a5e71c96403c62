"""Legal instruments and who replaced whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.reading import DataFolder

# Stands in citations for a text that was not found; what rests on it is printed without a source.
UNKNOWN_INSTRUMENT = "CHUA-XAC-DINH"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular or plan with the days it is in force (`in_force_to` inclusive)."""

    id: str
    number: str
    kind: str
    title: str
    issuer: str
    in_force_from: date
    in_force_to: date | None
    replaced_by: str | None
    status: Certainty
    note: str

    @property
    def citation(self) -> Citation:
        return Citation(self.id)

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


def read_instruments(folder: DataFolder) -> dict[str, Instrument]:
    """All instruments by id; every `replaced_by` must exist."""
    root = folder.read("instruments.yaml")
    found: dict[str, Instrument] = {}
    for node in root.nodes("instruments"):
        instrument = node.done(
            Instrument(
                id=node.text("id"),
                number=node.text("number"),
                kind=node.text("kind"),
                title=node.text("title"),
                issuer=node.text("issuer"),
                in_force_from=node.day("in_force_from"),
                in_force_to=node.maybe_day("in_force_to"),
                replaced_by=node.maybe_text("replaced_by"),
                status=node.status(),
                note=node.text("note", ""),
            )
        )
        found[instrument.id] = instrument
    root.done(None)
    for instrument in found.values():
        if instrument.replaced_by and instrument.replaced_by not in found:
            raise LawDataError("instruments.yaml", instrument.id, f"không có văn bản {instrument.replaced_by}")
    return found


def instrument_at(instruments: Mapping[str, Instrument], instrument_id: str, day: date) -> Instrument:
    """The instrument of this line of succession that is in force on a day, before or after the one named.

    `UnknownEntry` for an unknown id, `NotInForce` when no member of the line is in force that day.
    """
    if instrument_id not in instruments:
        raise UnknownEntry(f"Không có văn bản “{instrument_id}” trong bộ pháp luật.")
    line = {instrument_id}
    grown = True
    while grown:
        joined = {item.id for item in instruments.values() if item.replaced_by in line}
        joined |= {after for name in line if (after := instruments[name].replaced_by)}
        grown = not joined <= line
        line |= joined
    for name in sorted(line, key=lambda item: instruments[item].in_force_from, reverse=True):
        if instruments[name].in_force_on(day):
            return instruments[name]
    raise NotInForce(f"Không văn bản nào nối tiếp “{instrument_id}” có hiệu lực vào ngày {day:%d/%m/%Y}.")

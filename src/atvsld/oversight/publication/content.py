"""What a notice makes public, as plain data: computed once, kept in the draft, frozen when issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from atvsld.kit.certainty import Certainty
from atvsld.kit.periods import Period
from atvsld.oversight.publication.figures import Figure
from atvsld.oversight.publication.gather import Source
from atvsld.oversight.publication.tables import PublicTable


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that was printed otherwise in the edition before."""

    label: str
    unit: str
    earlier: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class Content:
    """Figures, tables, where they come from, and what changed since the edition before."""

    period: Period
    place: str
    as_of: datetime
    law_version: str
    threshold: int
    figures: Mapping[str, Figure]
    tables: tuple[PublicTable, ...]
    phrases: Mapping[str, str]
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...] = ()
    # Revisions of the year before: what was printed of it then and is counted now.
    earlier_year: tuple[Difference, ...] = ()
    synthetic: bool = False

    @property
    def tables_by_id(self) -> dict[str, PublicTable]:
        return {table.id: table for table in self.tables}

    def to_json(self) -> dict[str, Any]:
        return {
            "period": self.period.code, "place": self.place, "as_of": self.as_of.isoformat(timespec="seconds"),
            "law_version": self.law_version, "threshold": self.threshold,
            "figures": [figure.to_json() for figure in self.figures.values()],
            "tables": [table.to_json() for table in self.tables], "phrases": dict(self.phrases),
            "sources": [
                {"form": one.form, "valid_from": one.valid_from.isoformat(), "status": one.status.value,
                 "note": one.note, "state": one.state, "as_of": one.as_of.isoformat(timespec="seconds"),
                 "reference": one.reference}
                for one in self.sources
            ],
            "differences": [_difference(one) for one in self.differences],
            "earlier_year": [_difference(one) for one in self.earlier_year],
            "synthetic": self.synthetic,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Content:
        figures = [Figure.from_json(one) for one in data["figures"]]
        return cls(
            period=Period.parse(data["period"]), place=data["place"], as_of=datetime.fromisoformat(data["as_of"]),
            law_version=data["law_version"], threshold=data["threshold"],
            figures={one.name: one for one in figures},
            tables=tuple(PublicTable.from_json(one) for one in data["tables"]), phrases=data["phrases"],
            sources=tuple(
                Source(one["form"], date.fromisoformat(one["valid_from"]), Certainty(one["status"]), one["note"],
                       one["state"], datetime.fromisoformat(one["as_of"]), one.get("reference", ""))
                for one in data["sources"]
            ),
            differences=tuple(Difference(**one) for one in data["differences"]),
            earlier_year=tuple(Difference(**one) for one in data["earlier_year"]), synthetic=data["synthetic"],
        )  # fmt: skip


def _difference(one: Difference) -> dict[str, str]:
    return {"label": one.label, "unit": one.unit, "earlier": one.earlier, "now": one.now, "change": one.change}

"""Yearly targets set by a plan, as data the indicators are measured against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.reading import DataFolder, Label, Node

Count = Literal["persons", "establishments"]


@dataclass(frozen=True, slots=True)
class ReportedCell:
    """A place in a report of employers that carries the figure. Without `rows`: every row the employer added."""

    report: str
    table: str
    rows: tuple[str, ...]
    column: str


@dataclass(frozen=True, slots=True)
class ReportedMeasure:
    """How a measure is told by reports handed in, until a register of its own exists.

    `persons` adds the cells up; `establishments` counts the employers with any of them above nought. `owed` is the
    duty whose reporters are those that must be known before the figure is whole; `register` the word of the register
    that would tell it outright. `exposed`: cells of the people among whom it is counted. The choice of cells is a
    reading of the forms, hence its own status.
    """

    count: Count
    owed: str
    register: str
    register_label: Label
    cells: tuple[ReportedCell, ...]
    exposed: tuple[ReportedCell, ...]
    status: Certainty
    note: str

    @property
    def reports(self) -> tuple[str, ...]:
        """The duties whose reports are read, each once."""
        return tuple(dict.fromkeys(cell.report for cell in self.cells))


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """What was made public for a year and an area, shown beside the registers and never counted with them."""

    year: int
    place: str
    label: Label
    value: int
    source: str
    status: Certainty


@dataclass(frozen=True, slots=True)
class Target:
    """`measure` (per `denominator`, when named) must change by `change_per_year` or better every year.

    `change_per_year` is a share: −0.04 = four per cent less than the year before, compounding from the
    figure of `baseline_year`.
    """

    id: str
    label: Label
    direction: Literal["down", "up"]
    change_per_year: Decimal
    measure: str
    denominator: str | None
    baseline_year: int
    valid_from: date
    valid_to: date | None
    citation: Citation
    status: Certainty
    note: str
    reported: ReportedMeasure | None = None
    published: tuple[PublishedFigure, ...] = ()


def read_targets(folder: DataFolder) -> dict[str, Target]:
    """All targets by id."""
    root = folder.read("targets.yaml")
    found: dict[str, Target] = {}
    for node in root.nodes("targets"):
        target = Target(
            id=node.text("id"),
            label=node.label("label"),
            direction=cast("Literal['down', 'up']", node.one_of("direction", ["down", "up"])),
            change_per_year=node.decimal("change_per_year"),
            measure=node.text("measure"),
            denominator=node.maybe_text("denominator"),
            baseline_year=node.number("baseline_year"),
            valid_from=node.day("valid_from"),
            valid_to=node.maybe_day("valid_to"),
            citation=node.citation(),
            status=node.status(),
            note=node.text("note", ""),
            reported=_reported(node),
            published=tuple(_published(one) for one in node.nodes("published")),
        )
        if (target.direction == "down") != (target.change_per_year < 0):
            raise node.fail("“direction” và dấu của “change_per_year” trái nhau")
        found[target.id] = node.done(target)
    root.done(None)
    return found


def _reported(node: Node) -> ReportedMeasure | None:
    told = node.maybe_node("reported")
    if told is None:
        return None
    return told.done(
        ReportedMeasure(
            count=cast("Count", told.one_of("count", ["persons", "establishments"])),
            owed=told.text("owed"),
            register=told.text("register"),
            register_label=told.label("register_label"),
            cells=tuple(_cell(one) for one in told.nodes("cells")),
            exposed=tuple(_cell(one) for one in told.nodes("exposed")),
            status=told.status(),
            note=told.text("note", ""),
        )
    )


def _cell(node: Node) -> ReportedCell:
    return node.done(
        ReportedCell(node.text("report"), node.text("table"), tuple(node.texts("rows")), node.text("column"))
    )


def _published(node: Node) -> PublishedFigure:
    return node.done(
        PublishedFigure(
            year=node.number("year"),
            place=node.text("place"),
            label=node.label("label"),
            value=node.number("value"),
            source=node.text("source"),
            status=node.status(),
        )
    )

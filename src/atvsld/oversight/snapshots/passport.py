"""The passport of a figure: the records in it, those left out and why, the rule, and what is different now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.text import format_number
from atvsld.oversight.snapshots import cells, comparing, content, freezing, queries
from atvsld.oversight.snapshots.cells import Cell, Counting, Figure
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.freezing import FactChange
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.oversight.snapshots.policy import READ, SNAPSHOTS
from atvsld.oversight.snapshots.sources import Shown, source_of
from atvsld.oversight.snapshots.wording import CODES, DIMENSIONS, reason
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.facts import Folding

# Records named on one page; all are counted.
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record behind a figure. `shown` is None when the reader may not open it, or it is no longer there."""

    record: str
    adds: Decimal | None
    shown: Shown | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Records of one kind: how many, and those of the page asked for."""

    label: str
    total: int
    lines: tuple[RecordLine, ...]

    @property
    def hidden(self) -> int:
        """Of the records of this page, those the reader may not open."""
        return sum(line.shown is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that makes the figure another one now: `was` and `now` are what it adds (None: not in it)."""

    line: RecordLine
    kind: str
    was: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Passport:
    """All that can be told about one figure of an accepted report.

    `now` is the figure by the records of now when `known_now`; `lost` says why it cannot be counted. `parts` are the
    figures it is made of, each with its own passport.
    """

    held: Held
    figure: Figure
    rule: tuple[tuple[str, str], ...]
    counted: Listing
    left_out: tuple[Listing, ...]
    parts: tuple[Figure, ...]
    differences: tuple[Difference, ...]
    now: Decimal | None
    known_now: bool
    lost: str = ""

    @property
    def snapshot(self) -> ReportSnapshot:
        return self.held.snapshot

    @property
    def overtaken(self) -> bool:
        """Whether the figure is another one now."""
        return self.known_now and self.now != self.figure.value


def passport(actor: Actor, snapshot: ReportSnapshot, cell: Cell, *, at: datetime, page: int = 1) -> Passport:
    """The passport of a figure. `Refused` outside the reader's area, `Rejected` when the report has no such figure."""
    SNAPSHOTS.require(actor, READ, snapshot)
    one = content.held(snapshot)
    figure = cells.figure(one, cell)
    near = [_near(actor, one, counting, page) for counting in figure.counted]
    changes, lost = _changes(one, figure, at)
    now, known = _now(one, figure, near, changes) if not lost else (None, False)
    listings = _joined(near)
    return Passport(
        held=one,
        figure=figure,
        rule=tuple(_rule(figure)),
        counted=listings.pop("", Listing("", 0, ())),
        left_out=tuple(listings[name] for name in sorted(listings)),
        parts=tuple(_part(one, part) for part in figure.parts),
        differences=tuple(_differences(actor, one, figure, changes)),
        now=now,
        known_now=known,
        lost=lost,
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """The facts near a counted figure with one reason: how many, of how many the amount is known, their sum, some."""

    total: int
    known: int
    amount: Decimal
    lines: tuple[RecordLine, ...]


def _near(actor: Actor, one: Held, counting: Counting, page: int) -> dict[str, _Near]:
    params: dict[str, Any] = {"most": PER_PAGE, "skipped": (page - 1) * PER_PAGE}
    sql = (
        f"WITH near AS MATERIALIZED ({cells.reasons_sql(one, counting, params)})"  # noqa: S608 - constants
        " SELECT g.reason, g.total, g.known, g.amount, l.record, l.adds FROM (SELECT reason, count(*) AS total,"
        " count(adds) AS known, coalesce(sum(adds), 0) AS amount FROM near GROUP BY reason) g LEFT JOIN LATERAL ("
        "SELECT record, adds FROM near n WHERE n.reason = g.reason ORDER BY adds DESC NULLS LAST, record"
        " LIMIT %(most)s OFFSET %(skipped)s) l ON true WHERE g.reason <> '-'"
        " ORDER BY g.reason, l.adds DESC NULLS LAST, l.record"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    shown = source_of(counting.fact_set).show(actor, [row[4] for row in rows if row[4] is not None])
    found: dict[str, _Near] = {}
    for code, total, known, amount, record, added in rows:
        held = found.get(code) or _Near(total, known, Decimal(amount), ())
        line = () if record is None else (RecordLine(record, _scaled(added, counting), shown.get(record)),)
        found[code] = replace(held, lines=(*held.lines, *line))
    return found


def _joined(near: list[dict[str, _Near]]) -> dict[str, Listing]:
    """The listings of a figure; of rows added up, those of the parts together."""
    codes = dict.fromkeys(code for one in near for code in one)
    if len(near) > 1:
        # Left out of one part may be counted in another.
        codes = dict.fromkeys(code for code in codes if code in ("", *_LASTING))
    found: dict[str, Listing] = {}
    for code in codes:
        parts = [one[code] for one in near if code in one]
        lines = [line for part in parts for line in part.lines][:PER_PAGE]
        found[code] = Listing(str(reason(code)) if code else "", sum(part.total for part in parts), tuple(lines))
    return found


_LASTING = ("pending", "not_occupational", "elsewhere", "population", cells.UNKNOWN)


def _changes(one: Held, figure: Figure, at: datetime) -> tuple[list[FactChange], str]:
    sets = {counting.fact_set for counting in figure.counted}
    if not sets or _untouched(one):
        return [], ""
    try:
        return comparing.facts_now(one, at=at, only=sets), ""
    except Rejected as error:
        return [], str(error)


def _untouched(one: Held) -> bool:
    """Whether the report was compared after the last change of any record behind it, and agreed."""
    snapshot = one.snapshot
    if snapshot.state != ReportSnapshot.State.ACCEPTED or queries.open_revision(snapshot) is not None:
        return False
    return bool(snapshot.check_mark.marks == freezing.marks(one.layouts))


def _now(
    one: Held, figure: Figure, near: list[dict[str, _Near]], changes: list[FactChange]
) -> tuple[Decimal | None, bool]:
    """The figure by the records of now: what it was, less what left, plus what came."""
    if not figure.counted:
        return _from_draft(one, figure)
    total: Decimal | None = None
    for counting, parts in zip(figure.counted, near, strict=True):
        inside = [parts[code] for code in ("", cells.UNKNOWN) if code in parts]
        members, known = sum(part.total for part in inside), sum(part.known for part in inside)
        amount = sum((part.amount for part in inside), Decimal(0))
        for change in changes:
            if change.fact_set != counting.fact_set:
                continue
            for values, sign in ((change.was, -1), (change.now, 1)):
                belongs, added = cells.adds(one, counting, values)
                members += sign * belongs
                known += sign * (belongs and added is not None)
                amount += sign * (added or Decimal(0)) if belongs else Decimal(0)
        folding = source_of(counting.fact_set).facts.measures[counting.measure].folding
        if known or not members or folding is Folding.COUNT:
            total = (total or Decimal(0)) + amount / counting.scale
    return total, True


def _from_draft(one: Held, figure: Figure) -> tuple[Decimal | None, bool]:
    """A figure made of others: as the open draft of the next number has it."""
    draft = queries.open_revision(one.snapshot)
    place = (figure.cell.table, figure.cell.row, figure.cell.column)
    for change in draft.cells if draft else ():
        if (change["table"], change["row"], change["column"]) == place:
            return (None if change["now"] is None else Decimal(change["now"])), True
    return figure.value, one.snapshot.state == ReportSnapshot.State.ACCEPTED


def _differences(actor: Actor, one: Held, figure: Figure, changes: list[FactChange]) -> Iterator[Difference]:
    for counting in figure.counted:
        mine = []
        for change in changes:
            if change.fact_set == counting.fact_set:
                (was_in, was), (is_in, now) = (cells.adds(one, counting, side) for side in (change.was, change.now))
                if (was_in, was) != (is_in, now):
                    mine.append((change, was_in, was, is_in, now))
        shown = source_of(counting.fact_set).show(actor, [change.record for change, *_rest in mine])
        for change, was_in, was, is_in, now in mine[:PER_PAGE]:
            kind = "changed" if was_in and is_in else "added" if is_in else "removed"
            line = RecordLine(change.record, None, shown.get(change.record))
            yield Difference(line, kind, _scaled(was, counting), _scaled(now, counting))


def _part(one: Held, cell: Cell) -> Figure:
    try:
        return cells.figure(one, cell)
    except Rejected:
        return Figure(cell, cell.row, cell.column, None)


def _rule(figure: Figure) -> Iterator[tuple[str, str]]:
    if figure.rule:
        yield _("Công thức"), figure.rule
    for counting in figure.counted[:4]:
        conditions = [
            f"{DIMENSIONS.get(name, name)}: {', '.join(str(CODES.get(code, code)) for code in sorted(codes))}"
            for name, codes in sorted(counting.where.items())
        ]
        conditions += [
            _("%(dimension)s: chưa rõ hoặc ngoài danh mục") % {"dimension": DIMENSIONS.get(name, name)}
            for name in sorted(counting.outside)
        ]
        scale = f" : {format_number(Decimal(counting.scale))}" if counting.scale != 1 else ""
        yield _("Số đo"), f"{counting.measure}{scale}"
        yield _("Điều kiện"), "; ".join(conditions) or _("mọi bản ghi của đối tượng và kỳ")


def _scaled(value: Any, counting: Counting) -> Decimal | None:
    return None if value is None else Decimal(value) / counting.scale

"""The passport of a figure: the records in it, those left out and why, the rule, and what is different now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.text import format_number
from atvsld.oversight.snapshots import cells, comparing, content, queries
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

    snapshot: ReportSnapshot
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
    def overtaken(self) -> bool:
        """Whether the figure is another one now."""
        return self.known_now and self.now != self.figure.value


def passport(actor: Actor, snapshot: ReportSnapshot, cell: Cell, *, at: datetime, page: int = 1) -> Passport:
    """The passport of a figure. `Refused` outside the reader's area, `Rejected` when the report has no such figure."""
    SNAPSHOTS.require(actor, READ, snapshot)
    one = content.held(snapshot)
    figure = cells.figure(one, cell)
    listings = _listings(actor, one, figure, page)
    changes, lost = _changes(one, figure, at)
    now, known = _now(one, figure, changes) if not lost else (None, False)
    empty = Listing("", 0, ())
    return Passport(
        snapshot=snapshot,
        figure=figure,
        rule=tuple(_rule(figure)),
        counted=listings.pop("", empty),
        left_out=tuple(listings[name] for name in sorted(listings)),
        parts=tuple(_part(one, part) for part in figure.parts),
        differences=tuple(_differences(actor, one, figure, changes)),
        now=now,
        known_now=known,
        lost=lost,
    )


def _listings(actor: Actor, one: Held, figure: Figure, page: int) -> dict[str, Listing]:
    if not figure.counted:
        return {}
    found: dict[str, list[Any]] = {}
    # Rows added up never share a fact: each has its own conclusion or code. Their parameters have names of their own.
    for counting in figure.counted:
        params: dict[str, Any] = {"first": (page - 1) * PER_PAGE, "last": page * PER_PAGE}
        sql = (
            "SELECT reason, total, record, adds FROM (SELECT reason, record, adds,"  # noqa: S608 - constants
            " count(*) OVER (PARTITION BY reason) AS total,"
            " row_number() OVER (PARTITION BY reason ORDER BY adds DESC NULLS LAST, record) AS place"
            f" FROM ({cells.reasons_sql(one, counting, params)}) near WHERE reason <> '-') listed"
            " WHERE place > %(first)s AND place <= %(last)s OR place = 1 ORDER BY reason, place"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        shown = source_of(counting.fact_set).show(actor, [row[2] for row in rows])
        for code in dict.fromkeys(row[0] for row in rows):
            mine = [row for row in rows if row[0] == code]
            lines = [RecordLine(row[2], _scaled(row[3], counting), shown.get(row[2])) for row in mine]
            if page > 1:
                lines = lines[1:]
            held = found.setdefault(code, [0, []])
            held[0] += mine[0][1]
            held[1] += lines
    if len(figure.counted) > 1:
        # Left out of one part may be counted in another.
        found = {code: held for code, held in found.items() if code in ("", *_LASTING)}
    return {
        code: Listing(str(reason(code)) if code else "", total, tuple(lines[:PER_PAGE]))
        for code, (total, lines) in found.items()
    }


_LASTING = ("pending", "not_occupational", "elsewhere", "population", cells.UNKNOWN)


def _changes(one: Held, figure: Figure, at: datetime) -> tuple[list[FactChange], str]:
    sets = {counting.fact_set for counting in figure.counted}
    if not sets:
        return [], ""
    try:
        return comparing.facts_now(one, at=at, only=sets), ""
    except Rejected as error:
        return [], str(error)


def _now(one: Held, figure: Figure, changes: list[FactChange]) -> tuple[Decimal | None, bool]:
    """The figure by the records of now: what it was, less what left, plus what came."""
    if not figure.counted:
        return _from_draft(one, figure)
    total: Decimal | None = None
    for counting in figure.counted:
        members, known, amount = _held_sums(one, counting)
        for change in changes:
            if change.fact_set != counting.fact_set:
                continue
            for values, sign in ((change.was, -1), (change.now, 1)):
                inside, added = cells.adds(one, counting, values)
                members += sign * inside
                known += sign * (inside and added is not None)
                amount += sign * (added or Decimal(0)) if inside else Decimal(0)
        folding = source_of(counting.fact_set).facts.measures[counting.measure].folding
        if known or not members or folding is Folding.COUNT:
            total = (total or Decimal(0)) + amount / counting.scale
    return total, True


def _held_sums(one: Held, counting: Counting) -> tuple[int, int, Decimal]:
    params: dict[str, Any] = {}
    near = cells.reasons_sql(one, counting, params)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(adds), coalesce(sum(adds), 0)"  # noqa: S608 - constants
            f" FROM ({near}) near WHERE reason IN ('', '{cells.UNKNOWN}')",
            params,
        )
        members, known, amount = cursor.fetchone()
    return members, known, Decimal(amount)


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

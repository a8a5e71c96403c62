"""From the records to what a notice may make public, with every earlier edition taken into account."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction

from atvsld.kit.periods import Period, PeriodKind
from atvsld.kit.text import format_date, format_number
from atvsld.law import load_book
from atvsld.oversight.publication.content import Content, Difference
from atvsld.oversight.publication.editions import Edition, protected, unprotected
from atvsld.oversight.publication.figures import DAMAGE_NAMES, Figure, figures_of
from atvsld.oversight.publication.gather import Counts, gather
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.rules import Rules, load_rules
from atvsld.oversight.publication.tables import tables_of
from atvsld.oversight.publication.wording import phrases_of
from atvsld.oversight.reporting.subject import Boundary
from atvsld.platform.access.actor import Actor
from atvsld.statistics.change import Style, change

# Not about accidents: how many establishments there are and how far the authorities have come.
OTHER_GROUND = "Kỳ trước đã công bố theo địa giới khác nên không đặt cạnh để so sánh."
_ASIDE = frozenset({
    "co_so", "co_so_bao_cao", "co_so_phai_bao_cao", "co_so_da_bao_cao", "xa_phai_bao_cao", "xa_da_bao_cao",
    "vu_cho_ket_luan", "vu_da_cong_bo", "vu_dang_giai_quyet",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which province and period, and with which extra table."""

    place_code: str
    period: Period
    former_day: date | None = None
    other_costs: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """The public content, the true counts behind what it prints for the first time, and the mark of what was before."""

    content: Content
    editions: Mapping[str, Edition]
    based_on: str
    place_id: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The newest edition of each period that was ever printed for a province, with its day."""

    editions: Mapping[str, Edition]
    days: Mapping[str, date]
    notices: Mapping[str, Notice]
    mark: str


def printed(place_code: str) -> Printed:
    """Everything issued so far for a province, from any notice."""
    editions: dict[str, Edition] = {}
    days: dict[str, date] = {}
    notices: dict[str, Notice] = {}
    issued = Notice.objects.filter(place_code=place_code).exclude(state=Notice.State.DRAFT)
    seen = []
    for notice in issued.order_by("issued_at", "pk"):
        seen.append([notice.public_id, notice.version])
        notices[notice.period] = notice
        for code, held in notice.editions.items():
            editions[code] = Edition.from_json(held)
            days[code] = notice.issued_on or notice.drafted_at.date()
    mark = hashlib.sha256(json.dumps(sorted(pair[0] for pair in seen)).encode()).hexdigest()
    return Printed(editions, days, notices, mark)


def compute(actor: Actor, asked: Asked, *, at: datetime) -> Computed:
    """Count, protect and lay out. `Refused` unless the actor may read the whole province's reports."""
    rules = load_rules()
    with transaction.atomic():
        if not connection.savepoint_ids:  # one snapshot, so that forms and communes agree while others write
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        before_print = printed(asked.place_code)
        now = gather(
            actor, place=asked.place_code, period=asked.period, boundary=Boundary.PERIOD_END,
            former=asked.former_day, at=at,
        )  # fmt: skip
        ground = (now.subject.boundary or asked.period.end).isoformat()
        earlier = gather(actor, place=asked.place_code, period=asked.period.year_before(), boundary=ground,
                         former=asked.former_day, at=at)  # fmt: skip
    new: dict[str, Edition] = {}
    notes: dict[str, str] = {}
    edition = _edition(now, before_print, rules, notes)
    new[asked.period.code] = edition
    past = asked.period.year_before().code
    edition_before = before_print.editions.get(past)
    if edition_before is None:
        edition_before = new[past] = _edition(earlier, before_print, rules, {})
    # What the law makes public of the year before is told as it is counted now; the rest as it was printed.
    live_before = unprotected(earlier, rules.exempt_measures)
    if edition_before.ground != live_before.ground:
        # Printed under other boundaries: set beside this period it would compare different places.
        edition_before = Edition({}, ())
        notes |= {
            name: f"{notes.get(name, '')} {OTHER_GROUND}".strip() for name in ("cause", "agent", "industry", "commune")
        }
    edition_before = _with_totals(edition_before, live_before)
    figures = figures_of(now, earlier, edition, edition_before, asked.other_costs)
    figures |= _damages_kept(before_print.notices.get(asked.period.code), figures, rules)
    tables = tables_of(now, earlier, edition, edition_before, notes)
    content = Content(
        period=asked.period, place=now.subject.name, as_of=at, law_version=load_book().version,
        threshold=rules.threshold, figures=figures, tables=tables,
        phrases=phrases_of(asked.period, now.subject.name, {one.id: one for one in tables}, rules.percent_decimals),
        sources=now.sources,
        differences=tuple(_differences(before_print.notices.get(asked.period.code), figures, rules)),
        earlier_year=tuple(_restated(before_print.notices.get(past), figures, rules)),
        synthetic=settings.DEMO,
    )  # fmt: skip
    assert now.subject.place_pk is not None
    return Computed(content, new, before_print.mark, now.subject.place_pk)


def _edition(counts: Counts, before: Printed, rules: Rules, notes: dict[str, str]) -> Edition:
    """The period protected beside the other length of its year; tables printed before that changed too little stay."""
    period = counts.period
    bare = unprotected(counts, rules.exempt_measures)
    whole = period.kind is PeriodKind.YEAR
    other = before.editions.get(Period(period.year, PeriodKind.HALF, 1).code if whole else str(period.year))
    old = before.editions.get(period.code)
    held: frozenset[str] = frozenset()
    if old is not None:
        held = frozenset(
            cell.key for cell in bare.cells if old.find(cell.key) is not None and cell.key not in old.shown
        )
    found = protected(bare, other, period, threshold=rules.threshold, held=held)
    return found if old is None else _kept(found, old, rules, before.days[period.code], notes)


def _kept(found: Edition, old: Edition, rules: Rules, day: date, notes: dict[str, str]) -> Edition:
    """A table in which any figure moved by less than the threshold is carried over as printed.

    The difference of two editions would tell of the few who were added or moved.
    """
    tables = {cell.table for cell in old.cells if not cell.exempt}
    carried = {name for name in tables if _moved_little(found, old, name, rules.threshold)}
    for name in carried:
        notes[name] = f"Giữ như lần công bố ngày {format_date(day)}: số thay đổi quá ít để công bố riêng."
    cells = [cell for cell in found.cells if cell.table not in carried or (cell.exempt and cell.table == "sector")]
    kept_cells = [cell for cell in old.cells if cell.table in carried and not (cell.exempt and cell.table == "sector")]
    counts = dict(found.counts)
    for cell in kept_cells:
        for atom in cell.atoms:
            counts[atom] = old.counts.get(atom, 0)
    shown = {cell.key for cell in cells if cell.key in found.shown}
    shown |= {cell.key for cell in kept_cells if cell.key in old.shown}
    blank = {name for name in found.blank if name.partition("/")[0] not in carried}
    blank |= {name for name in old.blank if name.partition("/")[0] in carried}
    return replace(found, counts=counts, cells=(*cells, *kept_cells), shown=frozenset(shown), blank=frozenset(blank))


def _moved_little(found: Edition, old: Edition, table: str, threshold: int) -> bool:
    for cell in old.cells:
        if cell.table != table or cell.exempt:
            continue
        now = found.find(cell.key)
        if now is not None and 0 < abs(found.value(now) - old.value(cell)) < threshold:
            return True
    return False


def _with_totals(edition: Edition, live: Edition) -> Edition:
    """The sector figures that are public by law as they are counted now, everything else as printed."""
    fresh = [cell for cell in live.cells if cell.table == "sector" and cell.exempt]
    rest = [cell for cell in edition.cells if cell.table != "sector" or not cell.exempt]
    counts = dict(edition.counts) | {atom: live.counts[atom] for cell in fresh for atom in cell.atoms}
    return replace(edition, counts=counts, cells=(*fresh, *rest), shown=edition.shown | {cell.key for cell in fresh})


def _damages_kept(earlier: Notice | None, figures: Mapping[str, Figure], rules: Rules) -> dict[str, Figure]:
    """Sums of money as printed before, when so few victims came or went that the difference would be theirs."""
    if earlier is None:
        return {}
    old = Content.from_json(earlier.content).figures
    moved = abs((figures["so_nguoi"].value or Decimal(0)) - (old["so_nguoi"].value or Decimal(0)))
    if not 0 < moved < rules.threshold:
        return {}
    names = [name for name, _unit, _label in DAMAGE_NAMES.values() if name != "chi_khac" and name in old]
    return {name: replace(old[name], before=figures[name].before, before_state=figures[name].before_state,
                          source=f"{old[name].source}; giữ như lần công bố trước") for name in names}  # fmt: skip


def _differences(earlier: Notice | None, figures: Mapping[str, Figure], rules: Rules) -> Iterator[Difference]:
    """Figures printed otherwise in the edition before."""
    if earlier is None:
        return
    for name, old in Content.from_json(earlier.content).figures.items():
        now = figures.get(name)
        if now is None or old.value is None or now.value is None or old.value == now.value or name in _ASIDE:
            continue
        yield _difference(now, old.value, now.value, rules)


def _restated(earlier: Notice | None, figures: Mapping[str, Figure], rules: Rules) -> Iterator[Difference]:
    """Figures of the year before that its own notice printed otherwise."""
    if earlier is None:
        return
    for name, old in Content.from_json(earlier.content).figures.items():
        now = figures.get(name)
        if now is None or old.value is None or now.before is None or old.value == now.before or name in _ASIDE:
            continue
        yield _difference(now, old.value, now.before, rules)


def _difference(figure: Figure, earlier: Decimal, now: Decimal, rules: Rules) -> Difference:
    return Difference(
        figure.label, figure.unit, format_number(earlier), format_number(now),
        change(earlier, now).wording(figure.unit, rules.percent_decimals, style=Style.BRACKET),
    )  # fmt: skip

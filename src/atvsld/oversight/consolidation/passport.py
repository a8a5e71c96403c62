"""The passport of one figure of an accepted consolidation: who is in it, who is not and why, by which rule, and now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.law.consolidation import Cell, Portion
from atvsld.oversight.consolidation import compare, frozen, revising, units
from atvsld.oversight.consolidation.frozen import Held
from atvsld.oversight.consolidation.kept import Kept, figures_in
from atvsld.oversight.consolidation.models import ConsolidatedReport, CountedReport, UncountedReporter
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.reporting.catalogue import recodes
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.bodies.models import Body

# Units named in one list; the rest are counted.
MOST = 300


@dataclass(frozen=True, slots=True)
class UnitIn:
    """One report in the figure: whose, which handing in, when, with which receipt, how much of the figure it is.

    `moved`: another handing in counts now, or none.
    """

    name: str
    code: str
    public_id: str
    filing: str
    number: int
    submitted_at: datetime
    receipt: str
    value: Decimal
    moved: bool


@dataclass(frozen=True, slots=True)
class UnitOut:
    """One reporter that is not in the sums. `within`: the reporter in whose figures its own stand."""

    name: str
    code: str
    filing: str
    within: str


@dataclass(frozen=True, slots=True)
class LeftOutOf:
    """All that are left out for one reason: `total`, of whom the first are named."""

    label: str
    total: int
    lines: tuple[UnitOut, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """`units`: the first of `count` reports in the figure. `now` is the figure by the reports that count now, unless
    `lost` says why it cannot be told. `adds_up`: the amounts named make the figure; false for a largest value, a figure
    of the registers or one worked out from others.
    """

    one: Held
    cell: Cell
    label: str
    path: str
    value: Decimal | None
    units: tuple[UnitIn, ...]
    count: int
    adds_up: bool
    left_out: tuple[LeftOutOf, ...]
    rule: tuple[tuple[str, str], ...]
    now: Decimal | None
    lost: str

    @property
    def overtaken(self) -> bool:
        return not self.lost and (self.value or Decimal(0)) != (self.now or Decimal(0))


def passport(actor: Actor, accepted: ConsolidatedReport, cell: Cell, *, at: datetime) -> Passport:
    """Everything behind one figure of a report the actor may read. `Rejected` for a cell the report does not have."""
    figures = figures_in(accepted)
    if cell not in figures:
        message = _("Báo cáo không có ô dòng %(row)s, cột %(column)s.") % {"row": cell.row, "column": cell.column}
        raise Rejected([Problem("unknown_cell", message, _("Mở lại biểu và bấm vào một con số."))])
    one = frozen.held(accepted)
    scheme = one.scheme
    table = scheme.target.table(cell.table)
    row = next(row for row in one.plan.rows[cell.table] if row.key == cell.row)
    column = next((leaf for leaf in table.leaf_columns if cell.column in (leaf.key, leaf.pair)), None)
    told = units.told_in(scheme, Kept.of(accepted, scheme), cell, recodes(one.plan.codes))
    told.sort(key=lambda item: (-abs(item.value), item.filing))
    now, lost = _now(actor, accepted, cell, at, figures[cell])
    return Passport(
        one=one, cell=cell, label=row.label.vi, path=compare.column_path(table, column) if column else cell.column,
        value=figures[cell], units=tuple(_named(one, told[:MOST])), count=len(told),
        adds_up=sum((item.value for item in told), Decimal(0)) == (figures[cell] or 0),
        left_out=tuple(_left_out(one)), rule=tuple(_rule(one, cell)), now=now, lost=lost,
    )  # fmt: skip


def _now(
    actor: Actor, accepted: ConsolidatedReport, cell: Cell, at: datetime, value: Decimal | None
) -> tuple[Decimal | None, str]:
    try:
        since = revising.since(actor, accepted, at=at)
    except (Rejected, Refused) as error:
        return None, str(error)
    return next((change.now for change in since.changes if change.cell == cell), value), ""


def _named(one: Held, told: list[units.Told]) -> Iterator[UnitIn]:
    kept = CountedReport.objects.filter(consolidated=one.accepted, filing__in=[item.filing for item in told])
    held = {item.filing_id: item for item in kept.select_related("filing", "submission").defer("submission__content")}
    names = units.names_of([item.unit for item in told], employers=_employers(one))
    for item in told:
        name, code, public_id = names.get(item.unit, ("", "", ""))
        counted = held[item.filing]
        sent, filing = counted.submission, counted.filing
        yield UnitIn(
            name, code, public_id, filing.public_id, sent.number, sent.submitted_at, sent.receipt_grouped, item.value,
            moved=filing.current_id != sent.pk or not filing.counted,
        )  # fmt: skip


def _left_out(one: Held) -> Iterator[LeftOutOf]:
    out = UncountedReporter.objects.filter(consolidated=one.accepted)
    totals = dict(out.values_list("why").annotate(total=Count("pk")).order_by("why"))
    for why in UncountedReporter.Why:
        if why not in totals:
            continue
        rows = list(out.filter(why=why).select_related("filing", "within").order_by("reporter")[:MOST])
        names = _reporters(one, [row.reporter for row in rows])
        lines = tuple(
            UnitOut(
                *names.get(row.reporter, ("", "")), row.filing.public_id if row.filing else "",
                _reporter_name(row.within),
            )
            for row in rows
        )  # fmt: skip
        yield LeftOutOf(str(why.label), totals[why], lines)


def _reporters(one: Held, keys: list[int]) -> dict[int, tuple[str, str]]:
    if _employers(one):
        named = units.names_of(keys, employers=True)
        return {key: named[key][:2] for key in keys if key in named}
    return {pk: (name, code) for pk, name, code in Body.objects.filter(pk__in=keys).values_list("pk", "name", "code")}


def _reporter_name(filing: Filing | None) -> str:
    return str(getattr(filing.reporter, "name", "")) if filing is not None else ""


def _employers(one: Held) -> bool:
    return one.scheme.rule.reporter == "establishment"


def _rule(one: Held, cell: Cell) -> Iterator[tuple[str, str]]:
    scheme = one.scheme
    origin, head = scheme.origins.get(cell), scheme.heads.get(cell)
    if origin is not None:
        place = _("biểu %(form)s, bảng %(table)s, dòng %(row)s") % {
            "form": scheme.source.code, "table": origin.table, "row": origin.row,
        }  # fmt: skip
        how = _("số lớn nhất của một báo cáo") if origin.most else _("tổng của các báo cáo")
        yield _("Cách tính"), f"{how}: {_portion(origin.portion)} ({place})"
    elif head is not None:
        names = {
            "obliged": _("số đơn vị phải báo cáo"),
            "reporting": _("số đơn vị đã báo cáo"),
            "workers": _("lao động của các đơn vị phải báo cáo"),
            "workers_reporting": _("lao động của các đơn vị đã báo cáo"),
            "workers_female": _("lao động nữ của các đơn vị phải báo cáo"),
        }
        yield _("Cách tính"), names[head.figure]
    else:
        yield _("Cách tính"), _("tính từ các ô khác của biểu")
    reporters = origin.reporters if origin is not None else head.reporters if head is not None else {}
    names = {"ownership": _("Loại hình của đơn vị"), "industry": _("Ngành của đơn vị")}
    for name, condition in sorted(reporters.items()):
        codes = ", ".join(condition.codes)
        yield names.get(name, name), _("ngoài %(codes)s") % {"codes": codes} if condition.outside else codes
    yield (
        _("Biểu cộng từ"),
        _("%(form)s, bản từ %(day)s") % {"form": scheme.source.code, "day": format_date(scheme.source.valid_from)},
    )
    yield (
        _("Biểu mẫu"),
        _("%(form)s, bản từ %(day)s") % {"form": scheme.target.code, "day": format_date(scheme.target.valid_from)},
    )
    yield _("Bộ pháp luật"), one.accepted.law_version


def _portion(portion: Portion) -> str:
    text = " + ".join(_("cột %(column)s") % {"column": name} for name in portion.add)
    text += "".join(" − " + _("cột %(column)s") % {"column": name} for name in portion.less)
    if portion.at_most is not None:
        text += "; " + _("không quá %(limit)s") % {"limit": _portion(portion.at_most)}
    return text

"""Employers' reports of a year: accidents (R1) and safety work (R8); some late, some wrong, some nil, some silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db.models import Q

from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.filled import Written
from atvsld.oversight.filing.shape import Shape, shape_of
from atvsld.platform.acts import Act
from atvsld.project.demo.filings import writing
from atvsld.project.demo.filings.reading import Reading
from atvsld.project.demo.filings.writing import Opener, Sheet
from atvsld.project.demo.filings.yearly import entries as yearly_entries
from atvsld.registers.establishments.models import Establishment

SHARE = 0.7
_LATE, _WRONG, _DENIED = 0.09, 0.10, 0.12
_OUTSIDER = "Người bị nạn là lao động thuê lại, do bên cho thuê lại quản lý (số liệu mẫu)"
_NOT_OURS = "Vụ xảy ra với nhân công của nhà thầu, cơ sở cho là không thuộc mình (số liệu mẫu)"


def file(act: Act, period: str, chance: Random) -> int:
    """Both reports of the employers that file; how many reports were handed in."""
    last = date(int(period), 12, 31)
    owing = list(
        Establishment.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=last), merged_into__isnull=True)
        .select_related("place")
        .order_by("tax_code")
    )
    filing = [firm for firm in owing if chance.random() < SHARE]
    made = 0
    for report, sheets in (("R1", _accidents), ("R8", _yearly)):
        opener = Opener(report, period)
        like = opener.firm(filing[0])
        shape = shape_of(like.form, like.form_valid_from, period)
        made += writing.write(act, sheets(shape, opener, filing, chance), chance)
    return made


def moment(period: str, chance: Random) -> datetime:
    """When a report came in: mostly in the first days of January, some after the last good day (9 January)."""
    day = datetime(int(period) + 1, 1, 1, 1, tzinfo=UTC)
    if chance.random() < _LATE:
        return day + timedelta(days=chance.randint(9, 18), minutes=chance.randrange(540))
    return day + timedelta(days=round(chance.triangular(-12, 8, 7)), minutes=chance.randrange(540))


def _accidents(shape: Shape, opener: Opener, filing: list[Establishment], chance: Random) -> Iterator[Sheet]:
    held = Reading(shape)
    quiet: Content | None = None
    for firm in filing:
        at = moment(opener.period, chance)
        if not held.told(firm) and quiet is not None:
            # Reports of those where nothing happened differ in their heads alone.
            yield Sheet(opener.firm(firm), writing.headed(quiet, held.head(firm, at=at)), at)
            continue
        registers = held.of(firm, at=at)
        if not held.told(firm):
            entries = {"nil": Written("1")}
        elif chance.random() < _DENIED:
            entries = {"nil": Written("1"), "explain:nil": Written(_NOT_OURS)}
        else:
            entries = _mistaken(shape, registers.figures) if chance.random() < _WRONG else {}
        made = writing.sheet(opener.firm(firm), writing.complete(shape, registers, entries), registers, at)
        if not held.told(firm):
            quiet = made.content
        yield made


def _mistaken(shape: Shape, figures: Mapping[str, Decimal | None]) -> dict[str, Written]:
    """One victim taken for an outsider, in every row it stands in: whole in itself, and not what the registers hold."""
    found = {}
    for place in shape.numbers:
        if place.table == "I" and place.column == "7" and figures.get(place.key.removesuffix("7") + "6") == 1:
            found[place.key] = Written("1", _OUTSIDER)
    return found


def _yearly(shape: Shape, opener: Opener, filing: list[Establishment], chance: Random) -> Iterator[Sheet]:
    held = Reading(shape)
    for firm in filing:
        at = moment(opener.period, chance)
        registers = held.of(firm, at=at)
        typed = yearly_entries(shape, registers.figures, chance)
        yield writing.sheet(opener.firm(firm), writing.complete(shape, registers, typed), registers, at)

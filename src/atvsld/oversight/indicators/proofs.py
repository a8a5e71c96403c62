"""Target II.1 as a measure of progress, and the indicators of a year as proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.proofs import of_victim
from atvsld.kit.periods import Period, PeriodKind
from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.oversight.indicators import figures
from atvsld.oversight.indicators.policy import READ
from atvsld.oversight.indicators.service import FACTOR
from atvsld.oversight.reporting.compute import ZONE
from atvsld.oversight.reporting.statement import Slice
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.proof_counting import ground, period_of
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove
from atvsld.statistics.rates import rate

# The targets of the provincial plan this system computes; the page of each year is one piece of proof.
_KEYS = ("II.1", "II.2", "II.3")


def slice_of(asked: Asked) -> Slice:
    """The facts of the days and ground asked for, by where the accident happened."""
    here = ground(asked)
    return Slice(
        start=datetime.combine(asked.start, time.min, ZONE),
        end=datetime.combine(asked.end + timedelta(days=1), time.min, ZONE),
        year=asked.end.year,
        place_ids=here,
        register_ids=here,
    )


def _figures(asked: Asked) -> Iterator[Figure]:
    labels = {
        "deaths": _("Số người chết có hợp đồng lao động"),
        "workers": _("Số lao động của các cơ sở"),
        "rate": _("Số người chết trên 100.000 lao động"),
        "change": _("Thay đổi so với năm trước"),
    }
    if asked.establishments is not None:
        for key, label in labels.items():
            yield Figure(key, label, None, why=_("Chỉ tiêu tính cho một địa bàn, không tính cho một cơ sở."))
        return
    piece = slice_of(asked)
    deaths = figures.deaths(piece)[figures.COUNTED].contract.deaths
    workforce = figures.workforce(piece)
    yield Figure("deaths", labels["deaths"], Decimal(deaths), url=_records_page(asked))
    why = _("Chưa cơ sở nào khai số lao động của năm %(year)s.") % {"year": asked.end.year}
    workers = None if workforce.workers is None else Decimal(workforce.workers)
    yield Figure("workers", labels["workers"], workers, why=why if workers is None else "")
    unit = _("trên %(per)s lao động") % {"per": _per(asked)}
    now, doubt = _rate(asked)
    yield Figure("rate", labels["rate"], now, unit, url=reverse("indicators:fatal_rate"), why=doubt)
    yield _change(asked, labels["change"], now, doubt)


def _change(asked: Asked, label: str, now: Decimal | None, doubt: str) -> Figure:
    if now is None:
        return Figure("change", label, None, "%", why=doubt)
    before, why = _rate(_year_before(asked))
    if before is None or not before:
        return Figure("change", label, None, "%", why=why or _("Năm trước không có người chết để so sánh."))
    return Figure("change", label, ((now - before) * 100 / before).quantize(Decimal("0.1")), "%")


def _year_before(asked: Asked) -> Asked:
    year = Period(asked.end.year - 1, PeriodKind.YEAR)
    return Asked(year.start, year.end, asked.bodies, asked.establishments, asked.places)


def _rate(asked: Asked) -> tuple[Decimal | None, str]:
    """The rate of a whole year that is over, to two places; else None and why."""
    period = period_of(asked)
    if period is None or period.kind is not PeriodKind.YEAR:
        return None, _("Tỷ lệ chỉ tính cho cả năm.")
    if asked.end >= clock.local_day(clock.now()):
        return None, _("Năm chưa kết thúc nên chưa tính tỷ lệ cả năm.")
    piece = slice_of(asked)
    deaths = figures.deaths(piece)[figures.COUNTED].contract.deaths
    stated = figures.workforce(piece)
    source = "; ".join(one.text for one in stated.sources)
    found = rate(deaths, stated.workers, _per(asked), source)
    return (None, found.reason or "") if found.value is None else (found.value.quantize(Decimal("0.01")), "")


def _per(asked: Asked) -> int:
    return int(load_book().as_of(asked.end).number(FACTOR))


def _records_page(asked: Asked) -> str:
    """The people counted, where the page of the target can be asked for just them: a whole year everywhere."""
    period = period_of(asked)
    if period is None or period.kind is not PeriodKind.YEAR or ground(asked) is not None:
        return ""
    return f"{reverse('indicators:records')}?{urlencode({'year': period.year, 'group': figures.CONTRACT})}"


def _records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    if key != "deaths" or asked.establishments is not None:
        return ()
    people = figures.victims(slice_of(asked), groups=(figures.CONTRACT,)).select_related("case")
    return [of_victim(victim) for victim in people.order_by("-case__occurred_at", "-case_id", "position")]


def _find(key: str) -> ProofRecord | None:
    """An indicator of a year, by `target/year`."""
    target, _slash, year = key.partition("/")
    known = load_book().targets.get(target) if target in _KEYS else None
    if known is None or not year.isdecimal() or len(year) != 4:
        return None
    label = f"{known.label.vi}, {Period(int(year), PeriodKind.YEAR).label_vi}"
    told = reverse("indicators:counted", args=[target]) if known.reported else reverse("indicators:fatal_rate")
    return ProofRecord("indicator", key, label, told)


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    if not actor.may(READ):
        return []
    years = range(asked.end.year, asked.start.year - 1, -1)
    found = (record for year in years for key in _KEYS if (record := _find(f"{key}/{year}")) is not None)
    return [record for record in found if fold(text) in fold(record.label)][:limit]


prove(Evidence("indicator", _find, _search))
measure(Measure("fatal_rate", _figures, _records))

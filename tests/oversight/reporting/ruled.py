"""Two provinces of which one takes in the other on 1 July 2024, with a case on each side of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

BEFORE, AFTER = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 9, 1, tzinfo=UTC)


def merged_provinces() -> tuple[Place, Place, Place]:
    """The old 48, the new 48 and 49, which ended."""
    end, start = date(2024, 6, 30), date(2024, 7, 1)
    old = _unit("48", "province", "Thành phố Cũ", end)
    gone = _unit("49", "province", "Tỉnh Hết", end)
    new = _unit("48", "province", "Thành phố Mới", None, start)
    for predecessor in (old, gone):
        _follow(predecessor, new, start)
    for number, above in enumerate((old, gone)):
        before = _unit(f"2019{number}", "commune", f"Xã Cũ {number}", end)
        after = _unit(f"2019{number}", "commune", f"Xã Mới {number}", None, start)
        PlaceParent.objects.create(place=before, parent=above, valid_from=date(1997, 1, 1), valid_to=end)
        PlaceParent.objects.create(place=after, parent=new, valid_from=start)
        _follow(before, after, start)
        _case(before, BEFORE)
        _case(after, AFTER)
        employer = Establishment.objects.create(
            tax_code=f"040000000{number}", name="Công ty Thử", name_folded="cong ty thu", place=after,
            headquarters_place=after,
        )  # fmt: skip
        WorkforceYear.objects.create(establishment=employer, year=2024, workers=30 + 10 * number, source="Thử")
    return old, new, gone


def _unit(code: str, level: str, name: str, ends: date | None, starts: date = date(1997, 1, 1)) -> Place:
    return Place.objects.create(
        code=code, level=level, kind=level, name=name, name_folded=name.lower(), valid_from=starts, valid_to=ends
    )


def _follow(predecessor: Place, successor: Place, day: date) -> None:
    PlaceSuccession.objects.create(predecessor=predecessor, successor=successor, kind="whole", effective_on=day)


def _case(place: Place, moment: datetime) -> None:
    case = AccidentCase.objects.create(
        occurred_at=moment, place=place, conclusion="occupational", severity="minor", victim_count=1
    )
    Victim.objects.create(case=case, position=1, is_principal=True, severity="minor", labour_relation="contract")

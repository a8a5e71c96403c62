"""Random sequences of up to a thousand merges and splits: sums are conserved, old views never change."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from atvsld.registers.places.drafts import from_mapping
from atvsld.registers.places.foresight import grown
from atvsld.registers.places.models import PlaceParent
from atvsld.registers.places.planning import plan
from atvsld.registers.places.tree import Node, PlaceTree

BEGIN = date(2000, 1, 1)
COMMUNES = 24


def beginning() -> PlaceTree:
    province = Node(1, "01", "Tỉnh", "province", BEGIN, None, "tinh")
    communes = [Node(pk, f"C{pk}", f"Xã {pk}", "commune", BEGIN, None, "xa") for pk in range(2, COMMUNES + 2)]
    links = [PlaceParent(place_id=node.pk, parent_id=1, valid_from=BEGIN) for node in communes]
    return PlaceTree([province, *communes], links, [])


def step(rng: random.Random, places: PlaceTree, day: date, changes_a_day: int, number: int) -> PlaceTree:
    """Some merges and splits of one day, each among units no other change of the day touches."""
    free = [node for node in places.nodes.values() if node.level == "commune" and node.valid_to is None]
    rng.shuffle(free)
    rows: list[dict[str, object]] = []
    for n in range(changes_a_day):
        merging = len(free) > 6 and (rng.random() < 0.5 or len(free) > 2 * COMMUNES)
        if merging:
            taken, free = free[: (size := rng.randint(2, 3))], free[size:]
            # Often the new unit keeps the code of one of the old.
            code = taken[0].code if rng.random() < 0.6 else f"M{number}.{n}"
            rows += [
                {"kind": "merge", "code": node.code, "new_code": code, "new_name": f"Xã {number}.{n}"} for node in taken
            ]
        elif free:
            node, free = free[0], free[1:]
            cuts = sorted(rng.sample(range(1, 10_000), rng.randint(1, 2)))
            parts = [Decimal(b - a) / 10_000 for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
            rows += [
                {"kind": "split", "code": node.code, "new_code": f"S{number}.{n}.{k}", "new_name": "Xã", "share": share}
                for k, share in enumerate(parts)
            ]
    found = plan(
        from_mapping({"title": "t", "effective_on": day, "legal_basis": "b", "changes": rows}),
        places,
    )
    assert not found.problems, found.problems
    return grown(places, found)


def by_unit(places: PlaceTree, records: Counter[int], day: date) -> Counter[int]:
    """Records counted by the communes of a day."""
    counted: Counter[int] = Counter()
    for pk, count in records.items():
        unit = places.unit_on(pk, day)
        assert unit is not None
        counted[unit.pk] += count
    return counted


@pytest.mark.parametrize(
    ("seed", "days", "changes_a_day"), [*((seed, 12, 3) for seed in range(20)), *((seed, 60, 1) for seed in range(3))]
)
def test_sums_are_conserved_and_old_views_unchanged(seed: int, days: int, changes_a_day: int) -> None:
    rng = random.Random(seed)
    places = beginning()
    records: Counter[int] = Counter()
    views: dict[date, Counter[int]] = {}
    old_records: dict[date, Counter[int]] = {}
    day = BEGIN
    for number in range(days):
        live = [node.pk for node in places.nodes.values() if node.level == "commune" and node.exists_on(day)]
        records.update(rng.choices(live, k=15))
        old_records[day] = Counter(records)
        views[day] = by_unit(places, records, day)
        day += timedelta(days=rng.randint(2, 400))
        places = step(rng, places, day, changes_a_day, number)
    for then, view in views.items():
        assert by_unit(places, old_records[then], then) == view
    for asked in [*rng.sample(sorted(views), 4), day]:
        counted = by_unit(places, records, asked)
        assert counted.total() == records.total()
        for unit, count in counted.items():
            ground = places.territory(unit, asked)
            assert count == sum(number for pk, number in records.items() if pk in ground)
        assert places.territory(1, asked) == frozenset(places.nodes)
        for node in places.nodes.values():
            if node.level == "commune" and node.valid_from <= asked:
                assert abs(sum(landing.share for landing in places.trace(node.pk, asked)) - 1) < Decimal("1e-15")


def test_a_thousand_changes_on_two_hundred_and_fifty_days_keep_every_sum() -> None:
    rng = random.Random(31)
    places, day = beginning(), BEGIN
    records = Counter({pk: pk for pk in places.nodes if pk != 1})
    halfway: Counter[int] = Counter()
    for number in range(250):
        if number == 125:
            halfway, seen_on = by_unit(places, records, day), day
        day += timedelta(days=3)
        places = step(rng, places, day, 4, number)
    assert by_unit(places, records, seen_on) == halfway
    last = by_unit(places, records, day)
    assert last.total() == records.total()
    origin = next(pk for pk in records)
    assert abs(sum(landing.share for landing in places.trace(origin, day)) - 1) < Decimal("1e-15")
    assert by_unit(places, records, BEGIN) == records

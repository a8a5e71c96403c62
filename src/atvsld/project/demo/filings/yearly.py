"""What an employer types into its yearly report on safety work: believable figures that agree with one another."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from atvsld.oversight.filing.filled import Written
from atvsld.oversight.filing.shape import Shape

_FACTORS = tuple(f"i{number}" for number in range(3, 14))


def entries(shape: Shape, held: Mapping[str, Decimal | None], chance: Random) -> dict[str, Written]:
    """Entries by key. What the registers hold is left to stand; a report may leave a part of the form blank."""
    workers = int(held.get("A/a1/4") or 0) or chance.randint(3, 60)
    told = _numbers(workers, held, chance)
    known = {place.key for place in shape.numbers}
    found = {
        key: Written(str(value).replace(".", ","))
        for key, value in told.items()
        if key in known and held.get(key) is None
    }
    if chance.random() < 0.5:
        found["A/l1/4"] = Written("Trung tâm kiểm định và huấn luyện an toàn (mẫu)")
    if chance.random() < 0.6:
        found["A/m1/4"] = Written(f"2025-{chance.randint(1, 12):02d}")
    return found


def _numbers(workers: int, held: Mapping[str, Decimal | None], chance: Random) -> dict[str, object]:
    told: dict[str, object] = {"A/a1/4": workers}
    told |= {f"A/{key}/4": round(workers * share) for key, share in (("a2", 0.01), ("a3", 0.004), ("a4", 0.4))}
    told |= {f"A/{key}/4": 0 for key in ("a6", "a7", "a8")}
    told |= {"A/a5/4": round(workers * chance.choice((0, 0, 0.1, 0.3))), "A/a9/4": round(workers * 0.01)}
    diseased = int(workers > 200 and chance.random() < 0.3) * chance.randint(1, 6)
    told |= {
        "A/c1/4": diseased,
        "A/c2/4": min(diseased, 1),
        "A/c3/4": diseased * 12,
        "A/c4/4": 0,
        "A/c5/4": diseased * 8,
    }
    examined = round(workers * chance.uniform(0.5, 1))
    for key, share in (("d1", 0.3), ("d2", 0.45), ("d3", 0.2), ("d4", 0.04), ("d5", 0.01)):
        told[f"A/{key}/4"] = int(examined * share)
    for key, share in (("e1", 0.02), ("e2", 0.01), ("e3", 0.2), ("e6", 0.7), ("e7", 0.005), ("e8", 0.03)):
        present = round(workers * share)
        told |= {f"A/{key}/4": (trained := round(present * chance.uniform(0.6, 1))), f"A/{key}/4b": present}
        if key == "e3":
            own = trained // 3
            told |= {"A/e4/4": own, "A/e5/4": trained - own}
    told["A/e9/4"] = round(workers * 0.15, 3)
    machines = int(held.get("A/f1/4") or 0) if held.get("A/f1/4") is not None else workers // 25
    inspected = round(machines * chance.uniform(0.7, 1))
    told |= {"A/f1/4": machines, "A/f2/4": machines, "A/f3/4": inspected, "A/f4/4": machines - inspected}
    told |= {"A/f5/4": inspected, "A/f6/4": machines - inspected}
    overtime = round(workers * chance.choice((0, 0.2, 0.5)))
    told |= {"A/g1/4": overtime, "A/g2/4": overtime * 60, "A/g3/4": chance.choice((12, 24, 36)) if overtime else 0}
    told |= {"A/h1/4": round(workers * 0.1), "A/h2/4": round(workers * 0.02, 3), "A/k4/4": round(workers * 0.3, 3)}
    samples, beyond = 0, 0
    for key in _FACTORS:
        taken = chance.choice((0, 2, 4, 8)) if workers >= 20 else 0
        failed = taken // 4 if chance.random() < 0.3 else 0
        told |= {f"A/{key}/4": failed, f"A/{key}/4b": taken}
        samples, beyond = samples + taken, beyond + failed
    told |= {"A/i1/4": samples, "A/i2/4": beyond, "A/n1/4": chance.randint(1, 12), "A/n2/4": 1}
    return told | {
        f"A/{key}/4": round(workers * chance.uniform(0, 0.4), 3) for key in ("k1", "k2", "k3", "k5", "k6", "k7")
    }

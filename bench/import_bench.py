"""100,000 victims by the file: rows per second with checks, matching and history, beside a bare COPY of them."""

from __future__ import annotations

import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

VICTIMS = 100_000
SEED = 2026


def run(say: Callable[[str], None]) -> None:
    """Time the import of a generated file into the benchmark database, which the caller throws away."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "accidents.csv"
        _write(path, VICTIMS)
        floor = _bare_copy(path)
        say(f"bare COPY into two tables   {VICTIMS / floor:9,.0f} rows/s")
        for title in ("first import", "the same file again"):
            took, outcome = _import(path)
            rate = VICTIMS / took
            say(f"{title:<27} {rate:9,.0f} rows/s   1/{floor and took / floor:.1f} of the bare COPY   {outcome}")
        say(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def rows(count: int) -> Iterator[dict[str, object]]:
    """Believable rows, the same for a seed: some cases have two victims, some cells are empty."""
    from stdnum.vn import mst

    from atvsld.registers.places.models import Place

    chance = random.Random(SEED)
    places = list(Place.objects.filter(level="commune", valid_to=None).values_list("code", flat=True).order_by("code"))
    taxes = [code for number in range(400_000_000, 400_060_000) if mst.is_valid(code := f"{number:010d}")][:2000]
    begin = datetime(2025, 7, 1)  # noqa: DTZ001
    number = 0
    while number < count:
        case = {
            "case_key": f"B{number:07d}",
            "occurred_at": f"{begin + timedelta(minutes=chance.randrange(500_000)):%d/%m/%Y %H:%M}",
            "place_code": chance.choice(places),
            "establishment_tax_code": (tax := chance.choice(taxes)),
            "establishment_name": f"Công ty {tax}",
            "conclusion": chance.choice(["occupational", "occupational", "article_39_2", "pending"]),
            "cause_code": chance.choice([*"123456789", ""]),
            "injury_agent_code": str(chance.randrange(4, 18)),
            "property_damage": chance.randrange(100) * 1_000_000,
        }
        for _victim in range(min(count - number, 1 if chance.random() < 0.9 else 2)):
            number += 1
            yield case | _victim_columns(chance, number)


def _victim_columns(chance: random.Random, number: int) -> dict[str, object]:
    severity = chance.choices(["fatal", "severe", "minor"], [1, 4, 15])[0]
    return {
        "labour_relation": chance.choice(["contract", "contract", "none", "probation"]),
        "victim_name": f"Nguyễn Văn {number}",
        "birth_year": chance.randrange(1960, 2005),
        "sex": chance.choice(["male", "female"]),
        "occupation_code": chance.choice(["71", "72", "81", "83", "93", "52"]),
        "severity": severity,
        "injury_codes": chance.choice(["011;024", "031", "0110"]) if severity == "severe" else "",
        "managed": chance.choice(["true", "true", "true", "false", ""]),
        "days_lost": chance.randrange(1, 200),
        "medical_cost": chance.randrange(1, 200) * 100_000,
        "wage_cost": chance.randrange(1, 200) * 100_000,
        "compensation_cost": chance.choice(["", 30_000_000]),
    }


def _write(path: Path, count: int) -> None:
    generated = rows(count)
    first = next(generated)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first.keys())
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(generated)


def _bare_copy(path: Path) -> float:
    """Seconds to COPY the same values, as text, into two plain tables: what no import can beat."""
    from django.db import connection, transaction

    with path.open(encoding="utf-8", newline="") as file:
        held = list(csv.DictReader(file))
    case_columns = list(held[0])[:9]
    victim_columns = ["case_key", *list(held[0])[9:]]
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns in (("bare_case", case_columns), ("bare_victim", victim_columns)):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(
                f"CREATE TABLE {table} (id bigserial PRIMARY KEY, {', '.join(f'{name} text' for name in columns)})"
            )
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                seen = None
                for row in held:
                    if table == "bare_victim" or row["case_key"] != seen:
                        copy.write_row([row[name] for name in columns])
                    seen = row["case_key"]
    took = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare_case, bare_victim")
    return took


def _import(path: Path) -> tuple[float, str]:
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel
    from atvsld.platform.imports import targets

    act = Act(system_actor("bench", all_permissions()), Channel.CLI, at=_moment())
    begun = time.perf_counter()
    outcome = targets.accept_file(act, targets.get("accidents"), path)
    took = time.perf_counter() - begun
    return took, f"accepted {outcome.accepted:,}, unchanged {outcome.unchanged:,}, rejected {outcome.rejected:,}"


def _moment() -> datetime:
    from atvsld.platform.acts import clock

    return clock.now()

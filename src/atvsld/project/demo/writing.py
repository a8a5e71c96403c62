"""The synthetic records into the database, at the speed of COPY and with history like any other act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

from django.db import connection
from ulid import ULID

from atvsld.project.demo.accidents import Case

CHUNK = 20_000
CASE_COLUMNS = (
    "id", "public_id", "key_namespace", "occurred_at", "place_id", "establishment_id", "conclusion", "cause_code",
    "injury_agent_code", "property_damage", "description", "severity", "victim_count", "version",
)  # fmt: skip
VICTIM_COLUMNS = (
    "id", "public_id", "case_id", "position", "is_principal", "name", "birth_year", "sex", "occupation_code",
    "labour_relation", "severity", "injury_codes", "managed", "days_lost", "medical_cost", "wage_cost",
    "compensation_cost",
)  # fmt: skip


def write_cases(cases: Iterable[Case], chance: Random, tell: Callable[[int], None]) -> tuple[int, int]:
    """Copy cases and victims in within the caller's act; numbers of both. `tell` hears how many cases are in.

    A statement of the act must have run in the same transaction: it carries the act's name to the triggers.
    """
    stream = iter(cases)
    total_cases = total_victims = 0
    while chunk := list(islice(stream, CHUNK)):
        people = sum(len(case.victims) for case in chunk)
        first_case, first_victim = _reserve("accidents_accidentcase", len(chunk)), _reserve("accidents_victim", people)
        _copy("accidents_accidentcase", CASE_COLUMNS, _case_rows(chunk, first_case, chance))
        _copy("accidents_victim", VICTIM_COLUMNS, _victim_rows(chunk, first_case, first_victim, chance))
        total_cases += len(chunk)
        total_victims += people
        tell(total_cases)
    return total_cases, total_victims


def _case_rows(cases: list[Case], first: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    for key, case in enumerate(cases, first):
        yield (
            key, _ulid(case.occurred_at, chance), "", case.occurred_at, case.place_id, case.establishment_id,
            case.conclusion, case.cause_code, case.injury_agent_code, case.property_damage, case.description,
            case.severity, len(case.victims), 1,
        )  # fmt: skip


def _victim_rows(cases: list[Case], first_case: int, first: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    key = first
    for case_key, case in enumerate(cases, first_case):
        for victim in case.victims:
            yield (
                key, _ulid(case.occurred_at, chance), case_key, victim["position"], victim["is_principal"],
                victim["name"], victim["birth_year"], victim["sex"], victim["occupation_code"],
                victim["labour_relation"], victim["severity"], victim["injury_codes"], victim["managed"],
                victim["days_lost"], victim["medical_cost"], victim["wage_cost"], victim["compensation_cost"],
            )  # fmt: skip
            key += 1


def _ulid(moment: datetime, chance: Random) -> str:
    """A public id that is the same for the same seed."""
    return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(10)))


def _reserve(table: str, count: int) -> int:
    """The first of `count` keys taken from a table's sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT nextval(%s)", [sequence])
        first = int(cursor.fetchone()[0])
        if count > 1:
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
        return first


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)

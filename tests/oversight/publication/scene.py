"""A province with enough accidents for some tables to be public and some not; every year counted again in plain SQL."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from tests.oversight.reporting import province

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.places.models import Place

H1_OUT, YEAR_OUT = datetime(2025, 7, 18, 3, tzinfo=UTC), datetime(2026, 1, 20, 3, tzinfo=UTC)


def land(seed: int = 3, count: int = 420) -> tuple[Place, list[Place]]:
    """The province, its three communes, its OSH body, and random accidents of 2023 to 2025."""
    top, communes = province.places()
    province.accidents(communes, province.establishments(communes), seed=seed, count=count)
    body = Body.objects.create(
        code="SNV-48", name="Sở Nội vụ thành phố Thử", place=top,
        parent_line="ỦY BAN NHÂN DÂN THÀNH PHỐ THỬ", valid_from=date(1997, 1, 1),
    )  # fmt: skip
    BodyFunction.objects.create(body=body, function="osh_lead", place=top, valid_from=date(1997, 1, 1))
    return top, communes


def act(at: datetime, reason: str = "") -> Act:
    return Act(system_actor("thử", all_permissions()), Channel.CLI, at=at, reason=reason)


def late_death(commune: Place, cause: str = "3") -> None:
    """One more fatal accident of March 2025, recorded after the notice went out."""
    case = AccidentCase.objects.create(
        occurred_at=datetime(2025, 3, 4, tzinfo=UTC), place=commune, conclusion="occupational", severity="fatal",
        victim_count=1, cause_code=cause, injury_agent_code="9",
    )  # fmt: skip
    Victim.objects.create(
        case=case, position=1, is_principal=True, severity="fatal", labour_relation="contract", sex="female",
        compensation_cost=400_000_000,
    )  # fmt: skip


def many(commune: Place, number: int, seed: int = 5) -> None:
    """More minor accidents of the first half of 2025 with one cause."""
    dice = random.Random(seed)
    for _one in range(number):
        moment = datetime(2025, 1, 2, tzinfo=UTC) + timedelta(days=dice.randrange(170))
        case = AccidentCase.objects.create(
            occurred_at=moment, place=commune, conclusion="occupational", severity="minor", victim_count=1,
            cause_code="1", injury_agent_code="1",
        )  # fmt: skip
        Victim.objects.create(
            case=case, position=1, is_principal=True, severity="minor", labour_relation="contract", sex="male"
        )


def tally(start: str, end: str) -> dict[str, int]:
    """The figures of the law in SQL of its own, by sector: days of Viet Nam, both ends included."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE WHEN v.labour_relation = 'none' THEN 'khd_' ELSE 'hd_' END AS sector,
                   count(*) FILTER (WHERE v.is_principal),
                   count(*) FILTER (WHERE v.is_principal AND c.severity = 'fatal'),
                   count(*), count(*) FILTER (WHERE v.severity = 'fatal')
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            WHERE c.conclusion = 'occupational' AND v.labour_relation IS NOT NULL
              AND (c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %s AND %s
            GROUP BY 1
            """,
            [start, end],
        )
        names = ("so_vu", "so_vu_chet", "so_nguoi", "so_chet")
        found = {f"{row[0]}{name}": row[at] for row in cursor.fetchall() for at, name in enumerate(names, start=1)}
    return found | {name: found.get(f"hd_{name}", 0) + found.get(f"khd_{name}", 0) for name in names}


def causes(start: str, end: str) -> dict[str, int]:
    """Accidents by cause in SQL of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(c.cause_code, 'unknown'), count(*)
            FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
            WHERE v.is_principal AND c.conclusion = 'occupational' AND v.labour_relation IS NOT NULL
              AND (c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %s AND %s
            GROUP BY 1
            """,
            [start, end],
        )
        return dict(cursor.fetchall())

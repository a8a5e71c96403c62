"""Incidents as proof: figures beside plain SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.registers import proof_check

if TYPE_CHECKING:
    from tests.casework.accidents.scene import Land


@pytest.fixture
def land(db: None) -> Land:
    from tests.casework.accidents import scene

    return scene.build()


def test_incidents_count_as_plain_sql_does(land: Land) -> None:
    from tests.casework.accidents import scene

    from atvsld.casework.incidents.models import TechnicalIncident
    from atvsld.registers import proofs
    from atvsld.registers.proofs import Asked

    for number in range(24):
        serious = (True, False, None)[number % 3]
        TechnicalIncident.objects.create(
            occurred_at=datetime(2024, 12, 15, 17, tzinfo=UTC) + timedelta(days=20 * number), object_kind="equipment",
            place=(land.river, land.hill)[number % 2], establishment=land.mill if number % 4 else None,
            object_name="Nồi hơi", object_folded="noi hoi", description="nổ", serious=serious,
            serious_reason="" if serious is None else "thử",
        )  # fmt: skip
    for asked, where in (
        (Asked(date(2025, 1, 1), date(2025, 12, 31)), "true"),
        (Asked(date(2025, 1, 1), date(2025, 12, 31), places=frozenset({land.hill.pk})), f"place_id = {land.hill.pk}"),
    ):
        rows = (
            f"SELECT count(*) FROM incidents_technicalincident WHERE {where} AND"
            " (occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2025-01-01' AND '2025-12-31'"
        )
        n = proof_check.sql
        proof_check.agrees("incidents", asked, {
            "serious": n(rows + " AND serious"), "undecided": n(rows + " AND serious IS NULL"), "all": n(rows),
        })  # fmt: skip
        source = proofs.evidence_of("incident_case")
        assert source
        actor = scene.act(role="province_officer").actor
        found = list(source.search(actor, "", asked, 50))
        assert len(found) == n(rows)
        proof_check.stands("incident_case", [one.key for one in found])

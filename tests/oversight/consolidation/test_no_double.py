"""However victims are spread over employers, each is counted once; accidents never more often than told as doubtful."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oversight.consolidation.stage import body, consolidated, file
from tests.oversight.reporting import province

from atvsld.law.consolidation import Cell

pytestmark = pytest.mark.django_db
YEAR = "2024"

# An accident: at whose place, and of each victim whose worker and whether dead.
_accidents = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=3)),
    max_size=4,
)


def told(firm: int, accidents) -> Counter[str]:
    """What an employer's form says: accidents at its place with all their victims, and those of its own workers."""
    line: Counter[str] = Counter()
    for host, victims in accidents:
        seen = victims if host == firm else [victim for victim in victims if victim[0] == firm]
        if not seen:
            continue
        line["3"] += 1
        line["4"] += any(dead for _employer, dead in seen)
        line["5"] += len(seen) > 1
        for employer, dead in seen:
            line["6"] += 1
            line["7"] += employer != firm
            line["10"] += dead
            line["11"] += dead and employer != firm
    return line


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_accidents)
def test_each_victim_once_and_accidents_within_what_is_doubtful(land, accidents):
    with transaction.atomic():
        for number, firm in enumerate(land[:3]):
            line = told(number, accidents)
            file(firm, "R1", YEAR, {("I", "1", column): value for column, value in line.items() if value})
        report = consolidated("ND39-XIV", YEAR, place="48")
        figure = {column: int(report.figure(Cell("II", "1", column)) or 0) for column in ("3", "4", "6", "8")}
        victims = [victim for _host, found in accidents for victim in found]
        assert figure["6"] == len(victims)
        assert figure["8"] == sum(dead for _employer, dead in victims)
        assert figure["4"] <= figure["8"]
        # No accident is lost, and those counted twice are told.
        assert len(accidents) <= figure["3"] <= len(accidents) + report.doubtful
        transaction.set_rollback(True)


@pytest.fixture
def land():
    place, communes = province.places()
    body("so-noi-vu", place, "osh_lead")
    return province.establishments(communes)

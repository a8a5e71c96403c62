"""Any rows: taken in twice they change nothing the second time, and the sums are those of the rows accepted."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.casework.accidents.intake_rows import row, take

from atvsld.casework.accidents.models import AccidentCase, Victim

RANK = {"fatal": 0, "severe": 1, "minor": 2, "": 3}
amount = st.one_of(st.just(""), st.integers(0, 10**9), st.integers(-3, -1))
line = st.fixed_dictionaries(
    {
        "case_key": st.sampled_from(["A", "B", "C", "D"]),
        "severity": st.sampled_from(["fatal", "severe", "minor", ""]),
        "sex": st.sampled_from(["male", "Nữ", "", "?"]),
        "days_lost": st.one_of(st.just(""), st.integers(0, 400)),
        "medical_cost": amount,
        "victim_name": st.sampled_from(["", "Lê An", "Trần Bình", "Đỗ\\Chi", 'a;b"c,d']),
    }
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(line, max_size=12))
def test_twice_is_once_and_sums_agree_with_a_tally_of_the_rows(land, lines) -> None:
    batch = [row(**values) for values in lines]
    with transaction.atomic():
        first, second = take(*batch), take(*batch)
        _compare(batch, first, second)
        transaction.set_rollback(True)  # the next example starts from the empty province again


def _compare(batch, first, second) -> None:
    cases = defaultdict(list)
    for item in batch:
        cases[item["case_key"]].append(item)
    good = {
        key: items for key, items in cases.items()
        if not any(item["sex"] == "?" or (item["medical_cost"] or 0) < 0 for item in items)
    }  # fmt: skip
    people = [item for items in good.values() for item in items]
    assert (first.accepted, first.rejected, first.unchanged) == (len(people), len(batch) - len(people), 0)
    assert (second.accepted, second.rejected, second.unchanged) == (0, len(batch) - len(people), len(people))
    held = Victim.objects.aggregate(n=Count("pk"), days=Sum("days_lost"), cost=Sum("medical_cost"))
    assert held["n"] == len(people)
    for name, column in (("days", "days_lost"), ("cost", "medical_cost")):
        known = [item[column] for item in people if item[column] != ""]
        assert held[name] == (sum(known) if known else None)
    for key, items in good.items():
        case = AccidentCase.objects.get(case_key=key)
        principal = min(range(len(items)), key=lambda n: (RANK[items[n]["severity"]], n))
        assert (case.victim_count, case.severity or "") == (len(items), items[principal]["severity"])
        assert case.victims.get(is_principal=True).position == principal + 1
    assert AccidentCase.objects.count() == len(good)

"""Tables people put together themselves: every figure against a tally in plain Python, and against its records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.oversight.reporting import province, ruled
from tests.oversight.reporting.test_tables import victims_of

from atvsld.kit.ids import new_ulid
from atvsld.oversight.composing import actions
from atvsld.oversight.composing.vocabulary import MEASURES
from atvsld.oversight.reporting import records, service
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel, Conflict, Rejected
from atvsld.registers.bodies.models import Body, BodyFunction

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
ACTOR = system_actor("thử", all_permissions())
TALLY = {
    "cases": lambda v: v.is_principal,
    "fatal_cases": lambda v: v.is_principal and v.case.severity == "fatal",
    "victims": lambda v: True,
    "female": lambda v: v.sex == "female",
    "deaths": lambda v: v.severity == "fatal",
    "minor": lambda v: v.severity == "minor",
}


def act() -> Act:
    return Act(ACTOR, Channel.CLI, at=AT)


def save(**wanted):
    told = {"name": "Bảng thử", "measures": ["cases"], "by": "", "conditions": {}, "occurring": False, **wanted}
    return actions.save_table(act(), key=wanted.pop("key", new_ulid()), **{k: v for k, v in told.items() if k != "key"})


def produced(table, period="2024", **subject):
    return service.produce(ACTOR, Request(form=table.code, period=period, **({"place": "48"} | subject)), at=AT)


def put_in_office(place):
    day = date(2000, 1, 1)
    body = Body.objects.create(code="snv", name="Sở Nội vụ", name_folded="so noi vu", place=place, valid_from=day)
    BodyFunction.objects.create(body=body, function="osh_lead", place=place, valid_from=day)


@pytest.mark.parametrize("by", ["cause", "severity", "sex", "relation", "place"])
def test_every_figure_equals_a_tally_and_opens_as_many_records(by):
    top, communes = province.places()
    put_in_office(top)
    province.accidents(communes, province.establishments(communes), seed=5, count=120)
    table = save(measures=list(TALLY), by=by, conditions={"conclusion": ["occupational", "article_39_2"]})
    report = produced(table)
    counted = [v for v in victims_of(2024) if v.case.conclusion in ("occupational", "article_39_2")]
    key = {
        "cause": lambda v: v.case.cause_code, "severity": lambda v: v.severity, "sex": lambda v: v.sex,
        "relation": lambda v: v.labour_relation, "place": lambda v: v.case.place.code,
    }[by]  # fmt: skip
    seen = 0
    for row in report.tables[0].rows:
        if row.row.key == "total":
            expected = counted
        elif row.row.key == "unknown":
            expected = [v for v in counted if key(v) is None]
        else:
            expected = [v for v in counted if key(v) == row.row.key]
        for name, test in TALLY.items():
            assert row.cells[name] == sum(1 for v in expected if test(v)), (row.row.key, name)
            address = CellAddress("1", row.row.key, name)
            asked = Request(form=table.code, period="2024", place="48")
            assert records.total(records.behind(ACTOR, asked, address, at=AT)) == row.cells[name]
            seen += 1
    assert seen > 12


def test_places_follow_the_boundaries_of_the_end_of_the_period():
    _old, new, _gone = ruled.merged_provinces()
    put_in_office(new)
    report = produced(save(measures=["victims"], by="place"), "2024")
    rows = {row.row.label.vi: row.cells["victims"] for row in report.tables[0].rows}
    assert rows == {"Tổng số": Decimal(4), "Xã Mới 0": Decimal(2), "Xã Mới 1": Decimal(2)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(measures=some.lists(some.sampled_from(sorted(MEASURES)), min_size=1, unique=True))
def test_columns_stand_in_the_order_of_the_vocabulary_whatever_the_order_of_ticking(measures):
    table = save(measures=measures)
    assert table.measures == [name for name in MEASURES if name in measures]


def test_sent_twice_it_is_made_once_and_an_old_version_overwrites_nothing():
    key = new_ulid()
    first, second = save(key=key), save(key=key, name="Tên khác")
    assert first.pk == second.pk
    assert second.name == "Bảng thử"
    changed = actions.save_table(
        act(), key=key, name="Tên mới", measures=["deaths"], by="cause", conditions={}, occurring=True, version=1
    )
    assert (changed.version, changed.measures) == (2, ["deaths"])
    with pytest.raises(Conflict):
        save(key=key, version=1)


def test_what_is_not_in_the_lists_is_refused_with_its_field():
    with pytest.raises(Rejected) as refused:
        save(name=" ", measures=["tiền"], by="tuổi", conditions={"cause": ["99"], "place": ["1"]})
    assert {problem.column for problem in refused.value.problems} == {"name", "measures", "by", "cause", "place"}

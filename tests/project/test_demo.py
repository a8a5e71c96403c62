"""The demo province is lawful by the product's own rules, the same for the same seed, and honest about itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Sum
from python_calamine import CalamineWorkbook

from atvsld.casework.accidents import rules as accident_rules
from atvsld.casework.accidents.actions.summary import refresh
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.casework.accidents.intake import ACCIDENTS
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.law import load_book
from atvsld.platform.access.actor import Actor, system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel, clock
from atvsld.platform.imports import targets
from atvsld.project import demo
from atvsld.project.demo.template import demo_template
from atvsld.registers.establishments import rules, tax_codes
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.places import tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """A fifth of the demo province, built once for this file and taken away again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.build(scale=0.2)
        transaction.set_rollback(True)


def actor(name: str) -> Actor:
    return actor_for(User.objects.get(username=name), TODAY)


def test_counts_are_what_the_plan_of_the_demo_says(province: dict[str, int]) -> None:
    assert province["establishments"] == Establishment.objects.count() == 400
    assert province["victims"] == Victim.objects.count() >= province["cases"] == AccidentCase.objects.count()
    assert province["workforce_years"] == WorkforceYear.objects.count()
    years = Counter(
        clock.local_day(moment).year for moment in AccidentCase.objects.values_list("occurred_at", flat=True)
    )
    assert set(years) == {2023, 2024, 2025, 2026}
    assert all(40 < count < 70 for count in years.values())


def test_derived_columns_are_those_the_rule_would_write(province: dict[str, int]) -> None:
    before = AccidentCase.objects.aggregate(Sum("victim_count")), Victim.objects.filter(is_principal=True).count()
    events = AccidentCase.pgh_event_model.objects.count() + Victim.pgh_event_model.objects.count()
    refresh(AccidentCase.objects.values_list("pk", flat=True))
    assert events == AccidentCase.pgh_event_model.objects.count() + Victim.pgh_event_model.objects.count()
    assert before[0]["victim_count__sum"] == Victim.objects.count()
    assert before[1] == AccidentCase.objects.count()


def test_every_accident_passes_the_rules_of_a_page(province: dict[str, int]) -> None:
    book, graph = load_book(), tree.current()
    for case in AccidentCase.objects.prefetch_related("victims"):
        draft = CaseDraft(**{name: getattr(case, name) for name in CaseDraft.__dataclass_fields__})
        victims = [
            VictimDraft(
                **{name: getattr(victim, name) for name in VictimDraft.__dataclass_fields__ if name != "injury_codes"},
                injury_codes=tuple(victim.injury_codes),
            )
            for victim in case.victims.all()
        ]
        found = accident_rules.blocking(accident_rules.check(book, graph, draft, victims, at=clock.now()))
        assert not found, (case.number, [str(problem) for problem in found])


def test_every_establishment_passes_the_rules_of_a_page(province: dict[str, int]) -> None:
    book, graph = load_book(), tree.current()
    for record in Establishment.objects.all():
        draft = EstablishmentDraft(**{name: getattr(record, name) for name in EstablishmentDraft.__dataclass_fields__})
        assert not rules.check(book, graph, draft, on=TODAY), record.name
        assert graph.nodes[record.place_id].exists_on(TODAY)


def test_no_code_could_be_that_of_a_real_firm_or_person(province: dict[str, int]) -> None:
    for code in Establishment.objects.values_list("tax_code", flat=True):
        assert code.startswith(("98", "000"))
        assert tax_codes.check(code) is None


def test_an_industry_code_belongs_to_the_version_of_its_day(province: dict[str, int]) -> None:
    versions = Counter(Establishment.objects.values_list("industry_version", flat=True))
    assert versions["2018"] > 50
    assert versions["2025"] > 50
    new = Establishment.objects.annotate(first=Count("workforce")).exclude(industry_version__in=("2018", "2025"))
    assert not new.exclude(industry_code="").exists()


def test_unknowns_of_every_kind_are_there_to_be_shown(province: dict[str, int]) -> None:
    assert AccidentCase.objects.filter(cause_code__isnull=True).exists()
    assert AccidentCase.objects.filter(injury_agent_code__isnull=True).exists()
    assert AccidentCase.objects.filter(conclusion="pending", occurred_at__year=2026).exists()
    assert AccidentCase.objects.filter(victim_count__gte=2).exists()
    assert AccidentCase.objects.filter(establishment__isnull=True, victims__labour_relation="none").exists()
    silent = Establishment.objects.annotate(years=Count("workforce")).filter(years__lt=4)
    assert silent.exists()


def test_each_row_is_recorded_under_the_act_of_the_demo(province: dict[str, int]) -> None:
    stories = Victim.objects.filter(case__procedure_file__isnull=False)
    events = Victim.pgh_event_model.objects.filter(pgh_context__metadata__act="demo:province:loaded")
    assert events.count() == Victim.objects.count() - stories.count()
    # The files under way were told through the acts that people use.
    told = Victim.pgh_event_model.objects.filter(pgh_obj_id__in=stories.values("pk"))
    named = set(told.values_list("pgh_context__metadata__act", flat=True))
    assert {"accidents:declaration:received", "accidents:minutes:approved"} <= named


def test_every_role_has_an_account_that_sees_its_own_area(province: dict[str, int]) -> None:
    assert {login.username for login in demo.logins()} >= {"quantri", "canbo", "nganh", "xa", "doanhnghiep", "lanhdao"}
    for name in ("quantri", "canbo", "nganh", "lanhdao"):
        assert any(scope.everything for scope in actor(name).scopes("accidents:case:read")), name
    (commune,) = actor("xa").scopes("accidents:case:read")
    assert 1 < len(commune.ids) < 20
    (employer,) = actor("doanhnghiep").scopes("accidents:case:read")
    assert AccidentCase.objects.filter(establishment_id__in=employer.ids).exists()
    assert User.objects.get(username="canbo").check_password(demo.logins()[1].password)


def test_building_twice_is_refused(province: dict[str, int]) -> None:
    assert demo.exists()
    with pytest.raises(RuntimeError, match="đã có"):
        demo.build()


def test_the_workbook_has_good_rows_and_is_the_same_each_time(province: dict[str, int], tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert demo_template(first) == demo_template(second) >= 40
    sheets = [CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in (first, second)]
    assert sheets[0] == sheets[1]
    codes = {node.code for node in tree.current().nodes.values() if node.exists_on(date(2026, 10, 1))}
    assert all(row[2] in codes and row[1] < clock.now().replace(tzinfo=None) for row in sheets[0][1:])


def test_the_workbook_is_taken_in_whole_and_only_once(province: dict[str, int], tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    rows = demo_template(path)
    act = Act(system_actor("kiểm thử", all_permissions()), Channel.CLI, reason="kiểm thử")
    outcomes = [
        targets.accept_file(act, ACCIDENTS, path, mapping=None, constants={}, options=targets.Options())
        for _ in range(2)
    ]
    assert [(outcome.accepted, outcome.rejected, outcome.unchanged) for outcome in outcomes] == [
        (rows, 0, 0),
        (0, 0, rows),
    ]


def test_the_same_seed_gives_the_same_province() -> None:
    from random import Random

    from atvsld.project.demo.material import chance_of, material

    def drawn() -> list[str]:
        chance: Random = chance_of(2026, "names")
        return [material().firm(chance) for _ in range(50)]

    assert drawn() == drawn()

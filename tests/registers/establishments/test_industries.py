"""One activity coded in several versions: each report counts it under its own version, and nothing is carried over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.oversight.reporting import province
from tests.registers.establishments.test_register import draft
from tests.registers.test_pages import sign_in, text

from atvsld.casework.accidents.figures import DIMENSIONS
from atvsld.casework.accidents.models import Victim
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Rejected
from atvsld.registers.establishments.actions.industry import state_industry
from atvsld.registers.establishments.actions.register import change_establishment, register_establishment
from atvsld.registers.establishments.models import EstablishmentIndustry
from atvsld.registers.places.tree import PlaceTree

AT = datetime(2026, 1, 15, 3, tzinfo=UTC)


def held() -> list[tuple[str, str]]:
    return list(EstablishmentIndustry.objects.values_list("version", "code"))


def test_coding_anew_keeps_the_former_code(places: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(places, industry_version="2018", industry_code="4511"))
    change_establishment(
        act, establishment=made, version=1, draft=draft(places, industry_version="2025", industry_code="4661")
    )
    assert held() == [("2018", "4511")]
    made.refresh_from_db()
    with pytest.raises(Rejected):
        state_industry(act, establishment=made, version="2025", code="4662")
    with pytest.raises(Rejected):
        state_industry(act, establishment=made, version="2018", code="9999")
    state_industry(act, establishment=made, version="2018", code="4512")
    assert held() == [("2018", "4512")]
    change_establishment(
        act, establishment=made, version=2, draft=draft(places, industry_version="2018", industry_code="4512")
    )
    assert held() == [("2025", "4661")]
    made.refresh_from_db()
    state_industry(act, establishment=made, version="2025", code="")
    assert held() == []


def test_a_report_of_each_year_counts_under_its_own_version(db: None) -> None:
    _province, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=5, count=60)
    # Main code: 41 of VSIC 2018, which stays F; its code of 2025 is put elsewhere on purpose, to be told apart.
    EstablishmentIndustry.objects.create(establishment=owners[0], version="2025", code="10")
    actor = system_actor("kiểm thử", all_permissions())
    before = service.produce(actor, Request("ND39-XIV", "2024", place="48"), at=AT)
    inside = [
        victim
        for victim in Victim.objects.select_related("case__establishment")
        if victim.case.occurred_at.year == 2024
        and victim.case.conclusion == "occupational"
        and victim.labour_relation in ("contract", "leased")
        and victim.case.establishment in (owners[0], owners[2])
    ]
    assert before.table("II").row("1.4.F").cells["6"] == len(inside)
    found = Victim.objects.filter(DIMENSIONS["industry"](["2025/10"]))
    assert {victim.case.establishment for victim in found.select_related("case__establishment")} == {owners[0]}
    assert found.count() == Victim.objects.filter(case__establishment=owners[0]).count()  # each once


def test_a_second_code_is_stated_by_page(bodies: PlaceTree, act: Act) -> None:
    made = register_establishment(act, draft=draft(bodies, industry_version="2018", industry_code="4511"))
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/nganh/"
    assert "VSIC 2018" not in text(officer.get(url)).split("<form", 1)[1].split("</select>")[0]
    answer = text(officer.post(url, {"version": "2025", "code": "4661"}, follow=True))
    assert "Ngành ở phiên bản khác" in answer
    assert officer.post(url, {"version": "2025", "code": "4511"}).status_code == 422

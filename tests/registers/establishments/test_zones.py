"""Which zone authority manages an establishment on a day."""

from __future__ import annotations

from datetime import date

import pytest

from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.zones import managing_authority
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 24)


@pytest.fixture
def mill(bodies: PlaceTree, act: Act) -> Establishment:
    commune = bodies.at("20984", TODAY) or bodies.at("20341", TODAY)
    assert commune is not None
    draft = EstablishmentDraft(tax_code="0100233488", name="Công ty Thử", place_id=commune.pk)
    return register_establishment(act, draft=draft)


def stated(mill: Establishment, zone: str = "", authority: str = "") -> Body | None:
    mill.zone_name = zone
    mill.zone_authority = Body.objects.get(code=authority) if authority else None
    return managing_authority(mill, TODAY)


def test_the_zone_decides_before_the_authority_recorded(mill: Establishment) -> None:
    found = stated(mill, "KCN Điện Nam - Điện Ngọc", "bql-chu-lai")
    assert found is not None
    assert found.code == "bql-cnc-kcn"


def test_an_authority_of_before_is_answered_by_the_one_that_followed_it(mill: Establishment) -> None:
    found = stated(mill, authority="bql-kcn-da-nang-1997")
    assert found is not None
    assert found.code == "bql-cnc-kcn"


def test_outside_a_zone_there_is_none_and_a_divided_board_alone_does_not_tell(mill: Establishment) -> None:
    assert stated(mill) is None
    assert stated(mill, authority="bql-kkt-quang-nam") is None
    assert stated(mill, "Cụm công nghiệp chưa ghi") is None

"""A report of the Month of Action handed in is the result of its campaign; others, and of other years, are not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.registers.ledgers import stage as stages


@pytest.fixture
def stage(db):
    return stages.build()


def _handed_in(stage, report="ACTION_MONTH", period="2026", **figures):
    """What the follower sees of a filing: its report, its owner, the content of the submission that counts."""
    from atvsld.oversight.filing.content import Content
    from atvsld.oversight.reporting.words import Words

    rows = {
        row: {"4": Decimal(pair[0]), "4b": Decimal(pair[1]) if len(pair) > 1 else None} for row, pair in figures.items()
    }
    content = Content(
        report=report, form="THD-KQ", form_valid_from="2016-07-01", form_status="provisional", period=period,
        reporter={}, nil=False, figures={"1": rows | {"ksk": {"4": None, "4b": None}}}, registers={}, header={},
        words=Words(sections={"difficulties": "Thiếu kinh phí"}),
    )  # fmt: skip
    current = SimpleNamespace(content=content.to_json())
    return SimpleNamespace(report=report, period=period, body=None, establishment=stage.land.mill, current=current)


def test_it_is_told_once_corrected_when_handed_in_again_and_leaves_others_alone(stage):
    from atvsld.casework.campaigns.actions import open_campaign
    from atvsld.casework.campaigns.drafts import CampaignDraft
    from atvsld.casework.campaigns.models import CampaignResult
    from atvsld.oversight.obligations.campaign_told import tell_campaign

    employer = stages.person("nha-may", "employer", firm=stage.land.mill)
    june = stages.act(employer, at=datetime(2026, 6, 10, 3, tzinfo=UTC))
    tell_campaign(june, _handed_in(stage, le=("2",)))
    assert not CampaignResult.objects.exists()  # no campaign of that year is open yet
    officer = stages.act(stages.person("can-bo", "province_officer", body=stage.health))
    open_campaign(officer, draft=CampaignDraft(
        kind="action_month", year=2026, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31), body_id=stage.health.pk
    ))  # fmt: skip
    tell_campaign(june, _handed_in(stage, le=("2",), nguy_co=("3", "5")))
    tell_campaign(june, _handed_in(stage, le=("2",), nguy_co=("3", "5")))
    tell_campaign(june, _handed_in(stage, report="R1", le=("9",)))
    tell_campaign(june, _handed_in(stage, period="2025", le=("9",)))
    # Somebody who may not tell in that name: the report stands, the campaign is not told.
    tell_campaign(stages.act(stages.person("xa", "commune_officer", body=stage.river)), _handed_in(stage, le=("9",)))
    result = CampaignResult.objects.get()
    assert (result.establishment, result.current.edition, result.difficulties) == (stage.land.mill, 1, "Thiếu kinh phí")
    assert {one.row: (one.value, one.of) for one in result.current.figures.all()} == {
        "le": (2, None),
        "nguy_co": (3, 5),
    }
    tell_campaign(june, _handed_in(stage, le=("4",)))
    result.refresh_from_db()
    assert (result.current.edition, result.current.figures.get().value) == (2, 4)

"""Campaign months: told once and corrected openly, in time by the first sending, summed as plain SQL sums them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.registers.ledgers import stage as stages

from atvsld.platform.acts import Conflict, Refused, Rejected

MAY = datetime(2026, 5, 20, 3, tzinfo=UTC)
DUE = date(2026, 7, 14)


@pytest.fixture
def stage(db):
    from atvsld.registers.bodies.models import BodyFunction

    stage = stages.build()
    held = [(stage.health, "osh_lead"), (stage.health, "health_lead"), (stage.union, "union"),
            (stage.old_union, "union"), (stage.river, "commune"), (stage.hill, "commune")]  # fmt: skip
    for body, function in held:
        BodyFunction.objects.create(body=body, function=function, place=body.place, valid_from=body.valid_from)
    return stage


def _campaign(stage, **given):
    from atvsld.casework.campaigns import actions
    from atvsld.casework.campaigns.drafts import CampaignDraft

    officer = stages.person("can-bo", "province_officer", body=stage.health)
    stated = {
        "kind": "action_month", "year": 2026, "starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31),
        "body_id": stage.health.pk, "theme": "Chủ đề thử", "report_due": DUE, "due_source": "Công văn thử",
    } | given  # fmt: skip
    return actions.open_campaign(stages.act(officer), draft=CampaignDraft(**stated))


def _draft(**figures):
    from atvsld.casework.campaigns.asked import Given
    from atvsld.casework.campaigns.drafts import ResultDraft

    given = {row: value if isinstance(value, tuple) else (value,) for row, value in figures.items()}
    return ResultDraft(stated={row: Given(*map(Decimal, pair)) for row, pair in given.items()})


def _send(stage, campaign, body, user, draft, at=MAY, why=""):
    from atvsld.casework.campaigns import actions

    act = stages.act(user, at=at)
    result = actions.open_result(act, campaign=campaign, body=body)
    return actions.send_result(act, result=result, version=result.version, draft=draft, why=why)


def test_a_campaign_is_opened_once_by_the_standing_body_with_the_letter_that_set_its_term(stage):
    from atvsld.casework.campaigns import actions
    from atvsld.casework.campaigns.drafts import CampaignDraft

    campaign = _campaign(stage)
    officer = stages.act(stages.person("can-bo-2", "province_officer", body=stage.health))
    same = CampaignDraft(kind="action_month", year=2026, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31),
                         body_id=stage.health.pk)  # fmt: skip
    with pytest.raises(Rejected, match="đã được mở"):
        actions.open_campaign(officer, draft=same)
    wrong = replace(same, year=2025, report_due=DUE, ends_on=date(2026, 4, 1))
    with pytest.raises(Rejected) as refused:
        actions.open_campaign(officer, draft=wrong)
    assert {one.code for one in refused.value.problems} == {"other_year", "span", "due_source"}
    with pytest.raises(Refused):
        actions.open_campaign(stages.act(stages.person("xa", "commune_officer", body=stage.river)), draft=same)
    with pytest.raises(Conflict):
        actions.change_campaign(officer, campaign=campaign, version=7, draft=same)


def test_a_result_is_sent_once_corrected_with_a_reason_and_in_time_by_its_first_sending(stage):
    from atvsld.casework.campaigns import actions
    from atvsld.casework.campaigns.models import CampaignSending

    campaign = _campaign(stage)
    user = stages.person("xa", "commune_officer", body=stage.river)
    result = actions.open_result(stages.act(user, at=MAY), campaign=campaign, body=stage.river)
    assert actions.open_result(stages.act(user, at=MAY), campaign=campaign, body=stage.river) == result
    given = {"result": result, "draft": _draft(le=2, nguy_co=(3, 5))}
    first = actions.send_result(stages.act(user, at=datetime(2026, 7, 14, 16, tzinfo=UTC)), version=1, **given)
    # A second click bears the version of the same page.
    assert actions.send_result(stages.act(user), version=1, **given) == first
    result.refresh_from_db()
    assert (result.late, CampaignSending.objects.count()) == (False, 1)
    corrected = {"result": result, "version": result.version, "draft": _draft(le=3)}
    with pytest.raises(Rejected, match="lý do"):
        actions.send_result(stages.act(user), **corrected)
    second = actions.send_result(stages.act(user), why="Bỏ sót một buổi", **corrected)
    result.refresh_from_db()
    assert (second.edition, result.current, result.late) == (2, second, False)
    with pytest.raises(Conflict):
        actions.save_result(stages.act(user), result=result, version=1, draft=_draft(le=1))
    other = stages.act(stages.person("doi", "commune_officer", body=stage.hill))
    with pytest.raises(Refused):
        actions.save_result(other, result=result, version=result.version, draft=_draft(le=1))


@pytest.mark.parametrize(
    ("figures", "code"),
    [({"nguy_co": (6, 5)}, "pair_order"), ({"le": "1.5"}, "decimals"), ({"le": -1}, "range"),
     ({"nguy_co": 1}, "pair"), ({"la": 1}, "unknown_row"), ({"le": (1, 2)}, "no_pair"), ({}, "empty")],
)  # fmt: skip
def test_a_figure_that_cannot_be_is_told_by_its_row(stage, figures, code):
    campaign = _campaign(stage)
    user = stages.person("xa", "commune_officer", body=stage.river)
    with pytest.raises(Rejected) as refused:
        _send(stage, campaign, stage.river, user, _draft(**figures))
    assert {problem.code for problem in refused.value.problems} == {code}


def test_the_summary_tells_who_sent_and_adds_up_the_last_versions_as_plain_sql_does(stage, client):
    from django.db import connection

    from atvsld.casework.campaigns.summary import summary
    from atvsld.registers.offices.grants import actor_for
    from atvsld.registers.proofs import Asked, measure_of

    campaign = _campaign(stage)
    river = stages.person("xa", "commune_officer", body=stage.river)
    union = stages.person("cong-doan", "plan_officer", body=stage.union)
    _send(stage, campaign, stage.river, river, _draft(le=2, le_nguoi=150, nguy_co=(3, 5)))
    _send(stage, campaign, stage.river, river, _draft(le=4, le_nguoi=200, nguy_co=(4, 5)), why="Đếm lại")
    _send(stage, campaign, stage.union, union, _draft(le=1, le_nguoi=80), at=datetime(2026, 7, 15, 1, tzinfo=UTC))
    seen = summary(campaign, actor_for(union, stages.TODAY))
    assert {kind.key: (kind.asked, kind.told, kind.late) for kind in seen.kinds} == {
        "communes": (2, 1, 0), "organisations": (1, 1, 1), "departments": (1, 0, 0),
    }  # fmt: skip
    assert [body.code for body in seen.missing] == ["so-y-te", "xa-doi"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.row, sum(f.value), sum(f.of) FROM campaigns_campaignfigure f JOIN campaigns_campaignsending s"
            " ON s.id = f.sending_id WHERE s.edition = (SELECT max(edition) FROM campaigns_campaignsending t WHERE"
            " t.result_id = s.result_id) GROUP BY f.row"
        )
        plain = {row: (value, of) for row, value, of in cursor.fetchall()}
    assert seen.total.sums == plain == {"le": (5, None), "le_nguoi": (280, None), "nguy_co": (4, 5)}
    # A commune sees its own alone.
    own = summary(campaign, actor_for(river, stages.TODAY))
    assert ([one.body for one in own.told], own.missing) == ([stage.river], ())

    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=frozenset({stage.river.pk}))
    source = measure_of("campaign")
    figures = {figure.key: figure for figure in source.figures(asked)}
    assert (figures["reports"].value, figures["le_nguoi"].value) == (1, 200)
    assert len(list(source.records(asked, "reports"))) == 1
    client.force_login(union)
    behind = client.get(figures["reports"].url)
    assert [row.record.body for row in behind.context["table"].drawn_rows] == [stage.river]
    page = client.get(f"/thang-hanh-dong/{campaign.public_id}/")
    assert "Công văn thử" in page.content.decode()
    book = client.get(f"/thang-hanh-dong/{campaign.public_id}/?xuat=xlsx")
    rows = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [
        stage.river.name,
        stage.union.name,
        "Cộng",
        stage.health.name,
        stage.hill.name,
    ]


def test_who_took_over_tells_of_a_campaign_in_the_name_of_the_body_that_held_it(stage):
    from atvsld.casework.campaigns.queries import writes_for
    from atvsld.casework.campaigns.summary import summary

    held = _campaign(
        stage, year=2025, starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 31), report_due=None, due_source=""
    )
    union = stages.person("cong-doan", "plan_officer", body=stage.union)
    act = stages.act(union)
    assert [owner.pk for owner in writes_for(act.actor, held)] == [stage.old_union.pk]
    sending = _send(stage, held, stage.old_union, union, _draft(le=1), at=stages.NOW)
    seen = summary(held, act.actor)
    assert ([one.body for one in seen.told], seen.told[0].late) == ([stage.old_union], None)
    assert stage.union not in seen.missing
    assert sending.edition == 1


def test_those_who_sent_nothing_are_reminded_once_a_day(stage, client):
    from atvsld.platform.outbox.facade import own

    campaign = _campaign(stage)
    river = stages.person("xa", "commune_officer", body=stage.river)
    union = stages.person("cong-doan", "plan_officer", body=stage.union)
    _send(stage, campaign, stage.union, union, _draft(le=1))
    client.force_login(stages.person("can-bo-2", "province_officer", body=stage.health))
    for _press in range(2):
        page = client.post(f"/thang-hanh-dong/{campaign.public_id}/nhac/", follow=True)
    # The standing body's two officers and the commune's one; nobody writes for the other commune yet.
    assert "Đã nhắc 3 người của 2 đơn vị; 1 đơn vị chưa có tài khoản" in page.content.decode()
    (told,) = own(river.pk)
    assert (told.url, "14/07/2026" in told.body, own(union.pk).count()) == (
        f"/thang-hanh-dong/{campaign.public_id}/", True, 0
    )  # fmt: skip
    client.force_login(river)
    assert client.post(f"/thang-hanh-dong/{campaign.public_id}/nhac/").status_code == 403


def test_by_page_a_draft_is_kept_shown_beside_the_register_and_sent(stage, client):
    from atvsld.casework.campaigns.models import CampaignResult

    campaign = _campaign(stage)
    client.force_login(stages.person("xa", "commune_officer", body=stage.river))
    begun = client.post(f"/thang-hanh-dong/{campaign.public_id}/bao-cao/", {"owner": f"body-{stage.river.pk}"})
    result = CampaignResult.objects.get()
    form = client.get(begun.url)
    assert form.status_code == 200
    wrong = client.post(begun.url, {"version": "1", "le": "nhiều", "nguy_co__of": "3", "save": "1"})
    assert (wrong.status_code, wrong.context["form"].errors.keys()) == (422, {"le", "nguy_co"})
    client.post(begun.url, {"version": "1", "le": "1.250", "kinh_phi": "12,5", "doi_thoai": "2", "save": "1"})
    result.refresh_from_db()
    assert (result.stated["le"], result.stated["kinh_phi"], result.current) == (["1250", None], ["12.5", None], None)
    sent = client.post(begun.url, {"version": "2", "le": "1.250", "doi_thoai": "2", "send": "1"}, follow=True)
    text = sent.content.decode()
    # Two dialogues told, none in the register.
    assert "+2" in text
    assert "Mã biên nhận" in text
    assert client.get("/thang-hanh-dong/").status_code == client.get("/thang-hanh-dong/ket-qua/?state=late").status_code

"""Service providers: recorded by acts, judged by the law book, shown to everybody without their people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from atvsld.platform.access.actor import Actor, Grant, Scope
from atvsld.platform.acts import Conflict, Refused, Rejected

if TYPE_CHECKING:
    from atvsld.registers.providers.models import ServiceProvider

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def trainer(act) -> ServiceProvider:
    """A class B training body licensed since May 2023."""
    from atvsld.registers.providers.actions.qualifications import add_qualification
    from atvsld.registers.providers.actions.register import register_provider
    from atvsld.registers.providers.drafts import ProviderDraft, QualificationDraft

    made = register_provider(act, draft=ProviderDraft(name="Trung tâm Huấn luyện  Điện Bàn", head="Lê Thử"))
    licence = QualificationDraft(
        kind="training", form="licence", class_name="B", number="12/GCN", valid_from=date(2023, 5, 1)
    )
    add_qualification(act, provider=made, draft=licence)
    return made


def problem(provider, scope, on, kind="training"):
    from atvsld.registers.providers.facade import Matter, scope_problem

    found = scope_problem(provider, Matter(kind, scope), on, row=7)
    return found.code if found else None


def test_a_result_inside_scope_and_days_is_not_flagged_and_one_outside_is(trainer):
    from atvsld.registers.providers.facade import Matter, scope_problem

    assert problem(trainer, "group1", date(2025, 1, 1)) is None
    assert problem(trainer, "group3", date(2025, 1, 1)) == "provider_out_of_scope"
    assert problem(trainer, "group1", date(2028, 5, 1)) == "provider_expired"
    assert problem(trainer, "noise", date(2025, 1, 1), "workplace_monitoring") == "provider_no_paper"
    found = scope_problem(trainer, Matter("training", "group3"), date(2025, 1, 1), row=7)
    assert found is not None
    assert found.row == 7
    assert found.severity == "warn"
    assert "Nhóm 3" in str(found)
    assert "ND-44-2016" in str(found)


def test_a_suspension_flags_exactly_its_days_and_can_be_ended(trainer, act):
    from atvsld.registers.providers.actions.qualifications import end_suspension, suspend

    stop = suspend(act, provider=trainer, starts_on=date(2025, 3, 1), decision="QĐ 5/QĐ-XPHC")
    assert problem(trainer, "", date(2026, 1, 1)) == "provider_suspended"
    end_suspension(act, suspension=stop, ends_on=date(2025, 4, 30))
    assert problem(trainer, "", date(2025, 4, 30)) == "provider_suspended"
    assert problem(trainer, "", date(2025, 5, 1)) is None
    with pytest.raises(Rejected):
        end_suspension(act, suspension=stop, ends_on=date(2025, 2, 1))


def test_a_paper_is_withdrawn_once(trainer, act):
    from atvsld.registers.providers.actions.qualifications import withdraw_qualification

    (held,) = trainer.qualifications.all()
    withdraw_qualification(act, qualification=held, on=date(2026, 1, 1))
    assert problem(trainer, "", date(2025, 12, 31)) is None
    assert problem(trainer, "", date(2026, 1, 1)) == "provider_expired"
    with pytest.raises(Conflict):
        withdraw_qualification(act, qualification=held, on=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        ({"kind": "training", "form": "licence"}, ["class_name"]),
        ({"kind": "training", "form": "licence", "class_name": "B", "scopes": ("group3",)}, ["scope_beyond_class"]),
        ({"kind": "technical_inspection", "form": "licence", "scopes": ("training/group1",)}, ["scope"]),
        ({"kind": "technical_inspection", "form": "licence", "valid_to": date(2020, 1, 1)}, ["days"]),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_its_reason(trainer, act, stated, codes):
    from atvsld.registers.providers.actions.qualifications import add_qualification
    from atvsld.registers.providers.drafts import QualificationDraft

    with pytest.raises(Rejected) as told:
        add_qualification(act, provider=trainer, draft=QualificationDraft(valid_from=date(2024, 1, 1), **stated))
    assert [item.code for item in told.value.problems] == codes


def test_a_paper_of_another_form_than_the_law_asked_for_is_kept_with_a_warning():
    from atvsld.registers.providers import rules
    from atvsld.registers.providers.drafts import QualificationDraft

    draft = QualificationDraft(kind="training", form="notification", class_name="C", valid_from=date(2025, 1, 1))
    (found,) = rules.check_qualification(draft, on=TODAY)
    assert (found.code, found.severity) == ("form", "warn")
    late = QualificationDraft(kind="training", form="notification", class_name="C", valid_from=date(2026, 8, 1))
    assert list(rules.check_qualification(late, on=TODAY)) == []


def test_a_tax_code_is_held_once_and_must_be_one(trainer, act):
    from atvsld.registers.providers.actions.register import change_provider, register_provider
    from atvsld.registers.providers.drafts import ProviderDraft

    changed = change_provider(
        act, provider=trainer, version=1, draft=ProviderDraft(name=trainer.name, tax_code="0100233488")
    )
    assert (changed.tax_code, changed.version) == ("0100233488", 2)
    for code, wrong in (("0100 233 488", "tax_code_taken"), ("0100233489", "tax_code")):
        with pytest.raises(Rejected) as told:
            register_provider(act, draft=ProviderDraft(name="Khác", tax_code=code))
        assert told.value.problems[0].code == wrong
    with pytest.raises(Conflict):
        change_provider(act, provider=trainer, version=1, draft=ProviderDraft(name="Tên khác"))


def test_whoever_may_read_sees_every_provider_and_only_its_area_may_change_it(trainer, places):
    from atvsld.platform.acts import Act, Channel
    from atvsld.registers.providers import queries
    from atvsld.registers.providers.actions.qualifications import suspend
    from atvsld.registers.providers.policy import CHANGE, READ

    grant = Grant("x", frozenset({READ, CHANGE}), Scope("place", frozenset({1}), label="xã thử"))
    local = Actor("Cán bộ xã", grants=(grant,))
    assert list(queries.visible(local)) == [trainer]
    assert not queries.visible(Actor("Không ai")).exists()
    with pytest.raises(Refused):
        suspend(Act(local, Channel.PAGE), provider=trainer, starts_on=TODAY, decision="QĐ")


def test_search_folds_tones_and_finds_paper_numbers(trainer, act):
    from atvsld.registers.providers import queries
    from atvsld.registers.providers.actions.register import register_provider
    from atvsld.registers.providers.drafts import ProviderDraft

    register_provider(act, draft=ProviderDraft(name="Công ty Khác"))
    everything = queries.public()
    assert list(queries.search(everything, "dien ban")) == [trainer]
    assert list(queries.search(everything, "12/gcn")) == [trainer]
    assert list(queries.working(everything, TODAY, "training")) == [trainer]


def test_working_on_a_day_agrees_with_the_judgement_of_each(trainer, act):
    from atvsld.registers.providers.facade import Matter, working_on
    from atvsld.registers.providers.models import ServiceProvider
    from atvsld.registers.providers.standing import standing

    for day in (date(2023, 4, 30), date(2023, 5, 1), date(2028, 4, 30), date(2028, 5, 1)):
        by_one = [item for item in ServiceProvider.objects.all() if standing(item, Matter("training"), day).clear]
        assert working_on("training", day) == by_one


def test_everybody_reads_the_public_list_and_sees_no_person(trainer, act, client):
    from atvsld.registers.providers.actions.qualifications import add_person

    add_person(act, provider=trainer, kind="training", name="Trần Giảng Viên", position="người huấn luyện")
    listed = client.get("/cong-khai/to-chuc-dich-vu/?tim=dien+ban")
    page = client.get(f"/cong-khai/to-chuc-dich-vu/{trainer.public_id}/")
    for response in (listed, page):
        text = response.content.decode()
        assert response.status_code == 200
        assert "Trung tâm Huấn luyện Điện Bàn" in text
        assert "Trần Giảng Viên" not in text
        assert "Lê Thử" not in text
    assert "12/GCN" in page.content.decode()
    export = client.get("/cong-khai/to-chuc-dich-vu/?xuat=csv")
    assert "Đang hoạt động" in b"".join(export.streaming_content if export.streaming else [export.content]).decode()
    assert client.get("/to-chuc-dich-vu/").status_code == 302


def test_each_act_stands_in_the_history_of_the_provider(trainer):
    from atvsld.platform.history.timeline import timeline
    from atvsld.registers.providers.models import ProviderQualification

    entries = timeline(trainer, [(ProviderQualification, {"provider_id": trainer.pk}, "Giấy tờ")])
    assert [str(entry.label) for entry in entries] == ["Ghi giấy tờ hoạt động", "Thêm tổ chức dịch vụ"]


def test_the_public_list_asks_no_more_queries_for_more_providers(trainer, client):
    from tests.query_counts import assert_queries

    from atvsld.registers.providers.models import ServiceProvider

    for number in range(20):
        made = ServiceProvider.objects.create(name=f"Tổ chức {number}", name_folded=f"to chuc {number}")
        made.qualifications.create(kind="health_exam", form="practice_licence", valid_from=date(2020, 1, 1))
    address = f"/cong-khai/to-chuc-dich-vu/{trainer.public_id}/"
    assert_queries("/cong-khai/to-chuc-dich-vu/", lambda: client.get("/cong-khai/to-chuc-dich-vu/"))
    assert_queries("/cong-khai/to-chuc-dich-vu/…/", lambda: client.get(address))


def test_a_verdict_tells_its_reasons_and_the_day_it_lasts(trainer):
    from atvsld.registers.providers.facade import Matter, standing

    good = standing(trainer, Matter("training", "group1"), date(2025, 1, 1))
    assert (good.clear, good.valid_to) == (True, date(2028, 4, 30))
    bad = standing(trainer, Matter("training", "group3"), date(2025, 1, 1))
    assert (bad.clear, bad.code) == (False, "out_of_scope")
    assert "Nhóm 3" in bad.reasons[0]


def test_the_list_is_narrowed_by_state_and_by_what_may_be_done_today(trainer, act):
    from types import SimpleNamespace

    from atvsld.registers.providers import queries
    from atvsld.registers.providers.actions.qualifications import suspend
    from atvsld.registers.providers.listing import ProviderFilter

    def found(**asked):
        return list(ProviderFilter(asked, queryset=queries.public(), request=SimpleNamespace(now=act.at)).qs)

    assert found(state="active", kind="training") == [trainer]
    assert found(state="expired") == found(state="active", kind="health_exam") == []
    assert found(scope="training/group1") == [trainer]
    assert found(scope="training/group3") == []
    suspend(act, provider=trainer, starts_on=date(2026, 11, 1), decision="QĐ 5")
    assert found(state="suspended") == [trainer]
    assert found(scope="training/group1") == []

"""One deed of a person is one act in history, however many actions do it."""

from __future__ import annotations

import pytest
from tests.casework.accidents import scene

pytestmark = pytest.mark.django_db


def test_what_an_action_calls_is_recorded_under_the_name_of_the_caller():
    from atvsld.casework.accidents.actions import change_case
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.platform.acts import action

    @action(needs="accidents:case:change", records="accidents:case:settled")
    def settle(act, *, case):
        change_case(act, case=case, version=case.version, changes=scene.case_draft(land, description="Đã rõ"))
        AccidentCase.objects.filter(pk=case.pk).update(property_damage=7)

    land = scene.build()
    case = scene.opened(land)
    settle(scene.act(reason="kết luận"), case=case)
    change_case(scene.act(), case=case, version=case.version, changes=scene.case_draft(land))
    events = AccidentCase.pgh_event_model.objects.filter(pgh_obj_id=case.pk).order_by("pgh_id")
    told = [event.pgh_context.metadata["act"] for event in events if event.pgh_context]
    assert told[-3:] == ["accidents:case:settled", "accidents:case:settled", "accidents:case:changed"]


def test_an_act_that_fails_leaves_the_next_one_its_own_name():
    from atvsld.casework.accidents.actions import change_case
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.platform.acts import action

    @action(needs="accidents:case:change", records="accidents:case:broken")
    def broken(act):
        raise LookupError

    land = scene.build()
    case = scene.opened(land)
    with pytest.raises(LookupError):
        broken(scene.act())
    change_case(scene.act(), case=case, version=case.version, changes=scene.case_draft(land, description="Sau lỗi"))
    last = AccidentCase.pgh_event_model.objects.filter(pgh_obj_id=case.pk).latest("pgh_id")
    assert last.pgh_context.metadata["act"] == "accidents:case:changed"

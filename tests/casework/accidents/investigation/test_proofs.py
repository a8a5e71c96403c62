"""What must be confirmed by a paper before minutes are written, and whether benefits are settled before the end."""

from __future__ import annotations

import pytest
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.scene import victim_draft

from atvsld.casework.accidents.benefits import actions as benefits
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.casework.accidents.investigation import actions as acts
from atvsld.casework.accidents.investigation.web.forms import item_choices
from atvsld.casework.accidents.procedure.facade import describe
from atvsld.casework.accidents.settlement import settlement
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Rejected


def codes(error) -> set[str]:
    return {problem.code for problem in error.value.problems}


def at_work(land, *victims):
    return begun(land, *victims).later(hours=1).set_up().begin().hear()


@pytest.mark.parametrize("paper", ["GT_1", "GT_2", "GT_3"])
def test_minutes_of_a_road_accident_rest_on_one_of_three_papers(land, paper):
    story = at_work(land)
    with pytest.raises(Rejected) as error:
        story.keep(paper)
    assert codes(error) == {"item"}, "nobody asks for them where no traffic was involved"
    describe(story.act(), case=story.case, traffic=True)
    story.case.refresh_from_db()
    story.write()
    with pytest.raises(Rejected) as error:
        story.approve()
    assert codes(error) == {"no_proof_traffic"}
    assert "Điều 23" in error.value.problems[0].message
    (group,) = [group for label, group in item_choices(story.record) if label == "Giấy tờ xác nhận tai nạn giao thông"]
    assert paper in dict(group)
    assert story.keep(paper).approve().stage == "minutes_drafted"


def published(land, severity: str):
    injuries = {"injury_codes": ("015",)} if severity == "severe" else {}
    story = at_work(land, victim_draft(severity=severity, **injuries))
    for victim in story.record.victims:
        story.keep("HS_b", "HS_c").keep("HS_d", victim_id=victim.pk)
    story.write().approve().later(hours=2).call().later(days=1).publish().send().post().carry_out()
    return story


def decided(story, victim):
    facts = Facts(kind="compensation", on=story.day, salaries=(10_000_000,) * 6, fault="others", impairment=31)
    owed = benefits.reckon_benefit(story.act(), key=new_ulid(), victim=victim, facts=facts)
    stated = {"amount": owed.reckoned, "decided_on": story.day, "number": "1/QĐ"}
    return benefits.decide_benefit(story.act(), benefit=owed, version=owed.version, **stated)


def test_the_register_of_benefits_says_itself_when_all_is_paid(land):
    story = published(land, "severe")
    with pytest.raises(Rejected) as error:
        story.close()
    assert codes(error) == {"benefits_open"}
    (victim,) = story.record.victims
    owed = decided(story, victim)
    for close in (story.settle, story.close):
        with pytest.raises(Rejected) as error:
            close()
        assert codes(error) == {"benefit_unpaid"}, "what is recorded as unpaid cannot be stated away"
    benefits.pay_benefit(
        story.act(), key=new_ulid(), benefit=owed, version=owed.version, amount=owed.decided, paid_on=story.day
    )
    stand = settlement(story.case)
    assert (stand.state, stand.on) == ("settled", story.day)
    assert story.close().stage == "closed"


def test_of_a_badly_hurt_person_without_any_entry_somebody_says_why(land):
    story = published(land, "severe")
    with pytest.raises(Rejected) as error:
        acts.settle_benefits(story.act(), case=story.case, settled_on=story.day)
    assert codes(error) == {"benefits_silent"}
    assert story.settle().close().stage == "closed"


@pytest.mark.parametrize(
    ("victim", "conclusion"),
    [({"labour_relation": "none"}, "occupational"), ({"labour_relation": "contract"}, "not_occupational")],
)
def test_where_nothing_is_owed_nobody_has_to_say_so(land, victim, conclusion):
    story = begun(land, victim_draft(severity="severe", injury_codes=("015",), **victim), conclusion=conclusion)
    assert settlement(story.case).state == "nothing"
